"""Results that were printed elsewhere come out of the analysis to the printed digits."""

from collections import Counter

import numpy as np
import pytest

from engine.trials.clustering import intra_cluster_correlation
from engine.trials.several import holm
from engine.trials.survival import kaplan_meier, restricted_mean
from tests.engine.trials.small_trials import PAIRED, analysed, difference, every_allocation

UNTREATED, TREATED = (10, 15, 20, 20, 10, 15, 15), (15, 15, 30, 15, 20, 15, 30)
"""Gerber and Green, Field Experiments (2012), table 2.1: the budget share of seven villages under either head."""
TABLE_2_3 = {
    -1: 2, 0: 2, 0.5: 1, 1: 2, 1.5: 2, 2.5: 1, 6.5: 1, 7.5: 3, 8.5: 3, 9: 1, 9.5: 1, 10: 1, 16: 1,
}  # fmt: skip
CROSSED = (188, 96, 168, 176, 153, 172, 177, 163, 146, 173, 186, 168, 177, 184, 96)
SELFED = (139, 163, 160, 160, 147, 149, 149, 122, 132, 144, 130, 144, 102, 124, 144)
"""Darwin’s maize in eighths of an inch, as Fisher gives it in The Design of Experiments (1935), chapter III."""
ENDED_6MP = (6, 6, 6, 7, 10, 13, 16, 22, 23)
STILL_6MP = (6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35)
"""Weeks in remission under 6-MP of Freireich et al., Blood 21 (1963), ended and not ended."""
SLEEP_1 = (0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0)
SLEEP_2 = (1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4)
"""Hours of sleep gained, Student, Biometrika 6 (1908); what R prints of them stands in its help for t.test."""


def test_seven_villages_as_they_were_drawn() -> None:
    """Gerber and Green, table 2.2: villages 1 and 7 have a woman at the head; 6.5 points, 8 of the 21 ways as far."""
    found = analysed((1, 0, 0, 0, 0, 0, 1), (15, 15, 20, 20, 10, 15, 30))
    assert found.estimate == pytest.approx(6.5)
    assert (found.hits, found.allocations, found.exact) == (8, 21, True)
    assert found.verdict == "not_enough_evidence"


def test_seven_villages_in_every_way_they_could_have_been_drawn() -> None:
    """Gerber and Green, table 2.3: the estimates of all 21 ways, whose mean is the true effect, 5."""
    estimates: Counter[float] = Counter()
    for line in every_allocation((1, 1, 0, 0, 0, 0, 0)):
        seen = [TREATED[number] if arm else UNTREATED[number] for number, arm in enumerate(line)]
        estimates[round(analysed(line, seen).estimate, 6)] += 1
    assert estimates == TABLE_2_3
    assert sum(value * times for value, times in estimates.items()) / 21 == pytest.approx(5)


def test_the_lady_who_tastes_tea() -> None:
    """Fisher (1935), chapter II: all eight cups right is 1 way in 70, and with all eight wrong, 2; six right, 34."""
    poured = (1, 1, 1, 1, 0, 0, 0, 0)
    said = {"column": "said", "kind": "proportion", "better": "higher"}
    assert (analysed(poured, poured, outcome=said).hits, analysed(poured, poured, outcome=said).allocations) == (2, 70)
    assert analysed(poured, (1, 1, 1, 0, 1, 0, 0, 0), outcome=said).hits == 34


def test_darwin_s_maize() -> None:
    """Fisher (1935), section 21: 863 of the 32,768 ways to either side, 5.267 per cent; t = 2.148 with 14 degrees."""
    pairs = [number // 2 for number in range(30)]
    heights = [height for pair in zip(CROSSED, SELFED, strict=True) for height in pair]
    found = analysed((1, 0) * 15, heights, PAIRED, pairs)
    assert (found.hits, found.allocations, found.exact) == (2 * 863, 32_768, True)
    assert found.p == pytest.approx(0.05267, abs=5e-6)
    assert found.estimate == pytest.approx(314 / 15)
    assert found.degrees_of_freedom == 14
    assert found.t_interval is not None
    half = (found.t_interval[1] - found.t_interval[0]) / 2
    assert found.estimate / (half / 2.144787) == pytest.approx(2.148, abs=5e-4)


def test_student_s_sleep_as_two_samples() -> None:
    """R’s t.test(extra ~ group, var.equal = TRUE): 18 degrees of freedom, -3.363874 to 0.203874."""
    found = analysed((1,) * 10 + (0,) * 10, SLEEP_1 + SLEEP_2)
    assert found.degrees_of_freedom == 18
    assert found.t_interval == pytest.approx((-3.363874, 0.203874), abs=5e-7)


def test_student_s_sleep_as_pairs() -> None:
    """R’s paired t.test: a mean difference of -1.58, 9 degrees of freedom, -2.4598858 to -0.7001142."""
    found = analysed((1,) * 10 + (0,) * 10, SLEEP_1 + SLEEP_2, PAIRED, [*range(10), *range(10)])
    assert found.estimate == pytest.approx(-1.58)
    assert found.degrees_of_freedom == 9
    assert found.t_interval == pytest.approx((-2.4598858, -0.7001142), abs=5e-8)


def test_two_samples_told_by_their_summary_statistics() -> None:
    """SciPy’s help for ttest_ind_from_stats: means 15 and 12, variances 87.5 and 39, 13 and 11: t = 0.90514."""
    first = (1, 3, 4, 6, 11, 13, 15, 19, 22, 24, 25, 26, 26)
    second = (2, 4, 6, 9, 11, 13, 14, 15, 18, 19, 21)
    assert [np.var(each, ddof=1) for each in (first, second)] == pytest.approx([87.5, 39])
    found = analysed((1,) * 13 + (0,) * 11, first + second)
    assert found.estimate == pytest.approx(3)
    assert found.t_interval is not None
    error = (found.t_interval[1] - found.t_interval[0]) / 2 / 2.0738730679
    assert found.estimate / error == pytest.approx(0.9051358093310269)


def test_remissions_under_6_mp() -> None:
    """The curve of Kaplan and Meier printed for Freireich’s trial in most textbooks, to three digits."""
    times = np.array(ENDED_6MP + STILL_6MP, dtype=float)
    events = np.array([1.0] * len(ENDED_6MP) + [0.0] * len(STILL_6MP))
    ends, share = kaplan_meier(times, events)
    assert ends.tolist() == [6, 7, 10, 13, 16, 22, 23]
    assert share.round(3).tolist() == [0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448]
    assert restricted_mean(times, events, 35) == pytest.approx(23.29, abs=0.005)
    assert restricted_mean(times, events, 6.5) == pytest.approx(6 + 0.5 * 18 / 21)


def test_six_targets_and_four_judges() -> None:
    """Shrout and Fleiss, Psychological Bulletin 86 (1979), table 4: the correlation of case 1 is .17."""
    scores = [(9, 2, 5, 8), (6, 1, 3, 2), (8, 4, 6, 8), (7, 1, 2, 6), (10, 5, 6, 9), (6, 2, 4, 7)]
    found = intra_cluster_correlation(np.array(scores, dtype=float).ravel(), np.repeat(np.arange(6), 4))
    assert found is not None
    assert round(found, 2) == 0.17


def test_four_p_values_by_holm() -> None:
    """Holm, Scandinavian Journal of Statistics 6 (1979): in order of size, times 4, 3, 2 and 1, never falling."""
    found = holm({"a": 0.01, "b": 0.04, "c": 0.03, "d": 0.005})
    assert {name: round(p, 10) for name, p in found.items()} == {"a": 0.03, "b": 0.06, "c": 0.06, "d": 0.02}


def test_the_second_implementation_agrees_with_the_villages() -> None:
    """What the other tests hold the analysis to is itself held to the printed table."""
    lines = every_allocation((1, 1, 0, 0, 0, 0, 0))
    seen = [(line, [TREATED[n] if arm else UNTREATED[n] for n, arm in enumerate(line)]) for line in lines]
    assert Counter(float(difference(*each)) for each in seen) == TABLE_2_3
