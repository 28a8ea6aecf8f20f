"""The analysis of a trial: from rows to a difference, how sure it is, and one of three verdicts."""

import numpy as np

from engine.trials.cautions import cautions, missing_outcomes
from engine.trials.clustering import intra_cluster_correlation
from engine.trials.comparison import Comparison, comparison_of
from engine.trials.design import Design
from engine.trials.errors import CannotTell
from engine.trials.interval import interval_of
from engine.trials.randomisation import Rerandomised, rerandomise
from engine.trials.result import Analysis, UnitResult, Verdict
from engine.trials.schemes import Allocations
from engine.trials.summaries import Outcomes, outcomes_of, summaries_of
from engine.trials.t_interval import t_interval
from engine.trials.table import Floats, Table
from engine.trials.units import Units, units_of

__all__ = ["Analysis", "UnitResult", "Verdict", "analyse"]


def analyse(design: Design, table: Table, allocations: Allocations | None = None, seed: int = 0) -> Analysis:
    """Analyse a trial's rows as its design says; raises BadData or CannotTell.

    `allocations` are the stored ones of a "listed" scheme, a column for each unit in the order of their names; others
    are worked out from the scheme, by `seed` where there are too many to go through.
    """
    units = units_of(design, table)
    counted = outcomes_of(design.outcome, table)
    summaries = summaries_of(design.outcome, counted, units.codes, len(units.names))
    compared = comparison_of(design, table, units, summaries, allocations, seed)
    found = rerandomise(compared.contrast, compared.summaries, compared.allocations)
    if np.isnan(found.estimate):
        why = "the covariates alone tell the arms apart, so that neither can be told from the other."
        raise CannotTell(why=why, mend="Leave out a covariate.")
    interval = interval_of(found, design.level)
    t = t_interval(compared.contrast, compared.summaries, design.level, design.scheme.kind == "paired")
    hits, missing = found.hits(0.0), int((~counted.there).sum())
    said = [*cautions(design, units, summaries, compared, found, interval)]
    said += missing_outcomes(missing, len(units.codes))
    return Analysis(
        control=design.control,
        under_test=units.arm_under_test,
        estimate=found.estimate,
        p=hits / found.total,
        hits=hits,
        allocations=found.total,
        exact=compared.allocations.exact,
        possible=compared.allocations.possible,
        level=design.level,
        interval=(interval.low, interval.high),
        t_interval=None if t is None else (t.low, t.high),
        degrees_of_freedom=0 if t is None else t.degrees_of_freedom,
        arm_means=_arm_means(design, units, compared),
        units=_unit_results(units, counted, summaries, compared),
        icc=_icc(units, counted, compared),
        least_p=found.least_hits / found.total,
        detectable=None if t is None else t.detectable,
        missing=missing,
        verdict=_verdict(design, found),
        warnings=tuple(said),
    )


def _verdict(design: Design, found: Rerandomised) -> Verdict:
    if found.p(0.0) > design.level or not found.estimate:
        return "not_enough_evidence"
    return "better" if (found.estimate < 0) == (design.outcome.better == "lower") else "worse"


def _arm_means(design: Design, units: Units, compared: Comparison) -> dict[str, float]:
    tested = compared.contrast.under_test
    return {
        design.control: float(compared.summaries[~tested].mean()),
        units.arm_under_test: float(compared.summaries[tested].mean()),
    }


def _unit_results(units: Units, counted: Outcomes, summaries: Floats, compared: Comparison) -> dict[str, UnitResult]:
    counts = np.bincount(units.codes[counted.there], minlength=len(units.names)).tolist()
    found = [None if np.isnan(each) else float(each) for each in summaries]
    each = zip(units.names, units.arms, counts, found, units.groups, compared.kept.tolist(), strict=True)
    return {name: UnitResult(arm, n, summary, group, kept) for name, arm, n, summary, group, kept in each}


def _icc(units: Units, counted: Outcomes, compared: Comparison) -> float | None:
    rows = counted.there & compared.kept[units.codes]
    return intra_cluster_correlation(counted.values[rows], units.codes[rows], units.under_test.tolist())
