"""A remark is answered at its question, and nothing that is typed on that page is lost by it."""

from collections.abc import Callable

from playwright.sync_api import Dialog, Page, expect

from tests.browser.fitness import check_fit
from tests.webapp.conftest import NOW
from webapp.store.database import Database, writing
from webapp.store.definitions import edition
from webapp.store.feedback import Word, leave_word
from webapp.store.people import everyone


def say(database: Database) -> None:
    """Adaeze says something about a question of the visit."""
    with writing(database) as connection:
        adaeze = next(each for each in everyone(connection) if each.name == "Adaeze Finch")
        visit = edition(connection, adaeze, "visit", NOW.date())
        leave_word(connection, adaeze, visit, Word("each_child", "seen_why", "No kind way for a baby."), NOW)


def test_answering_a_remark_loses_nothing_in_the_panel(open_page: Callable[..., Page], database: Database) -> None:
    """What is unsaved there, or in another answer, asks before it is left; an answer alone is saved at once."""
    say(database)
    page = open_page()
    page.goto("/")
    page.get_by_role("button", name="Ines Marchbanks").click()
    page.goto("/forms")
    page.get_by_role("link", name="What got in the way of seeing the child alone?").click()
    page.get_by_role("button", name="Begin a draft").click()
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    page.get_by_text("Answer this").click()
    page.get_by_label("What was done about it?").fill("Babies are left out now.")
    check_fit(page)
    page.locator("#set-hint").fill("Another hint")
    page.get_by_role("button", name="Save the answer").click()
    expect(page.locator("#set-hint")).to_have_value("Another hint")
    page.get_by_role("button", name="Save this question").click()
    expect(page.get_by_label("What was done about it?")).to_have_value("Babies are left out now.")
    assert asked == ["beforeunload", "beforeunload"]
    page.remove_listener("dialog", stay)
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Save the answer").click()
    expect(page.get_by_text("We did: Babies are left out now.")).to_be_visible()
    page.set_viewport_size({"width": 375, "height": 800})
    check_fit(page)
