"""What a form under trial is measured by: once, as it is submitted, and of what its plan names alone."""

import inspect
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from engine.journey import evaluate
from engine.journey.context import context_to_json
from engine.places import Place
from engine.trials.plan import Outcome
from tests.webapp.conftest import NOW
from tests.webapp.store.test_trial_serving import counted, tallowbys, under_trial
from tests.webapp.store.trial_plans import AFTER, committed, plan_for
from webapp.access import Viewer
from webapp.facts import context_of
from webapp.store import trial_measures as measures_module
from webapp.store.answers import answers_of
from webapp.store.assessments import Assessment, assessment_to_write, find_assessment
from webapp.store.changes import SetAnswer
from webapp.store.contents import definition_of
from webapp.store.database import Connection, Database, reading, writing
from webapp.store.errors import NoSuchRecord, NotYours
from webapp.store.saves import Change, save
from webapp.store.submissions import Frozen, submit
from webapp.store.trial_errors import NoRating, NotUnderTrial, TrialIsOver
from webapp.store.trial_measures import measure, rate, ratings_of
from webapp.store.trial_registration import stop
from webapp.store.trial_tables import trial_measures
from webapp.store.under_trial import take_out

People = dict[str, Viewer]
DAY = NOW.date()
FIVE_DAYS = NOW + timedelta(days=5)
WRITTEN: Mapping[str, Any] = {
    "meaning": "He waits for her to nod before he speaks.",
    "people": {"not_known": True},
    "manager_today": "no",
}


def written(connection: Connection, viewer: Viewer, found: Assessment, seconds: int = 90) -> Assessment:
    """The form with some answers, each a while's work."""
    draft = assessment_to_write(connection, viewer, found.key)
    for question, value in WRITTEN.items():
        change = Change(Place(question), SetAnswer(value), 0, question, active_seconds=seconds)
        save(connection, viewer, draft, change, NOW)
    return draft


def handed_in(connection: Connection, viewer: Viewer, draft: Assessment, at: Any = FIVE_DAYS) -> None:
    """Submit it as the page does."""
    answers = answers_of(connection, draft).draft()
    journey = evaluate(definition_of(connection, draft.edition, DAY), answers, context_of(draft.children, DAY))
    frozen = Frozen(journey.record(), [str(each) for each in journey.shown], context_to_json(journey.context), {})
    submit(connection, viewer, draft, frozen, "", at)
    measure(connection, viewer, draft, journey, at)


def measured(connection: Connection) -> dict[str, float]:
    """Everything that was measured of the only form, by outcome."""
    rows = connection.execute(select(trial_measures.c.outcome, trial_measures.c.value))
    return {outcome: value for outcome, value in rows}  # noqa: C416


def test_what_the_plan_names_is_measured_at_submission(database: Database, people: People) -> None:
    """Active minutes summed over every save, words of analysis, the share not known, days; no answer and no rating."""
    committed(database, people)
    with writing(database) as connection:
        adaeze = people["Adaeze"]
        draft = written(connection, adaeze, under_trial(connection, adaeze, tallowbys(connection, people)))
        handed_in(connection, adaeze, draft)
        found = measured(connection)
    assert set(found) == {"minutes", "words", "not_known", "days"}
    assert found["minutes"] == pytest.approx(4.5)
    assert found["words"] == 9
    assert found["days"] == pytest.approx(5)
    assert 0 < found["not_known"] < 0.2


def test_an_answer_and_a_sign_of_harm_are_numbers(database: Database, people: People) -> None:
    """Yes is one, no is none, and the sign of harm is whether the answer was given that points to it."""
    harm = replace(plan_for(people).harm, question="manager_today", value="no")
    answer = Outcome("answer", question="manager_today", better="lower")
    committed(database, people, co_primary=answer, harm=harm)
    with writing(database) as connection:
        adaeze = people["Adaeze"]
        draft = written(connection, adaeze, under_trial(connection, adaeze, tallowbys(connection, people)))
        handed_in(connection, adaeze, draft)
        found = measured(connection)
    assert (found["answer:manager_today"], found["harm"]) == (0.0, 1.0)


def test_nothing_is_measured_of_a_family_that_opted_out_nor_after_the_end(database: Database, people: People) -> None:
    """And what was measured before they did is forgotten, on every form about them."""
    committed(database, people)
    adaeze = people["Adaeze"]
    with writing(database) as connection:
        about = tallowbys(connection, people)
        late = written(connection, adaeze, under_trial(connection, adaeze, about))
        handed_in(connection, adaeze, late, AFTER)
        assert measured(connection) == {}
        first = written(connection, adaeze, under_trial(connection, adaeze, about))
        handed_in(connection, adaeze, first)
        assert measured(connection) != {}
        second = written(connection, adaeze, under_trial(connection, adaeze, about))
        take_out(connection, adaeze, second, "family", "", NOW)
        handed_in(connection, adaeze, second)
        assert measured(connection) == {}


def test_what_is_finished_after_a_trial_was_stopped_is_measured_until_its_registered_end(
    database: Database, people: People
) -> None:
    """The result counts to that day; after it, nothing is measured nor rated any more."""
    trial, adaeze = committed(database, people), people["Adaeze"]
    with writing(database) as connection:
        about = tallowbys(connection, people)
        first, late = (written(connection, adaeze, under_trial(connection, adaeze, about)) for _ in range(2))
        stop(connection, people["Rowan"], trial.key, "Enough", NOW + timedelta(days=1))
        handed_in(connection, adaeze, first)
        found = find_assessment(connection, adaeze, first.key)
        rate(connection, adaeze, found, "worker_rating", 4, FIVE_DAYS)
        before = measured(connection)
        assert set(before) == {"minutes", "words", "not_known", "days", "worker_rating"}
        handed_in(connection, adaeze, late, AFTER)
        assert len(connection.execute(select(trial_measures)).all()) == len(before)
        with pytest.raises(TrialIsOver):
            rate(connection, adaeze, found, "worker_rating", 5, AFTER)


def test_a_submission_outside_trials_costs_nothing_more(database: Database, people: People, draft: Assessment) -> None:
    """Of a form under trial it costs three queries."""
    with writing(database) as connection:
        journey = evaluate(definition_of(connection, draft.edition, DAY), {}, context_of(draft.children, DAY))
        with counted(database) as statements:
            measure(connection, people["Adaeze"], draft, journey, NOW)
        assert statements == []
    committed(database, people)
    with writing(database) as connection:
        under = under_trial(connection, people["Adaeze"], tallowbys(connection, people))
        with counted(database) as statements:
            measure(connection, people["Adaeze"], under, journey, NOW)
        assert len(statements) == 3


def test_ratings_are_the_writers_own_and_the_familys(database: Database, people: People) -> None:
    """Only who submitted rates, once it is submitted; the new answer stands, and the family's has its day."""
    committed(database, people)
    adaeze = people["Adaeze"]
    with writing(database) as connection:
        draft = written(connection, adaeze, under_trial(connection, adaeze, tallowbys(connection, people)))
        with pytest.raises(NoSuchRecord):
            rate(connection, adaeze, draft, "worker_rating", 4, NOW)
        handed_in(connection, adaeze, draft)
        found = find_assessment(connection, adaeze, draft.key)
        assert ratings_of(connection, found) == {}
        rate(connection, adaeze, found, "worker_rating", 4, FIVE_DAYS)
        rate(connection, adaeze, found, "worker_rating", 5, FIVE_DAYS)
        rate(connection, people["Tom"], found, "family_rating", 2, FIVE_DAYS, date(2026, 3, 17))
        assert ratings_of(connection, found) == {"worker_rating": (5, None), "family_rating": (2, date(2026, 3, 17))}
        with pytest.raises(NotYours):
            rate(connection, people["Tom"], found, "worker_rating", 4, FIVE_DAYS)
        for wrong in (0, 6):
            with pytest.raises(NoRating):
                rate(connection, adaeze, found, "worker_rating", wrong, FIVE_DAYS)
        with pytest.raises(TrialIsOver):
            rate(connection, adaeze, found, "worker_rating", 4, AFTER)


def test_what_a_plan_does_not_ask_is_not_rated(database: Database, people: People, draft: Assessment) -> None:
    """Nor is a form outside trials."""
    with writing(database) as connection, pytest.raises(NotUnderTrial):
        rate(connection, people["Adaeze"], draft, "worker_rating", 4, NOW)
    committed(database, people, secondary=(), co_primary=Outcome("answer", question="manager_today", better="lower"))
    adaeze = people["Adaeze"]
    with writing(database) as connection:
        under = written(connection, adaeze, under_trial(connection, adaeze, tallowbys(connection, people)))
        handed_in(connection, adaeze, under)
        found = find_assessment(connection, adaeze, under.key)
        with pytest.raises(NoRating):
            rate(connection, adaeze, found, "worker_rating", 4, FIVE_DAYS)
        with pytest.raises(NoRating):
            rate(connection, adaeze, found, "family_rating", 4, FIVE_DAYS)


def test_no_function_here_tells_measures_by_arm(database: Database, people: People) -> None:
    """What is given back is of one form that the caller was given, and holds no arm."""
    told = {
        name: inspect.signature(each)
        for name, each in inspect.getmembers(measures_module, inspect.isfunction)
        if each.__module__ == measures_module.__name__ and not name.startswith("_")
    }
    assert set(told) == {"measure", "rate", "ratings_of"}
    assert all("assessment" in each.parameters for each in told.values())
    queries = [str(each) for name, each in vars(measures_module).items() if name.startswith("_") and name.isupper()]
    assert queries
    assert not [each for each in queries if "_arm" in each]
    with reading(database) as connection:
        assert measured(connection) == {}
