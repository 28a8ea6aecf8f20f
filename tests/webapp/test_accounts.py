"""Signing in and out: a new session each time, and none that outlives its end."""

from datetime import timedelta

import pytest
from flask import Flask

from tests.webapp.applications import application
from tests.webapp.conftest import NOW
from tests.webapp.visitor import Visitor
from webapp.config import Settings


def _cookie(client: Visitor) -> str:
    cookie = client.get_cookie("pith")
    assert cookie is not None
    return cookie.value


def test_a_person_is_chosen_and_sees_their_children(client: Visitor) -> None:
    """Choosing a person leads to that person's page, under their name."""
    page = client.sign_in("Adaeze Finch").get("/").text
    assert "Adaeze Finch" in page
    assert "Wren" in page
    assert "Linnet" not in page


def test_the_demonstration_says_what_it_is(client: Visitor) -> None:
    """Every page says that the people are invented, also before anybody is chosen."""
    assert "Demonstration: the people are invented." in client.get("/sign-in").text
    assert "Demonstration: the people are invented." in client.sign_in("Nell Ottaway").get("/").text


def test_a_page_asked_for_before_signing_in_is_shown_after(client: Visitor) -> None:
    """Following a link while signed out costs one step."""
    asked = client.get("/?find=wren")
    assert asked.status_code == 302
    page = client.get(asked.location).text
    assert 'name="next" value="/"' in page


ELSEWHERE = [
    "https://example.test/",
    "//example.test",
    "///example.test",
    "/\\example.test",
    "\\/example.test",
    "/\t/example.test/x",
    "/\n/example.test/x",
    "/\r/example.test/x",
    "/\r\n/example.test/x",
    "/\x00/example.test/x",
    "/\x7f/example.test/x",
    "/\x85/example.test/x",
    "\t//example.test/x",
    "/ /example.test",
    "/children\\..\\//example.test",
    "/x\r\nLocation: https://example.test",
    "x",
]


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
def test_signing_in_leads_nowhere_else(elsewhere: str, client: Visitor) -> None:
    """A link cannot use the sign-in page to lead people off this site."""
    page = client.get("/sign-in", query_string={"next": elsewhere}).text
    assert 'name="next" value=""' in page
    key = page.split('name="person" value="')[1].split('"')[0]
    assert client.send("/sign-in", {"person": key, "next": elsewhere}).location == "/"


def test_each_sign_in_is_a_new_session(client: Visitor) -> None:
    """A session id known before sign-in is worth nothing after it."""
    client.get("/sign-in")
    before = _cookie(client)
    client.sign_in("Adaeze Finch")
    first = _cookie(client)
    client.sign_in("Nell Ottaway")
    assert len({before, first, _cookie(client)}) == 3
    client.set_cookie("pith", first)
    assert client.get("/").status_code == 302


def test_after_sign_out_a_copied_cookie_is_worth_nothing(worker: Visitor) -> None:
    """Signing out ends the session on the server, not only in the browser."""
    copied = _cookie(worker)
    assert worker.send("/sign-out").location == "/sign-in"
    assert worker.get("/").status_code == 302
    worker.set_cookie("pith", copied)
    assert worker.get("/").status_code == 302


def test_a_session_ends_by_itself(settings: Settings) -> None:
    """Twelve hours after sign-in somebody must sign in again."""
    moment = [NOW]
    app = application(settings, lambda: moment[0])
    client = app.test_client()
    assert isinstance(client, Visitor)
    client.sign_in("Adaeze Finch")
    moment[0] = NOW + timedelta(hours=11, minutes=59)
    assert client.get("/").status_code == 200
    moment[0] = NOW + timedelta(hours=12)
    assert client.get("/").status_code == 302


def test_somebody_who_is_not_there_cannot_be_chosen(client: Visitor) -> None:
    """A person's key that was never given out is not found."""
    client.get("/sign-in")
    assert client.send("/sign-in", {"person": "nobody"}).status_code == 404


def test_a_session_of_nobody_shows_nothing(app: Flask) -> None:
    """A cookie that names no session is as good as none."""
    client = app.test_client()
    client.set_cookie("pith", "never given out")
    assert client.get("/").status_code == 302
