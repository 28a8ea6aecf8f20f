"""A version published for a day: nothing changes before, it is begun from that day on, and it can be taken back."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from tests.webapp.applications import application
from tests.webapp.assessments.desk import Page, begin
from tests.webapp.conftest import NOW
from tests.webapp.editor.drafting import Drafting
from tests.webapp.editor.test_draft import ines
from tests.webapp.editor.test_publish import LIFE, PLAINER, WHY, back
from webapp.config import Settings
from webapp.editor.waiting import renumbered

__all__ = ["ines"]

VERSIONS = "/forms/visit/versions"
ON = {"when": "date", "on-day": "3", "on-month": "12", "on-year": "2026", **WHY}


@pytest.fixture
def now() -> list[datetime]:
    """The moment it is, to be moved."""
    return [NOW]


@pytest.fixture
def app(settings: Settings, now: list[datetime]) -> Flask:
    """An application whose clock a test can move."""

    return application(settings, lambda: now[0])


def versions(drafting: Drafting) -> str:
    """What the list of versions says."""
    return Page(drafting.visitor.get(VERSIONS)).text


def take_back(drafting: Drafting) -> str:
    """Press Take it back, and read what follows."""
    response = drafting.visitor.send(f"{VERSIONS}/take-back", {"version": "own-1"})
    assert response.status_code == 303
    return Page(drafting.visitor.get(response.location)).text


def test_it_is_begun_from_the_first_minute_of_that_day_in_london(ines: Drafting, now: list[datetime]) -> None:
    """A minute before it is the version of today; in summer midnight in London is an hour before midnight in UTC."""
    ines.change(LIFE, PLAINER)
    response = ines.publish(**{**ON, "on-day": "1", "on-month": "7"})
    assert response.status_code == 303
    page = Page(ines.visitor.get(response.location)).text
    assert "your version 1 comes into use on 1 July 2026" in page
    assert "Comes into use on 1 July 2026, published by Ines Marchbanks." in page
    assert "Version 1 as it comes with Pith, in use" in page
    assert "Nobody is changing this form" in ines.look_at("").text
    for moment, words in (
        (datetime(2026, 6, 30, 22, 59, tzinfo=UTC), LIFE),
        (datetime(2026, 6, 30, 23, 0, tzinfo=UTC), PLAINER),
    ):
        now[0] = moment
        worker = ines.visitor.sign_in("Adaeze Finch")
        assert words in Page(worker.get(begin(worker).address("sense"))).text
    ines.visitor.sign_in("Ines Marchbanks")
    assert "Your version 1, in use In use from 1 July 2026" in versions(ines)
    assert "Your version 1, since 1 July 2026, published by Ines Marchbanks" in Page(ines.visitor.get("/forms")).text


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"on-day": "12", "on-month": "3"}, "The day must be after today, 12 March 2026"),
        ({"on-month": "2", "on-day": "30"}, "There is no such day"),
        ({"on-day": ""}, "Write the day it comes into use in numbers"),
        ({"on-day": "٣"}, "Write the day it comes into use in numbers"),
        ({"on-year": "2099"}, "The day must be within the next five years"),
        ({"when": "now"}, "You wrote a day: choose “On a date”, or leave the day empty"),
    ],
    ids=["today", "no such day", "nothing", "other digits", "far away", "now with a day"],
)
def test_a_day_that_cannot_be_is_refused(ines: Drafting, sent: dict[str, str], told: str) -> None:
    """Nothing is published, and what was written stays."""
    refused = ines.publish(**{**ON, **sent})
    assert refused.status_code == 400
    assert told in Page(refused).text
    assert WHY["reason"] in refused.text
    assert "Your version" not in versions(ines)


def test_taken_back_it_never_comes_into_use_and_its_draft_is_open_again(ines: Drafting, now: list[datetime]) -> None:
    """With the words as they were, under the next number, so that it can be published at once."""
    ines.change(LIFE, PLAINER)
    text = ines.text()
    ines.publish(**ON)
    assert "Taken back: it does not come into use. Go on with the draft when you are ready." in take_back(ines)
    assert ines.text() == text.replace('"version": 1', '"version": 2', 1)
    assert "Nothing has to be mended" in ines.look().text
    assert ines.visitor.send(f"{VERSIONS}/take-back", {"version": "own-1"}).status_code == 409
    now[0] = datetime(2026, 12, 4, tzinfo=UTC)
    ines.visitor.sign_in("Ines Marchbanks")
    assert "Version 1 as it comes with Pith, in use" in versions(ines)
    assert "Taken out of use 12 March 2026: Taken back before its day came." in versions(ines)
    assert "No longer begun" not in Page(ines.visitor.get("/forms")).text
    assert ines.publish(**WHY).status_code == 303


def test_a_later_publication_takes_its_place(ines: Drafting, now: list[datetime]) -> None:
    """The page says so before; the new draft began with what waits, so nothing of it is lost."""
    ines.change(LIFE, PLAINER)
    ines.publish(**ON)
    ines.begin()
    assert PLAINER in ines.text()
    page = Page(ines.visitor.get("/forms/visit/publish")).text
    assert "Your version 1 waits for 3 December 2026. Once you publish this one" in page
    assert ines.publish(**WHY).status_code == 303
    now[0] += timedelta(days=365)
    ines.visitor.sign_in("Ines Marchbanks")
    assert "Your version 2, in use" in versions(ines)
    assert "A later version was published before its day came." in versions(ines)


def test_taking_back_leaves_another_draft_as_it_is(ines: Drafting) -> None:
    """Begun from what waited, it holds that already."""
    ines.publish(**ON)
    text = ines.begin().text()
    assert "The draft that is open stays as it is." in versions(ines)
    take_back(ines)
    assert ines.text() == text


def test_going_back_takes_what_waits_with_it(ines: Drafting) -> None:
    """It came after what was a mistake; the page says so."""
    ines.publish(**WHY)
    ines.begin().publish(**ON)
    assert "Your version 2, which waits for its day, is taken back with it." in versions(ines)
    page = back(ines).text
    assert "Version 1 as it comes with Pith, in use" in page
    assert "waiting" not in page
    assert "Your version 2, taken out of use" in page


def test_the_log_tells_of_the_day(ines: Drafting) -> None:
    """Published for a later day, and taken back."""
    ines.publish(**ON)
    take_back(ines)
    log = Page(ines.visitor.sign_in("Petra Oakenfull").get("/who-has-looked")).text
    assert "published for a later day the form" in log
    assert "took back before its day the form" in log


def test_another_number_changes_nothing_else_of_a_text() -> None:
    """Also where the word stands elsewhere first, or the number is written in another way."""
    assert renumbered('{\n "form": "f", "version" : 1}\n', 12) == '{\n "form": "f", "version" : 12}\n'
    assert renumbered('{"title": "\\"version\\": 3", "version": 1}', 2) == '{"title": "\\"version\\": 3", "version": 2}'
    assert renumbered('{"replaces": {"version": 3}, "version": 1}', 2) == '{"replaces": {"version": 3}, "version": 2}\n'
