"""What whoever reads a result must know beside it, in words."""

from collections.abc import Iterator, Sequence
from math import ceil

import numpy as np

from engine.trials.attainable import attainable
from engine.trials.comparison import Comparison, left_out
from engine.trials.design import Design
from engine.trials.interval import Interval
from engine.trials.working import Working

MOST_NAMED = 5


def cautions(working: Working, interval: Interval) -> Iterator[str]:
    """Each caution as a sentence or two."""
    yield from _too_few(working)
    yield from _not_compared(working)
    yield from _covariates(working)
    yield from _missing(working)
    if interval.gaps:
        yield "Some effects within the interval are ruled out; it is the smallest one that holds all that are not."
    if not interval.borne_out:
        yield "Trying effects just beside the ends of the interval did not bear them out: take them as near, not exact."
    for key in working.design.unused:
        yield f"The design’s “{key}” was not used: it is misspelt, or belongs to another kind."


def _missing(working: Working) -> Iterator[str]:
    missing, rows = working.missing, len(working.units.codes)
    if missing:
        verbs = ("has", "is") if missing == 1 else ("have", "are")
        yield f"{missing:,} of {rows:,} rows {verbs[0]} no outcome and {verbs[1]} not counted."


def _too_few(working: Working) -> Iterator[str]:
    """A scheme that can never be clear is said to be one, with what would do."""
    design, found = working.design, working.found
    least = found.least_hits / found.total
    if least <= design.level:
        return
    number = len(working.compared.summaries)
    yield (
        f"Too few units to tell: with these {number} the smallest p that could have come is {least:.3g}, above the "
        f"level of {design.level:g}, so no difference, however large, could have been clear. "
        f"{_enough(design, working.compared)}"
    )


def _enough(design: Design, compared: Comparison) -> str:
    """How many more units of the same scheme would do."""
    if design.scheme.kind == "listed":
        return f"It takes a list of at least {ceil(1 / design.level)} allocations."
    sizes = np.bincount(compared.contrast.groups).tolist()
    more = attainable(design.scheme.kind, sizes, design.level).more_teams
    if not more and compared.contrast.basis.shape[1]:
        return "Fewer covariates may do."
    return f"{more} more would do, drawn evenly." if more else "As many would do, drawn evenly."


def _not_compared(working: Working) -> Iterator[str]:
    gone = list(left_out(working.units, working.summaries, working.compared.kept))
    empty, alone = [name for name, has in gone if not has], [name for name, has in gone if has]
    if empty:
        yield f"Without any outcome, and so left out: {_named(empty)}. The others are compared as they were drawn."
    if alone:
        yield f"Left out, since nothing of the same stratum or pair stands in the other arm: {_named(alone)}."


def _covariates(working: Working) -> Iterator[str]:
    compared, found = working.compared, working.found
    given, used = compared.contrast.covariates.shape[1], compared.contrast.basis.shape[1]
    if used < given:
        yield f"{given - used} of {given} columns of covariates add nothing: they do not vary, or say what others say."
    blind = int(np.isnan(found.pulls).sum())
    if blind:
        yield f"Under {blind:,} allocations the covariates alone tell the arms apart; they count against a result."


def _named(names: Sequence[str]) -> str:
    more = len(names) - MOST_NAMED
    return ", ".join(f"“{name}”" for name in names[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
