"""Measuring: CPU time of this process, medians of repeats, and a figure beside its floor and its bar."""

import gc
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Figure:
    """One thing measured: its value with a unit, what it is held against (`floor`, same unit), and its bar.

    With a floor the bar is a number of floors, else a value in the unit; None where there is no bar.
    """

    name: str
    value: float
    unit: str
    floor: float | None = None
    bar: float | None = None

    @property
    def ratio(self) -> float | None:
        """How many floors it is."""
        return self.value / self.floor if self.floor else None

    @property
    def met(self) -> bool | None:
        """Whether it is within its bar."""
        if self.bar is None:
            return None
        return (self.value if self.ratio is None else self.ratio) <= self.bar

    def to_json(self) -> dict[str, Any]:
        """The figure as other programs read it."""
        return {**asdict(self), "ratio": self.ratio, "met": self.met}


def cpu(work: Callable[[], object], repeats: int) -> float:
    """The median CPU time of a piece of work in milliseconds, after a run that is not counted."""
    return side_by_side([work], repeats)[0]


def once(work: Callable[[], object]) -> float:
    """The CPU time in milliseconds of a piece of work whose result is kept, so that a second run would tell nothing."""
    gc.collect()
    start = time.process_time()
    work()
    return (time.process_time() - start) * 1000


def side_by_side(works: Sequence[Callable[[], object]], repeats: int) -> list[float]:
    """The same of several pieces of work, each in turn, so that what else the machine does meets all of them."""
    for work in works:
        work()
    times: list[list[float]] = [[] for _ in works]
    for _ in range(repeats):
        for work, taken in zip(works, times, strict=True):
            gc.collect()
            start = time.process_time()
            work()
            taken.append(time.process_time() - start)
    return [statistics.median(taken) * 1000 for taken in times]
