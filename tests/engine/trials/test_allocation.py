"""Drawing teams by lot: balanced, repeatable, blind to the order of input, and fair."""

import json
from collections import Counter
from collections.abc import Sequence
from hashlib import sha256
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.trials import allocation_faults as faults
from engine.trials.allocation import Allocation, Unit, allocate, digest_of, late

ARMS = ("long", "short")
names = st.text(min_size=1, max_size=12).filter(str.strip)


def _teams(number: int) -> list[Unit]:
    return [Unit(f"Team {at}") for at in range(number)]


def _strata(sizes: Sequence[int]) -> list[Unit]:
    return [Unit(f"{group}-{at}", stratum=f"S{group}") for group, size in enumerate(sizes) for at in range(size)]


def _counts(drawn: Allocation, arms: Sequence[str], units: Sequence[Unit]) -> list[int]:
    return [sum(drawn.by_unit[unit.id] == arm for unit in units) for arm in arms]


@given(
    st.lists(st.integers(1, 7), min_size=1, max_size=6),
    st.lists(names, min_size=2, max_size=4, unique=True),
    names,
    names,
)
def test_arms_are_balanced_in_every_stratum_and_in_all(
    sizes: list[int], arms: list[str], trial: str, seed: str
) -> None:
    """Within one unit of each other, whatever the sizes of the strata."""
    units = _strata(sizes)
    if len(units) < len(arms):
        return
    drawn = allocate(trial, seed, arms, units, "stratified")
    groups = [[unit for unit in units if unit.stratum == f"S{at}"] for at in range(len(sizes))]
    for group in [*groups, units]:
        counts = _counts(drawn, arms, group)
        assert max(counts) - min(counts) <= 1
    assert set(drawn.by_unit) == {unit.id for unit in units}


@given(st.lists(names, min_size=4, max_size=12, unique=True), st.data(), names)
def test_order_has_no_effect(teams: list[str], data: st.DataObject, seed: str) -> None:
    """Neither that of the units nor that of the arms nor that in which strata first come."""
    units = [Unit(team, stratum="odd" if at % 2 else "even") for at, team in enumerate(teams)]
    other = data.draw(st.permutations(units))
    drawn = allocate("t", seed, ARMS, units, "stratified")
    assert allocate("t", seed, ARMS[::-1], other, "stratified") == drawn


@given(st.integers(1, 9), names)
def test_a_pair_gets_one_of_each(pairs: int, seed: str) -> None:
    """Always, and in as many ways as two to the number of pairs."""
    units = [Unit(f"{pair}{side}", pair=f"P{pair}") for pair in range(pairs) for side in "ab"]
    drawn = allocate("t", seed, ARMS, units, "paired")
    assert all({drawn.by_unit[f"{pair}a"], drawn.by_unit[f"{pair}b"]} == set(ARMS) for pair in range(pairs))
    assert drawn.possible == 2**pairs


def test_it_can_be_drawn_again_by_hand() -> None:
    """The documented hash, written out once more, gives the same teams."""

    def key(purpose: str, group: str, name: str) -> str:
        words = ["pith allocation 1", purpose, "stratified", "7f", "Two wordings", group, name]
        return sha256(json.dumps(words, separators=(",", ":")).encode()).hexdigest()

    units = _strata([3, 4])
    extra = min(ARMS, key=lambda arm: key("extra", "S0", arm))
    quotas = {"S0": ["long"] * (1 + (extra == "long")) + ["short"] * (1 + (extra == "short"))}
    quotas["S1"] = ["long", "long", "short", "short"]
    expected: dict[str, str] = {}
    for group, arms in quotas.items():
        members = sorted(
            (unit.id for unit in units if unit.stratum == group), key=lambda name: key("unit", group, name)
        )
        expected.update(zip(members, arms, strict=True))
    drawn = allocate("Two wordings", "7f", ARMS, units, "stratified")
    assert drawn.by_unit == expected
    result = json.dumps({"allocation": expected, "possible": 36}, sort_keys=True, separators=(",", ":"))
    assert (drawn.possible, drawn.digest) == (36, sha256(result.encode()).hexdigest())


def test_it_never_changes() -> None:
    """What was drawn with this seed in an earlier version is drawn in this one."""
    drawn = allocate("Two wordings", "9c1f", ARMS, [Unit(name) for name in "ABCDEFGHÄ"], "complete")
    assert drawn.digest == "2c270cd999f5b101726a74ef82c7ead3293261d56086d1898a77c9bdcf35918d"


@pytest.mark.parametrize(
    ("sizes", "arms", "ways"),
    [
        ([8], 2, comb(8, 4)),
        ([12], 2, 924),
        ([20], 2, 184_756),
        ([7], 2, 2 * comb(7, 3)),
        ([4, 4], 2, 36),
        ([3, 3], 2, 2 * 3 * 3),
        ([3, 3, 3], 2, 2 * 2 * 27),
        ([6], 3, 90),
        ([4], 3, 3 * 12),
    ],
)
def test_every_way_that_is_counted_comes_up(sizes: list[int], arms: int, ways: int) -> None:
    """The count is exact: over many seeds so many different allocations are seen, each about as often."""
    units = _strata(sizes)
    drawn = [
        allocate("t", str(seed), [f"arm {at}" for at in range(arms)], units, "stratified")
        for seed in range(ways * 15 if ways < 200 else 1)
    ]
    assert {each.possible for each in drawn} == {ways}
    if ways < 200:
        seen = Counter(tuple(each.by_unit.items()) for each in drawn)
        assert len(seen) == ways
        assert sum((number - 15) ** 2 / 15 for number in seen.values()) < ways + 5 * (2 * ways) ** 0.5


def test_texts_that_run_together_are_not_confused() -> None:
    """Trial and seed are hashed so that no two of them can look alike, though together they read the same."""
    asked = [("a", "bc"), ("ab", "c"), ("a,b", "c"), ("a", "b,c"), ('a","b', "c"), ("a", 'b","c')]
    orders = {tuple(allocate(trial, seed, ARMS, _teams(30), "complete").by_unit.values()) for trial, seed in asked}
    assert len(orders) == len(asked)


def test_a_late_team_is_drawn_from_the_same_seed() -> None:
    """Each arm about as often, in any order of arms, and the same each time."""
    drawn = [late("t", "s", ARMS, f"Team {at}") for at in range(400)]
    assert drawn == [late("t", "s", ARMS[::-1], f"Team {at}") for at in range(400)]
    assert 160 < drawn.count("long") < 240


def test_the_digest_is_of_the_result() -> None:
    """It changes with any team's arm, and not with the order in which they stand."""
    assert digest_of({"A": "x", "B": "y"}, 2) == digest_of({"B": "y", "A": "x"}, 2)
    assert digest_of({"A": "x", "B": "y"}, 2) != digest_of({"A": "y", "B": "x"}, 2)


@pytest.mark.parametrize(
    ("changed", "fault", "place"),
    [
        ({"seed": " "}, faults.Blank, "/seed"),
        ({"trial": ""}, faults.Blank, "/trial"),
        ({"arms": ["a"]}, faults.TooFewArms, "/arms"),
        ({"arms": ["a", ""]}, faults.Blank, "/arms/1"),
        ({"arms": ["a", "b", "a"]}, faults.ArmTwice, "/arms/2"),
        ({"units": [Unit("A"), Unit("B"), Unit("A")]}, faults.UnitTwice, "/units/2"),
        ({"units": [Unit("A"), Unit("")]}, faults.Blank, "/units/1/id"),
        ({"units": [Unit("A")]}, faults.TooFewUnits, "/units"),
        ({"units": []}, faults.TooFewUnits, "/units"),
        ({"scheme": "alternating"}, faults.UnknownScheme, "/scheme"),
        ({"units": [Unit("A", stratum="N"), Unit("B")], "scheme": "stratified"}, faults.HalfGrouped, "/units/1"),
        ({"units": [Unit("A", stratum="N"), Unit("B")]}, faults.OtherGroup, "/units/0"),
        ({"units": [Unit("A", pair="1"), Unit("B", pair="2")], "scheme": "paired"}, faults.NotAPair, "/units/0"),
        ({"units": [Unit(each, pair="1") for each in "ABC"], "scheme": "paired"}, faults.NotAPair, "/units/0"),
        (
            {"arms": ["a", "b", "c"], "units": [Unit(each, pair="1") for each in "ABC"], "scheme": "paired"},
            faults.PairsOfTwoArms,
            "/arms",
        ),
    ],
)
def test_what_cannot_be_drawn_is_refused(
    changed: dict[str, object], fault: type[faults.AllocationFault], place: str
) -> None:
    """With its place, what is wrong there and what to do."""
    asked: dict[str, object] = {"trial": "t", "seed": "s", "arms": ["a", "b"], "units": _teams(4), "scheme": "complete"}
    with pytest.raises(fault) as refused:
        allocate(**{**asked, **changed})  # type: ignore[arg-type]
    assert refused.value.place == place
    assert refused.value.message.startswith(f"{place}: ")
    assert refused.value.message.endswith(".")
    assert "{" not in refused.value.message
