"""What every page must keep to in a real browser, whatever state it is in."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

TAGS = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]
LOOKED_FOR = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}

FOCUSED = """
() => {
  const element = document.activeElement;
  return !element || element === document.body ? "" : element.id || element.textContent.trim();
}
"""


def check_fit(page: Page) -> None:
    """No violation that axe can see (the size of targets is one of its rules), nothing beyond the right edge."""
    page.wait_for_load_state()
    found = Axe().run(page, options=LOOKED_FOR)
    assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"
    check_width(page)


def check_width(page: Page) -> None:
    """Nobody has to scroll sideways."""
    room = page.locator("html").evaluate("html => [html.scrollWidth, html.clientWidth]")
    assert room[0] <= room[1], f"{page.url} is {room[0]} pixels wide in a window of {room[1]}"


def focused(page: Page) -> str:
    """The id, or else the words, of the element that has the focus; "" for none."""
    return str(page.evaluate(FOCUSED))
