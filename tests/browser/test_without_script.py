"""The whole way with scripts switched off."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

Open = Callable[..., Page]
ALONE = "What got in the way of seeing the child alone? About Tobi"


@pytest.fixture
def visit(open_page: Open) -> Page:
    """A visit to Tobi that Adaeze has begun, in a browser without scripts."""
    page = open_page(java_script_enabled=False)
    page.goto("/")
    page.get_by_role("button", name="Adaeze Finch").click()
    page.get_by_role("link", name="Tobi Penhallow-Ode", exact=True).click()
    page.get_by_role("link", name="Begin a form").click()
    page.get_by_role("button", name="Visit").click()
    return page


def go_on(page: Page) -> None:
    """Save and continue."""
    page.locator(".pith-save button").click()


def write_the_call(page: Page) -> None:
    """When and how: a section that opens nothing leads to the next."""
    for label, text in (("Day", "12"), ("Month", "March"), ("Year", "2026"), ("Time", "9:15")):
        page.get_by_label(label, exact=True).fill(text)
    page.get_by_label("By phone").check()
    go_on(page)


def write_the_child(page: Page) -> None:
    """A section that opens questions stays, and says so at the top."""
    page.get_by_role("group", name="Did you talk with the child").get_by_label("Yes", exact=True).check()
    page.get_by_label("Not known yet: When will you see the child next?").check()
    page.get_by_label("What is being done about it, by whom, by when?: When will you").fill("Asking the school")
    go_on(page)
    expect(page.get_by_role("region", name="Added")).to_be_focused()
    expect(page.get_by_text("added below")).to_be_visible()
    page.get_by_role("textbox", name=ALONE, exact=True).fill("Fog.")
    page.get_by_role("group", name="Did you see or hear of any injury").get_by_label("No", exact=True).check()
    go_on(page)


def write_the_people(page: Page) -> None:
    """Rows are added, written in and moved by buttons, each with a page of its own."""
    page.get_by_role("button", name="Add a person").click()
    page.get_by_label("Name", exact=True).fill("Marisa")
    page.get_by_role("button", name="Add a person").click()
    page.get_by_label("Description", exact=True).fill("A man in a cap")
    page.get_by_role("button", name="Done with").click()
    page.get_by_role("button", name="Up move A man in a cap").click()
    expect(page.locator("#q-people-group b")).to_have_text(["A man in a cap", "Marisa"])
    go_on(page)


def write_the_rest(page: Page) -> None:
    """What it means and what happens next."""
    page.get_by_role("textbox", name="What does this visit tell you about life in this home?").fill("Little.")
    go_on(page)
    page.get_by_role("group", name="Does a manager need to know today?").get_by_label("No", exact=True).check()
    go_on(page)
    page.get_by_role("textbox", name="What is your reason for that answer?").fill("He is at school.")
    go_on(page)


def test_a_visit_is_written_submitted_and_read(visit: Page) -> None:
    """Follow-ups come with the next page; nothing written is lost on the way."""
    write_the_call(visit)
    write_the_child(visit)
    write_the_people(visit)
    write_the_rest(visit)
    visit.get_by_role("button", name="Submit to your manager").click()
    expect(visit.get_by_text("Submitted to your manager.")).to_be_visible()
    expect(visit.get_by_text("Asking the school")).to_be_visible()
    expect(visit.get_by_text("Little.")).to_be_visible()


def test_the_line_for_not_known_opens_without_script(visit: Page) -> None:
    """As soon as its box is ticked, by the stylesheet alone."""
    visit.get_by_role("link", name="What you saw and heard").click()
    line = visit.get_by_label("What is being done about it, by whom, by when?: Who lives in the home")
    expect(line).to_be_hidden()
    visit.get_by_label("Not known yet: Who lives in the home").check()
    expect(line).to_be_visible()
