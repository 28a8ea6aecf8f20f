"""What whoever reads a result must know beside it, in words."""

from collections.abc import Iterator, Sequence
from math import ceil

import numpy as np

from engine.trials.attainable import attainable
from engine.trials.comparison import Comparison, left_out
from engine.trials.design import Design
from engine.trials.interval import Interval
from engine.trials.randomisation import Rerandomised
from engine.trials.table import Floats
from engine.trials.units import Units

MOST_NAMED = 5


def cautions(
    design: Design, units: Units, summaries: Floats, compared: Comparison, found: Rerandomised, interval: Interval
) -> Iterator[str]:
    """Each caution as a sentence or two."""
    yield from _too_few(design, compared, found)
    yield from _not_compared(units, summaries, compared)
    yield from _covariates(compared, found)
    if interval.gaps:
        yield "Some effects within the interval are ruled out; it is the smallest one that holds all that are not."
    if not interval.borne_out:
        yield "Trying effects just beside the ends of the interval did not bear them out: take them as near, not exact."
    for key in design.unused:
        yield f"The design’s “{key}” was not used: it is misspelt, or belongs to another kind."


def missing_outcomes(missing: int, rows: int) -> Iterator[str]:
    """How many rows have no outcome."""
    if missing:
        has = "row has" if missing == 1 else "rows have"
        yield f"{missing:,} of {rows:,} {has} no outcome and {'is' if missing == 1 else 'are'} not counted."


def _too_few(design: Design, compared: Comparison, found: Rerandomised) -> Iterator[str]:
    """A scheme that can never be clear is said to be one, with what would do."""
    least = found.least_hits / found.total
    if least <= design.level:
        return
    number = len(compared.summaries)
    yield (
        f"Too few units to tell: with these {number} the smallest p that could have come is {least:.3g}, above the "
        f"level of {design.level:g}, so no difference, however large, could have been clear. "
        f"{_enough(design, compared)}"
    )


def _enough(design: Design, compared: Comparison) -> str:
    """How many more units of the same scheme would do."""
    if design.scheme.kind == "listed":
        return f"It takes a list of at least {ceil(1 / design.level)} allocations."
    sizes = np.bincount(compared.contrast.groups).tolist()
    more = attainable(design.scheme.kind, sizes, design.level).more_teams
    return f"{more} more would do, drawn evenly." if more else "As many would do, drawn evenly."


def _not_compared(units: Units, summaries: Floats, compared: Comparison) -> Iterator[str]:
    gone = list(left_out(units, summaries, compared.kept))
    empty, alone = [name for name, has in gone if not has], [name for name, has in gone if has]
    if empty:
        yield f"Without any outcome, and so left out: {_named(empty)}. The others are compared as they were drawn."
    if alone:
        yield f"Left out, since nothing of the same stratum or pair stands in the other arm: {_named(alone)}."


def _covariates(compared: Comparison, found: Rerandomised) -> Iterator[str]:
    given, used = compared.contrast.covariates.shape[1], compared.contrast.basis.shape[1]
    if used < given:
        yield f"{given - used} of {given} columns of covariates add nothing: they do not vary, or say what others say."
    blind = int(np.isnan(found.pulls).sum())
    if blind:
        yield f"Under {blind:,} allocations the covariates alone tell the arms apart; they count against a result."


def _named(names: Sequence[str]) -> str:
    more = len(names) - MOST_NAMED
    return ", ".join(f"“{name}”" for name in names[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
