"""Guessing a password has to wait: longer each time, never for good, and alike for names that nobody has."""

import re

import pytest
from sqlalchemy import func, select

from tests.webapp.accounts.office import PASSWORD, Office, email_of, enter, signed_in
from webapp.accounts.guessing import wait_after
from webapp.store.database import reading
from webapp.store.sign_in_attempts import sign_in_attempts

ADAEZE = email_of("Adaeze Finch")
NOBODY = "nobody@council.example"


def _fail(office: Office, email: str, times: int) -> list[int]:
    return [enter(office.browser(), email, f"guess {number}").status_code for number in range(times)]


def test_the_wait_doubles_up_to_a_quarter_of_an_hour() -> None:
    """Five failures are free; a night of failures waits no longer than ten of them."""
    waits = [wait_after(failures).total_seconds() for failures in range(13)]
    assert waits == [0, 0, 0, 0, 0, 30, 60, 120, 240, 480, 900, 900, 900]
    assert wait_after(10_000).total_seconds() == 900


@pytest.mark.parametrize("email", [ADAEZE, NOBODY, email_of("Rowan Tideswell")])
def test_after_five_failures_one_waits_and_the_page_says_how_long(email: str, office: Office) -> None:
    """In the same words for a name that nobody has."""
    assert _fail(office, email, 6) == [400] * 5 + [429]
    response = enter(office.browser(), email, "another guess")
    assert "Wait 30 seconds, then try again" in response.text
    assert response.headers["Retry-After"] == "30"
    office.clock.later(seconds=29)
    assert "Wait 1 second, then" in enter(office.browser(), email, "another guess").text
    office.clock.later(seconds=1)
    assert enter(office.browser(), email, "another guess").status_code == 400
    assert "Wait 60 seconds" in enter(office.browser(), email, "another guess").text
    office.clock.later(minutes=1)
    enter(office.browser(), email, "another guess")
    assert "Wait 2 minutes" in enter(office.browser(), email, "another guess").text


def test_the_answer_to_who_waits_is_the_same_for_names_that_nobody_has(office: Office) -> None:
    """Word for word, the address apart."""
    pages = []
    for email in (ADAEZE, NOBODY):
        _fail(office, email, 5)
        visitor = office.browser()
        page = enter(visitor, email, PASSWORD).text
        pages.append(page.replace(email, "EMAIL").replace(visitor.token, "TOKEN"))
    assert pages[0] == pages[1]


def test_the_right_password_waits_too_and_then_lets_in(office: Office) -> None:
    """Otherwise waiting would not hinder who guesses; afterwards the failures are forgotten."""
    _fail(office, ADAEZE, 5)
    assert enter(office.browser(), ADAEZE).status_code == 429
    office.clock.later(seconds=30)
    assert enter(office.browser(), ADAEZE).status_code == 302
    assert _fail(office, ADAEZE, 5) == [400] * 5


def test_waiting_is_not_made_longer_by_trying(office: Office) -> None:
    """Somebody impatient, or somebody who means to keep another out, does not lock an account for good."""
    _fail(office, ADAEZE, 5)
    assert set(_fail(office, ADAEZE, 20)) == {429}
    office.clock.later(seconds=30)
    assert enter(office.browser(), ADAEZE).status_code == 302


def test_capitals_are_the_same_name(office: Office) -> None:
    """Spelling an address in another way gives no more guesses."""
    _fail(office, ADAEZE, 3)
    assert _fail(office, ADAEZE.upper(), 3) == [400, 400, 429]


def test_other_names_and_open_sessions_are_left_alone(office: Office) -> None:
    """Who is signed in goes on working while somebody guesses."""
    working = office.at("Adaeze Finch")
    _fail(office, ADAEZE, 9)
    assert signed_in(working)
    assert enter(office.browser(), email_of("Tom Brackley")).status_code == 302


def test_no_names_are_kept_and_nothing_for_longer_than_a_day(office: Office) -> None:
    """Only a hash of what was typed, and the next failure of anybody clears what is old."""
    _fail(office, "somebody@elsewhere.example", 2)
    with reading(office.database) as connection:
        (name, failures, _), *rest = connection.execute(select(sign_in_attempts)).all()
    assert (re.fullmatch("[0-9a-f]{64}", name) is not None, failures, rest) == (True, 2, [])
    office.clock.later(days=1, seconds=1)
    _fail(office, ADAEZE, 1)
    with reading(office.database) as connection:
        assert connection.execute(select(func.count()).select_from(sign_in_attempts)).scalar() == 1


def test_the_password_asked_for_on_ones_own_page_cannot_be_guessed_either(office: Office) -> None:
    """An open browser somebody has left is not a place to try passwords."""
    adaeze = office.at("Adaeze Finch")
    adaeze.get("/account")
    told = [
        adaeze.send("/account/password", {"password": f"guess {number}", "new_password": "x"}).status_code
        for number in range(6)
    ]
    assert told == [400] * 5 + [429]
