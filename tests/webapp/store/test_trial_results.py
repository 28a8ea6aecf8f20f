"""What the store gives of a trial's results: nothing before the end, then the same for good, as allocated."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import DBAPIError

from engine.trials.plan import Outcome
from tests.webapp.conftest import NOW
from tests.webapp.trials.made import STILL_RUNNING, Made, made
from webapp.access import Viewer
from webapp.store.access_log import access_log
from webapp.store.database import Database, reading, writing
from webapp.store.errors import NoSuchRecord, NotYours
from webapp.store.trial_errors import ReasonNeeded, Sealed, TrialIsOver
from webapp.store.trial_measurements import measured, team_counts
from webapp.store.trial_planning import add_trial
from webapp.store.trial_results import (
    canonical,
    early_openings,
    finished,
    is_worked_out,
    keep,
    kept,
    open_early,
    opened,
)
from webapp.store.trial_tables import trial_measures, trial_results
from webapp.store.trial_working_out import worked_out
from webapp.store.trials import Trial

Json = Any
WORDS, MINUTES = Outcome("words"), Outcome("minutes", cap=240)


@pytest.fixture
def rowan(people: Mapping[str, Viewer]) -> Viewer:
    """Who tries forms."""
    return people["Rowan"]


@pytest.fixture
def ended(database: Database, rowan: Viewer) -> Trial:
    """A trial that ended a fortnight ago."""
    with writing(database) as connection:
        return made(connection, rowan, Made())


@pytest.fixture
def running(database: Database, rowan: Viewer) -> Trial:
    """One that runs until June."""
    with writing(database) as connection:
        return made(connection, rowan, Made(ends=STILL_RUNNING))


READERS: Mapping[str, Any] = {
    "opened": lambda connection, viewer, trial: opened(connection, viewer, trial, NOW),
    "kept": lambda connection, viewer, trial: kept(connection, viewer, trial, NOW),
    "keep": lambda connection, viewer, trial: keep(connection, viewer, trial, {}, NOW),
    "words": lambda connection, viewer, trial: measured(connection, viewer, trial, WORDS, NOW),
    "minutes": lambda connection, viewer, trial: measured(connection, viewer, trial, MINUTES, NOW),
    "quality": lambda connection, viewer, trial: measured(connection, viewer, trial, Outcome("quality"), NOW),
    "counts": lambda connection, viewer, trial: team_counts(connection, viewer, trial, NOW),
    "worked out": lambda connection, viewer, trial: worked_out(connection, viewer, trial, NOW),
}


@pytest.mark.parametrize("reader", READERS.values(), ids=READERS)
def test_nothing_is_given_before_the_end(database: Database, rowan: Viewer, running: Trial, reader: Any) -> None:
    """Every function that tells measures or counts by team raises Sealed to those who run the trial."""
    with writing(database) as connection, pytest.raises(Sealed):
        reader(connection, rowan, running)


@pytest.mark.parametrize("reader", READERS.values(), ids=READERS)
@pytest.mark.parametrize("name", ["Adaeze", "Tom", "Petra"])
def test_nobody_else_is_given_anything_ever(
    database: Database, people: Mapping[str, Viewer], ended: Trial, reader: Any, name: str
) -> None:
    """Workers, managers and those who check the log neither before nor after."""
    with writing(database) as connection, pytest.raises(NotYours):
        reader(connection, people[name], ended)


def test_the_end_is_the_whole_of_the_last_day(database: Database, rowan: Viewer, running: Trial) -> None:
    """At one minute to midnight in London it is sealed, at one minute past it is not; it is summer there."""
    with reading(database) as connection:
        last = NOW.replace(month=6, day=30, hour=22, minute=59)
        with pytest.raises(Sealed):
            opened(connection, rowan, running, last)
        found = opened(connection, rowan, running, last + timedelta(minutes=2))
    assert not found.early


def test_a_plan_that_is_not_registered_has_no_result(database: Database, rowan: Viewer, ended: Trial) -> None:
    """Whatever its dates are."""
    with writing(database) as connection:
        planned = add_trial(connection, rowan, ended.plan, NOW)
        with pytest.raises(Sealed):
            opened(connection, rowan, planned, NOW)


def test_opening_early_is_recorded_and_told_for_good(database: Database, rowan: Viewer, running: Trial) -> None:
    """With whose hand and why; without a reason, or once it is over, nothing is opened."""
    with writing(database) as connection:
        with pytest.raises(ReasonNeeded):
            open_early(connection, rowan, running.key, "  ", NOW)
        with pytest.raises(Sealed):
            opened(connection, rowan, running, NOW)
        open_early(connection, rowan, running.key, " A child was harmed ", NOW)
        found = opened(connection, rowan, running, NOW + timedelta(days=3))
        assert (found.early, found.up_to, found.openings[0].reason) == (True, NOW, "A child was harmed")
        at_the_end = opened(connection, rowan, running, NOW + timedelta(days=200))
        assert (at_the_end.early, len(at_the_end.openings)) == (False, 1)
        with pytest.raises(TrialIsOver):
            open_early(connection, rowan, running.key, "late", NOW + timedelta(days=200))
        acts = connection.execute(select(access_log.c.act).where(access_log.c.record == "trial")).scalars().all()
    assert "opened_early" in acts


def test_only_those_who_try_forms_open_early(database: Database, people: Mapping[str, Viewer], running: Trial) -> None:
    """Nobody else, nor another authority's."""
    elsewhere = replace(people["Rowan"], authority=people["Bryony"].authority)
    with writing(database) as connection:
        for name in ("Adaeze", "Tom", "Petra"):
            with pytest.raises(NotYours):
                open_early(connection, people[name], running.key, "x", NOW)
        with pytest.raises(NoSuchRecord):
            open_early(connection, elsewhere, running.key, "x", NOW)
        assert early_openings(connection, running) == ()


def test_the_result_is_kept_as_it_was_first_worked_out(database: Database, rowan: Viewer, ended: Trial) -> None:
    """A measure that is changed afterwards changes nothing; the text has its digest, and the table only grows."""
    with writing(database) as connection:
        content = worked_out(connection, rowan, ended, NOW)
        first = keep(connection, rowan, ended, content, NOW)
        connection.execute(update(trial_measures).values(value=1.0))
        again = keep(connection, rowan, ended, worked_out(connection, rowan, ended, NOW), NOW + timedelta(days=1))
        assert again == first == kept(connection, rowan, ended, NOW + timedelta(days=400))
        assert canonical(first.content) == canonical(content)
        assert is_worked_out(connection, ended)
        assert finished(connection, rowan, [ended], NOW)[ended.id] == first
    with pytest.raises(DBAPIError, match=r"only grows|P0001"), writing(database) as connection:
        connection.execute(update(trial_results).values(content="{}"))


def test_what_was_seen_early_does_not_count_at_the_end(database: Database, rowan: Viewer, running: Trial) -> None:
    """The final result is worked out anew; each is kept once."""
    later = NOW + timedelta(days=200)
    with writing(database) as connection:
        open_early(connection, rowan, running.key, "A grave reason", NOW)
        early = keep(connection, rowan, running, worked_out(connection, rowan, running, NOW), NOW)
        assert early.early
        assert kept(connection, rowan, running, later) is None
        final = keep(connection, rowan, running, worked_out(connection, rowan, running, later), later)
        assert not final.early
        assert final.digest != early.digest
        assert kept(connection, rowan, running, later) == final
