"""Conditions made from a seed over the questions asked so far."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

Json = Any

NEAR = 30
"""Most conditions look back no further than so many questions, as those of real forms do."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question written so far, and whether it is asked for each child."""

    made: Mapping[str, Json]
    per_child: bool

    @property
    def id(self) -> str:
        """Its id."""
        return str(self.made["id"])

    @property
    def type(self) -> str:
        """Its type."""
        return str(self.made["type"])

    @property
    def not_known(self) -> bool:
        """Whether "not known yet" is offered for it."""
        return bool(self.made.get("not_known", self.made["kind"] in ("fact", "voice", "analysis")))


def condition(chance: Random, earlier: Sequence[Asked], for_child: bool, row: Sequence[Asked] = ()) -> Json:
    """A condition over earlier questions, facts of the child where it is asked for one, and columns of the same row."""
    shape = chance.random()
    if shape < 0.6:
        return _leaf(chance, earlier, for_child, row)
    if shape < 0.7:
        return {"not": _leaf(chance, earlier, for_child, row)}
    if shape < 0.97:
        word = "all" if shape < 0.8 else "any"
        return {word: [_leaf(chance, earlier, for_child, row) for _ in range(chance.randint(2, 3))]}
    return {"any": [condition(chance, earlier, for_child, row), {"not": condition(chance, earlier, for_child, row)}]}


def _leaf(chance: Random, earlier: Sequence[Asked], for_child: bool, row: Sequence[Asked]) -> Json:
    if row and (not earlier or chance.random() < 0.7):
        asked = chance.choice(row)
        return {"row": asked.id, **_comparison(chance, asked)}
    if chance.random() < (0.3 if for_child else 0.04):
        return _about_the_child(chance)
    near = earlier[-NEAR:] if chance.random() < 0.8 else earlier
    asked = chance.choice(near)
    return {"question": asked.id, **_comparison(chance, asked)}


def _about_the_child(chance: Random) -> Json:
    if chance.random() < 0.5:
        operator = chance.choice(("less_than", "at_least", "more_than", "at_most"))
        return {"child": "age", operator: chance.randint(1, 16)}
    return {"child": chance.choice(("unborn", "disabled", "interpreter")), "is": chance.random() < 0.5}


def _comparison(chance: Random, asked: Asked) -> Json:
    if chance.random() < 0.1:
        return {"not_known": True} if asked.not_known else {"answered": True}
    return _COMPARISONS.get(asked.type, _answered)(chance, asked)


def _values(asked: Asked) -> list[str]:
    return [option["value"] for option in asked.made["options"]]


def _answered(_chance: Random, _asked: Asked) -> Json:
    return {"answered": True}


def _of_choice(chance: Random, asked: Asked) -> Json:
    values = _values(asked)
    operator = chance.choice(("is", "is", "is_not", "in"))
    return {operator: sorted(chance.sample(values, 2)) if operator == "in" else chance.choice(values)}


def _of_choices(chance: Random, asked: Asked) -> Json:
    values = _values(asked)
    operator = chance.choice(("includes", "includes_any", "includes_group"))
    if operator == "includes_group":
        return {operator: chance.choice([option["group"] for option in asked.made["options"] if "group" in option])}
    return {operator: sorted(chance.sample(values, 2)) if operator == "includes_any" else chance.choice(values)}


def _of_yes_no(chance: Random, _asked: Asked) -> Json:
    return {"is": chance.choice(("yes", "no"))}


def _of_number(chance: Random, asked: Asked) -> Json:
    operator = chance.choice(("more_than", "at_least", "less_than", "at_most", "is", "is_not"))
    return {operator: chance.randint(1, int(asked.made.get("maximum", 10)) - 1)}


def _of_date(chance: Random, _asked: Asked) -> Json:
    operator = chance.choice(("before", "after"))
    day = f"{chance.randint(2020, 2025)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
    return {operator: chance.choice((day, day, "today"))}


def _of_rows(chance: Random, asked: Asked) -> Json:
    columns = [Asked(column, False) for column in asked.made["columns"]]
    column = chance.choice(columns)
    return {"any_row": {"row": column.id, **_comparison(chance, column)}}


_COMPARISONS: Mapping[str, Callable[[Random, Asked], Json]] = {
    "choice": _of_choice,
    "choices": _of_choices,
    "yes_no": _of_yes_no,
    "number": _of_number,
    "scale": _of_number,
    "date": _of_date,
    "rows": _of_rows,
}
