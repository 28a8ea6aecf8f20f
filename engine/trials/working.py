"""The working behind a result: units, outcomes, what is compared, and the difference under every allocation."""

from dataclasses import dataclass

import numpy as np

from engine.trials.comparison import Comparison, comparison_of
from engine.trials.design import Design
from engine.trials.errors import CannotTell
from engine.trials.randomisation import Rerandomised, rerandomise
from engine.trials.schemes import Allocations
from engine.trials.summaries import Outcomes, outcomes_of, summaries_of
from engine.trials.table import Floats, Table
from engine.trials.units import Units, units_of


@dataclass(frozen=True, slots=True, eq=False)
class Working:
    """What is worked out of a table before anything is concluded; `summaries` are one a unit, nan for none."""

    design: Design
    units: Units
    outcomes: Outcomes
    summaries: Floats
    compared: Comparison
    found: Rerandomised

    @property
    def missing(self) -> int:
        """How many rows have no outcome."""
        return int((~self.outcomes.there).sum())


def work_out(design: Design, table: Table, listed: Allocations | None, seed: int) -> Working:
    """Work a table out as its design says; raises BadData or CannotTell."""
    units = units_of(design, table)
    outcomes = outcomes_of(design.outcome, table)
    summaries = summaries_of(design.outcome, outcomes, units.codes, len(units.names))
    compared = comparison_of(design, table, units, summaries, listed, seed)
    found = rerandomise(compared.contrast, compared.summaries, compared.allocations)
    if np.isnan(found.estimate):
        why = "the covariates alone tell the arms apart, so that neither can be told from the other."
        raise CannotTell(why=why, mend="Leave out a covariate.")
    return Working(design, units, outcomes, summaries, compared, found)
