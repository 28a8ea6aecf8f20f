"""A section of one form copied into another: its ids made free, what refers to them follows, what is not here told."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.definition import Question, Section
from engine.editing.naming import free
from engine.editing.renaming import settings_that_name
from engine.overlays.absence import questions_named
from engine.text import in_language

Json = Any


@dataclass(frozen=True, slots=True)
class Copied:
    """The form with the section in it, the section's new id, and what was left out or is to be mended, in words."""

    form: dict[str, Json]
    section: str
    told: Sequence[str]


def copied(form: Mapping[str, Json], section: Section, data: Json, origin: Mapping[str, Json], after: str) -> Copied:
    """Copy a section (read, and as its JSON) after the one named, or to the end; `origin` is remembered with it."""
    here = {question["id"] for each in form["sections"] for question in each["questions"]}
    taken = here | {each["id"] for each in form["sections"]}
    names = {}
    for each in (data["id"], *(question["id"] for question in data["questions"])):
        names[each] = free(each, taken)
        taken.add(names[each])
    copying = _Copying(names, here, [])
    questions = [copying.question(*pair) for pair in zip(data["questions"], section.questions, strict=True)]
    new = copying.conditioned({**data, "id": names[data["id"]]}, f"the section “{_words(data['title'])}”")
    sections = list(form["sections"])
    at = next((number + 1 for number, each in enumerate(sections) if each["id"] == after), len(sections))
    sections.insert(at, {**new, "origin": dict(origin), "questions": questions})
    return Copied({**form, "sections": sections}, names[data["id"]], copying.told)


@dataclass(slots=True)
class _Copying:
    """What copying one section knows: its new names by the old, the questions of the form here, and what it told."""

    names: Mapping[str, str]
    here: set[str]
    told: list[str]

    def question(self, data: Json, read: Question) -> Json:
        """A question with its columns under the new names."""
        words = f"“{_words(data['label'])}”"
        new = self.conditioned({**data, "id": self.names.get(data["id"], data["id"])}, words)
        new = self.reading(self.referring(new, words), read, words)
        if "columns" in new:
            columns = {each["id"] for each in data["columns"]}
            pairs = zip(data["columns"], read.columns, strict=True)
            new["columns"] = [self.column(each, column, columns) for each, column in pairs]
        return new

    def column(self, data: Json, read: Question, beside: set[str]) -> Json:
        """A column of rows; its own id stays, and so do the names of the columns beside it."""
        words = f"“{_words(data['label'])}”"
        new = self.conditioned(data, words)
        return self.reading(self.referring(new, words, beside), read, words, beside)

    def conditioned(self, data: Json, words: str) -> dict[str, Json]:
        """Its condition under the new names; one that reads what is not here is taken out and told."""
        condition = data.get("show_when")
        gone = [each for each in questions_named(condition) if not self.known(each)]
        if gone:
            self.told.append(
                f"{_upper(words)} was asked only where {_listed(gone)} said so, which is not in this form. "
                "It is now always asked."
            )
            return {key: value for key, value in data.items() if key != "show_when"}
        return {**data, "show_when": self.renamed(condition)} if condition is not None else dict(data)

    def referring(self, data: dict[str, Json], words: str, beside: Sequence[str] | set[str] = ()) -> dict[str, Json]:
        """The answers that it shows and the decision it is the reason for, as far as they are here."""
        new = dict(data)
        shows = data.get("shows", [])
        kept = [self.path(each) for each in shows if self.known(each)]
        if kept != shows:
            new["shows"] = kept
        gone = [each for each in shows if not self.known(each)]
        if not kept:
            new.pop("shows", None)
        reason_for = data.get("reason_for")
        if reason_for is not None and reason_for not in beside:
            if self.known(reason_for):
                new["reason_for"] = self.path(reason_for)
            else:
                gone.append(new.pop("reason_for"))
        if gone:
            self.told.append(
                f"{_upper(words)} referred to {_listed(gone)}, which is not in this form: that is left out."
            )
        return new

    def reading(
        self, data: dict[str, Json], read: Question, words: str, beside: Sequence[str] | set[str] = ()
    ) -> dict[str, Json]:
        """The questions that its settings name, such as the dates it counts between, under the new names."""
        names = [each for each in read.handler.reads(read) if each not in beside]
        gone = [each for each in names if not self.known(each)]
        if gone:
            self.told.append(f"{_upper(words)} works with {_listed(gone)}, which is not in this form: mend it there.")
        for key, value in data.items():
            if key not in settings_that_name():
                continue
            if isinstance(value, str) and value in names:
                data = {**data, key: self.path(value)}
            elif isinstance(value, list) and any(each in names for each in value if isinstance(each, str)):
                data = {**data, key: [self.path(each) if each in names else each for each in value]}
        return data

    def known(self, path: str) -> bool:
        """Whether a question is copied too, or is in the form here."""
        name = path.partition(".")[0]
        return name in self.names or name in self.here

    def path(self, path: str) -> str:
        """A question's path under its new name."""
        name, dot, column = path.partition(".")
        return f"{self.names.get(name, name)}{dot}{column}"

    def renamed(self, condition: Json) -> Json:
        """A condition that reads the new names."""
        if isinstance(condition, list):
            return [self.renamed(each) for each in condition]
        if not isinstance(condition, Mapping):
            return condition
        return dict(self._renamed(condition))

    def _renamed(self, condition: Mapping[str, Json]) -> Iterator[tuple[str, Json]]:
        for key, value in condition.items():
            if key == "question" and isinstance(value, str):
                yield key, self.path(value)
            else:
                yield key, self.renamed(value) if key in ("all", "any", "not", "any_row") else value


def _listed(names: Sequence[str]) -> str:
    return " and ".join(f"“{each}”" for each in dict.fromkeys(names))


def _upper(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"


def _words(text: Json) -> str:
    return in_language(text)
