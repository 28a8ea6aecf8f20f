"""One's own account: a new password, and where one is signed in."""

import re

from tests.webapp.accounts.office import (
    FIREFOX,
    NEW,
    PASSWORD,
    SAFARI,
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

ADAEZE = email_of("Adaeze Finch")


def _change(visitor: Visitor, now: str, new: str) -> tuple[int, list[tuple[str, str]]]:
    visitor.get("/account")
    response = visitor.send("/account/password", {"password": now, "new_password": new})
    return response.status_code, summary(response)


def test_the_name_at_the_top_leads_there(office: Office) -> None:
    """For everybody, whatever they do here."""
    for name in ("Adaeze Finch", "Petra Oakenfull"):
        visitor = office.at(name)
        assert re.search(rf'href="/account"[^>]*>{name}<', visitor.get("/help").text)
        assert f'<h1 class="govuk-heading-l">{name}</h1>' in visitor.get("/account").text


def test_a_new_password_takes_the_place_of_the_old_one(office: Office) -> None:
    """It is told, and written down that it was done."""
    adaeze = office.at("Adaeze Finch")
    assert _change(adaeze, PASSWORD, NEW) == (303, [])
    assert "Your password is changed" in adaeze.get("/account?done=password").text
    assert enter(office.browser(), ADAEZE, NEW).status_code == 302
    assert enter(office.browser(), ADAEZE, PASSWORD).status_code == 400
    assert office.acts() == [("Adaeze Finch", "password_set", "Adaeze Finch")]


def test_changing_it_ends_every_other_session(office: Office) -> None:
    """This browser goes on under a new token: a copy of the old one is worth nothing either."""
    here, elsewhere = office.at("Adaeze Finch"), office.at("Adaeze Finch")
    copied = cookie(here)
    _change(here, PASSWORD, NEW)
    assert signed_in(here)
    assert not signed_in(elsewhere)
    assert not replayed(office, copied)


def test_changing_it_makes_an_open_link_worth_nothing(office: Office) -> None:
    """A link that was made before, and lies about, does not undo the change."""
    link = link_in(office.do("link", "Adaeze Finch"))
    adaeze = office.at("Adaeze Finch")
    assert _change(adaeze, PASSWORD, NEW) == (303, [])
    late = office.browser()
    assert late.get(link).status_code == 404
    assert late.send(link, {"new_password": "another one, quite long"}).status_code in (400, 404)
    assert enter(office.browser(), ADAEZE, NEW).status_code == 302
    assert "link to set a new password" not in office.at("Ines Marchbanks").get("/people").text


def test_the_current_password_is_asked_for(office: Office) -> None:
    """Somebody at a browser that was left open cannot take the account over."""
    adaeze = office.at("Adaeze Finch")
    assert _change(adaeze, "not the password", NEW) == (400, [("password", "This is not your password")])
    assert _change(adaeze, "", NEW)[0] == 400
    assert enter(office.browser(), ADAEZE).status_code == 302


def test_an_easy_password_is_refused(office: Office) -> None:
    """With the reason, at its box, and without counting as a guess."""
    adaeze = office.at("Adaeze Finch")
    for _ in range(7):
        status, [(box, words)] = _change(adaeze, PASSWORD, "Northshire Council")
        assert (status, box) == (400, "new-password")
        assert "made of your name" in words
    assert _change(adaeze, PASSWORD, NEW)[0] == 303


def test_the_browsers_one_is_signed_in_on_are_listed(office: Office) -> None:
    """In words, since when, this one marked; nobody else's among them."""
    phone = office.at("Adaeze Finch", SAFARI)
    office.at("Tom Brackley")
    office.clock.later(hours=1)
    desk = office.at("Adaeze Finch", FIREFOX)
    page = desk.get("/account").text
    rows = re.findall(r"<p>([^<]+)( <b>\(this one\)</b>)?</p><p class=\"pith-source\">([^<]+)<", page)
    assert rows == [
        ("Firefox on Windows", " <b>(this one)</b>", "Since 12 March 2026, 10:30"),
        ("Safari on an iPhone", "", "Since 12 March 2026, 09:30"),
    ]
    assert "(this one)" in phone.get("/account").text.partition("Safari on an iPhone")[2]


def _key(page: str) -> str:
    found = re.search(r'name="session" value="([^"]+)"', page)
    assert found is not None
    return found[1]


def test_one_of_them_can_be_ended(office: Office) -> None:
    """A phone that was lost is signed out from the desk."""
    phone, desk = office.at("Adaeze Finch", SAFARI), office.at("Adaeze Finch")
    response = desk.send("/account/sessions/end", {"session": _key(desk.get("/account").text)})
    page = desk.get(response.location).text
    assert "You are signed out there." in page
    assert "Nowhere else." in page
    assert not signed_in(phone)
    assert signed_in(desk)


def test_all_others_can_be_ended_at_once(office: Office) -> None:
    """Only this browser is left, and nobody else is signed out."""
    others = [office.at("Adaeze Finch") for _ in range(3)]
    tom, desk = office.at("Tom Brackley"), office.at("Adaeze Finch")
    desk.get("/account")
    response = desk.send("/account/sessions/end-others")
    assert "You are signed out everywhere but here." in desk.get(response.location).text
    assert [signed_in(each) for each in (*others, tom, desk)] == [False, False, False, True, True]


def test_nobody_ends_a_session_of_somebody_else(office: Office) -> None:
    """The name that a session has on its owner's page means nothing on another's."""
    adaeze, other, tom = office.at("Adaeze Finch"), office.at("Adaeze Finch"), office.at("Tom Brackley")
    key = _key(adaeze.get("/account").text)
    tom.get("/account")
    assert tom.send("/account/sessions/end", {"session": key}).status_code == 303
    assert signed_in(other)


def test_tokens_are_not_on_the_page(office: Office) -> None:
    """Nobody who looks over a shoulder can copy a session."""
    adaeze, other = office.at("Adaeze Finch"), office.at("Adaeze Finch")
    page = adaeze.get("/account").text
    assert cookie(adaeze) not in page
    assert cookie(other) not in page


def test_in_the_demonstration_sessions_show_and_there_is_no_password(worker: Visitor) -> None:
    """Nobody is asked for what does not exist there."""
    page = worker.get("/account").text
    assert "there is no password to change" in page
    assert "(this one)" in page
    assert "new_password" not in page
    assert worker.send("/account/password", {"password": "", "new_password": NEW}).status_code == 404
