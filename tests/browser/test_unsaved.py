"""When saving does not work: the line says so and why, the text stays, and it is saved as soon as it can be."""

from collections.abc import Callable
from urllib.parse import parse_qs, quote

import pytest
from playwright.sync_api import Page, Request, Route, expect

from engine.question_types.base import HARD_CAP
from tests.browser.fitness import check_fit
from tests.browser.visits import leave_the_box, saving, saw, status, stored
from tests.webapp.assessments.desk import take_away
from webapp.store.database import Database


def test_without_a_network_the_page_says_so_and_keeps_trying(visit: Page) -> None:
    """The text stays in the page; once the network is back it is saved without anybody doing anything."""
    saw(visit).fill("Two coats.")
    visit.context.set_offline(True)
    visit.keyboard.press("Tab")
    expect(status(visit)).to_have_text("Not saved yet: no connection, trying again")
    expect(visit.locator("#save-said")).to_have_text("Not saved yet: no connection, trying again")
    check_fit(visit)
    visit.context.set_offline(False)
    expect(status(visit)).to_have_text("Saved 09:30")
    expect(visit.locator("#save-said")).to_have_text("Saved again")
    assert stored(visit) == "Two coats."


def test_a_save_that_nothing_is_heard_of_is_given_up_and_sent_again(visit: Page) -> None:
    """Whatever became of it: after the time that a request may take the page takes the network to be gone."""
    visit.clock.install()
    visit.reload()
    visit.evaluate("() => { const ajax = htmx.ajax; htmx.ajax = () => (htmx.ajax = ajax, new Promise(() => {})); }")
    saw(visit).fill("Two coats.")
    visit.keyboard.press("Tab")
    expect(status(visit)).to_have_text("Saving")
    visit.clock.fast_forward(10_000)
    expect(status(visit)).to_have_text("Saving")
    visit.clock.fast_forward(7_000)
    expect(visit.locator("#save-said")).to_have_text("Not saved yet: no connection, trying again")
    visit.clock.fast_forward(2_000)
    expect(status(visit)).to_have_text("Saved 09:30")
    assert stored(visit) == "Two coats."


def test_a_server_that_fails_is_tried_again(visit: Page) -> None:
    """An error page is not taken for a save."""
    visit.route("**/sections/around", lambda route: route.fulfill(status=503, body="<p>busy</p>"))
    saw(visit).fill("Two coats.")
    visit.keyboard.press("Tab")
    expect(status(visit)).to_have_text("Not saved yet: Pith could not save this, trying again")
    visit.unroute("**/sections/around")
    expect(status(visit)).to_have_text("Saved 09:30")


def test_a_save_whose_key_was_used_before_goes_out_under_another(visit: Page) -> None:
    """Nobody is told that the form is closed, and the text is saved without anybody doing anything."""
    keys: list[str] = []

    def refuse_the_first(route: Route) -> None:
        keys.extend(parse_qs(route.request.post_data or "")["key"])
        if len(keys) > 1:
            route.continue_()
        else:
            route.fulfill(status=409, headers={"Pith-Refused": "key_reused"}, body="<p>refused</p>")

    visit.route("**/sections/around", refuse_the_first)
    saw(visit).fill("Two coats.")
    visit.keyboard.press("Tab")
    expect(status(visit)).to_have_text("Not saved yet: Pith could not save this, trying again")
    expect(status(visit)).to_have_text("Saved 09:30")
    assert len(set(keys)) == 2
    visit.unroute("**/sections/around")
    assert stored(visit) == "Two coats."


def test_a_character_that_cannot_be_kept_is_told(visit: Page) -> None:
    """With what to do about it, and not as a session that has ended."""
    refused = {"status": 400, "headers": {"Pith-Refused": "cannot_keep"}, "body": "<p>refused</p>"}
    visit.route("**/sections/around", lambda route: route.fulfill(**refused))
    saw(visit).fill("Two coats.")
    visit.keyboard.press("Tab")
    told = "Not saved: it holds a character that cannot be kept. Take it out and it is saved"
    expect(status(visit)).to_have_text(told)
    visit.unroute("**/sections/around")
    saw(visit).fill("Three coats.")
    expect(status(visit)).to_have_text("Saved 09:30")


def test_what_is_not_saved_is_seen_from_the_corner_of_an_eye(visit: Page) -> None:
    """A mark and weight, not colour alone; both are gone once it is saved."""
    look = "e => [getComputedStyle(e).fontWeight, getComputedStyle(e, '::before').content]"
    quiet = status(visit).evaluate(look)
    visit.context.set_offline(True)
    saw(visit).fill("Two coats.")
    visit.keyboard.press("Tab")
    expect(status(visit)).to_have_text("Not saved yet: no connection, trying again")
    weight, mark = status(visit).evaluate(look)
    assert (weight, "!" in mark) == ("700", True)
    visit.context.set_offline(False)
    expect(status(visit)).to_have_text("Saved 09:30")
    assert status(visit).evaluate(look) == quiet


@pytest.mark.waits
def test_a_minute_without_a_network_while_typing_loses_nothing(visit: Page) -> None:
    """Takes 60 real seconds: everything is on the server within ten seconds of its return."""
    cut = [True]
    visit.route("**/sections/around", lambda route: route.abort() if cut else route.continue_())
    words = " ".join(f"word{number}" for number in range(30))
    for letter in range(0, len(words), 4):
        saw(visit).press_sequentially(words[letter : letter + 4])
        visit.wait_for_timeout(60_000 / (len(words) / 4))
    expect(status(visit)).to_contain_text("Not saved yet")
    cut.clear()
    expect(status(visit)).to_have_text("Saved 09:30", timeout=10_000)
    assert stored(visit) == words


def _refusing(code: str, said: str) -> Callable[[Route], None]:
    """What the server answers while it cannot save."""
    headers = {"Pith-Refused": code, "Pith-Words": quote(said)}
    return lambda route: route.fulfill(status=503, headers=headers, body="")


def test_the_server_says_why_it_is_tried_again(visit: Page) -> None:
    """In its own words, which differ from cause to cause."""
    for code, said in (("busy", "Pith is busy."), ("no_room", "Pith could not write to its disk.")):
        visit.route("**/sections/around", _refusing(code, said))
        saw(visit).fill(code)
        visit.keyboard.press("Tab")
        expect(status(visit)).to_have_text(f"Not saved yet, trying again. {said}")
        visit.unroute("**/sections/around")
        expect(status(visit)).to_have_text("Saved 09:30")


def test_a_child_no_longer_allocated_is_told_in_the_servers_words(visit: Page, database: Database) -> None:
    """And the text stays to be copied."""
    take_away(database, "Ossie")
    saw(visit).fill("Two coats.")
    visit.keyboard.press("Tab")
    expect(status(visit)).to_contain_text("Not saved. Ossie is no longer allocated to you or your team")
    assert saw(visit).input_value() == "Two coats."
    check_fit(visit)


def test_a_text_past_the_limit_is_told_at_once_and_holds_up_nothing_else(visit: Page) -> None:
    """The limit and its length are named; another question of the page is saved; shortened, it is saved too."""
    sent: list[Request] = []
    visit.on("request", lambda request: sent.append(request) if request.method == "POST" else None)
    saw(visit).fill("x" * 104_210)
    visit.keyboard.press("Tab")
    words = "Not saved. This answer has 104,210 characters; 100,000 is the most. Shorten it and it is saved"
    expect(status(visit)).to_have_text(words)
    expect(visit.locator("#save-said")).to_have_text(words)
    assert sent == []
    with saving(visit):
        visit.get_by_label("Not known yet: Who lives in the home").check()
    expect(status(visit)).to_have_text(words)
    saw(visit).fill("Short.")
    expect(status(visit)).to_have_text("Saved 09:30")
    assert stored(visit) == "Short."


def test_a_hundred_thousand_characters_come_back_as_they_went(visit: Page) -> None:
    """Every one of them, line ends and characters outside the first plane counted as one each."""
    assert visit.locator("form[data-save-to]").get_attribute("data-most") == str(HARD_CAP)
    words = ("ŵ🙂\n“a” " * 20_000)[:HARD_CAP]
    assert len(words) == HARD_CAP
    visit.locator("#q-saw").evaluate(
        "(box, words) => { box.focus(); box.value = words; box.dispatchEvent(new Event('input', {bubbles: true})); }",
        words,
    )
    leave_the_box(visit)
    assert stored(visit) == words


def _sign_in_elsewhere(page: Page, name: str) -> str:
    """Sign in in another tab of the same browser; gives the token of pages opened since."""
    other = page.context.new_page()
    other.goto("/sign-in")
    other.get_by_role("button", name=name).click()
    token = other.locator("input[name=csrf_token]").first.get_attribute("value")
    other.close()
    return token or ""


def _ask_to_sign_in(page: Page) -> None:
    """Count on the page how often it asks for signing in."""
    page.evaluate(
        "() => { window.asked = []; addEventListener('pith:signed-out', e => asked.push(e.detail.code), true); }"
    )


def _sign_in_again(page: Page) -> None:
    """Over the page, which is covered until then."""
    page.get_by_role("button", name="Sign in again as Adaeze Finch").click()


def _signed_in(page: Page, token: str) -> None:
    """What the page is told once somebody signed in over it."""
    page.evaluate("token => document.dispatchEvent(new CustomEvent('pith:signed-in', {detail: {token}}))", token)


def test_a_session_that_has_ended_is_told_once_and_nothing_is_lost(visit: Page) -> None:
    """The text stays in the page; signed in again, every question is saved at once."""
    _ask_to_sign_in(visit)
    visit.context.clear_cookies()
    held: list[Route] = []

    def hold(route: Route) -> None:
        """The page is covered as soon as the first is refused: what is filled in after that would reach nothing."""
        held.append(route)

    visit.route("**/sections/around", hold)
    visit.get_by_label("Not known yet: Who lives in the home").check()
    saw(visit).fill("Two coats.")
    visit.keyboard.press("Tab")
    expect(status(visit)).to_have_text("Saving")
    for each in held:
        each.continue_()
    visit.unroute("**/sections/around")
    expect(status(visit)).to_contain_text("Not saved: you are signed out.")
    expect(visit.locator("#save-said")).to_contain_text("Not saved: you are signed out.")
    visit.wait_for_load_state("networkidle")
    assert visit.evaluate("asked") == ["signed_out"]
    _sign_in_again(visit)
    expect(status(visit)).to_have_text("Saved 09:30")
    expect(visit.locator("#save-said")).to_have_text("Saved again")
    assert stored(visit) == "Two coats."
    expect(visit.get_by_label("Not known yet: Who lives in the home")).to_be_checked()


def test_signed_in_anew_in_another_tab_the_old_page_goes_on(visit: Page) -> None:
    """Its token belongs to a session that is gone; since the same person is signed in, nobody has to be asked."""
    _ask_to_sign_in(visit)
    _sign_in_elsewhere(visit, "Adaeze Finch")
    saw(visit).fill("Two coats.")
    visit.keyboard.press("Tab")
    expect(status(visit)).to_have_text("Saved 09:30")
    assert visit.evaluate("asked") == []
    assert stored(visit) == "Two coats."


def test_nothing_is_saved_under_anothers_name(visit: Page) -> None:
    """Somebody else signs in where a page stayed open: it says so, asks again, and the first person's words wait."""
    _ask_to_sign_in(visit)
    token = _sign_in_elsewhere(visit, "Corin Ashby-Lowe")
    saw(visit).fill("Two coats.")
    visit.keyboard.press("Tab")
    expect(status(visit)).to_contain_text("Not saved: you are signed out.")
    _signed_in(visit, token)
    expect(status(visit)).to_contain_text("Not saved. This page was opened by somebody else")
    assert visit.evaluate("asked") == ["stale_page", "another_writer"]
    _sign_in_again(visit)
    expect(status(visit)).to_have_text("Saved 09:30")
    assert stored(visit) == "Two coats."
