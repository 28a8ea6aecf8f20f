"""Signing in again in place: what the open page's script is told, and what it is not."""

import re

import pytest
from werkzeug.test import TestResponse

from tests.webapp.accounts.office import PASSWORD, Office, cookie, email_of, signed_in
from tests.webapp.visitor import Visitor
from webapp.store.people import people

SCRIPT = {"HX-Request": "true"}


@pytest.fixture
def writer(office: Office) -> str:
    """The key of Adaeze, in whose name the page was written on."""
    return str(office.one(people.c.key, "Adaeze Finch"))


def _ask(visitor: Visitor, writer: str) -> TestResponse:
    return visitor.get("/sign-in/again", query_string={"writer": writer}, headers=SCRIPT)


def _enter(visitor: Visitor, writer: str, name: str, password: str = PASSWORD) -> TestResponse:
    asked = {"writer": writer, "email": email_of(name), "password": password}
    return visitor.send("/sign-in/again", asked, headers=SCRIPT)


def test_it_asks_and_says_nothing_about_anybody(office: Office, writer: str) -> None:
    """The same for a person who is there and for a key that was never given out."""
    visitor = office.browser()
    known, unknown = (_ask(visitor, key) for key in (writer, "k" * 16))
    assert cookie(visitor)
    assert known.headers["Pith-Again"] == "asks"
    assert "Adaeze" not in known.text
    assert "Northshire" not in known.text
    assert known.text.replace(writer, "KEY") == unknown.text.replace("k" * 16, "KEY")
    assert "Pith-Token" not in known.headers


def test_the_writer_goes_on_with_a_new_session(office: Office, writer: str) -> None:
    """No page comes back, only that it is the same person and the token for the forms of the open page."""
    visitor = office.browser()
    _ask(visitor, writer)
    before = cookie(visitor)
    response = _enter(visitor, writer, "Adaeze Finch")
    assert (response.status_code, response.text) == (204, "")
    assert response.headers["Pith-Signed-In"] == "same"
    assert cookie(visitor) != before
    saved = visitor.post("/sign-out", data={"csrf_token": response.headers["Pith-Token"]})
    assert saved.status_code == 302


def test_somebody_else_is_told_apart(office: Office, writer: str) -> None:
    """Their session has begun; the script then clears the page."""
    visitor = office.browser()
    _ask(visitor, writer)
    response = _enter(visitor, writer, "Tom Brackley")
    assert (response.status_code, response.headers["Pith-Signed-In"]) == (204, "other")
    assert signed_in(visitor)


def test_a_wrong_password_is_told_in_place(office: Office, writer: str) -> None:
    """The same words as on the page to sign in on, the address kept, and the same waiting."""
    visitor = office.browser()
    _ask(visitor, writer)
    wrong = _enter(visitor, writer, "Adaeze Finch", "not the password")
    assert (wrong.status_code, wrong.headers["Pith-Again"]) == (400, "asks")
    assert "The e-mail address or the password is wrong" in wrong.text
    assert f'value="{email_of("Adaeze Finch")}"' in wrong.text
    for _ in range(4):
        _enter(visitor, writer, "Adaeze Finch", "not the password")
    waiting = _enter(visitor, writer, "Adaeze Finch")
    assert (waiting.status_code, waiting.headers["Pith-Again"]) == (429, "asks")
    assert "Wait 30 seconds" in waiting.text
    assert not signed_in(visitor)


def test_who_signed_in_beside_is_asked_nothing(office: Office, writer: str) -> None:
    """In another window of the same browser: the open page only needs the token."""
    visitor = office.at("Adaeze Finch")
    response = _ask(visitor, writer)
    assert (response.status_code, response.headers["Pith-Signed-In"]) == (204, "same")
    assert visitor.post("/sign-out", data={"csrf_token": response.headers["Pith-Token"]}).status_code == 302


def test_somebody_else_signed_in_beside_does_not_clear_the_page(office: Office, writer: str) -> None:
    """The writer is asked, and can still come back to the text."""
    assert _ask(office.at("Tom Brackley"), writer).headers["Pith-Again"] == "asks"


def test_without_the_script_it_is_the_page_to_sign_in_on(office: Office) -> None:
    """Whoever types the address sees no piece of a page."""
    assert office.browser().get("/sign-in/again").location == "/sign-in"


def test_in_the_demonstration_the_writer_is_one_button(client: Visitor, worker: Visitor) -> None:
    """With a way for somebody else; a key of nobody has only that."""
    key = re.findall(r'name="person" value="([^"]+)"', worker.get("/sign-in").text)[0]
    worker.send("/sign-out")
    page = _ask(worker, key).text
    assert "Sign in again as Adaeze Finch" in page
    assert "Somebody else" in page
    response = worker.send("/sign-in/again", {"writer": key, "person": key}, headers=SCRIPT)
    assert (response.status_code, response.headers["Pith-Signed-In"]) == (204, "same")
    worker.send("/sign-out", {"csrf_token": response.headers["Pith-Token"]})
    nobody = _ask(worker, "k" * 16).text
    assert "Sign in again" not in nobody
    assert "Somebody else" in nobody
