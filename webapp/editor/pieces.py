"""Pieces of another form that a draft can take: sections and questions that it lacks or has in other words."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from engine.text import in_language
from webapp.config import LANGUAGE

Json = Any


@dataclass(frozen=True, slots=True)
class Piece:
    """A section (with its questions) or a question that can be taken: its key, its words, whether new or changed."""

    key: str
    words: str
    section: str
    state: Literal["new", "changed"]
    whole_section: bool = False


def pieces(here: Json, other: Json) -> tuple[Piece, ...]:
    """What the other form has that this one has not, in the other's order.

    A new section brings only questions that stand nowhere here; one that would bring none is not among them.
    """
    return tuple(_pieces(here, other))


def _pieces(here: Json, other: Json) -> Iterator[Piece]:
    sections = {each["id"]: each for each in here["sections"]}
    questions = {each["id"]: each for section in here["sections"] for each in section["questions"]}
    for section in other["sections"]:
        title, mine = _words(section["title"]), sections.get(section["id"])
        if mine is None:
            if all(question["id"] in questions for question in section["questions"]):
                continue
            yield Piece(f"s:{section['id']}", title, title, "new", whole_section=True)
            continue
        if _head(section) != _head(mine):
            yield Piece(f"s:{section['id']}", title, title, "changed", whole_section=True)
        for question in section["questions"]:
            before = questions.get(question["id"])
            if before != question:
                state: Literal["new", "changed"] = "new" if before is None else "changed"
                yield Piece(f"q:{question['id']}", _words(question["label"]), title, state)


def taken(here: Json, other: Json, keys: Iterable[str]) -> dict[str, Json]:
    """This form with some pieces of the other: what changed in its place, what is new after its neighbour there.

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
    return {**here, "sections": sections}


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
