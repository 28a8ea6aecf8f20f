"""The units of a trial as its rows tell them: each with one arm, and one stratum or pair."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.trials.cells import codes_of
from engine.trials.design import Design
from engine.trials.errors import BadData, CannotTell
from engine.trials.table import Table

Codes = NDArray[np.intp]
MOST_UNITS = 2_000


@dataclass(frozen=True, slots=True, eq=False)
class Units:
    """The units in the order of their names: arrays and lists have one entry each, `codes` one a row.

    `codes` are the rows' units by number. `groups` are the strata or pairs by name, "" throughout where there are
    none.
    """

    names: list[str]
    codes: Codes
    arms: list[str]
    under_test: NDArray[np.bool_]
    arm_under_test: str
    groups: list[str]


def units_of(design: Design, table: Table) -> Units:
    """The units of a table; raises BadData with the row that contradicts the design or another row, CannotTell."""
    if not len(table.units):
        raise CannotTell(why=f"{table.source} has no rows.", mend="Write one line for each form or team.")
    _refuse_blanks(table, table.units, design.unit)
    _refuse_blanks(table, table.arms, design.arm)
    names, codes = codes_of(table.units)
    if len(names) > MOST_UNITS:
        why = f"“{design.unit}” has {len(names):,} different names; at most {MOST_UNITS:,} units are compared."
        raise CannotTell(why=why, mend="Name the column that holds the teams.")
    arms = _one_each(table, codes, table.arms, design.arm)
    arm_under_test = _arm_under_test(design, table)
    groups = _groups(design, table, codes)
    units = Units(names, codes, arms, np.array([arm == arm_under_test for arm in arms]), arm_under_test, groups)
    _refuse_too_few(units)
    if design.scheme.kind == "paired":
        _refuse_broken_pairs(units, table, design.scheme.groups or "pair")
    return units


def _groups(design: Design, table: Table, codes: Codes) -> list[str]:
    column = design.scheme.groups
    if column is None:
        return [""] * (int(codes.max()) + 1)
    cells = table.column(column)
    _refuse_blanks(table, cells, column)
    return _one_each(table, codes, cells, column)


def _one_each(table: Table, codes: Codes, cells: Sequence[str], column: str) -> list[str]:
    """What a column says of each unit; refused where it says two things."""
    first: dict[int, int] = {}
    for row, code in enumerate(codes.tolist()):
        before = first.setdefault(code, row)
        if cells[row] != cells[before]:
            why = f"“{table.units[row]}” has “{cells[row]}” here and “{cells[before]}” in {table.line(before)}."
            mend = f"A unit has one “{column}” in all its rows: mend the one that is wrong."
            raise BadData(place=table.place(row, column), why=why, mend=mend)
    return [cells[first[code]] for code in range(len(first))]


def _arm_under_test(design: Design, table: Table) -> str:
    others = [arm for arm in dict.fromkeys(table.arms) if arm != design.control]
    place = f"{table.source}, column “{design.arm}”"
    if len(others) == len(set(table.arms)):
        found = " and ".join(f"“{arm}”" for arm in others[:3])
        why = f"no row has the control, “{design.control}”; there is {found}."
        raise BadData(place=place, why=why, mend="Add the rows of the control, or name the right one in the design.")
    if not others:
        why = f"every row has the control, “{design.control}”."
        raise BadData(place=place, why=why, mend="Add the rows of the arm under test.")
    if len(others) > 1:
        row = list(table.arms).index(others[1])
        why = f"“{others[1]}” is a third arm, beside “{design.control}” and “{others[0]}”."
        raise BadData(place=table.place(row, design.arm), why=why, mend="Keep the rows of two arms, one the control.")
    return others[0]


def _refuse_too_few(units: Units) -> None:
    if len(units.names) == 2:
        why = "with one unit in each arm, a difference between the forms looks the same as one between the units."
        raise CannotTell(why=why, mend="Compare at least four units in each arm.")


def _refuse_broken_pairs(units: Units, table: Table, column: str) -> None:
    members: dict[str, list[int]] = {}
    for number, pair in enumerate(units.groups):
        members.setdefault(pair, []).append(number)
    for pair, numbers in members.items():
        arms = {units.arms[number] for number in numbers}
        if len(numbers) != 2 or len(arms) != 2:
            found = ", ".join(f"“{units.names[number]}” ({units.arms[number]})" for number in numbers[:4])
            why = f"the pair “{pair}” has {found}{' and more' if len(numbers) > 4 else ''}."
            place = table.place(int(np.flatnonzero(units.codes == numbers[0])[0]), column)
            mend = "A pair is two units, one in each arm: add the other, or leave the pair out."
            raise BadData(place=place, why=why, mend=mend)


def _refuse_blanks(table: Table, cells: Sequence[str], column: str) -> None:
    for row, cell in enumerate(cells):
        if not cell:
            mend = f"Write the row’s “{column}”, or take the row out."
            raise BadData(place=table.place(row, column), why="it is blank.", mend=mend)
