"""A browser that has signed in before is known again: who guesses elsewhere does not keep its owner out."""

from http.cookies import SimpleCookie

import pytest
from werkzeug.test import TestResponse

from tests.webapp.accounts.office import NEW, PASSWORD, Office, email_of, enter, link_in, signed_in
from tests.webapp.visitor import Visitor
from webapp.accounts.known_browsers import MOST

ADAEZE = email_of("Adaeze Finch")
PREFIX = "__Secure-pith-known-"


def _set_by(response: TestResponse) -> SimpleCookie:
    """The cookies of this kind that an answer sets."""
    found = SimpleCookie()
    for header in response.headers.getlist("Set-Cookie"):
        if header.startswith(PREFIX):
            found.load(header)
    return found


def _signed_out(visitor: Visitor) -> Visitor:
    visitor.get("/help")
    visitor.send("/sign-out")
    return visitor


def _guess_on(office: Office, hours: int) -> None:
    """Somebody elsewhere who tries as soon as each wait is over."""
    elsewhere = office.browser()
    for _ in range(hours * 4):
        while enter(elsewhere, ADAEZE, "a guess").status_code == 400:
            pass
        office.clock.later(minutes=15)
    while enter(elsewhere, ADAEZE, "a guess").status_code == 400:
        pass


def test_guessing_at_the_end_of_each_wait_does_not_keep_the_owner_out(office: Office) -> None:
    """Of the browser they have used before; a new one waits as the guesser does."""
    adaeze = _signed_out(office.at("Adaeze Finch"))
    _guess_on(office, hours=1)
    assert enter(office.browser(), ADAEZE).status_code == 429
    assert enter(adaeze, f" {ADAEZE.upper()} ").status_code == 302
    assert signed_in(adaeze)


def test_signing_in_where_one_is_known_gives_the_guesser_nothing(office: Office) -> None:
    """Their failures are not forgotten with it."""
    adaeze = _signed_out(office.at("Adaeze Finch"))
    _guess_on(office, hours=1)
    assert enter(adaeze, ADAEZE).status_code == 302
    assert enter(office.browser(), ADAEZE, "a guess").status_code == 429


def test_a_known_browser_waits_for_its_own_failures(office: Office) -> None:
    """As long as any; others do not wait for them."""
    adaeze = _signed_out(office.at("Adaeze Finch"))
    assert [enter(adaeze, ADAEZE, "a guess").status_code for _ in range(6)] == [400] * 5 + [429]
    assert enter(adaeze, ADAEZE).status_code == 429
    assert enter(office.browser(), ADAEZE).status_code == 302
    office.clock.later(seconds=30)
    assert enter(adaeze, ADAEZE).status_code == 302
    assert [enter(_signed_out(adaeze), ADAEZE, "a guess").status_code for _ in range(5)] == [400] * 5


def test_a_browser_is_known_to_those_who_have_signed_in_there(office: Office) -> None:
    """Neither another account, nor what somebody has made up or taken from another name, counts."""
    tom = _signed_out(office.at("Tom Brackley"))
    mine = next(iter(_set_by(enter(office.browser(), ADAEZE)).values()))
    _guess_on(office, hours=1)
    assert enter(tom, ADAEZE).status_code == 429
    toms = next(iter(_set_by(enter(tom, email_of("Tom Brackley"))).values()))
    for value in (toms.value, "made.up", "", ".", mine.value.partition(".")[0], f"x{mine.value}"):
        visitor = office.browser()
        visitor.set_cookie(mine.key, value, path="/sign-in")
        assert enter(visitor, ADAEZE).status_code == 429
    visitor = office.browser()
    visitor.set_cookie(mine.key, mine.value, path="/sign-in")
    assert enter(visitor, ADAEZE).status_code == 302


def test_the_cookie_says_nothing_and_opens_nothing(office: Office) -> None:
    """No script reads it, it goes only where one signs in, and holds neither name nor session."""
    visitor = office.browser()
    wrong = enter(visitor, ADAEZE, "not the password")
    assert not _set_by(wrong)
    header = str(_set_by(enter(visitor, ADAEZE)))
    for part in ("HttpOnly", "Secure", "Path=/sign-in", "SameSite=Lax", "Max-Age="):
        assert part in header
    assert "adaeze" not in header.casefold()
    thief = office.browser()
    sent = next(iter(_set_by(enter(visitor, ADAEZE)).values()))
    thief.set_cookie(sent.key, sent.value, path="/sign-in")
    assert not signed_in(thief)


def test_a_link_makes_the_browser_it_is_used_in_known(office: Office) -> None:
    """From the first day."""
    link, rowan = link_in(office.do("link", "Rowan Tideswell")), office.browser()
    rowan.get(link)
    assert _set_by(rowan.send(link, {"new_password": NEW}))


def test_a_browser_that_many_share_knows_the_last_of_them(office: Office) -> None:
    """Their cookies stay small enough to be sent together."""
    shared = office.browser()
    for number in range(MOST):
        shared.set_cookie(f"{PREFIX}{number:016}", "old", path="/sign-in")
    adaeze = next(iter(_set_by(enter(shared, ADAEZE))))
    names = [name for _, path, name in (shared._cookies or ()) if path == "/sign-in"]
    assert len(names) == MOST
    assert adaeze in names


@pytest.mark.parametrize("guesser", ["elsewhere", "in another session"])
def test_guessing_does_not_keep_anybody_from_changing_their_password(office: Office, guesser: str) -> None:
    """Who is signed in counts alone; each session for itself."""
    adaeze = office.at("Adaeze Finch")
    other = office.at("Adaeze Finch")
    if guesser == "elsewhere":
        _guess_on(office, hours=1)
    else:
        other.get("/account")
        for _ in range(6):
            other.send("/account/password", {"password": "a guess", "new_password": NEW})
    adaeze.get("/account")
    assert adaeze.send("/account/password", {"password": PASSWORD, "new_password": NEW}).status_code == 303
