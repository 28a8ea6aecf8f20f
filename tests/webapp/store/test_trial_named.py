"""What registered trials name somebody for: to watch for harm until the end, to score until the result is opened."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.webapp.conftest import NOW
from tests.webapp.store.trial_plans import registered
from tests.webapp.trials.made import ENDED, STILL_RUNNING, Made, made
from webapp.access import Viewer
from webapp.store.database import Database, reading, writing
from webapp.store.trial_amending import amend
from webapp.store.trial_named import Named, named_in
from webapp.store.trial_results import keep

People = dict[str, Viewer]
NOTHING = Named()


def test_a_watcher_is_named_until_the_last_day(database: Database, people: People) -> None:
    """Whoever was named since takes the place of the first; nobody else is named, nobody elsewhere."""
    with writing(database) as connection:
        trial = registered(connection, people)
        assert trial.registration is not None
        day, last = NOW.date(), trial.registration.ends_on
        assert named_in(connection, people["Petra"], day) == Named(watches=True)
        assert named_in(connection, people["Petra"], last) == Named(watches=True)
        assert named_in(connection, people["Petra"], last + timedelta(days=1)) == NOTHING
        assert {named_in(connection, people[name], day) for name in ("Rowan", "Adaeze", "Bryony")} == {NOTHING}
        amend(connection, people["Rowan"], trial.key, "Petra is away", NOW, people["Ines"].key)
        assert named_in(connection, people["Petra"], day) == NOTHING
        assert named_in(connection, people["Ines"], day) == Named(watches=True)


@pytest.mark.parametrize("ends", [STILL_RUNNING, ENDED])
def test_a_scorer_is_named_until_the_result_is_worked_out(database: Database, people: People, ends: date) -> None:
    """While the trial runs and after its end; never without casework."""
    with writing(database) as connection:
        scorers = [people["Nell"].key, people["Jago"].key]
        what = replace(Made(co_primary={"kind": "quality"}, scorers=scorers), ends=ends)
        trial = made(connection, people["Rowan"], what)
        day = NOW.date()
        assert named_in(connection, people["Nell"], day) == Named(scores=True)
        assert named_in(connection, people["Adaeze"], day) == NOTHING
        assert named_in(connection, replace(people["Nell"], role="policy"), day) == NOTHING
        if ends == ENDED:
            keep(connection, people["Rowan"], trial, {"findings": []}, NOW)
            assert named_in(connection, people["Nell"], day) == NOTHING


def test_without_trials_nobody_is_named(database: Database, people: People) -> None:
    """Neither to watch nor to score."""
    with reading(database) as connection:
        assert named_in(connection, people["Petra"], NOW.date()) == NOTHING
