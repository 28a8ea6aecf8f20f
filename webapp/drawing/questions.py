"""A question as a page asks it: the control and everything that stands around it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from markupsafe import Markup

from engine.forms import Entry
from webapp.drawing.controls import Setting, control_of, drawn
from webapp.drawing.macros import macro
from webapp.drawing.values import Control, Item
from webapp.words import form_words, put, rich_words

NOT_KNOWN = "Not known yet"
DOING = "What is being done about it, by whom, by when?"
ABOUT = "About this question"
_HIDDEN = Markup('{}<span class="govuk-visually-hidden">: {}</span>')


class Way(NamedTuple):
    """One thing that can be done about a conflict: what its button sends and says."""

    value: str
    words: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """An answer that could not be saved as it was sent: what happened, whose texts there are, what can be done now.

    `typed` is the value that stays in the control, `label` the question as it is heard. Without `by` there is no other
    text; `own` says that the other is the same person's, from another page. `error` is a message at the control in
    place of all else; `was_mine` says that mine gave way to the other.
    """

    id: str
    label: str
    message: str
    typed: Any
    mine: str = ""
    by: str = ""
    at: datetime | None = None
    theirs: str = ""
    what_next: str = ""
    ways: tuple[Way, ...] = ()
    error: str = ""
    was_mine: bool = False
    own: bool = False

    @property
    def settled(self) -> bool:
        """Whether it was chosen what should stand, and the question only says so."""
        return not (self.ways or self.error)

    def html(self) -> Markup:
        """Both texts drawn."""
        return macro("_question.html", "conflict")(self)


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """One question on a page; `held` says that it has inputs which a post brings back.

    `about` is a child's name where it is asked for each; `group` and `first` are the ids of the element that holds
    the control and of its first input.
    """

    id: str
    name: str
    label: str
    about: str
    control: Markup
    group: str
    first: str
    error: str
    held: bool
    revision: int | str
    classes: str = ""
    mark: str = ""
    mark_id: str = ""
    not_known: Control | None = None
    doing: Control | None = None
    opens: Markup | str = ""
    guidance: Markup | str = ""
    why: str = ""
    shows: Markup | str = ""
    conflict: Conflict | None = None

    def html(self) -> Markup:
        """The question drawn."""
        return macro("_question.html", "question")(self)

    def drawn(self) -> "Drawn":
        """The question drawn, with what else a page says of it."""
        return Drawn(self.name, self.label, self.about, self.first, self.error, self.html())


@dataclass(frozen=True, slots=True)
class Drawn:
    """A question as HTML, with what else a page says of it; `about` is a child's name where it is asked for each."""

    name: str
    label: str
    about: str
    first: str
    error: str
    html: Markup

    @property
    def id(self) -> str:
        """The id of the element around it."""
        return element_id(self.name)

    @property
    def named(self) -> str:
        """The question in a list, with whom it is about."""
        return put("{}: {}", self.about, self.label) if self.about else self.label


@dataclass(frozen=True, slots=True)
class Around:
    """What is known of a question where it stands on a page, besides its fields.

    `about` is the child's name where it is asked for each, `headed` that it stands under that name; `mark` says why
    it was added, `shows` are the earlier answers it is asked beside, drawn.
    """

    language: str
    revision: int | str
    about: str = ""
    headed: bool = True
    mark: str = ""
    conflict: Conflict | None = None
    beside: Any = None
    shows: Markup | str = ""


def element_id(name: str) -> str:
    """The id of the element around a question, by the name of its field."""
    return f"{name}-question"


def asked_question(entry: Entry, around: Around) -> AskedQuestion:
    """An entry of a page's form, drawn, with what stands around it."""
    question, name, language = entry.question, entry.field.name, around.language
    mark_id = f"{name}-mark" if around.mark else ""
    label = form_words(question.label, language)
    heard = put("{} About {}", label, around.about) if around.about else label
    control = control_of(entry, Setting(language, around.about, around.headed, mark_id))
    return AskedQuestion(
        id=element_id(name),
        name=name,
        label=label,
        about=around.about,
        control=drawn(control, entry, around.beside),
        group=control.group,
        first=control.first,
        error=control.error,
        held=question.handler.takes_answer,
        revision=around.revision,
        classes=" ".join(filter(None, (f"pith-q--{question.type}", around.mark and "pith-added"))),
        mark=around.mark,
        mark_id=mark_id,
        not_known=_not_known(entry, heard),
        doing=_doing(entry, heard),
        opens=_HIDDEN.format(ABOUT, heard),
        guidance=rich_words(question.guidance, language),
        why=form_words(question.why, language),
        shows=around.shows,
        conflict=around.conflict,
    )


def _not_known(entry: Entry, heard: str) -> Control | None:
    field = entry.not_known
    if field is None:
        return None
    label = _HIDDEN.format(NOT_KNOWN, heard)
    item = Item(field.name, "y", label, checked=bool(field.data))
    return Control(field.name, field.name, label, items=(item,), classes="govuk-checkboxes--small")


def _doing(entry: Entry, heard: str) -> Control | None:
    field = entry.doing
    if field is None:
        return None
    label = _HIDDEN.format(DOING, heard)
    return Control(field.name, field.name, label, value=field.data or "", rows=1)
