"""Signing in again over the page one was writing on: the same person goes on, another never sees it."""

import re

import pytest
from flask import Flask
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import select, update

from tests.browser.fitness import check_fit
from tests.browser.visits import begun, saving, saw
from tests.webapp.accounts.conftest import office, quick
from tests.webapp.accounts.office import PASSWORD, Office, email_of
from tests.webapp.conftest import NOW
from webapp.store.answers import answer_history
from webapp.store.database import Database, reading, writing
from webapp.store.sessions import sessions

__all__ = ["office", "quick"]

CANARY = "Two coats in the hall, and a third"
SIGNED_OUT = "() => document.dispatchEvent(new CustomEvent('pith:signed-out'))"
NOWHERE_ELSE = "document.activeElement === document.body || !!document.activeElement.closest('dialog')"


def end_sessions(database: Database) -> None:
    """What the end of the day, an admin or another window does."""
    with writing(database) as connection:
        connection.execute(update(sessions).values(ended_at=NOW))


def signed_out_while_writing(page: Page, database: Database) -> Locator:
    """Adaeze's session ends in the middle of a sentence; gives the dialog."""
    page.goto(f"/assessments/{begun(database)}/sections/around")
    end_sessions(database)
    saw(page).press_sequentially(CANARY)
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    return dialog


def go_on_writing(page: Page) -> None:
    """The end of the sentence goes where the keyboard was left, and everything is saved."""
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(saw(page)).to_be_focused()
    expect(page.locator("#save-status")).to_contain_text("Saved")
    with saving(page):
        page.keyboard.type(" on the stairs.")
    page.reload()
    assert saw(page).input_value() == f"{CANARY} on the stairs."


def written(database: Database) -> str:
    """Every answer there ever was, as it is stored."""
    with reading(database) as connection:
        return str(connection.execute(select(answer_history.c.value)).all())


def enter(page: Page, name: str, password: str = PASSWORD) -> None:
    """Fill in the page to sign in on."""
    page.goto("/sign-in")
    page.get_by_label("E-mail address").fill(email_of(name))
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in").click()


class TestInTheDemonstration:
    """There the writer is one button."""

    def test_the_same_person_goes_on(self, page: Page, database: Database) -> None:
        """One key, and the sentence goes on where it stopped."""
        page.goto("/")
        page.get_by_role("button", name="Adaeze Finch").click()
        dialog = signed_out_while_writing(page, database)
        expect(dialog.get_by_role("button", name="Sign in again as Adaeze Finch")).to_be_focused()
        check_fit(page)
        page.keyboard.press("Enter")
        go_on_writing(page)

    def test_somebody_else_finds_the_page_to_sign_in_on(self, page: Page, database: Database) -> None:
        """And nothing of what was written."""
        page.goto("/")
        page.get_by_role("button", name="Adaeze Finch").click()
        signed_out_while_writing(page, database).get_by_role("button", name="Somebody else").click()
        page.wait_for_url("**/sign-in")
        assert CANARY not in page.content()
        page.go_back()
        assert CANARY not in page.content()
        assert CANARY not in written(database)


class TestWithPasswords:
    """As an authority runs it."""

    @pytest.fixture
    def app(self, office: Office) -> Flask:
        """The application in place of the demonstration."""
        return office.app

    @pytest.fixture
    def adaeze(self, page: Page) -> Page:
        """Adaeze at her desk."""
        enter(page, "Adaeze Finch")
        expect(page.get_by_role("heading", name="Your children")).to_be_visible()
        return page

    def test_the_same_person_goes_on_with_the_keyboard_alone(self, adaeze: Page, office: Office) -> None:
        """The dialog takes the keyboard, cannot be waved away, tells what is wrong, and gives the keyboard back."""
        dialog = signed_out_while_writing(adaeze, office.database)
        email = dialog.get_by_label("E-mail address")
        expect(email).to_be_focused()
        expect(dialog).to_have_accessible_name("You are signed out")
        expect(dialog).to_have_accessible_description(
            "What you wrote is still here, and hidden until you sign in "
            "again. If somebody else signs in, it is cleared from the screen."
        )
        check_fit(adaeze)
        for _ in range(3):
            adaeze.keyboard.press("Escape")
        expect(dialog).to_be_visible()
        for _ in range(12):
            adaeze.keyboard.press("Tab")
            assert adaeze.evaluate(
                "document.activeElement === document.body || !!document.activeElement.closest('dialog')"
            )
        email.focus()
        adaeze.keyboard.type(email_of("Adaeze Finch"))
        adaeze.keyboard.press("Tab")
        adaeze.keyboard.type("not the password")
        adaeze.keyboard.press("Enter")
        expect(dialog.get_by_text("The e-mail address or the password is wrong")).to_be_visible()
        expect(email).to_be_focused()
        expect(email).to_have_value(email_of("Adaeze Finch"))
        check_fit(adaeze)
        adaeze.keyboard.press("Tab")
        adaeze.keyboard.type(PASSWORD)
        adaeze.keyboard.press("Enter")
        go_on_writing(adaeze)

    def test_nobody_else_reads_on_meanwhile(self, adaeze: Page, office: Office) -> None:
        """Behind the dialog nothing of the page is to be seen, found or printed."""
        signed_out_while_writing(adaeze, office.database)
        expect(adaeze.locator("main")).not_to_be_visible()
        expect(saw(adaeze)).to_have_count(0)
        assert CANARY not in adaeze.locator("body").inner_text()
        adaeze.emulate_media(media="print")
        expect(adaeze.locator("main")).not_to_be_visible()

    def test_another_person_never_sees_it(self, adaeze: Page, office: Office) -> None:
        """The text is out of the page before it is left, stands in no page after, and is saved under nobody's name."""
        dialog = signed_out_while_writing(adaeze, office.database)
        adaeze.route(re.compile(r"^https?://[^/]+/$"), lambda route: route.fulfill(status=204))
        dialog.get_by_label("E-mail address").fill(email_of("Tom Brackley"))
        dialog.get_by_label("Password", exact=True).fill(PASSWORD)
        dialog.get_by_role("button", name="Sign in again").click()
        expect(adaeze.locator("main")).to_be_empty()
        assert CANARY not in adaeze.content()
        adaeze.unroute_all()
        adaeze.goto("/")
        expect(adaeze.get_by_role("heading", name="Your team’s children")).to_be_visible()
        adaeze.go_back()
        assert CANARY not in adaeze.content()
        assert CANARY not in written(office.database)

    def test_who_signed_in_in_another_window_is_asked_nothing(self, adaeze: Page, office: Office) -> None:
        """The page takes the new token and goes on."""
        adaeze.goto(f"/assessments/{begun(office.database)}/sections/around")
        end_sessions(office.database)
        beside = adaeze.context.new_page()
        enter(beside, "Adaeze Finch")
        saw(adaeze).press_sequentially(CANARY)
        go_on_writing(adaeze)

    def test_without_a_connection_the_page_is_covered_and_waits(self, adaeze: Page, office: Office) -> None:
        """It says so, and asks by itself as soon as there is one."""
        adaeze.goto(f"/assessments/{begun(office.database)}/sections/around")
        end_sessions(office.database)
        adaeze.context.set_offline(True)
        adaeze.evaluate(SIGNED_OUT)
        dialog = adaeze.get_by_role("dialog")
        expect(dialog).to_contain_text("No connection just now.")
        expect(adaeze.locator("main")).not_to_be_visible()
        check_fit(adaeze)
        adaeze.context.set_offline(False)
        expect(dialog.get_by_label("E-mail address")).to_be_focused()
