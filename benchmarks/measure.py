"""Measuring: CPU time of this process, medians of repeats, and a figure beside its floor and its bar."""

import gc
import statistics
import time
from collections.abc import Callable
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


def cpu(work: Callable[[], object], repeats: int, warm: int = 1) -> float:
    """The median CPU time of a piece of work in milliseconds, after runs that are not counted."""
    for _ in range(warm):
        work()
    times = []
    for _ in range(repeats):
        gc.collect()
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return statistics.median(times) * 1000
