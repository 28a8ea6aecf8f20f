"""What every page must keep to in a real browser, whatever state it is in."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.html_lint import KEY

TAGS = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]
LOOKED_FOR: dict[str, Any] = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
COLOURS_KNOWN = LOOKED_FOR | {"rules": {"color-contrast": {"enabled": False}}}
"""For what was judged in another window: no colour depends on its width, and they take most of the time."""

MEDIA = """
() => ["(forced-colors: active)", "(prefers-color-scheme: dark)", "print"]
  .map((kind) => matchMedia(kind).matches)
  .join()
"""
"""What colours depend on beside the page and what has the focus in it."""

_judged: set[int] = set()

FOCUSED = """
() => {
  const element = document.activeElement;
  return !element || element === document.body ? "" : element.id || element.textContent.trim();
}
"""


def check_fit(page: Page) -> None:
    """No violation that axe can see (the size of targets is one of its rules), nothing beyond the right edge."""
    page.wait_for_load_state()
    spelt = hash((KEY.sub("", page.content()), focused(page), page.evaluate(MEDIA)))
    found = Axe().run(page, options=COLOURS_KNOWN if spelt in _judged else LOOKED_FOR)
    assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"
    _judged.add(spelt)
    check_width(page)


def check_width(page: Page) -> None:
    """Nobody has to scroll sideways."""
    room = page.locator("html").evaluate("html => [html.scrollWidth, html.clientWidth]")
    assert room[0] <= room[1], f"{page.url} is {room[0]} pixels wide in a window of {room[1]}"


def focused(page: Page) -> str:
    """The id, or else the words, of the element that has the focus; "" for none."""
    return str(page.evaluate(FOCUSED))
