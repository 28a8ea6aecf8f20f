"""A form in Welsh in a real browser, with scripts and without: fit, and nothing typed is lost by changing over."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.fitness import check_fit
from tests.webapp.conftest import NOW
from webapp.library import LIBRARY, read_definition
from webapp.store.database import Database, writing
from webapp.store.definitions import Publication, publish

Open = Callable[..., Page]
SIZES: tuple[ViewportSize, ...] = ({"width": 1280, "height": 800}, {"width": 320, "height": 640})


@pytest.fixture(params=["on", "that never come", "off"])
def scripts(request: pytest.FixtureRequest) -> str:
    """How it is with the page's scripts; switched off altogether, axe cannot look either."""
    return str(request.param)


@pytest.fixture
def call(scripts: str, open_page: Open, database: Database) -> Page:
    """A call about Tobi that Adaeze has begun."""
    with writing(database) as connection:
        publish(connection, Publication(*read_definition(LIBRARY / "_features" / "two-languages" / "1.json")), NOW)
    page = open_page(java_script_enabled=scripts != "off")
    if scripts == "that never come":
        page.route("**/*.js*", lambda route: route.abort())
    page.goto("/")
    page.get_by_role("button", name="Adaeze Finch").click()
    page.get_by_role("link", name="Tobi Penhallow-Ode", exact=True).click()
    page.get_by_role("link", name="Begin a form").click()
    page.get_by_role("button", name="Call to a family").click()
    return page


@pytest.fixture
def fit(scripts: str, call: Page) -> Callable[[], None]:
    """Looks at the page as it stands, at a desk and on a phone."""

    def look() -> None:
        for size in SIZES if scripts != "off" else ():
            call.set_viewport_size(size)
            check_fit(call)
        call.set_viewport_size(SIZES[0])

    return look


def test_changing_over_and_back_loses_nothing(call: Page, fit: Callable[[], None]) -> None:
    """What was typed a moment ago stands in its box in either language, and each page is fit for everybody."""
    call.get_by_role("textbox", name="How long was the call?", exact=True).fill("12")
    call.get_by_role("button", name="Cymraeg").click()
    expect(call.get_by_role("heading", level=1)).to_have_text("Yr alwad")
    expect(call.get_by_role("textbox", name="Pa mor hir oedd yr alwad?", exact=True)).to_have_value("12")
    call.get_by_label("Rhiant", exact=True).check()
    call.locator(".pith-save button").click()
    expect(call.get_by_text("Gyda beth yr oedden nhw eisiau help?").first).to_be_visible()
    fit()
    call.get_by_role("button", name="Add oedolyn neu blentyn").click()
    call.get_by_label("Enw", exact=True).fill("Nain")
    fit()
    call.get_by_role("button", name="English").click()
    expect(call.get_by_label("Name", exact=True)).to_have_value("Nain")
    expect(call.get_by_label("A parent", exact=True)).to_be_checked()


def test_the_record_is_read_in_welsh(call: Page, fit: Callable[[], None]) -> None:
    """From checking to reading; the page's own words are English and say so."""
    call.get_by_label("A parent", exact=True).check()
    call.locator(".pith-save button").click()
    call.get_by_role("link", name="Check your answers").click()
    call.get_by_role("button", name="Cymraeg").click()
    expect(call.get_by_role("heading", level=1)).to_have_text("Check your answers")
    expect(call.get_by_text("Pwy atebodd?")).to_be_visible()
    fit()
    call.get_by_role("button", name="Submit to your manager").click()
    expect(call.get_by_role("heading", level=1)).to_have_text("Galwad i deulu")
    expect(call.locator("html")).to_have_attribute("lang", "en")
    expect(call.locator("h1 span")).to_have_attribute("lang", "cy")
    fit()
    call.get_by_role("button", name="English").click()
    expect(call.get_by_role("heading", level=1)).to_have_text("Call to a family")
