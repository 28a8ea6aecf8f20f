"""What is printed: a page that lies alone says whom it is about and which of how many it is."""

from playwright.sync_api import Page

from tests.browser.paper import words_on_pages
from tests.browser.visits import begun
from webapp.store.database import Database


def printed(page: Page, address: str) -> list[str]:
    """What Adaeze's printer puts on small sheets."""
    page.goto("/sign-in")
    page.get_by_role("button", name="Adaeze Finch").click()
    page.goto(address)
    return words_on_pages(page.pdf(format="A6"))


def test_each_printed_page_says_whom_it_is_about(page: Page, database: Database) -> None:
    """Every child’s name and reference above, the page and how many there are below."""
    sheets = printed(page, f"/assessments/{begun(database)}/check")
    assert len(sheets) > 1
    for number, sheet in enumerate(sheets, start=1):
        assert sheet.count("WrenTallowby,N-20418;OssieTallowby,N-20419") == 1
        assert sheet.count(f"Page{number}of{len(sheets)}") == 1


def test_a_page_about_nobody_bears_its_number_alone(page: Page) -> None:
    """Where there is no child to name, nothing stands above."""
    sheets = printed(page, "/help")
    assert [sheet.count(f"Page{number}of") for number, sheet in enumerate(sheets, start=1)] == [1] * len(sheets)
    assert "N-2" not in "".join(sheets)
