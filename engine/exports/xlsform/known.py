"""The questions that an expression may name: by their name in the spreadsheet, and by their id in the form."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from engine.conditions import Leaf
from engine.exports.xlsform.expressions import CannotSay
from engine.question_types import question_types

Json = Any


@dataclass(frozen=True, slots=True)
class Known:
    """A question or column: its name in the sheet, its id, the rows it is a column of, its type and settings."""

    name: str
    id: str
    rows: str | None
    type: str
    settings: Mapping[str, Json] = field(default_factory=dict)
    values: tuple[str, ...] = ()
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def measure(self) -> str:
        """How its answer is measured."""
        return question_types()[self.type].measure

    @property
    def a_whole_day(self) -> bool:
        """Whether it is a date that is always a day without a time."""
        return self.measure == "date" and not (self.settings.get("time") or self.settings.get("partial"))


class Questions:
    """What stands before the place that is being worked on."""

    def __init__(self) -> None:
        self._by_name: dict[str, Known] = {}
        self._by_path: dict[tuple[str | None, str], Known] = {}

    def add(self, known: Known) -> None:
        """One more."""
        self._by_name[known.name] = known
        self._by_path[known.rows, known.id] = known

    def named(self, name: str, rows: str | None) -> Known:
        """The question that ${name} stands for, read from inside `rows`; raises CannotSay."""
        found = self._by_name.get(name)
        if found is None:
            raise CannotSay(why=f"${{{name}}} is not a question that stands before this one and was taken over.")
        if found.rows not in (None, rows):
            raise CannotSay(why=f"${{{name}}} is asked in rows, and only its own row may read it so.")
        return found

    def anywhere(self, name: str) -> Known:
        """The same, from wherever it is read."""
        return self._by_name.get(name) or self.named(name, None)

    def at(self, path: str, rows: str | None = None) -> Known | None:
        """The question of an id, or of a path as people.age; inside rows the row's own column first."""
        first, _, column = path.partition(".")
        if column:
            return self._by_path.get((first, column))
        return self._by_path.get((rows, path)) or self._by_path.get((None, path))

    def members(self, rows: str | None) -> Callable[[Leaf], tuple[str, ...]]:
        """What `resolve_groups` asks: the options in the group that a leaf names."""

        def of(leaf: Leaf) -> tuple[str, ...]:
            found = self.at(leaf.name, rows if leaf.subject == "row" else None)
            return found.groups.get(str(leaf.operand), ()) if found else ()

        return of


def known(name: str, data: Mapping[str, Json], rows: str | None, options: Sequence[Mapping[str, Json]] = ()) -> Known:
    """What expressions need to know of a question's JSON, called `name` in the sheet; `options` are its choices."""
    grouped: dict[str, tuple[str, ...]] = {}
    for option in options:
        if option.get("group"):
            grouped[option["group"]] = (*grouped.get(option["group"], ()), option["value"])
    values = tuple(str(option["value"]) for option in options)
    return Known(name, data["id"], rows, data["type"], data, values, grouped)
