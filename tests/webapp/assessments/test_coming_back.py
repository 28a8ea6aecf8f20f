"""Continuing a draft: back to where one was, and told what has happened there meanwhile."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from engine.places import Place
from tests.webapp.assessments.desk import Desk, Page, words
from tests.webapp.conftest import NOW
from webapp.store.answers import answers_of
from webapp.store.assessments import assessment_to_write
from webapp.store.changes import SetAnswer
from webapp.store.database import Database, writing
from webapp.store.people import everyone
from webapp.store.saves import Change, save

Wrote = Callable[..., None]
TUESDAY = NOW - timedelta(days=2)
NOTICE = "pith-welcome"


@pytest.fixture
def wrote(desk: Desk, colleague: Desk, database: Database) -> Wrote:
    """Lets somebody have written an answer at an earlier moment."""

    def write(name: str, question: str, value: object, at: object, child: str = "") -> None:
        with writing(database) as connection:
            person = next(each for each in everyone(connection) if each.name.startswith(name))
            draft = assessment_to_write(connection, person, desk.key)
            place = Place(question, desk.children[child] if child else None)
            revision = answers_of(connection, draft).revision(place)
            change = Change(place, SetAnswer(value), revision, f"{name} {question} {revision}")
            save(connection, person, draft, change, at)  # type: ignore[arg-type]

    return write


def carry_on(desk: Desk) -> tuple[str, Page]:
    """The section that continuing leads to, and its page."""
    response = desk.visitor.get(f"/assessments/{desk.key}")
    assert response.status_code == 302
    return response.location.rsplit("/", 1)[1], Page(desk.visitor.get(response.location))


def notice(page: Page) -> str:
    """What the page says to somebody who comes back; "" for nothing."""
    found = [each for each in page.root.iter("div") if each.get("class") == NOTICE]
    return words(found[0]) if found else ""


def test_a_first_opening_leads_to_the_first_section(desk: Desk, colleague: Desk) -> None:
    """Also for a colleague who opens what somebody else has begun; nobody is welcomed back."""
    desk.save("visit", {"q-contact": "in_person"})
    section, page = carry_on(colleague)
    assert (section, notice(page)) == ("visit", "")


def test_continuing_leads_to_where_one_wrote_last(desk: Desk, wrote: Wrote) -> None:
    """With the day, and a link to the question, named with its child."""
    wrote("Adaeze", "contact", "in_person", TUESDAY - timedelta(hours=1))
    wrote("Adaeze", "injury", "no", TUESDAY, "Wren")
    section, page = carry_on(desk)
    assert section == "each_child?back=1"
    assert notice(page) == (
        "Welcome back. You last wrote here on Tuesday 10 March at 09:30, "
        "in Wren: Did you see or hear of any injury or mark?"
    )
    assert page.link("Wren: Did you see") == f"#{desk.name('injury', 'Wren')}-question"


def test_who_was_not_away_is_not_welcomed(desk: Desk, wrote: Wrote) -> None:
    """Less than half an hour is no absence, and having written again ends it."""
    wrote("Adaeze", "contact", "in_person", NOW - timedelta(minutes=29))
    section, page = carry_on(desk)
    assert (section, notice(page)) == ("visit", "")
    assert notice(desk.open("visit", "?back=1")) == ""


def test_half_an_hour_is_an_absence(desk: Desk, wrote: Wrote) -> None:
    """The notice names the time of the same day; without coming back it is not there."""
    wrote("Adaeze", "contact", "in_person", NOW - timedelta(minutes=30))
    assert notice(carry_on(desk)[1]).startswith(
        "Welcome back. You last wrote here today at 09:00, in How was the visit"
    )
    assert notice(desk.open("visit")) == ""


def test_what_a_colleague_wrote_since_is_told(desk: Desk, wrote: Wrote) -> None:
    """Who, and in which sections; what was written before, or is not asked for now, is not."""
    wrote("Corin", "manager_today", "no", TUESDAY - timedelta(hours=1))
    wrote("Adaeze", "contact", "in_person", TUESDAY)
    wrote("Corin", "saw", "Two coats.", NOW - timedelta(hours=1))
    wrote("Corin", "injury", "no", NOW - timedelta(hours=2), "Ossie")
    wrote("Corin", "go_back", "2026-03-20", NOW - timedelta(hours=2), "Ossie")
    _, page = carry_on(desk)
    assert notice(page).endswith("Corin Ashby-Lowe has written since then, in The child and What you saw and heard.")
    assert page.link("What you saw and heard") == "around"


def test_where_the_place_is_no_longer_asked_for_one_goes_on_with_what_is_left(desk: Desk, wrote: Wrote) -> None:
    """A colleague's answer took the question away: the first section with something left, and no link to nothing."""
    wrote("Adaeze", "contact", "in_person", TUESDAY - timedelta(hours=1))
    wrote("Adaeze", "saw", "Two coats.", TUESDAY)
    wrote("Corin", "contact", "phone", NOW - timedelta(hours=1))
    section, page = carry_on(desk)
    assert section == "visit?back=1"
    assert notice(page) == (
        "Welcome back. You last wrote here on Tuesday 10 March at 09:30. "
        "Corin Ashby-Lowe has written since then, in The visit."
    )


def test_a_link_to_another_section_leads_there(desk: Desk, wrote: Wrote) -> None:
    """Whoever looks at another section first still finds the way to the question."""
    wrote("Adaeze", "manager_today", "no", TUESDAY)
    assert desk.open("visit", "?back=1").link("Does a manager") == "next#q-manager_today-question"
