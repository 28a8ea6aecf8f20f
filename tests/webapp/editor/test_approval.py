"""Where an authority asks for it, a second person approves a form before it is published: never whoever sent it."""

import re

import pytest

from tests.webapp.assessments.desk import Page
from tests.webapp.editor.drafting import Drafting
from tests.webapp.editor.test_draft import SAW, ines
from tests.webapp.editor.test_publish import PLAINER, WHY, back
from webapp.store.database import Database, writing
from webapp.store.people import NewPerson, add_person, everyone

__all__ = ["ines"]

PUBLISH = "/forms/visit/publish"


@pytest.fixture
def two(ines: Drafting, database: Database) -> Drafting:
    """Ines at a changed draft, with Olwen who looks after forms too, where a second person is asked."""
    with writing(database) as connection:
        her = next(each for each in everyone(connection) if each.name == "Ines Marchbanks")
        add_person(connection, her.authority, her.team, NewPerson("Olwen Second", "practice lead", "admin"))
    ines.visitor.get("/forms/approval")
    assert ines.visitor.send("/forms/approval", {"asks": "yes"}).status_code == 303
    ines.change(SAW, PLAINER)
    return ines


def send(drafting: Drafting, **sent: str) -> str:
    """Send the draft for approval, and read what follows."""
    response = drafting.publish(**{**WHY, **sent})
    assert response.status_code == 303
    return Page(drafting.visitor.get(response.location)).text


def answer(drafting: Drafting, what: str, **sent: str) -> Page:
    """Press a button of the page before publishing, and look at what follows."""
    found = re.search(r'name="request" value="([^"]+)"', drafting.visitor.get(PUBLISH).text)
    response = drafting.visitor.send(f"{PUBLISH}/{what}", {"request": found[1] if found else "", **sent})
    return Page(response if response.status_code != 303 else drafting.visitor.get(response.location))


def versions(drafting: Drafting) -> str:
    """What the list of versions says."""
    return Page(drafting.visitor.get("/forms/visit/versions")).text


def test_what_is_sent_is_published_once_another_person_approves(two: Drafting) -> None:
    """She sees the change in words, the checks and the cost with the reasons; the list names both."""
    page = send(two)
    assert "Sent for approval 12 March 2026 at 09:30. Another person who looks after forms" in page
    assert "Your version" not in versions(two)
    two.visitor.sign_in("Olwen Second")
    assert "Sent for approval: Visit by Ines Marchbanks" in Page(two.visitor.get("/forms")).text
    page = Page(two.visitor.get(PUBLISH)).text
    assert "Ines Marchbanks asks you to approve this" in page
    for words in (f"is now “{PLAINER}”", "Nothing has to be mended", "Questions at most 22 22 22", WHY["reason"]):
        assert words in page
    assert "Published: whoever begins this form" in answer(two, "approve").text
    assert "by Ines Marchbanks, approved by Olwen Second" in versions(two)
    log = Page(two.visitor.sign_in("Petra Oakenfull").get("/who-has-looked")).text
    for words in ("decided that a second person", "sent for approval the draft", "approved the form"):
        assert words in log


def test_nobody_approves_what_they_sent(two: Drafting) -> None:
    """Neither by the page, which offers it not, nor by posting; nor is it published past the second person."""
    page = send(two)
    assert "Approve and publish" not in page
    assert "somebody else does" in answer(two, "approve").text
    assert "somebody else does" in answer(two, "return", words="w").text
    assert "Your version" not in versions(two)


def test_any_change_of_the_draft_ends_the_request(two: Drafting) -> None:
    """Whoever makes it, an undoing too; what was not looked at is not approved."""
    send(two)
    two.visitor.sign_in("Olwen Second")
    found = re.search(r'name="request" value="([^"]+)"', two.visitor.get(PUBLISH).text)
    assert found is not None
    two.press("/undo", **two.based())
    refused = two.visitor.send(f"{PUBLISH}/approve", {"request": found[1]})
    assert refused.status_code == 409
    assert "This draft was changed, or is no longer sent for approval." in Page(refused).text
    assert "Sent for approval" not in Page(two.visitor.get("/forms")).text
    assert "Send for approval" in Page(two.visitor.get(PUBLISH)).text
    assert "Sent for approval" in send(two)
    assert "somebody else does" in answer(two, "approve").text


def test_it_is_returned_with_words(two: Drafting) -> None:
    """Without words it is not; whoever sent it reads them, and sends it again."""
    send(two)
    two.visitor.sign_in("Olwen Second")
    page = answer(two, "return", words=" ")
    assert page.title.startswith("Error:")
    assert "Say what should be changed first" in page.text
    answer(two, "return", words="The hint is missing")
    two.visitor.sign_in("Ines Marchbanks")
    told = Page(two.visitor.get(PUBLISH)).text
    assert "Olwen Second returned this draft 12 March 2026 at 09:30: The hint is missing" in told
    assert "Returned: Visit by Olwen Second" in Page(two.visitor.get("/forms")).text
    assert "at 09:30: The hint is missing Send it again" in two.look_at("*").text
    assert "Sent for approval" in send(two)
    assert "Returned" not in Page(two.visitor.get("/forms")).text


def test_what_was_asked_stands_in_the_boxes_when_it_is_asked_again(two: Drafting) -> None:
    """The reasons, that for the budget too, and the day; whether it was returned or taken back."""
    two.change('"longest_path": 22', '"longest_path": 20')
    day = {"when": "date", "on-day": "3", "on-month": "12", "on-year": "2026"}
    send(two, budget_reason="It is asked for by law", **day)
    two.visitor.sign_in("Olwen Second")
    answer(two, "return", words="The hint is missing")
    two.visitor.sign_in("Ines Marchbanks")
    two.change(PLAINER, f"{PLAINER} Say it plainly.")
    sent = Page(two.visitor.get(PUBLISH)).filled("before-publishing")
    asked = {"reason": WHY["reason"], "budget_reason": "It is asked for by law", **day}
    assert {name: sent[name] for name in asked} == {name: [value] for name, value in asked.items()}


def test_a_day_that_was_asked_for_is_kept(two: Drafting) -> None:
    """Approved before it, it waits; the reasons are the sender's."""
    send(two, **{"when": "date", "on-day": "3", "on-month": "12", "on-year": "2026"})
    two.visitor.sign_in("Olwen Second")
    assert "on 3 December 2026; if it is approved later, at once" in Page(two.visitor.get(PUBLISH)).text
    assert "your version 1 comes into use on 3 December 2026" in answer(two, "approve").text


def test_asking_no_longer_leaves_the_draft(two: Drafting) -> None:
    """Whoever sent it takes it back."""
    send(two)
    assert "Send for approval" in answer(two, "not-now").text
    assert PLAINER in two.text()


def test_going_back_needs_no_second_person(two: Drafting) -> None:
    """In an emergency anybody who looks after forms undoes a mistake, and the page says so."""
    send(two)
    two.visitor.sign_in("Olwen Second")
    answer(two, "approve")
    assert "This needs no second person" in versions(two)
    assert "Version 1 as it comes with Pith, in use" in back(two).text


def test_alone_nobody_can_be_asked(ines: Drafting) -> None:
    """The page says why, and posting all the same changes nothing."""
    assert "nobody could approve what you publish" in Page(ines.visitor.get("/forms/approval")).text
    assert ines.visitor.send("/forms/approval", {"asks": "yes"}).status_code == 409
    assert ines.publish(**WHY).status_code == 303
    assert "Your version 1, in use" in versions(ines)


def test_it_can_be_given_up_again(two: Drafting) -> None:
    """From then on one person publishes alone."""
    page = Page(two.visitor.get("/forms/approval")).text
    assert "a second person approves each form before it is published" in page
    two.visitor.send("/forms/approval", {"asks": "no"})
    two.publish(**WHY)
    assert "Your version 1, in use" in versions(two)


def test_the_page_says_that_one_person_can_turn_it_off(two: Drafting) -> None:
    """And so it is: both acts stand in the log."""
    page = Page(two.visitor.get("/forms/approval")).text
    assert "one person can turn it off, publish alone, and turn it on again. Pith does not prevent that" in page
    for asks in ("no", "yes"):
        two.visitor.send("/forms/approval", {"asks": asks})
    log = Page(two.visitor.sign_in("Petra Oakenfull").get("/who-has-looked")).text
    assert log.count("decided that a second person approves each form") == 2
    assert log.count("decided that no second person approves forms") == 1
