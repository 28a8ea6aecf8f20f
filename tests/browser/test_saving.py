"""What is written is saved as it is written: nothing is lost, nothing replaced, and the page says how it stands."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Dialog, Locator, Page, Request, Route, expect

from engine.places import Place
from tests.browser.fitness import check_fit, focused
from tests.webapp.assessments.desk import share_the_tallowbys
from tests.webapp.conftest import NOW
from webapp.store.answers import Change, save
from webapp.store.assessments import assessment_to_write, begin_assessment
from webapp.store.changes import SetAnswer
from webapp.store.children import children_of
from webapp.store.database import Database, writing
from webapp.store.definitions import edition
from webapp.store.people import everyone

Open = Callable[..., Page]


@pytest.fixture
def visit(page: Page, database: Database) -> Page:
    """Adaeze at a visit in person to Wren and Ossie, where she writes what she saw."""
    page.goto("/")
    page.get_by_role("button", name="Adaeze Finch").click()
    page.goto(f"/assessments/{begun(database)}/sections/around")
    return page


def begun(database: Database) -> str:
    """The key of a visit that Adaeze has begun."""
    with writing(database) as connection:
        adaeze = next(person for person in everyone(connection) if person.name == "Adaeze Finch")
        tallowbys = [each for each in children_of(connection, adaeze) if each.family_name == "Tallowby"]
        key = begin_assessment(connection, adaeze, edition(connection, adaeze, "visit"), tallowbys, NOW)
        draft = assessment_to_write(connection, adaeze, key)
        save(connection, adaeze, draft, Change(Place("contact"), SetAnswer("in_person"), 0, "first"), NOW)
    return key


def saw(page: Page) -> Locator:
    """The box for what was seen."""
    return page.get_by_role("textbox", name="What did you see for yourself?", exact=True)


def status(page: Page) -> Locator:
    """The line that says how saving stands."""
    return page.locator("#save-status")


def stored(page: Page) -> str:
    """What the box holds once the page is loaded anew."""
    page.reload()
    return saw(page).input_value()


def count_saves(page: Page) -> list[Request]:
    """Every save from now on."""
    sent: list[Request] = []
    page.on("request", lambda request: sent.append(request) if request.method == "POST" else None)
    return sent


def saving(page: Page) -> AbstractContextManager[object]:
    """Waits at its end until a save is back."""
    return page.expect_response(lambda response: response.headers.get("pith-save") == "saved")


def leave_the_box(page: Page) -> None:
    """Go on with the keyboard, and wait for the save that this makes."""
    with saving(page):
        page.keyboard.press("Tab")


def test_text_is_saved_after_a_pause(visit: Page) -> None:
    """Two seconds without a key, and the line says when."""
    with saving(visit):
        saw(visit).press_sequentially("Two coats.")
    expect(status(visit)).to_have_text("Saved 09:30")
    assert stored(visit) == "Two coats."


def test_text_is_saved_at_least_every_ten_seconds(visit: Page) -> None:
    """Also when nobody pauses."""
    visit.clock.install()
    sent = count_saves(visit)
    for letter in "abcdef":
        saw(visit).press_sequentially(letter)
        visit.clock.run_for(1500)
    assert sent == []
    saw(visit).press_sequentially("g")
    with saving(visit):
        visit.clock.run_for(1500)


def test_what_is_typed_during_a_save_is_kept_and_saved_next(visit: Page) -> None:
    """The answer to a save touches no text; there is one save on its way at a time, and the newest text wins."""
    held: list[Route] = []
    sent = count_saves(visit)
    visit.route("**/sections/around", lambda route: route.continue_() if held else held.append(route))
    saw(visit).press_sequentially("Two")
    expect(status(visit)).to_have_text("Saving")
    saw(visit).press_sequentially(" coats.")
    visit.wait_for_timeout(2300)
    assert len(sent) == 1
    held[0].continue_()
    expect(status(visit)).to_have_text("Saved 09:30")
    assert saw(visit).input_value() == "Two coats."
    assert stored(visit) == "Two coats."


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


def test_a_session_that_has_ended_is_told(visit: Page) -> None:
    """The text stays in the page, and nothing pretends to have saved it."""
    visit.context.clear_cookies()
    saw(visit).fill("Two coats.")
    visit.keyboard.press("Tab")
    expect(status(visit)).to_contain_text("Not saved: you are signed out.")
    assert saw(visit).input_value() == "Two coats."


def test_leaving_the_page_saves_first(visit: Page) -> None:
    """A link waits for what is on its way."""
    saw(visit).press_sequentially("Two coats.")
    with visit.expect_navigation():
        visit.get_by_role("link", name="Making sense").click()
    visit.go_back()
    assert stored(visit) == "Two coats."


def test_arrow_keys_through_options_make_one_save(visit: Page) -> None:
    """A group is saved a second after the last change, or when the keyboard leaves it; focus stays where it was."""
    visit.get_by_role("link", name="The visit 1 of").click()
    expect(visit.get_by_role("heading", name="The visit", level=1)).to_be_visible()
    sent = count_saves(visit)
    visit.get_by_label("In person").focus()
    for _ in range(2):
        visit.keyboard.press("ArrowDown")
    expect(visit.locator("#changes-said")).to_have_text("2 questions removed, their answers are kept")
    assert len(sent) == 1
    assert focused(visit) == "q-contact-3"


def test_a_question_that_opens_leaves_the_focus_alone(visit: Page) -> None:
    """Whoever has gone on to the next question is not thrown back."""
    visit.get_by_role("link", name="The child nothing").click()
    seen = visit.get_by_role("group", name="Did you see the child? About Wren", exact=True)
    seen.get_by_label("Yes, alone").check()
    visit.keyboard.press("Tab")
    before = focused(visit)
    expect(visit.locator("#changes-said")).to_contain_text("added below")
    assert focused(visit) == before != ""


def test_a_question_that_goes_gives_its_focus_back_and_keeps_its_text(visit: Page) -> None:
    """What was being written in it is saved, and the keyboard goes on at the answer that took it away."""
    visit.get_by_role("link", name="The child nothing").click()
    seen = visit.get_by_role("group", name="Did you see the child? About Wren", exact=True)
    seen.get_by_label("Yes, alone").check()
    words = visit.get_by_role("textbox", name="What did the child do, say or show? About Wren", exact=True)
    expect(words).to_be_visible()
    held: list[Route] = []
    visit.route("**/sections/each_child", lambda route: route.continue_() if held else held.append(route))
    seen.get_by_label("No", exact=True).check()
    words.press_sequentially("I shut")
    held[0].continue_()
    expect(words).to_have_count(0)
    assert focused(visit).startswith("q-seen")
    seen.get_by_label("Yes, alone").check()
    expect(words).to_have_value("I shut")


def test_a_message_comes_to_its_question_and_goes(visit: Page) -> None:
    """While the box keeps what was typed, and the keyboard its place."""
    visit.get_by_role("link", name="The visit 1 of").click()
    group = visit.get_by_role("group", name="When was the visit?")
    for label, text in (("Day", "42"), ("Month", "3"), ("Year", "2026")):
        group.get_by_label(label).fill(text)
    visit.locator("#q-visited_on-time").press_sequentially("9:15")
    message = visit.locator("#q-visited_on-error")
    expect(message).to_contain_text("Enter a real date")
    assert focused(visit) == "q-visited_on-time"
    assert group.get_by_label("Day").input_value() == "42"
    check_fit(visit)
    group.get_by_label("Day").fill("12")
    visit.get_by_label("In person").focus()
    expect(message).to_have_count(0)
    assert group.get_by_label("Day").input_value() == "12"


def test_not_known_yet_opens_a_line_and_gives_way_to_an_answer(visit: Page) -> None:
    """The line is announced; an answer written later takes the tick's place."""
    tick = visit.get_by_label("Not known yet: What did you see for yourself?")
    tick.check()
    line = visit.get_by_label("What is being done about it, by whom, by when?: What did you see for yourself?")
    expect(line).to_be_visible()
    expect(visit.locator("#changes-said")).to_contain_text("One line added below")
    saw(visit).fill("Two coats.")
    expect(tick).not_to_be_checked()
    expect(line).to_be_hidden()


def test_two_people_in_one_answer_see_both_texts(visit: Page, open_page: Open, database: Database) -> None:
    """The later save is refused: both texts stand in the page, one's own stays in its box, and nothing is lost."""
    corin = open_page()
    name, address = share_the_tallowbys(database), visit.url
    corin.goto("/")
    corin.get_by_role("button", name=name).click()
    corin.goto(address)
    saw(corin).fill("A man left.")
    leave_the_box(corin)
    saw(visit).fill("Nobody was in.")
    visit.keyboard.press("Tab")
    both = visit.locator("#q-saw-conflict")
    expect(both).to_contain_text("Corin Ashby-Lowe wrote")
    expect(both).to_contain_text("A man left.")
    expect(both).to_contain_text("Nobody was in.")
    expect(status(visit)).to_have_text("Someone else changed this: look")
    expect(visit.locator("#save-said")).to_have_text("Someone else changed this: look")
    assert saw(visit).input_value() == "Nobody was in."
    check_fit(visit)
    saw(visit).fill("A man left; then nobody was in.")
    leave_the_box(visit)
    expect(both).to_have_count(0)
    assert stored(corin) == "A man left; then nobody was in."


def test_what_somebody_writes_never_runs(visit: Page) -> None:
    """Neither while it is written nor on the pages that show it."""
    dialogs: list[str] = []

    def dismiss(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    visit.on("dialog", dismiss)
    saw(visit).fill("</textarea><img src=x onerror=alert(1)><script>alert(2)</script>")
    leave_the_box(visit)
    visit.get_by_role("link", name="Check your answers").click()
    expect(visit.get_by_text("onerror=alert(1)")).to_be_visible()
    assert dialogs == []
