"""While a trial has not ended, nothing that is said or counted of a form in general tells which arm it was."""

from datetime import timedelta

import pytest

from tests.webapp.conftest import NOW
from tests.webapp.store.trial_plans import AFTER, TEAMS, arm_of_team, registered, worker_in
from webapp.access import Viewer
from webapp.store.beginning import begin_assessment
from webapp.store.children import children_of
from webapp.store.database import Database, reading, writing
from webapp.store.definitions import Edition, edition
from webapp.store.feedback import Word, leave_word
from webapp.store.feedback_answers import remarks_on
from webapp.store.publishing import under_way
from webapp.store.trial_serving import arm_for, enrol

People = dict[str, Viewer]


@pytest.fixture
def arms(database: Database, people: People) -> dict[str, Edition]:
    """What each arm serves, once somebody has begun a form and said something on both, and before on the control."""
    found = {}
    with writing(database) as connection:
        outside = edition(connection, people["Adaeze"], "visit", NOW.date())
        leave_word(connection, people["Adaeze"], outside, Word("around", "saw", "Before"), NOW - timedelta(days=1))
        about = children_of(connection, people["Adaeze"])[:1]
        trial = registered(connection, people)
        for name in TEAMS:
            arm = arm_of_team(connection, trial, name)
            if arm not in found:
                who = worker_in(connection, people, name, f"Writer {arm}")
                serving = arm_for(connection, who, "visit", NOW.date())
                assert serving is not None
                key = begin_assessment(connection, who, serving.edition, about, NOW)
                enrol(connection, who, key, serving, NOW)
                leave_word(connection, who, serving.edition, Word("around", "saw", "Slow"), NOW)
                found[arm] = serving.edition
    return found


def test_remarks_on_both_arms_are_told_alike(database: Database, people: People, arms: dict[str, Edition]) -> None:
    """Neither the version nor a name, until the end; what was said before the trial keeps both."""
    with reading(database) as connection:
        *sealed, before = remarks_on(connection, people["Ines"], "visit", NOW.date())
        assert {(each.edition.id, each.said, each.sealed) for each in sealed} == {
            (arms["now"].id, sealed[0].said, True),
        }
        assert (len(sealed), sealed[0].said.by) == (2, "")
        assert (before.said.by, before.sealed) == ("Adaeze Finch", False)
        later = remarks_on(connection, people["Ines"], "visit", AFTER.date())
        assert {each.edition.id for each in later} == {each.id for each in arms.values()}
        assert {each.said.by for each in later} == {"Writer now", "Writer plain", "Adaeze Finch"}


def test_drafts_on_both_arms_are_counted_together(database: Database, people: People, arms: dict[str, Edition]) -> None:
    """With the control, until the end."""
    now, plain = arms["now"].id, arms["plain"].id
    with reading(database) as connection:
        assert under_way(connection, people["Ines"], "visit", NOW.date()) == {now: 2}
        assert under_way(connection, people["Ines"], "visit", AFTER.date()) == {now: 1, plain: 1}
