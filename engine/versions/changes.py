"""One change between two versions of a form, structured and in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Json = Any

KINDS: Mapping[str, str] = {
    "added": "“{name}” is new, in “{container}”.",
    "removed": "“{name}” is gone from “{container}”.",
    "moved": "“{name}” now stands {after} in “{container}”.",
    "reworded": "{what} of “{name}” was {before} and is now {after}.",
    "option_added": "“{name}” has the new option {after}.",
    "option_removed": "“{name}” no longer has the option {before}.",
    "option_relabelled": "The option {before} of “{name}” now reads {after}.",
    "option_changed": "The option “{what}” of “{name}” has another hint, group, place or say over others.",
    "type_changed": "“{name}” was answered as {before} and is now answered as {after}.",
    "condition_changed": "“{name}” was asked {before}; now it is asked {after}.",
    "required_changed": "“{name}” was {before} and is now {after}.",
    "setting_changed": "{what} of “{name}” was {before} and is now {after}.",
    "section_added": "The section “{name}” is new.",
    "section_removed": "The section “{name}” is gone.",
    "section_moved": "The section “{name}” now stands {after}.",
    "section_reworded": "{what} of the section “{name}” was {before} and is now {after}.",
    "section_condition_changed": "The section “{name}” was shown {before}; now it is shown {after}.",
    "section_setting_changed": "{what} of the section “{name}” was {before} and is now {after}.",
    "form_changed": "{what} of the form was {before} and is now {after}.",
}
"""Every kind of change with its words."""


@dataclass(frozen=True, slots=True)
class Change:
    """One change: its kind (a key of `KINDS`), the question (`people.age` for a column), section or "" it is about.

    `what` names the text, setting or option; `before` and `after` are JSON values, for conditions as the definition
    writes them, for what moved the id it stands after. `protected` says that the base protects the question.
    """

    kind: str
    place: str
    what: str
    before: Json
    after: Json
    protected: bool
    words: str

    def to_json(self) -> dict[str, Json]:
        """The shape other programs read."""
        return {name: getattr(self, name) for name in self.__slots__}
