"""What is known of the units beforehand, as numbers: means of covariates, and shares of categories."""

import numpy as np
from numpy.typing import NDArray

from engine.trials.cells import codes_of, numbers
from engine.trials.design import Design
from engine.trials.errors import BadData, CannotTell
from engine.trials.table import Floats, Table
from engine.trials.units import Units


def covariates_of(design: Design, table: Table, units: Units) -> Floats:
    """(units, columns): a mean for each covariate, and for each category but the first the share of rows that have it.

    Blank cells are left out; raises BadData for a cell that is no number and for a unit of which nothing is known.
    """
    columns = [_mean(table, name, units) for name in design.covariates]
    for name in design.categorical:
        columns += _shares(table, name, units)
    return np.column_stack(columns) if columns else np.empty((len(units.names), 0))


def _mean(table: Table, name: str, units: Units) -> Floats:
    values = numbers(table.column(name), lambda row: table.place(row, name))
    there = ~np.isnan(values)
    return _by_unit(np.where(there, values, 0.0), there, units, name)


def _shares(table: Table, name: str, units: Units) -> list[Floats]:
    cells = table.column(name)
    categories, codes = codes_of(cells)
    there = np.array([bool(category) for category in categories])[codes]
    written = [number for number, category in enumerate(categories) if category]
    if len(written) > len(units.names):
        why = f"“{name}” has {len(written):,} categories, more than there are units ({len(units.names)})."
        raise CannotTell(why=why, mend="Put categories together, or leave it out.")
    return [_by_unit((codes == number).astype(float), there, units, name) for number in written[1:]]


def _by_unit(values: Floats, there: NDArray[np.bool_], units: Units, name: str) -> Floats:
    """The mean of each unit's rows that have one."""
    counts = np.bincount(units.codes, weights=there, minlength=len(units.names))
    nothing = np.flatnonzero(counts == 0)
    if len(nothing):
        why = f"nothing is written for “{units.names[nothing[0]]}”."
        raise BadData(place=f"column “{name}”", why=why, mend="Write it for one row at least, or leave the column out.")
    return np.asarray(np.bincount(units.codes, weights=values, minlength=len(units.names)) / counts)
