"""Making a change of what differed, with its words in one language."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.conditions import to_json
from engine.definition import Definition, Question, Section
from engine.text import Text, in_language
from engine.versions.changes import KINDS, Change
from engine.versions.wording import asked_when, key_in_words, value_in_words

Json = Any
_NOTHING: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Subject:
    """What a change is about: its place, its name for people, and whether the base protects it."""

    place: str
    name: Text = ""
    protected: bool = False


@dataclass(frozen=True, slots=True)
class Teller:
    """Tells changes between two versions in one language."""

    old: Definition
    new: Definition
    language: str

    def say(self, text: Text | None) -> str:
        """The text in the teller's language."""
        return in_language(text, self.language)

    def tell(
        self,
        kind: str,
        about: Subject,
        what: str = "",
        before: Json = None,
        after: Json = None,
        said: Mapping[str, str] = _NOTHING,
    ) -> Change:
        """A change with its words; `said` are words of the sentence that are not simply its values."""
        words = {
            "name": self.say(about.name),
            "what": key_in_words(what),
            "before": value_in_words(before, self.language),
            "after": value_in_words(after, self.language),
            **said,
        }
        sentence = KINDS[kind].format_map(words)
        return Change(kind, about.place, what, _plain(before), _plain(after), about.protected, sentence)

    def tell_condition(
        self, kind: str, about: Subject, before: Question | Section, after: Question | Section, rows: str | None = None
    ) -> Change:
        """Another condition, each side in the words of its own version."""
        said = {
            "before": asked_when(before.show_when, self.old, self.language, rows),
            "after": asked_when(after.show_when, self.new, self.language, rows),
        }
        conditions = (each.show_when for each in (before, after))
        values = [None if condition is None else to_json(condition) for condition in conditions]
        return self.tell(kind, about, "show_when", values[0], values[1], said)

    def tell_place(self, kind: str, about: Subject, after: tuple[str, Text] | None, container: str = "") -> Change:
        """Something stands elsewhere: after what has this id and name, or first."""
        words = f"after “{self.say(after[1])}”" if after else "first"
        return self.tell(kind, about, after=after and after[0], said={"after": words, "container": container})


def _plain(value: Json) -> Json:
    return list(value) if isinstance(value, tuple) else value
