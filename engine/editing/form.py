"""A form's JSON with what stands where, found once: the questions by path, and each as the engine sees it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from engine.code_lists import CodeList
from engine.definition import Question, definition_from_json
from engine.errors import NotFound
from engine.overlays.places import Spot, question_at, questions
from engine.text import Text

Json = Any
Lists = Mapping[str, CodeList]
NO_LISTS: Lists = {}


class NoSuchPlace(NotFound):
    """There is neither a question nor a section “{name}” in the form."""

    code = "no_such_place"


class NoSuchQuestion(NoSuchPlace):
    """There is no question or column “{name}” in the form."""

    code = "no_such_question"


class Holder(NamedTuple):
    """What can have a condition: a section, a question or a column; `spot` is None for a section."""

    path: str
    data: Mapping[str, Json]
    pointer: str
    spot: Spot | None

    @property
    def rows(self) -> str | None:
        """The question whose column this is."""
        return self.path.partition(".")[0] if self.spot and self.spot.column is not None else None

    @property
    def label(self) -> Text:
        """What people know it by."""
        words: Text = self.data["title" if self.spot is None else "label"]
        return words


@dataclass(frozen=True, eq=False)
class Form:
    """A form that follows the definition's schema, with the code lists it may name; what it is asked once is kept."""

    json: Mapping[str, Json]
    code_lists: Lists = field(default_factory=dict)
    day: str | None = None

    @cached_property
    def spots(self) -> Mapping[str, Spot]:
        """Where each question and column stands, by path."""
        return {path: spot for path, spot, _ in questions(self.json)}

    @cached_property
    def sections(self) -> Mapping[str, int]:
        """The position of each section, by id."""
        return {section["id"]: index for index, section in enumerate(self.json["sections"])}

    @cached_property
    def holders(self) -> tuple[Holder, ...]:
        """Every section with its questions and their columns after it, in order."""
        return tuple(self._holders())

    def _holders(self) -> Iterator[Holder]:
        waiting = iter(self.spots.items())
        path, spot = next(waiting, ("", None))
        for index, section in enumerate(self.json["sections"]):
            yield Holder(section["id"], section, f"/sections/{index}", None)
            while spot is not None and spot.section == index:
                yield Holder(path, question_at(self.json, spot), spot.pointer, spot)
                path, spot = next(waiting, ("", None))

    def lacks(self, path: str) -> bool:
        """Whether a condition that reads this path reads nothing that is there."""
        return path not in self.spots and not path.startswith("child.")

    def holder(self, name: str) -> Holder:
        """The question, column or section with a path or id; raises NoSuchPlace."""
        spot = self.spots.get(name)
        if spot is not None:
            return Holder(name, question_at(self.json, spot), spot.pointer, spot)
        if name not in self.sections:
            raise NoSuchPlace(name=name)
        index = self.sections[name]
        return Holder(name, self.json["sections"][index], f"/sections/{index}", None)

    def asked(self, path: str) -> Holder:
        """The question or column with a path; raises NoSuchQuestion, for a section too."""
        if path not in self.spots:
            raise NoSuchQuestion(name=path)
        return self.holder(path)

    def find(self, path: str) -> Question | None:
        """A question or column as the engine sees it, its condition left out; None where there is none."""
        if path not in self._read:
            spot = self.spots.get(path)
            self._read[path] = None if spot is None else self.question(question_at(self.json, spot))
        return self._read[path]

    @cached_property
    def _read(self) -> dict[str, Question | None]:
        return {}

    def question(self, data: Mapping[str, Json]) -> Question:
        """A question's JSON as the engine sees it; without options where its code list is not there."""
        left_out = {"show_when"} if data.get("code_list") in self.code_lists else {"show_when", "code_list"}
        kept = {key: value for key, value in data.items() if key not in left_out}
        if "columns" in kept:
            kept["columns"] = [
                {key: value for key, value in column.items() if key not in ("show_when", "code_list")}
                for column in kept["columns"]
            ]
        section = {"id": "only", "title": "", "questions": [kept]}
        whole = {"form": "only", "version": 1, "title": "", "purpose": "", "sections": [section]}
        return definition_from_json(whole, self.code_lists, self.day).questions[0]


AnyForm = Form | Mapping[str, Json]


def form_of(form: AnyForm, code_lists: Lists = NO_LISTS, day: str | None = None) -> Form:
    """What stands where in a form; one that was found already is given back as it is."""
    return form if isinstance(form, Form) else Form(form, code_lists, day)
