"""Changes to a condition as JSON, each part named by its way from the top: "" itself, "1.0" the first of its second.

A condition is None where there is none; a group that loses all but one of its parts becomes that part.
"""

from collections.abc import Callable, Mapping
from typing import Any

Json = Any
Condition = Mapping[str, Json] | None

JOINED = ("all", "any")


def parts(condition: Json) -> tuple[str, list[Json]] | None:
    """The word that joins a group's parts, and the parts; None for what is no group."""
    for word in JOINED:
        if isinstance(condition, Mapping) and isinstance(condition.get(word), list):
            return word, condition[word]
    return None


def part_at(condition: Json, way: str) -> Json:
    """The part with this way; None where there is none."""
    for step in way.split(".") if way else ():
        group = parts(condition)
        if group is None or not step.isdigit() or int(step) >= len(group[1]):
            return None
        condition = group[1][int(step)]
    return condition


def with_leaf(condition: Json, way: str, leaf: Json) -> Json:
    """The condition with one more line, at the end of a group; what is no group there is joined with it by all."""
    if condition is None:
        return leaf
    return _at(condition, way, lambda found: _with(found, leaf))


def _with(found: Json, leaf: Json) -> Json:
    group = parts(found)
    if group is None:
        return {"all": [found, leaf]}
    word, each = group
    return {word: [*each, leaf]}


def with_part(condition: Json, way: str, part: Json) -> Json:
    """The condition with another part at this way."""
    return _at(condition, way, lambda _: part)


def without_part(condition: Json, way: str) -> Json:
    """The condition without the part at this way; None once nothing is left."""
    return _at(condition, way, lambda _: None)


def joined_by(condition: Json, way: str, word: str) -> Json:
    """The group at this way joined by another word; what is no group stays."""
    group = parts(part_at(condition, way))
    return condition if group is None else with_part(condition, way, {word: group[1]})


def _at(condition: Json, way: str, change: Callable[[Json], Json]) -> Json:
    """The condition with a change where the way leads; one that leads nowhere changes nothing."""
    if not way:
        return change(condition)
    group = parts(condition)
    step, _, rest = way.partition(".")
    if group is None or not step.isdigit() or int(step) >= len(group[1]):
        return condition
    word, each = group
    changed = [_at(part, rest, change) if number == int(step) else part for number, part in enumerate(each)]
    left = [part for part in changed if part is not None]
    if not left:
        return None
    return left[0] if len(left) == 1 else {word: left}
