"""The words of a result: three verdicts, ranges in minutes or points, and never that there is no difference."""

from typing import Any

import pytest

from webapp.trials.results.amounts import amount, average, difference, figure, ranged, unit_of
from webapp.trials.results.verdict_words import alike, chance, compared, measured, said, t_range

Json = Any
NEVER = ("no difference", "not significant", "significant", "equal")


def team(forms: int, summary: float | None, *, compared: bool = True) -> dict[str, Json]:
    """What a kept result says of one team."""
    return {"arm": "control", "n": forms, "summary": summary, "group": "", "compared": compared}


def finding(**changes: Json) -> dict[str, Json]:
    """A primary outcome in minutes that eight teams answered clearly, with what a test changes."""
    analysis = {
        "estimate": -25.0,
        "p": 2 / 70,
        "hits": 2,
        "allocations": 70,
        "exact": True,
        "level": 0.05,
        "interval": [-40.0, -10.0],
        "t_interval": [-38.0, -12.0],
        "degrees_of_freedom": 6,
        "arm_means": {"control": 114.5, "under_test": 89.5},
        "units": {f"Team {number}": team(30, 100.0) for number in range(8)},
        "icc": 0.12,
        "least_p": 2 / 70,
        "detectable": 18.0,
        "verdict": "better",
    }
    own: dict[str, Json] = {"role": "primary", "kind": "minutes", "measure": "time", "label": "", "days": None}
    own |= {"cap": 240.0, "better": "lower", "problem": "", "adjusted": None}
    inside = {key: changes.pop(key) for key in list(changes) if key in analysis}
    return {**own, **changes, "analysis": {**analysis, **inside}}


def result(*findings: dict[str, Json], smallest: float | None = 15.0) -> dict[str, Json]:
    """A kept result of these outcomes."""
    arms = {"control": "Present form", "under_test": "Short form"}
    return {"arms": arms, "findings": list(findings), "smallest": smallest}


def test_better_is_said_with_its_size_and_range() -> None:
    """The verdict in one sentence with the arm’s name, the range in the next."""
    found = said(result(finding()))
    assert found.verdict == "“Short form” did better: each form took about 25 minutes less."
    assert found.range == "The difference is likely to be between 10 and 40 minutes less."
    assert found.more == ()


def test_worse_is_said_as_plainly() -> None:
    """More minutes are worse where fewer were meant."""
    found = said(result(finding(estimate=8.0, interval=[2.0, 15.0], verdict="worse")))
    assert found.verdict == "“Short form” did worse: each form took about 8 minutes more."


def test_not_enough_evidence_says_what_could_have_been_found() -> None:
    """Neither verdict, the range that fits, what could have been detected, and what mattered."""
    found = said(result(finding(estimate=-3.0, interval=[-12.0, 8.0], verdict="not_enough_evidence", p=0.4)))
    assert found.verdict == "There is not enough evidence to tell whether “Short form” is better or worse."
    assert found.range == "What was measured would fit between 12 minutes less and 8 minutes more."
    assert (
        "With these eight teams a difference of about 18 minutes would have been found four times in five"
        in (found.more[0])
    )
    assert "15 minutes" in found.more[1]


def test_an_adjusted_result_is_told_beside_the_plain_one() -> None:
    """With the plain difference and its range right after the verdict."""
    plain = {"estimate": -18.0, "interval": [-45.0, 9.0], "p": 0.2, "verdict": "not_enough_evidence"}
    (told,) = said(result(finding(unadjusted=plain))).more
    assert told == (
        "This is adjusted for each team’s own figure before the trial, as it was registered. Without that, the "
        "difference is 18 minutes less, and what was measured would fit between 45 minutes less and 9 minutes more."
    )


def test_only_teams_that_were_compared_are_counted() -> None:
    """One without a figure, and one without another beside it, have no part in the lot that is told."""
    gone = {"Silent": team(0, None, compared=False), "Alone": team(30, 90.0, compared=False)}
    unclear = finding(verdict="not_enough_evidence", estimate=-3.0, p=0.4)
    unclear["analysis"]["units"] |= gone
    assert "With these eight teams" in said(result(unclear)).more[0]
    assert chance(unclear).endswith("ways of sharing eight teams between two forms.")


def test_what_went_the_other_way_is_in_the_verdict_itself() -> None:
    """Quicker and thinner is not “better”: whoever reads one sentence reads both halves."""
    quality = finding(kind="quality", measure="mean", role="co_primary", estimate=-0.5, verdict="worse", adjusted=0.03)
    found = said(result(finding(), quality))
    assert found.verdict == (
        "“Short form” did better in one way and worse in another: each form took about 25 minutes less, and what was "
        "written was scored about 0.5 points lower."
    )


def test_too_few_teams_are_said_to_be_unable_to_tell_anything() -> None:
    """Where no drawing could give a small p, the page says that no difference could have been told."""
    found = said(result(finding(verdict="not_enough_evidence", least_p=0.1, estimate=-3.0)))
    assert "no difference, however large, could have been told from chance" in found.more[0]


def test_without_an_analysis_there_is_no_verdict() -> None:
    """What kept it from being analysed stands in place of a range."""
    found = said(result({**finding(), "analysis": None, "problem": "No form has a time."}))
    assert "no answer yet" in found.verdict
    assert found.range == "No form has a time."


@pytest.mark.parametrize("kind", ["minutes", "quality", "worker_rating", "family_rating", "answer", "words"])
@pytest.mark.parametrize("name", ["better", "worse", "not_enough_evidence"])
@pytest.mark.parametrize("estimate", [-2.0, 0.0, 2.0])
def test_no_difference_is_never_a_verdict(kind: str, name: str, estimate: float) -> None:
    """Whatever was measured and found, the page does not say that the forms are the same, nor “significant”."""
    found = finding(kind=kind, measure="mean", label="How many?", verdict=name, estimate=estimate, adjusted=0.01)
    words = said(result(found, {**found, "role": "co_primary"}))
    told = " ".join([words.verdict, words.range, *words.more, compared(found)]).casefold()
    assert not [each for each in NEVER if each in told]


def test_the_lot_is_counted_in_words() -> None:
    """In only 2 of the 70 ways of sharing eight teams; draws at random are told as such."""
    assert chance(finding()).endswith("in only 2 of the 70 ways of sharing eight teams between two forms.")
    drawn = chance(finding(exact=False, hits=1201, allocations=100_001, p=0.012))
    assert "in only about 12 of 1,000 ways" in drawn
    assert "100,001 of them drawn at random" in drawn


def test_an_unclear_chance_is_not_called_only() -> None:
    """“Only” is said of what is rare."""
    assert "only" not in chance(finding(hits=30, p=30 / 70, verdict="not_enough_evidence"))


def test_what_several_outcomes_would_show_by_chance_is_no_answer() -> None:
    """An outcome that looks worse alone and does not stand up to Holm’s method is a question to follow up."""
    alone = finding(kind="words", verdict="worse", adjusted=0.12)
    assert "a question to follow up, no answer" in compared(alone)
    assert compared(finding(kind="words", verdict="worse", adjusted=0.04)).startswith("Clearly worse")


@pytest.mark.parametrize(
    ("interval", "words"),
    [
        ((-40.0, -10.0), "between 10 and 40 minutes less"),
        ((10.0, 40.0), "between 10 and 40 minutes more"),
        ((-40.0, 10.0), "between 40 minutes less and 10 minutes more"),
        ((None, -10.0), "at least 10 minutes less; how much less cannot be said"),
        ((None, 10.0), "at most 10 minutes more; how much less cannot be said"),
        ((-10.0, None), "at most 10 minutes less; how much more cannot be said"),
        ((10.0, None), "at least 10 minutes more; how much more cannot be said"),
        ((-40.0, -0.2), "between 0.2 and 40 minutes less"),
        ((-1.25, 0.3), "between 1.25 minutes less and 0.3 minutes more"),
    ],
)
def test_ranges_are_said_with_their_direction(interval: tuple[float | None, float | None], words: str) -> None:
    """Both ends on one side, across nought, unbounded on either side, and an end that rounding would turn to nought."""
    assert ranged(interval, unit_of(finding())) == words


def test_a_range_without_ends_says_that_anything_would_fit() -> None:
    """No limit is invented."""
    assert "anything at all" in ranged((None, None), unit_of(finding()))


def test_shares_are_told_of_a_hundred() -> None:
    """A share of 0.87 is 87 of 100, and a difference of shares so many in 100 more."""
    unit = unit_of({"kind": "completed_within"})
    assert average(0.87, unit) == "87 of 100"
    assert difference(0.12, unit) == "12 in 100 more"


def test_figures_keep_what_counts() -> None:
    """Thousands have commas, a minus is a minus, one minute is not one minutes."""
    assert figure(12345.6, 0) == "12,346"
    assert figure(-3.0, 1) == "−3"
    assert amount(1.0, unit_of(finding())) == "1 minute"


def test_the_likeness_within_teams_is_in_words() -> None:
    """The intra-cluster correlation says what it means and why each team counts once."""
    assert "explains about 12 % of how much forms differ" in alike(finding())
    assert "less than 1 %" in alike(finding(icc=-0.02))
    assert "could not be worked out" in alike(finding(icc=None))


def test_the_t_interval_stands_beside() -> None:
    """With its degrees of freedom; and where there are too few teams it says so."""
    assert "(6 degrees of freedom) gives between 12 and 38 minutes less" in t_range(finding())
    assert "too few teams" in t_range(finding(t_interval=None))


def test_a_question_and_days_are_named() -> None:
    """An answer by its question, a deadline by its days."""
    assert measured(finding(kind="answer", label="Seen alone?")) == "Answer to “Seen alone?”"
    assert measured(finding(kind="completed_within", days=45.0)) == "Finished within 45 days"
