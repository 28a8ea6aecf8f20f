"""The interval and the difference that could be found, by the t distribution on the units' summaries."""

from dataclasses import dataclass

import numpy as np
from scipy.special import stdtrit

from engine.trials.contrast import Contrast
from engine.trials.table import Floats

POWER = 0.8


@dataclass(frozen=True, slots=True)
class TInterval:
    """The difference with its standard error, and what it says at `level`; all in the outcome's unit.

    `spread` is the standard deviation of a unit's summary about what is fitted.
    """

    estimate: float
    error: float
    spread: float
    degrees_of_freedom: int
    level: float

    @property
    def margin(self) -> float:
        """How far the interval reaches to each side."""
        return self.error * float(stdtrit(self.degrees_of_freedom, 1 - self.level / 2))

    @property
    def low(self) -> float:
        """The lower end."""
        return self.estimate - self.margin

    @property
    def high(self) -> float:
        """The upper end."""
        return self.estimate + self.margin

    @property
    def detectable(self) -> float:
        """The difference that a t test finds four times in five."""
        return self.margin + self.error * float(stdtrit(self.degrees_of_freedom, POWER))


def degrees_of_freedom(contrast: Contrast, paired: bool) -> int:
    """Units less what is fitted: a mean for each arm of each group (paired: each pair and the arms), and covariates."""
    groups = int(contrast.groups.max()) + 1
    return len(contrast.groups) - (groups + 1 if paired else 2 * groups) - int(contrast.basis.shape[1])


def t_interval(contrast: Contrast, summaries: Floats, level: float, paired: bool) -> TInterval | None:
    """The t interval of the difference between arms; None where there are too few units for one.

    Units are taken to spread alike in both arms. Without groups and covariates it is that of the two-sample t test,
    with pairs that of the paired one.
    """
    free = degrees_of_freedom(contrast, paired)
    if free < 1:
        return None
    model = np.column_stack([*_cells(contrast, paired).T, *contrast.basis.T])
    centred = summaries - summaries.mean()
    fitted = model @ np.linalg.lstsq(model, centred, rcond=None)[0]
    line = contrast.under_test.astype(np.int8)[None]
    weights = contrast.differences(line, np.eye(len(summaries)))[0]
    spread = float(np.sqrt(((centred - fitted) ** 2).sum() / free))
    error = spread * float(np.linalg.norm(weights))
    return TInterval(float(weights @ centred), error, spread, free, level)


def _cells(contrast: Contrast, paired: bool) -> Floats:
    """A column for each group, or for each arm of each group."""
    groups = np.eye(int(contrast.groups.max()) + 1)[contrast.groups]
    tested = contrast.under_test.astype(float)[:, None]
    return np.asarray(np.hstack([groups, tested if paired else groups * tested]))
