"""What an evaluation is given from outside: today's date and the facts of the children."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from engine.conditions import child_facts
from engine.errors import BadInput

Json = Any
_TRUTHS = ("unborn", "disabled", "interpreter")


class BadContext(BadInput):
    """The context cannot be used: {why}."""

    code = "bad_context"


@dataclass(frozen=True, slots=True)
class Child:
    """The facts conditions may read about one child; None means not known. `born` is an ISO date."""

    id: str
    born: str | None = None
    unborn: bool | None = None
    disabled: bool | None = None
    interpreter: bool | None = None

    def facts(self, today: str | None) -> Mapping[str, Any]:
        """The facts by name, the age in whole years among them."""
        return child_facts({field.name: getattr(self, field.name) for field in fields(self)}, today)


@dataclass(frozen=True, slots=True)
class Context:
    """Today's date (ISO; None where it is not to count) and the children the assessment is about, in order."""

    today: str | None = None
    children: tuple[Child, ...] = (Child("c1"),)


ONE_CHILD = Context()
"""One child about whom nothing is known, on no particular day."""


def context_from_json(data: Json) -> Context:
    """A context as `--context` files hold it; keys of a child that no condition reads are passed over."""
    if not isinstance(data, dict) or not isinstance(data.get("children", []), list):
        raise BadContext(why="it is an object with today and a list of children")
    if strange := sorted(data.keys() - {"today", "children"}):
        raise BadContext(why=f"it holds today and children, not {', '.join(map(str, strange))}")
    today = data.get("today")
    if today is not None and not _is_day(today):
        raise BadContext(why="today is a date such as 2026-03-05")
    children = tuple(_child_from_json(child) for child in data.get("children", []))
    if len({child.id for child in children}) != len(children):
        raise BadContext(why="two children have the same id")
    return Context(today, children) if children else replace(ONE_CHILD, today=today)


def _child_from_json(data: Json) -> Child:
    if not isinstance(data, dict) or not isinstance(data.get("id"), str) or not data["id"]:
        raise BadContext(why="each child is an object with an id, which is a text")
    born = data.get("born")
    if born is not None and not _is_day(born):
        raise BadContext(why=f"{data['id']} is born on a date such as 2020-01-02")
    if any(data.get(fact) not in (True, False, None) for fact in _TRUTHS):
        raise BadContext(why=f"{', '.join(_TRUTHS)} of {data['id']} are true, false or left out")
    return Child(data["id"], born, *(data.get(fact) for fact in _TRUTHS))


def _is_day(value: Json) -> bool:
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def context_to_json(context: Context) -> dict[str, Any]:
    """The JSON that `context_from_json` reads back; facts that are not known are left out."""
    children = [
        {field.name: value for field in fields(child) if (value := getattr(child, field.name)) is not None}
        for child in context.children
    ]
    return {"children": children} if context.today is None else {"today": context.today, "children": children}
