"""Every state a page can be in is fit to be used: empty, wrong, open, refused, not found, printed."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.fitness import check_fit, check_width
from tests.browser.visits import begun
from webapp.store.database import Database

Open = Callable[..., Page]
NARROW = 320
"""As wide as a desktop page at 400 % zoom."""


def as_person(page: Page, name: str) -> Page:
    """Choose whom to be, and see one's first page."""
    page.goto("/")
    page.get_by_role("button", name=name).click()
    page.get_by_role("button", name="Sign out").wait_for()
    return page


def open_everything(page: Page) -> None:
    """Open every part that is folded."""
    page.evaluate("() => document.querySelectorAll('details').forEach(each => each.open = true)")


def test_pages_around_the_form(open_page: Open) -> None:
    """Nobody found, help, a child without forms, a page that is not there, one that is not allowed."""
    page = as_person(open_page(NARROW), "Adaeze Finch")
    for address in ("/help", "/nowhere"):
        page.goto(address)
        check_fit(page)
    page.goto("/")
    page.get_by_label("Find a child by name or reference").fill("nobody")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("link", name="Show all").wait_for()
    check_fit(page)
    page.goto("/")
    page.get_by_role("link", name="Juno Brindlecombe", exact=True).click()
    check_fit(page)


def test_a_section_with_everything_open(open_page: Open, database: Database) -> None:
    """Prompts, evidence, reasons, a row being written and one being removed."""
    page = as_person(open_page(NARROW), "Adaeze Finch")
    page.goto(f"/assessments/{begun(database)}/sections/sense")
    open_everything(page)
    check_fit(page)
    page.goto(page.url.replace("sense", "around"))
    page.get_by_role("button", name="Add a person").click()
    expect(page.locator("#row")).to_be_focused()
    open_everything(page)
    check_fit(page)
    page.get_by_label("Name", exact=True).fill("Marisa Tallowby")
    page.get_by_role("button", name="Done with").click()
    page.get_by_role("button", name="Remove Marisa Tallowby").click()
    expect(page.locator("#row")).to_be_focused()
    expect(page.locator("#row")).to_have_text("Remove Marisa Tallowby?")
    check_fit(page)


def test_a_form_that_is_not_complete(open_page: Open, database: Database) -> None:
    """What is missing leads to the question, which says so and takes the keyboard."""
    page = as_person(open_page(NARROW), "Adaeze Finch")
    page.goto(f"/assessments/{begun(database)}/check")
    check_fit(page)
    page.get_by_role("button", name="Submit to your manager").click()
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    assert page.title().startswith("Error: ")
    check_fit(page)
    page.get_by_role("link", name="When was the visit?").click()
    expect(page.get_by_role("group", name="When was the visit?").get_by_label("Day")).to_be_focused()
    check_fit(page)


def test_an_error_summary_leads_to_the_field(page: Page, database: Database) -> None:
    """It takes the keyboard, and its link goes to the box that is wrong."""
    as_person(page, "Adaeze Finch")
    page.goto(f"/assessments/{begun(database)}/sections/visit")
    page.get_by_label("Day", exact=True).fill("42")
    page.locator(".pith-save button").click()
    summary = page.locator(".govuk-error-summary")
    expect(summary).to_be_focused()
    summary.get_by_role("link").click()
    expect(page.locator("#q-visited_on-day")).to_be_focused()


def test_a_manager_reads_and_prints(page: Page) -> None:
    """The team's children, and nothing to write."""
    as_person(page, "Tom Brackley")
    check_fit(page)
    page.get_by_role("link", name="Wren Tallowby", exact=True).click()
    check_fit(page)


def test_on_paper_only_the_record_is_left(page: Page, database: Database) -> None:
    """Navigation, buttons and banners are for the screen."""
    as_person(page, "Adaeze Finch")
    page.goto(f"/assessments/{begun(database)}/sections/visit")
    page.emulate_media(media="print")
    for part in (".pith-nav", ".govuk-generic-header", ".pith-foot", ".pith-save"):
        expect(page.locator(part)).to_be_hidden()
    check_width(page)


def test_motion_zoom_and_contrast_are_left_to_the_reader(open_page: Open) -> None:
    """In forced colours what is chosen and where one is can still be told."""
    page = as_person(open_page(1280, forced_colors="active"), "Adaeze Finch")
    current = page.locator(".pith-nav [aria-current]")
    assert current.evaluate("e => getComputedStyle(e).borderBottomStyle") == "solid"


def test_a_form_is_handed_in_by_one_press(page: Page, database: Database) -> None:
    """The button says what is going on, and further presses while it goes on do nothing."""
    as_person(page, "Adaeze Finch")
    page.goto(f"/assessments/{begun(database)}/check")
    button = page.get_by_role("button", name="Submit to your manager")
    thrice = """button => {
      let let_through = 0;
      button.form.addEventListener("submit", event => { let_through += event.defaultPrevented ? 0 : 1; });
      for (let press = 0; press < 3; press += 1) button.click();
      return [let_through, button.textContent, button.ariaDisabled];
    }"""
    assert button.evaluate(thrice) == [1, "Submitting", "true"]
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    expect(page.get_by_role("button", name="Submit to your manager")).to_be_visible()
