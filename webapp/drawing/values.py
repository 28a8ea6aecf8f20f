"""What a template needs to draw one control, as plain values."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class Item:
    """One radio button, tick box, option or part; `name` is empty where the whole control has one.

    `lang` is the language of an option's label where that can hold no element that says it.
    """

    id: str
    value: str
    label: str | Markup
    hint: str = ""
    checked: bool = False
    exclusive: bool = False
    name: str = ""
    classes: str = ""
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Options under a heading of their own; `id` is the heading's. Without a heading they stand alone."""

    id: str
    heading: str
    items: Sequence[Item]


@dataclass(frozen=True, slots=True)
class Link:
    """One line of an error summary: the address it leads to and what is wrong there."""

    href: str
    message: str


@dataclass(frozen=True, slots=True)
class Control:
    """One form control with its words; `mark` is the id of a line above it that belongs to its description.

    `leads` is the id of its first input where that is neither the first item nor the control itself; `groups` hold the
    items under headings, `find` says that there are so many that a box narrows them.
    """

    id: str
    name: str
    label: str | Markup
    hint: str = ""
    error: str = ""
    value: str = ""
    items: Sequence[Item] = ()
    classes: str = ""
    kind: str = "text"
    inputmode: str = ""
    spellcheck: bool = True
    autocomplete: str = ""
    rows: int = 5
    unit: str = ""
    mark: str = ""
    groups: Sequence[Group] = ()
    find: bool = False
    leads: str = ""

    @property
    def first(self) -> str:
        """The id of its first input, where a link to it leads."""
        return self.leads or (self.items[0].id if self.items else self.id)

    @property
    def group(self) -> str:
        """The id of the element that holds it with its label, hint and error."""
        return f"{self.id}-group"

    @property
    def described_by(self) -> str:
        """The ids of what stands above the control: why it was added, hint, error, in reading order."""
        if not (self.mark or self.hint or self.error):
            return ""
        parts = (self.mark, self.hint and f"{self.id}-hint", self.error and f"{self.id}-error")
        return " ".join(filter(None, parts))
