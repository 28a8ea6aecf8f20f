"""The order of one form's sections and questions given to another that has most of them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Json = Any
Sections = Sequence[Mapping[str, Json]]


def ordered_alike(here: Sections, other: Sections) -> bool:
    """Whether what both have stands in the same order, each question in the same section."""
    return _as_told(in_order_of(here, other)) == _as_told(here)


def in_order_of(here: Sections, other: Sections) -> list[dict[str, Json]]:
    """The sections of the first in the order of the second, each question where that has it.

    What only the first has stays after what it stands after now. A section that would be left without a question
    keeps those it has.
    """
    at_home = _emptied(here, other, frozenset())
    homes = {section["id"]: section for section in here}
    order = merged([each["id"] for each in here], [each["id"] for each in other])
    placed = dict(_placed(here, other, at_home))
    return [{**homes[name], "questions": placed[name]} for name in order]


def _emptied(here: Sections, other: Sections, at_home: frozenset[str]) -> frozenset[str]:
    """The sections whose own questions must stay, or they would have none; those of others may come all the same."""
    while True:
        empty = {name for name, questions in _placed(here, other, at_home) if not questions}
        if not empty - at_home:
            return at_home
        at_home |= empty


def _placed(here: Sections, other: Sections, at_home: frozenset[str]) -> Iterator[tuple[str, list[Json]]]:
    """Each section of the first with the questions that it has then."""
    questions = {each["id"]: each for section in here for each in section["questions"]}
    known = {section["id"] for section in here}
    elsewhere = {each["id"]: section["id"] for section in other for each in section["questions"]}
    theirs = {section["id"]: [each["id"] for each in section["questions"]] for section in other}
    homes: dict[str, list[str]] = {section["id"]: [] for section in here}
    for section in here:
        for each in section["questions"]:
            own: str = section["id"]
            home: str = elsewhere.get(each["id"], own)
            homes[own if own in at_home or home not in known else home].append(each["id"])
    before = [each["id"] for section in here for each in section["questions"]]
    for name, ids in homes.items():
        mine = sorted(ids, key=before.index)
        yield name, [questions[each] for each in merged(mine, theirs.get(name, []))]


def merged(mine: Sequence[str], theirs: Sequence[str]) -> list[str]:
    """Those that are mine in the order of theirs; what they have not stands after what it stands after now."""
    known = set(theirs)
    found = [each for each in theirs if each in set(mine)]
    for number, each in enumerate(mine):
        if each not in known:
            before = mine[number - 1] if number else None
            found.insert(0 if before is None else found.index(before) + 1, each)
    return found


def _as_told(sections: Sections) -> list[tuple[str, list[str]]]:
    return [(section["id"], [each["id"] for each in section["questions"]]) for section in sections]
