"""The analysis of a trial: what counts as an outcome, which units are compared, and what is said beside it."""

import json

import numpy as np
import pytest
from scipy.special import stdtrit

from engine.trials.analysis import analyse
from engine.trials.errors import BadData, CannotTell
from engine.trials.table import Table
from engine.trials.working import work_out
from tests.engine.trials.small_trials import (
    COMPLETE,
    LISTED,
    MEAN,
    PAIRED,
    STRATIFIED,
    analysed,
    design,
    every_allocation,
    listed,
    table,
)

EIGHT = (0, 0, 0, 0, 1, 1, 1, 1)
MINUTES = (104, 126, 118, 110, 88, 93, 80, 97)
TIME = {"column": "minutes", "kind": "time", "event": "done", "cap": 100, "better": "lower"}


def test_a_trial_of_eight_teams() -> None:
    """Each figure of a small trial, worked out by hand where a hand can."""
    found = analysed(EIGHT, MINUTES)
    assert found.estimate == -25
    assert (found.hits, found.allocations, found.p) == (2, 70, 2 / 70)
    assert found.verdict == "better"
    assert found.arm_means == {"long": 114.5, "short": 89.5}
    assert list(found.interval) == [-46, -7]
    assert found.degrees_of_freedom == 6
    assert found.t_interval == pytest.approx((-25 - 2.446912 * 6.02772, -25 + 2.446912 * 6.02772), abs=1e-4)
    assert found.least_p == 2 / 70
    assert found.icc is None
    assert found.warnings == ()


def test_the_printed_object_has_its_fixed_keys_and_no_number_that_json_lacks() -> None:
    """Other tools read it: plain numbers, null where nothing bounds the interval."""
    printed = analysed((0, 0, 1, 1), (1, 2, 3, 4)).to_json()
    assert list(printed) == [
        "estimate", "p", "p_as_fraction", "interval", "allocations", "exact", "units", "verdict", "warnings",
    ]  # fmt: skip
    assert json.loads(json.dumps(printed, allow_nan=False)) == printed
    assert printed["interval"] == [None, None]
    assert printed["units"]["team 0000"] == {"arm": "long", "n": 1, "summary": 1.0}


@pytest.mark.parametrize(("better", "verdict"), [("lower", "better"), ("higher", "worse")])
def test_the_verdict_follows_the_direction_that_was_laid_down(better: str, verdict: str) -> None:
    """The same clear difference is better or worse."""
    assert analysed(EIGHT, MINUTES, outcome={**MEAN, "better": better}).verdict == verdict


def test_a_p_at_the_level_is_enough() -> None:
    """2 of 40 allocations is not above 0.05; the interval agrees and leaves 0 out."""
    lines = [EIGHT, *(line for line in _others(39))]
    found = analyse(design(LISTED), table(EIGHT, MINUTES), listed(lines))
    assert (found.hits, found.allocations, found.verdict) == (2, 40, "better")
    assert found.interval[1] is not None
    assert found.interval[1] < 0


def _others(count: int) -> list[tuple[int, ...]]:
    """The mirror first, then so many more that differ from both."""
    mirror = tuple(1 - arm for arm in EIGHT)
    return [mirror, *[line for line in every_allocation(EIGHT) if line not in (EIGHT, mirror)][: count - 1]]


def test_each_unit_counts_once_however_many_rows_it_has() -> None:
    """A busy team weighs as much as a quiet one."""
    rows = [(number, MINUTES[number] + extra) for number in range(8) for extra in ((-5, 5) * (40 if not number else 1))]
    many = Table(
        units=[f"team {number:04}" for number, _ in rows],
        arms=["short" if EIGHT[number] else "long" for number, _ in rows],
        values=np.array([value for _, value in rows], dtype=float),
    )
    found = analyse(design(), many)
    assert found.estimate == pytest.approx(-25)
    assert found.hits == 2
    assert found.units["team 0000"].n == 80
    assert found.icc is not None
    assert 0.6 < found.icc < 0.9


def test_an_abandoned_form_counts_as_the_cap() -> None:
    """It was not finished by then, whenever it was given up and whether or not a time was written."""
    times = np.array([50, 30, np.nan, 150, 20, 40, 60, 80], dtype=float)
    done = np.array([1, 0, 0, 1, 1, 1, 1, 1], dtype=float)
    rows = Table(["a", "a", "a", "a", "b", "c", "d", "d"], ["long"] * 5 + ["short"] * 3, times, done)
    found = analyse(design(outcome=TIME), rows)
    assert found.units["a"].summary == pytest.approx((50 + 100 + 100 + 100) / 4)
    assert (found.units["a"].n, found.units["d"].summary, found.missing) == (4, 70, 0)


def test_a_unit_without_an_outcome_keeps_its_arm() -> None:
    """The others are compared over the allocations that left it where it is; it is said, and counted."""
    found = analysed((0, *EIGHT), (np.nan, *MINUTES))
    assert (found.estimate, found.hits, found.allocations) == (-25, 2, 70)
    assert found.units["team 0000"].summary is None
    assert (found.units["team 0000"].compared, found.units["team 0001"].compared) == (False, True)
    assert [warning.partition(":")[0] for warning in found.warnings] == [
        "Without any outcome, and so left out",
        "1 of 9 rows has no outcome and is not counted.",
    ]


def test_of_a_list_only_allocations_with_the_same_arm_for_such_a_unit_are_looked_at() -> None:
    """A list of all 70 ways of eight, one of which has no outcome, leaves the 35 in which it has its arm."""
    lines = [EIGHT, *_others(69)]
    found = analyse(design(LISTED), table(EIGHT, (*MINUTES[:7], np.nan)), listed(lines))
    assert found.allocations == 35


def test_a_pair_of_which_one_has_no_outcome_is_left_out_whole() -> None:
    """Its other half has nothing to be compared with."""
    found = analysed((0, 1) * 6, (np.nan, 3, *range(10)), PAIRED, [number // 2 for number in range(12)])
    assert (found.allocations, found.units["team 0001"].compared) == (2**5, False)
    assert any("nothing of the same stratum or pair" in warning for warning in found.warnings)


def test_strata_weigh_by_their_units() -> None:
    """Four units with a difference of 10 and two with one of 1: 7."""
    found = analysed((1, 1, 0, 0, 1, 0), (10, 12, 0, 2, 1, 0), STRATIFIED, list("aaaabb"))
    assert found.estimate == pytest.approx((4 * 10 + 2 * 1) / 6)
    assert found.allocations == 6 * 2
    assert found.degrees_of_freedom == 6 - 2 * 2
    spread = ((1 + 1 + 1 + 1) / 2) ** 0.5
    error = spread * ((4 / 6) ** 2 * (1 / 2 + 1 / 2) + (2 / 6) ** 2 * (1 + 1)) ** 0.5
    assert found.t_interval == pytest.approx((7 - 4.302653 * error, 7 + 4.302653 * error), abs=1e-5)


def test_too_few_teams_are_told_that_no_result_could_have_been_clear() -> None:
    """Six teams give 0.1 at best, seven would do; five pairs are one too few."""
    found = analysed((0, 0, 0, 1, 1, 1), (1, 2, 3, 11, 12, 13))
    assert (found.least_p, found.verdict) == (0.1, "not_enough_evidence")
    assert found.interval == (None, None)
    assert "0.1" in found.warnings[0]
    assert "1 more would do" in found.warnings[0]
    pairs = analysed((0, 1) * 5, range(10), PAIRED, [number // 2 for number in range(10)])
    assert "2 more would do" in pairs.warnings[0]
    uneven = analysed((0, 0, 0, 0, 0, 0, 1), range(7))
    assert "As many would do, drawn evenly" in uneven.warnings[0]
    few = analyse(design(LISTED), table(EIGHT, MINUTES), listed([EIGHT, *_others(9)]))
    assert "at least 20 allocations" in few.warnings[0]


def test_arms_of_unequal_size() -> None:
    """One team against nineteen can be clear at 1 in 20, since no other way is as extreme to the other side."""
    found = analysed((1, *[0] * 19), (50, *range(19)))
    assert (found.hits, found.allocations, found.least_p) == (1, 20, 0.05)
    assert found.verdict == "worse"


def test_where_nothing_varies_nothing_is_told() -> None:
    """Equal outcomes everywhere: no difference, every allocation as extreme, no effect but 0 possible."""
    found = analysed(EIGHT, [7] * 8)
    assert (found.estimate, found.p, found.verdict, found.interval) == (0, 1, "not_enough_evidence", (0, 0))


def test_a_difference_lost_in_rounding_is_a_tie() -> None:
    """Sums of tenths differ in the last digit; they count as the same."""
    values = [0.1 + 0.2, 0.3, 0.6, 0.1 * 3, 0.3, 0.7 - 0.1, 0.2 * 3, 0.5 + 0.1]
    assert analysed(EIGHT, values).hits == analysed(EIGHT, [3, 3, 6, 3, 3, 6, 6, 6]).hits
    noughts = (0.1, 0.2, -0.3, 0, 0.3, -0.1, -0.2, 0)
    assert (analysed(EIGHT, noughts).p, str(analysed(EIGHT, noughts).estimate)) == (1, "0.0")


def test_too_many_allocations_are_drawn_and_the_observed_one_counts() -> None:
    """The p is a count of at least 100,001, never 0, the same for the same seed."""
    tested = [0, 1] * 15
    values = [100 * arm + number for number, arm in enumerate(tested)]
    found = analysed(tested, values, outcome={**MEAN, "better": "higher"})
    assert (found.hits, found.allocations, found.exact) == (1, 100_001, False)
    assert found.possible == 155_117_520
    again = analyse(design(), table(tested, values), seed=0)
    other = analyse(design(), table(tested, values), seed=1)
    assert again.interval == found.interval != other.interval
    assert other.interval == pytest.approx(found.interval, rel=0.01)


def test_an_end_that_is_drawn_is_near_the_exact_one() -> None:
    """Of 20 teams all 184,756 allocations are gone through; a sample of them gives nearly the same interval."""
    chance = np.random.default_rng(5)
    tested, values = [0, 1] * 10, chance.normal(100, 15, 20).tolist()
    exact = analysed(tested, values)
    lines = np.array([chance.permutation(tested) for _ in range(20_000)], dtype=np.int8)
    drawn = analyse(design(LISTED), table(tested, values), listed([tested, *lines.tolist()]))
    assert (exact.allocations, exact.exact) == (184_756, True)
    assert drawn.interval == pytest.approx(exact.interval, abs=1.5)
    assert drawn.p == pytest.approx(exact.p, abs=0.02)


def test_a_covariate_that_explains_the_outcome_makes_a_difference_clear() -> None:
    """What was known beforehand is taken out: the same outcomes, told apart."""
    tested, wobble = (0, 1) * 6, (0, 1, -1, 0, 1, 0, -1, 0, 2, -1, 0, 1)
    before = (10, 14, 62, 57, 35, 40, 80, 72, 22, 28, 50, 47)
    values = [known - 5 * arm + more for known, arm, more in zip(before, tested, wobble, strict=True)]
    plain = analysed(tested, values)
    adjusted = analyse(design(covariates=["before"]), table(tested, values, before=before))
    assert (plain.verdict, adjusted.verdict) == ("not_enough_evidence", "better")
    assert adjusted.estimate == pytest.approx(-5, abs=0.7)
    assert adjusted.degrees_of_freedom == plain.degrees_of_freedom - 1


def test_a_category_counts_by_its_share_of_the_rows() -> None:
    """Two categories are one column; a third one more."""
    kinds = ["town", "town", "county", "county", "town", "county", "town", "county"]
    found = analyse(design(categorical=["kind"]), table(EIGHT, MINUTES, kind=kinds))
    assert found.degrees_of_freedom == 5
    expected = analyse(design(covariates=["kind"]), table(EIGHT, MINUTES, kind=[int(each == "town") for each in kinds]))
    assert found.estimate == pytest.approx(expected.estimate)
    assert found.hits == expected.hits


def test_covariates_that_say_nothing_are_told() -> None:
    """One that does not vary changes no figure."""
    found = analyse(design(covariates=["same"]), table(EIGHT, MINUTES, same=[2026] * 8))
    assert (found.estimate, found.hits, found.degrees_of_freedom) == (-25, 2, 6)
    assert any("add nothing" in warning for warning in found.warnings)


def test_a_covariate_that_tells_the_arms_apart_is_refused() -> None:
    """Which of the two made the difference, nobody can tell."""
    with pytest.raises(CannotTell, match="covariates alone tell the arms apart"):
        analyse(design(covariates=["same"]), table(EIGHT, MINUTES, same=EIGHT))


def test_too_many_covariates_are_refused() -> None:
    """Six columns and two arms leave nothing of eight teams."""
    columns = {f"c{number}": np.random.default_rng(number).normal(size=8).tolist() for number in range(6)}
    with pytest.raises(CannotTell, match="6 covariates are too many for 8 units"):
        analyse(design(covariates=list(columns)), table(EIGHT, MINUTES, **columns))


def test_keys_that_nothing_reads_are_told() -> None:
    """A misspelt key must not look as if it had been heeded."""
    assert any("“covariate”" in warning for warning in analysed(EIGHT, MINUTES, covariate=["x"]).warnings)


@pytest.mark.parametrize(
    ("tested", "values", "scheme", "groups", "told"),
    [
        ((0, 1), (1, 2), COMPLETE, (), "one unit in each arm"),
        ((1, 1, 1), (1, 2, 3), COMPLETE, (), "no row has the control, “long”"),
        ((0, 0, 0), (1, 2, 3), COMPLETE, (), "every row has the control"),
        ((0, 1, 0), (1, 2, 3), PAIRED, (1, 1, 2), "the pair “2” has “team 0002” (long)"),
        ((0, 1, 0, 0), (1, 2, 3, 4), PAIRED, (1, 1, 2, 2), "the pair “2”"),
        ((0, 1, 0, 1), (1, 2, 3, 4), STRATIFIED, ("a", "a", "", "b"), "row 3, column “group”: it is blank"),
        ((0, 1, 0, 1), (np.nan, 2, np.nan, 4), COMPLETE, (), "too few units have an outcome"),
    ],
)
def test_what_cannot_be_compared_is_refused(
    tested: tuple[int, ...], values: tuple[float, ...], scheme: object, groups: tuple[object, ...], told: str
) -> None:
    """Each with what is wrong."""
    with pytest.raises((BadData, CannotTell)) as refused:
        analysed(tested, values, scheme, groups)
    assert told in refused.value.message


def test_a_third_arm_is_refused_where_it_first_stands() -> None:
    """Two arms are compared, one of them the control."""
    whole = table((0, 1, 0, 1), (1, 2, 3, 4))
    with pytest.raises(BadData, match="row 3, column “arm”: “other” is a third arm"):
        analyse(design(), Table(whole.units, ["long", "short", "other", "long"], whole.values))


def test_a_unit_in_both_arms_is_refused_with_both_places() -> None:
    """One of the two rows is wrong."""
    with pytest.raises(BadData, match="row 3, column “arm”: “a” has “short” here and “long” in row 1"):
        analyse(design(), Table(["a", "b", "a", "c"], ["long", "short", "short", "long"], np.arange(4.0)))


def test_a_list_without_the_observed_allocation_is_refused() -> None:
    """Then it is not the list of this trial."""
    with pytest.raises(BadData, match="not among the allocations that were possible"):
        analyse(design(LISTED), table(EIGHT, MINUTES), listed([(1, 0) * 4, (0, 1) * 4]))


@pytest.mark.parametrize("given", [None, listed([(1, 0)])])
def test_a_list_of_other_units_is_refused(given: object) -> None:
    """It needs one column for each unit."""
    with pytest.raises(BadData, match="does not name the units"):
        analyse(design(LISTED), table(EIGHT, MINUTES), given)  # type: ignore[arg-type]


def test_shares_beyond_one_and_times_below_zero_are_refused() -> None:
    """Each with its row."""
    with pytest.raises(BadData, match="row 2, column “minutes”: a share lies between 0 and 1"):
        analysed((0, 0, 1), (0, 1.5, 1), outcome={**MEAN, "kind": "proportion"})
    with pytest.raises(BadData, match="row 1, column “minutes”: a time is not below 0"):
        analysed((0, 0, 1), (-1, 1, 1), outcome=TIME)


@pytest.mark.parametrize(("event", "told"), [(2.0, "neither 0 nor 1"), (np.nan, "blank though there is a time")])
def test_an_event_is_0_or_1(event: float, told: str) -> None:
    """Whether a form was finished cannot be guessed."""
    rows = Table(["a", "b", "c"], ["long", "short", "long"], np.ones(3), np.array([1, event, 1]))
    with pytest.raises(BadData, match=f"row 2, column “done”: it is {told}"):
        analyse(design(outcome=TIME), rows)


def test_a_table_without_rows_is_refused() -> None:
    """Nothing is told of nothing."""
    with pytest.raises(CannotTell, match="has no rows"):
        analyse(design(), Table([], [], np.array([])))


def test_more_units_than_there_can_be_are_refused() -> None:
    """A column of forms, named as that of teams, is told so before anything is drawn."""
    with pytest.raises(CannotTell, match="2,001 different names"):
        analysed([0, 1] + [0] * 1999, [1.0] * 2001)


@pytest.mark.parametrize(
    ("tested", "scheme", "pairs"),
    [(EIGHT, COMPLETE, ()), ((0, 1) * 6, PAIRED, [number // 2 for number in range(12)]), ((0, 1) * 7, COMPLETE, ())],
)
def test_what_could_have_been_found_is_found_four_times_in_five(
    tested: tuple[int, ...], scheme: object, pairs: list[int]
) -> None:
    """Teams made up with such an effect, of the spread that was seen: the verdict's own test finds four in five."""
    chance = np.random.default_rng(4)
    seen = analysed(tested, chance.normal(0, 10, len(tested)).tolist(), scheme, pairs)
    assert seen.detectable is not None
    assert seen.t_interval is not None
    made = chance.normal(0, _spread(seen.t_interval, tested, seen.degrees_of_freedom), (400, len(tested)))
    effects = seen.detectable * np.array(tested)
    rows = [table(tested, line.tolist(), pairs) for line in made + effects]
    clear = [work_out(design(scheme), each, None, 0).found.p(0.0) <= 0.05 for each in rows]
    assert sum(clear) / len(clear) == pytest.approx(0.8, abs=0.06)


def _spread(interval: tuple[float, float], tested: tuple[int, ...], free: int) -> float:
    """The standard deviation of one unit behind a t interval of equal arms."""
    return float((interval[1] - interval[0]) / 2 / stdtrit(free, 0.975) / (4 / len(tested)) ** 0.5)


def test_where_nothing_can_be_found_nothing_is_named() -> None:
    """Six teams cannot find any difference, so none is said to be within reach."""
    assert analysed((0, 0, 0, 1, 1, 1), (1, 2, 3, 11, 12, 13)).detectable is None
    assert analysed((0, 1) * 4, (1, 2) * 4, PAIRED, [number // 2 for number in range(8)]).detectable is None


def test_teams_that_are_less_alike_than_chance_have_no_correlation() -> None:
    """A share of variation is not below 0; where most teams have one row it cannot be told."""
    rows = [(number, value) for number in range(8) for value in (0, 100)]
    units, arms = [f"team {number}" for number, _ in rows], ["short" if EIGHT[number] else "long" for number, _ in rows]
    found = analyse(design(), Table(units, arms, np.array([value for _, value in rows], dtype=float)))
    assert found.icc == 0
