"""What is compared: the units that have an outcome, how the arms differ, and the allocations that could have been."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.trials.cells import codes_of
from engine.trials.contrast import Contrast
from engine.trials.covariates import covariates_of
from engine.trials.design import Design
from engine.trials.errors import BadData, CannotTell
from engine.trials.schemes import Allocations, allocations, scheme_of
from engine.trials.t_interval import degrees_of_freedom
from engine.trials.table import Floats, Table
from engine.trials.units import Units

Kept = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """The units compared (`kept`, one entry a unit of the trial) with their contrast, summaries and allocations."""

    kept: Kept
    contrast: Contrast
    summaries: Floats
    allocations: Allocations


def comparison_of(
    design: Design, table: Table, units: Units, summaries: Floats, listed: Allocations | None, seed: int
) -> Comparison:
    """Compare the units that have a summary, within groups that have both arms; raises CannotTell, BadData.

    A unit without an outcome keeps its arm: only allocations that gave it the same are looked at. What is left is as
    random as it was, since whether a unit had an outcome is taken not to hang on its arm.
    """
    kept = _in_both_arms(units, ~np.isnan(summaries))
    tested = units.under_test[kept]
    if not tested.any() or tested.all() or len(tested) == 2:
        mend = "See that each arm has units with an outcome."
        raise CannotTell(why="too few units have an outcome to compare the arms.", mend=mend)
    groups = codes_of([group for group, keep in zip(units.groups, kept, strict=True) if keep])[1]
    contrast = Contrast(groups, tested, covariates_of(design, table, units)[kept])
    _refuse_too_many_covariates(design, contrast)
    if design.scheme.kind == "listed":
        drawn = _of_the_list(design, units, kept, listed)
    else:
        drawn = allocations(scheme_of(groups.tolist(), tested.tolist()), seed)
    return Comparison(kept, contrast, summaries[kept], drawn)


def left_out(units: Units, summaries: Floats, kept: Kept) -> Iterator[tuple[str, bool]]:
    """Each unit that is not compared, and whether it has an outcome of its own."""
    for number in np.flatnonzero(~kept).tolist():
        yield units.names[number], not np.isnan(summaries[number])


def _in_both_arms(units: Units, there: Kept) -> Kept:
    """Of the units that have an outcome, those of whose group both arms have one."""
    _, groups = codes_of(units.groups)
    number = int(groups.max()) + 1
    tested = np.bincount(groups[there & units.under_test], minlength=number)
    control = np.bincount(groups[there & ~units.under_test], minlength=number)
    return np.asarray(there & ((tested > 0) & (control > 0))[groups])


def _of_the_list(design: Design, units: Units, kept: Kept, listed: Allocations | None) -> Allocations:
    """The listed allocations in which the units that are not compared have the arm they have."""
    place = design.scheme.allocations or "the list of allocations"
    if listed is None or listed.matrix.shape[1] != len(units.names):
        mend = "Give the stored list, with one column for each unit of the data."
        raise BadData(place=place, why="it does not name the units of the data.", mend=mend)
    matrix = listed.matrix[(listed.matrix[:, ~kept] == units.under_test[~kept]).all(axis=1)][:, kept]
    if not (matrix == units.under_test[kept]).all(axis=1).any():
        why = "the arms that the units of the data have are not among the allocations that were possible."
        raise BadData(place=place, why=why, mend="Give the list that this trial was drawn from, or mend the arms.")
    sides = matrix.sum(axis=1)
    return Allocations(matrix[(sides > 0) & (sides < matrix.shape[1])], True, len(matrix))


def _refuse_too_many_covariates(design: Design, contrast: Contrast) -> None:
    columns = contrast.basis.shape[1]
    if columns and degrees_of_freedom(contrast, design.scheme.kind == "paired") < 1:
        number, units = len(design.covariates) + len(design.categorical), len(contrast.groups)
        said = f"{columns} columns of covariates" if columns != number else f"{columns} covariates"
        why = f"{said} are too many for {units} units: nothing would be left to tell the arms apart by."
        raise CannotTell(why=why, mend="Keep those that matter most, one for every five units or so.")
