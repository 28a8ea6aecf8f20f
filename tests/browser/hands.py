"""Two ways of using a page: with a mouse, and with the keyboard alone."""

from collections.abc import Sequence
from typing import Protocol

from playwright.sync_api import Locator, Page

MOST_STEPS = 150

SELECT = """
(box, piece) => {
  const at = box.value.indexOf(piece);
  if (at < 0) throw new Error(`the box does not hold ${piece}`);
  box.focus();
  box.setSelectionRange(at, at + piece.length);
}
"""


class Hands(Protocol):
    """Somebody who presses, chooses and writes."""

    def press(self, target: Locator) -> None:
        """Follow a link or press a button, and wait for the page it leads to."""

    def choose(self, option: Locator) -> None:
        """Choose a radio button or tick a box."""

    def pick(self, menu: Locator, words: str) -> None:
        """Choose from a menu by the words of what is chosen."""

    def write(self, box: Locator, text: str) -> None:
        """Write into a box in place of what stood there."""

    def write_over(self, box: Locator, piece: str, text: str) -> None:
        """Select a piece of what a box holds and write over it: all of a long text anew takes a browser seconds."""


class Mouse:
    """Points and clicks."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, target: Locator) -> None:
        with self.page.expect_navigation():
            target.click()

    def choose(self, option: Locator) -> None:
        option.check()

    def pick(self, menu: Locator, words: str) -> None:
        menu.select_option(label=words)

    def write(self, box: Locator, text: str) -> None:
        box.fill(text)

    def write_over(self, box: Locator, piece: str, text: str) -> None:
        box.evaluate(SELECT, piece)
        self.page.keyboard.insert_text(text)


class Keyboard:
    """Never touches a mouse: Tab, arrows, Space, Enter and letters."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def reach(self, targets: Sequence[Locator]) -> Locator:
        """Press Tab until one of the targets has the focus; it is the one reached."""
        handles = [target.element_handle() for target in targets]
        for _ in range(MOST_STEPS):
            at: int = self.page.evaluate("elements => elements.indexOf(document.activeElement)", handles)
            if at >= 0:
                return targets[at]
            self.page.keyboard.press("Tab")
        raise AssertionError("the keyboard never reaches it")

    def press(self, target: Locator) -> None:
        self.reach([target])
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def choose(self, option: Locator) -> None:
        if option.get_attribute("type") == "checkbox":
            self.reach([option])
            self.page.keyboard.press("Space")
            return
        name = option.get_attribute("name")
        group = self.page.locator(f'input[name="{name}"]').all()
        self.reach(group)
        self.page.keyboard.press("Space")
        for _ in group:
            if option.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        assert option.is_checked()

    def pick(self, menu: Locator, words: str) -> None:
        self.reach([menu])
        self.page.keyboard.type(words)
        assert menu.locator("option:checked").text_content() == words

    def write(self, box: Locator, text: str) -> None:
        self.reach([box])
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.insert_text(text)

    def write_over(self, box: Locator, piece: str, text: str) -> None:
        self.reach([box])
        box.evaluate(SELECT, piece)
        self.page.keyboard.insert_text(text)
