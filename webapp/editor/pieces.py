"""Pieces of another form that a draft can take: its settings, sections and questions, and their order."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from engine.schema import definition_schema
from engine.text import in_language
from webapp.config import LANGUAGE
from webapp.editor.orders import in_order_of, ordered_alike
from webapp.editor.panel.words import SAID

Json = Any
State = Literal["new", "changed", "gone"]

_NOT_SETTINGS = frozenset({"$schema", "form", "version", "sections"})


@dataclass(frozen=True, slots=True)
class Piece:
    """Something that can be taken: its key, its words, whether it is new here, changed or gone.

    It is a setting of the form, a section (with its questions where it is new), a question, or the order of them all.
    """

    key: str
    words: str
    section: str
    state: State
    kind: Literal["setting", "section", "question", "order"] = "question"


def pieces(here: Json, other: Json) -> tuple[Piece, ...]:
    """What the other form has that this one has not: settings of the form, then sections and questions in its order.

    A new section brings only questions that stand nowhere here; one that would bring none is not among them.
    """
    return tuple(_pieces(here, other))


def _pieces(here: Json, other: Json) -> Iterator[Piece]:
    for key, title in _settings().items():
        if here.get(key) != other.get(key):
            state: State = "new" if key not in here else "changed" if key in other else "gone"
            yield Piece(f"f:{key}", title, "", state, "setting")
    yield from _parts(here, other)
    if not ordered_alike(here["sections"], other["sections"]):
        yield Piece("o:", "", "", "changed", "order")


def _settings() -> Mapping[str, str]:
    """What the form itself is given, by key, with its title."""
    keys = definition_schema()["properties"]
    return {key: SAID.get(key, (keys[key]["title"], ""))[0] for key in keys if key not in _NOT_SETTINGS}


def _parts(here: Json, other: Json) -> Iterator[Piece]:
    sections = {each["id"]: each for each in here["sections"]}
    questions = {each["id"]: each for section in here["sections"] for each in section["questions"]}
    for section in other["sections"]:
        title, mine = _words(section["title"]), sections.get(section["id"])
        if mine is None:
            if all(question["id"] in questions for question in section["questions"]):
                continue
            yield Piece(f"s:{section['id']}", title, title, "new", "section")
            continue
        if _head(section) != _head(mine):
            yield Piece(f"s:{section['id']}", title, title, "changed", "section")
        for question in section["questions"]:
            before = questions.get(question["id"])
            if before != question:
                state: State = "new" if before is None else "changed"
                yield Piece(f"q:{question['id']}", _words(question["label"]), title, state)


def taken(here: Json, other: Json, keys: Iterable[str]) -> dict[str, Json]:
    """This form with some pieces of the other: what changed in its place, what is new after its neighbour there.

    The order is taken last, of all that is here then.

    Both are read and checked; keys of no piece are passed over.
    """
    wanted, known = set(keys), {each.key for each in pieces(here, other)}
    sections = [{**each, "questions": list(each["questions"])} for each in here["sections"]]
    for at, section in enumerate(other["sections"]):
        before = [each["id"] for each in other["sections"][:at]]
        if f"s:{section['id']}" in wanted & known:
            _take_section(sections, section, before)
        for number, question in enumerate(section["questions"]):
            if f"q:{question['id']}" in wanted & known:
                _take_question(sections, section["id"], question, [q["id"] for q in section["questions"][:number]])
    order = "o:" in wanted & known
    form = {**here, "sections": in_order_of(sections, other["sections"]) if order else sections}
    for key in (each.partition(":")[2] for each in wanted & known if each.startswith("f:")):
        form[key] = other.get(key)
    return {key: value for key, value in form.items() if value is not None}


def _take_section(sections: list[dict[str, Json]], section: Mapping[str, Json], before: Sequence[str]) -> None:
    """A new section without the questions that stand elsewhere here; of one that is here, its own words."""
    for index, each in enumerate(sections):
        if each["id"] == section["id"]:
            sections[index] = {**_head(section), "questions": each["questions"]}
            return
    here = {question["id"] for each in sections for question in each["questions"]}
    questions = [question for question in section["questions"] if question["id"] not in here]
    sections.insert(_after([each["id"] for each in sections], before), {**section, "questions": questions})


def _take_question(sections: list[dict[str, Json]], home: str, question: Json, before: Sequence[str]) -> None:
    for section in sections:
        for index, each in enumerate(section["questions"]):
            if each["id"] == question["id"]:
                section["questions"][index] = question
                return
    there = next(each for each in sections if each["id"] == home)["questions"]
    there.insert(_after([each["id"] for each in there], before), question)


def _after(ids: Sequence[str], before: Sequence[str]) -> int:
    """The place after the nearest of those that stand before it; first where none is here."""
    return max((ids.index(each) + 1 for each in before if each in ids), default=0)


def _head(section: Mapping[str, Json]) -> dict[str, Json]:
    return {key: value for key, value in section.items() if key != "questions"}


def _words(text: Json) -> str:
    return in_language(text, LANGUAGE)
