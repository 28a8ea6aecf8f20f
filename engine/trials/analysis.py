"""The analysis of a trial: from rows to a difference, how sure it is, and one of three verdicts."""

import numpy as np

from engine.trials.cautions import cautions
from engine.trials.clustering import intra_cluster_correlation
from engine.trials.design import Design
from engine.trials.detectable import detectable
from engine.trials.interval import interval_of
from engine.trials.result import Analysis, UnitResult, Verdict
from engine.trials.schemes import Allocations
from engine.trials.t_interval import t_interval
from engine.trials.table import Table
from engine.trials.working import Working, work_out

__all__ = ["Analysis", "UnitResult", "Verdict", "analyse"]


def analyse(design: Design, table: Table, allocations: Allocations | None = None, seed: int = 0) -> Analysis:
    """Analyse a trial's rows as its design says; raises BadData or CannotTell.

    `allocations` are the stored ones of a "listed" scheme, a column for each unit in the order of their names; others
    are worked out from the scheme, by `seed` where there are too many to go through.
    """
    return _concluded(work_out(design, table, allocations, seed))


def _concluded(working: Working) -> Analysis:
    design, found, compared = working.design, working.found, working.compared
    interval = interval_of(found, design.level)
    t = t_interval(compared.contrast, compared.summaries, design.level, design.scheme.kind == "paired")
    return Analysis(
        control=design.control,
        under_test=working.units.arm_under_test,
        estimate=found.estimate,
        p=found.p(0.0),
        hits=found.hits(0.0),
        allocations=found.total,
        exact=compared.allocations.exact,
        possible=compared.allocations.possible,
        level=design.level,
        interval=(interval.low, interval.high),
        t_interval=None if t is None else (t.low, t.high),
        degrees_of_freedom=0 if t is None else t.degrees_of_freedom,
        arm_means=_arm_means(working),
        units=_unit_results(working),
        icc=_icc(working),
        least_p=found.least_hits / found.total,
        detectable=detectable(compared.contrast, compared.allocations.matrix, found, t, design.level),
        missing=working.missing,
        verdict=_verdict(working),
        warnings=tuple(cautions(working, interval)),
    )


def _verdict(working: Working) -> Verdict:
    design, found = working.design, working.found
    if found.p(0.0) > design.level or not found.estimate:
        return "not_enough_evidence"
    return "better" if (found.estimate < 0) == (design.outcome.better == "lower") else "worse"


def _arm_means(working: Working) -> dict[str, float]:
    tested, summaries = working.compared.contrast.under_test, working.compared.summaries
    return {
        working.design.control: float(summaries[~tested].mean()),
        working.units.arm_under_test: float(summaries[tested].mean()),
    }


def _unit_results(working: Working) -> dict[str, UnitResult]:
    units = working.units
    counts = np.bincount(units.codes[working.outcomes.there], minlength=len(units.names)).tolist()
    found = [None if np.isnan(each) else float(each) for each in working.summaries]
    each = zip(units.names, units.arms, counts, found, units.groups, working.compared.kept.tolist(), strict=True)
    return {name: UnitResult(arm, n, summary, group, kept) for name, arm, n, summary, group, kept in each}


def _icc(working: Working) -> float | None:
    units = working.units
    rows = working.outcomes.there & working.compared.kept[units.codes]
    found = intra_cluster_correlation(working.outcomes.values[rows], units.codes[rows], units.under_test.tolist())
    return None if found is None else max(0.0, found)
