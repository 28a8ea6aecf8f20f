"""Signing in with a password: the right one lets in, all else has one answer, no session outlives its end."""

import pytest
from flask import Flask
from sqlalchemy import delete

from tests.webapp.accounts.office import (
    NEW,
    PASSWORD,
    QUICK,
    Office,
    cookie,
    email_of,
    enter,
    link_in,
    replayed,
    signed_in,
    summary,
)
from tests.webapp.visitor import Visitor
from webapp.accounts import passwords
from webapp.store.accounts import accounts
from webapp.store.database import writing
from webapp.store.people import people

ADAEZE = email_of("Adaeze Finch")


def test_the_right_password_leads_to_ones_own_page(office: Office) -> None:
    """Under one's name, and with nobody else's children."""
    visitor = office.browser()
    response = enter(visitor, ADAEZE)
    assert (response.status_code, response.location) == (302, "/")
    page = visitor.get("/").text
    assert "Adaeze Finch" in page
    assert "Wren" in page
    assert "Demonstration" not in page


@pytest.mark.parametrize("typed", ["Adaeze.FINCH@council.example", "  adaeze.finch@council.example "])
def test_capitals_and_spaces_of_an_address_make_no_difference(typed: str, office: Office) -> None:
    """People type it as they write it."""
    assert enter(office.browser(), typed).status_code == 302


def test_each_role_begins_on_its_own_page(office: Office) -> None:
    """An admin on the forms, who reads nobody's record."""
    ines = office.at("Ines Marchbanks")
    assert ines.get("/").location == "/forms"


def test_the_page_asked_for_is_shown_after(office: Office) -> None:
    """Also after a mistyped password; a way to another site is dropped."""
    visitor = office.browser()
    asked = visitor.get("/people").location
    assert 'name="next" value="/people"' in visitor.get(asked).text
    wrong = visitor.send("/sign-in", {"email": email_of("Ines Marchbanks"), "password": "x", "next": "/people"})
    assert 'name="next" value="/people"' in wrong.text
    right = enter(visitor, email_of("Ines Marchbanks"), next="/people")
    assert right.location == "/people"
    assert enter(office.browser(), ADAEZE, next="//example.test").location == "/"


def test_whatever_is_wrong_the_answer_is_the_same(office: Office) -> None:
    """Nobody learns from it who has an account, who has left, or who has not set a password."""
    office.do("end", "Corin Ashby-Lowe")
    tried = {
        "a wrong password": ADAEZE,
        "nobody's address": "nobody@council.example",
        "somebody who left": email_of("Corin Ashby-Lowe"),
        "no password set": email_of("Rowan Tideswell"),
    }
    answers = {}
    for what, email in tried.items():
        visitor = office.browser()
        response = enter(visitor, email, "not the password" if what == "a wrong password" else PASSWORD)
        token = visitor.token
        answers[what] = (response.status_code, response.text.replace(email, "EMAIL").replace(token, "TOKEN"))
    assert len(set(answers.values())) == 1
    status, page = answers["a wrong password"]
    assert status == 400
    assert "The e-mail address or the password is wrong" in page
    assert 'value="EMAIL"' in page


def test_whatever_is_wrong_it_costs_one_comparison(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """The time an answer takes does not say whether there is an account."""
    compared: list[str] = []

    class Counting:
        def verify(self, password_hash: str, password: str) -> bool:
            compared.append(password_hash)
            return QUICK.verify(password_hash, password)

        hash = staticmethod(QUICK.hash)
        check_needs_rehash = staticmethod(QUICK.check_needs_rehash)

    monkeypatch.setattr(passwords, "_HASHER", Counting())
    for email in (ADAEZE, "nobody@council.example", email_of("Rowan Tideswell")):
        compared.clear()
        enter(office.browser(), email, "not the password")
        assert len(compared) == 1


def test_a_wrong_password_is_told_at_the_box_and_the_address_stays(office: Office) -> None:
    """Nothing is typed twice but the password, which no page repeats."""
    response = enter(office.browser(), ADAEZE, "canary-password-typed")
    assert summary(response) == [("email", "The e-mail address or the password is wrong")]
    assert "<title>Error: " in response.text
    assert f'value="{ADAEZE}"' in response.text
    assert "canary-password-typed" not in response.text


def test_empty_boxes_are_told_and_not_counted(office: Office) -> None:
    """Pressing the button too early is no attempt."""
    visitor = office.browser()
    for _ in range(9):
        response = enter(visitor, "", "")
    assert response.status_code == 400
    assert summary(response) == [("email", "Enter your e-mail address"), ("password", "Enter your password")]
    assert summary(enter(visitor, ADAEZE, "")) == [("password", "Enter your password")]
    assert enter(visitor, ADAEZE).status_code == 302


def test_signing_in_is_a_new_session_each_time(office: Office) -> None:
    """A token known before, or from the last time, is worth nothing after."""
    visitor = office.browser()
    visitor.get("/sign-in")
    before = cookie(visitor)
    enter(visitor, ADAEZE)
    first = cookie(visitor)
    enter(visitor, ADAEZE)
    assert len({before, first, cookie(visitor)}) == 3
    assert not replayed(office, before)
    assert not replayed(office, first)
    assert replayed(office, cookie(visitor))


def test_after_signing_out_a_copied_token_is_worth_nothing(office: Office) -> None:
    """The session ends on the server."""
    visitor = office.at("Adaeze Finch")
    copied = cookie(visitor)
    visitor.get("/")
    visitor.send("/sign-out")
    assert not replayed(office, copied)


def test_a_session_ends_by_itself(office: Office) -> None:
    """After the hours that the setting says."""
    visitor = office.at("Adaeze Finch")
    office.clock.later(hours=11, minutes=59)
    assert signed_in(visitor)
    office.clock.later(minutes=1)
    assert not signed_in(visitor)


def test_a_hash_made_with_older_parameters_is_made_anew(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Signing in is when the password is known; the next time it fits as before."""
    before = office.password_hash("Adaeze Finch")
    office.at("Adaeze Finch")
    assert office.password_hash("Adaeze Finch") == before
    stronger = type(QUICK)(time_cost=2, memory_cost=16, parallelism=1)
    monkeypatch.setattr(passwords, "_HASHER", stronger)
    office.at("Adaeze Finch")
    after = office.password_hash("Adaeze Finch")
    assert after != before
    assert stronger.verify(after, PASSWORD)
    office.at("Adaeze Finch")


def test_a_password_changed_while_another_was_looked_at_keeps_the_other_out(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was right a moment ago does not open a session after the change."""
    fits = passwords.fits

    def slowly(password: str, password_hash: str) -> bool:
        found = fits(password, password_hash)
        with writing(office.database) as connection:
            connection.execute(accounts.update().values(password_hash=QUICK.hash(NEW)))
        return found

    monkeypatch.setattr("webapp.accounts.guessing.fits", slowly)
    assert enter(office.browser(), ADAEZE).status_code == 400


def test_before_the_first_account_the_page_says_how_it_is_made(office: Office) -> None:
    """And asks for no password that nobody has."""
    with writing(office.database) as connection:
        connection.execute(delete(accounts))
    page = office.browser().get("/sign-in").text
    assert "pith create-admin" in page
    assert "<form" not in page


def test_outside_the_demonstration_nobody_can_be_chosen(office: Office) -> None:
    """A person's key opens nothing."""
    visitor = office.browser()
    visitor.get("/sign-in")
    assert visitor.send("/sign-in", {"person": office.one(people.c.key, "Adaeze Finch")}).status_code == 400
    assert not signed_in(visitor)


def test_the_demonstration_takes_no_passwords(app: Flask, client: Visitor) -> None:
    """There people are chosen, and a link that sets a password leads to no second way in."""
    client.sign_in("Ines Marchbanks")
    page = client.get("/people").text
    address = page.partition("<b>Adaeze Finch</b>")[0].rpartition('href="')[2].partition('"')[0]
    client.get(address)
    link = link_in(client.send(f"{address}/link"))
    client.get(link)
    client.send(link, {"new_password": NEW})
    client.get("/sign-in")
    assert client.send("/sign-in", {"email": ADAEZE, "password": NEW}).status_code == 404


def test_signing_in_and_out_and_wrong_passwords_are_written_down(office: Office) -> None:
    """Whoever's account it was; a name that nobody has leaves nothing, nor does who waits."""
    adaeze, elsewhere = office.at("Adaeze Finch"), office.at("Adaeze Finch")
    elsewhere.get("/account")
    elsewhere.send("/account/sessions/end-others")
    for _ in range(8):
        enter(office.browser(), ADAEZE, "not the password")
    enter(office.browser(), "nobody@council.example", "not the password")
    elsewhere.get("/help")
    elsewhere.send("/sign-out")
    elsewhere.get("/sign-in")
    elsewhere.send("/sign-out")
    assert not signed_in(adaeze)
    expected = ["signed_in"] * 2 + ["signed_out_elsewhere"] + ["sign_in_failed"] * 5 + ["signed_out"]
    assert office.all_acts() == [("Adaeze Finch", act, "Adaeze Finch") for act in expected]
