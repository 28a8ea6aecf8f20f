"""Invented children, so that a form can be looked at and tried without anybody's record."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from engine.journey import Child, Context
from webapp.store import children

Ages = tuple[int | None, ...]
"""Children by their age in whole years; None is a baby to come."""

ONE_CHILD: Ages = (8,)
SISTERS_AND_UNBORN: Ages = (8, 3, None)
OLDEST = 25
"""The most years an invented child can have: plans for young people go on that long."""

NAMES = ("Ada", "Nell", "Ivy", "June")
FAMILY = "Example"
BABY = "Baby"
_SINCE_BIRTHDAY = timedelta(days=100)
_UNTIL_BIRTH = timedelta(days=100)


def context_for(ages: Ages, day: date) -> Context:
    """What conditions know of invented children on a day: c1, c2 and so on, nothing known of them but their ages."""
    found = (Child(f"c{number}", _born(age, day), unborn=age is None) for number, age in enumerate(ages, start=1))
    return Context(day.isoformat(), tuple(found))


def _born(age: int | None, day: date) -> str | None:
    if age is None:
        return None
    birthday = day - _SINCE_BIRTHDAY
    return birthday.replace(year=birthday.year - age, day=min(birthday.day, 28)).isoformat()


def ages_in(context: Context) -> Ages:
    """How old the children of a context are; one whose age is not known counts as one of eight."""
    return tuple(_age(child.facts(context.today)) for child in context.children)


def _age(facts: Mapping[str, Any]) -> int | None:
    if facts["unborn"]:
        return None
    return 8 if facts["age"] is None else min(max(facts["age"], 0), OLDEST)


def invented_children(context: Context) -> Mapping[str, children.Child]:
    """The children of a context with invented names, by their ids: whoever they were made up by."""
    day = day_of(context)
    return {child.id: _named(child, number, day) for number, child in enumerate(context.children)}


def day_of(context: Context) -> date:
    """The day of a context; without one a day so early that no age is told."""
    return date.fromisoformat(context.today) if context.today else date.min


def _named(child: Child, number: int, day: date) -> children.Child:
    name = NAMES[number] if number < len(NAMES) else f"Child {number + 1}"
    return children.Child(
        id=0,
        key=child.id,
        family=0,
        family_title=FAMILY,
        reference="",
        given_name=BABY if child.unborn else name,
        family_name=FAMILY,
        born=date.fromisoformat(child.born) if child.born else None,
        expected=day + _UNTIL_BIRTH if child.unborn and day != date.min and day < date.max - _UNTIL_BIRTH else None,
        unborn=bool(child.unborn),
        disabled=child.disabled,
        interpreter=child.interpreter,
    )
