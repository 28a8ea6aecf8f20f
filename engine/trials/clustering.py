"""How alike the forms of one unit are: the intra-cluster correlation."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from engine.trials.table import Floats


def intra_cluster_correlation(values: Floats, codes: NDArray[np.intp], arms: Sequence[bool] = ()) -> float | None:
    """The share of the spread of values (0 and 1 too) that lies between units, by analysis of variance.

    `values` and `codes`, the units' numbers, have one entry a row; `arms` one a unit: units are then compared within
    their arm. It can come out below 0 where units differ less than chance would have it. None where units have
    fewer than two rows, taken together, where there are too few units, or where nothing varies.
    """
    present, of = np.unique(codes, return_inverse=True)
    arm = np.array([bool(arms[code]) for code in present], dtype=np.intp) if len(arms) else np.zeros_like(present)
    sizes = np.bincount(of).astype(float)
    rows, units, strata = len(values), len(present), len(np.unique(arm))
    if rows < 2 * units or units <= strata:
        return None
    centred = values - values.mean()
    means = np.bincount(of, weights=centred) / sizes
    arm_rows = np.bincount(arm, weights=sizes)
    arm_means = np.bincount(arm, weights=sizes * means) / np.where(arm_rows > 0, arm_rows, 1)
    between = float((sizes * (means - arm_means[arm]) ** 2).sum()) / (units - strata)
    within = float(((centred - means[of]) ** 2).sum()) / (rows - units)
    typical = (rows - float((sizes**2 / arm_rows[arm]).sum())) / (units - strata)
    spread = between + (typical - 1) * within
    return (between - within) / spread if spread > 0 else None
