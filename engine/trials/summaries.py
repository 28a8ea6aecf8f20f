"""From rows to one summary for each unit: a mean, a proportion, or a mean time up to the cap."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.trials.design import Outcome
from engine.trials.errors import BadData, CannotTell
from engine.trials.survival import restricted_mean
from engine.trials.table import Floats, Table

Codes = NDArray[np.intp]
Rows = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Outcomes:
    """What each row counts as, nan where it has no outcome; `ended` is 0 where the form was abandoned."""

    values: Floats
    ended: Floats

    @property
    def there(self) -> Rows:
        """Which rows have an outcome."""
        return ~np.isnan(self.values)


def outcomes_of(outcome: Outcome, table: Table) -> Outcomes:
    """The rows' outcomes as they count; raises BadData with the row that cannot be.

    A time counts up to the cap. An abandoned form counts as the cap, whether or not a time was written.
    """
    if outcome.kind == "time":
        return _times(outcome, table)
    if outcome.kind == "proportion":
        mend = "Write 1 for yes and 0 for no, or a unit’s share between them."
        beyond = (table.values < 0) | (table.values > 1)
        _refuse(table, outcome.column, beyond, "a share lies between 0 and 1.", mend)
    return Outcomes(table.values, np.ones(len(table.values)))


def summaries_of(outcome: Outcome, counted: Outcomes, codes: Codes, units: int) -> Floats:
    """The summary of each unit, nan where it has no outcome; `codes` are the rows' units.

    Rows are sorted first, so that their order changes nothing, not even a last digit.
    """
    order = np.lexsort((counted.values, codes))
    order = order[counted.there[order]]
    bounds = np.searchsorted(codes[order], np.arange(units + 1))
    found = np.full(units, np.nan)
    for unit in range(units):
        rows = order[bounds[unit] : bounds[unit + 1]]
        if len(rows):
            found[unit] = _summary(outcome, counted.values[rows], counted.ended[rows])
    return found


def _summary(outcome: Outcome, values: Floats, ended: Floats) -> float:
    if outcome.kind == "time" and outcome.cap is not None:
        return restricted_mean(values, ended, outcome.cap)
    return float(values.mean())


def _times(outcome: Outcome, table: Table) -> Outcomes:
    if outcome.cap is None:
        raise CannotTell(why="a time needs a cap, and the design has none.", mend="Write outcome.cap in the design.")
    _refuse(table, outcome.column, table.values < 0, "a time is not below 0.", "Write how long it took.")
    if table.events is None:
        return Outcomes(np.minimum(table.values, outcome.cap), np.ones(len(table.values)))
    unsaid = np.isnan(table.events)
    column, mend = outcome.event or "event", "Write 1 where the form was finished and 0 where it was abandoned."
    _refuse(table, column, unsaid & ~np.isnan(table.values), "it is blank though there is a time.", mend)
    _refuse(table, column, ~unsaid & (table.events != 0) & (table.events != 1), "it is neither 0 nor 1.", mend)
    values = np.where(table.events == 0, outcome.cap, np.minimum(table.values, outcome.cap))
    return Outcomes(values, table.events)


def _refuse(table: Table, column: str, wrong: Rows, why: str, mend: str) -> None:
    """Refuse the first row that is wrong."""
    rows = np.flatnonzero(wrong)
    if len(rows):
        raise BadData(place=table.place(int(rows[0]), column), why=why, mend=mend)
