"""Balancing on what is known beforehand: better balanced, still by lot, and no two teams tied to each other."""

from collections.abc import Mapping

import numpy as np
import pytest

from engine.trials import allocation_faults as faults
from engine.trials.allocation import Allocation, Unit, allocate
from engine.trials.schemes import allocations, scheme_of

ARMS = ("long", "short")


def _units(number: int, strata: bool = False) -> list[Unit]:
    chance = np.random.default_rng(number)
    return [
        Unit(f"T{at:02}", "NS"[at % 2] if strata else None, None, {"referrals": chance.gamma(2, 50), "staff": at % 5})
        for at in range(number)
    ]


def _imbalance(by_arm: "np.ndarray[tuple[int, ...], np.dtype[np.int8]]", units: list[Unit]) -> float:
    """Written out once more: squared differences of means in standard deviations."""
    total = 0.0
    for name in ("referrals", "staff"):
        known = np.array([unit.covariates[name] for unit in units])
        total += ((known[by_arm == 1].mean() - known[by_arm == 0].mean()) / known.std()) ** 2
    return total


def _line(drawn: Allocation, units: list[Unit]) -> "np.ndarray[tuple[int, ...], np.dtype[np.int8]]":
    return np.array([drawn.by_unit[unit.id] == "short" for unit in units], dtype=np.int8)


@pytest.mark.parametrize("number", [10, 12, 13])
def test_the_best_balanced_are_kept(number: int) -> None:
    """None that was left out is better balanced than one that was kept; at least a hundred were."""
    units = _units(number)
    drawn = allocate("t", "s", ARMS, units, "constrained")
    under_test = drawn.kept[0].count("1")
    every = allocations(scheme_of([0] * number, [at < under_test for at in range(number)]), 0).matrix
    kept = {tuple(map(int, line)) for line in drawn.kept}
    worst = max(_imbalance(np.array(line), units) for line in kept)
    best_left_out = min(_imbalance(line, units) for line in every if tuple(line.tolist()) not in kept)
    assert worst < best_left_out
    assert len(every) / 10 - 1 <= len(kept) == drawn.possible
    assert len(kept) >= 100


def test_what_was_drawn_is_one_of_those_kept() -> None:
    """The list is what the analysis draws from again, so it must hold what was drawn; both arms can be swapped."""
    units = _units(12)
    drawn = allocate("t", "s", ARMS, units, "constrained")
    lines = [[int(arm) for arm in line] for line in drawn.kept]
    assert _line(drawn, units).tolist() in lines
    assert all([1 - arm for arm in line] in lines for line in lines)
    assert len({*map(tuple, lines)}) == len(lines)


@pytest.mark.parametrize("number", [12, 30])
def test_order_has_no_effect(number: int) -> None:
    """Listed or drawn, candidates are the same for any order of units and arms, and for strata too."""
    for strata in (False, True):
        units = _units(number, strata)
        drawn = allocate("t", "s", ARMS, units, "constrained")
        assert allocate("t", "s", ARMS[::-1], units[::-1], "constrained") == drawn
        for stratum in {unit.stratum for unit in units}:
            mine = [drawn.by_unit[unit.id] for unit in units if unit.stratum == stratum]
            assert abs(mine.count("long") - mine.count("short")) <= 1


def test_each_acceptable_one_is_drawn() -> None:
    """Over many seeds no acceptable allocation is out of reach, where all can be listed."""
    units = _units(10)
    seen = {tuple(allocate("t", str(seed), ARMS, units, "constrained").by_unit.values()) for seed in range(700)}
    assert len(seen) == allocate("t", "s", ARMS, units, "constrained").possible


def test_few_teams_are_told_that_nothing_is_balanced() -> None:
    """With eight there are seventy ways, too few to choose from."""
    drawn = allocate("t", "s", ARMS, _units(8), "constrained")
    assert (drawn.possible, len(drawn.warnings)) == (70, 1)
    assert "only 70 allocations" in drawn.warnings[0]


def test_two_teams_that_would_be_tied_are_refused() -> None:
    """Two teams far from all others would always be apart, and could not be told from their arms."""
    units = [Unit(f"T{at:02}", covariates={"referrals": 1000 if at in (3, 7) else at}) for at in range(12)]
    with pytest.raises(faults.FixedTogether) as refused:
        allocate("t", "s", ARMS, units, "constrained")
    assert "“T03” and “T07” apart" in refused.value.message


@pytest.mark.parametrize(
    ("changed", "fault"),
    [({"staff": 1.0}, faults.CovariateMissing), ({}, faults.CovariateMissing)],
)
def test_a_unit_without_its_covariates_is_refused(
    changed: Mapping[str, float], fault: type[faults.AllocationFault]
) -> None:
    """Its name and what is missing are said."""
    with pytest.raises(fault) as refused:
        allocate("t", "s", ARMS, [*_units(9), Unit("odd", covariates=changed)], "constrained")
    assert refused.value.place == "/units/9"
    assert "odd" in refused.value.message


def test_nothing_to_balance_is_refused() -> None:
    """Covariates that are the same everywhere, three arms, strata of some only."""
    alike = [Unit(name, covariates={"x": 1.0}) for name in "ABCD"]
    with pytest.raises(faults.NothingToBalance):
        allocate("t", "s", ARMS, alike, "constrained")
    with pytest.raises(faults.ConstrainedArms):
        allocate("t", "s", ("a", "b", "c"), _units(9), "constrained")
    with pytest.raises(faults.HalfGrouped):
        allocate("t", "s", ARMS, [*_units(9), *_units(10, strata=True)[9:]], "constrained")
