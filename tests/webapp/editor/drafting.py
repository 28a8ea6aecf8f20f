"""An admin at the draft of a form: begins it, saves, and presses what the page offers."""

import re
from dataclasses import dataclass
from html import unescape
from typing import Any

from werkzeug.test import TestResponse

from tests.webapp.assessments.desk import Page
from tests.webapp.visitor import Visitor

HIDDEN = re.compile(r'name="(draft|revision|in_use|version|request)" value="([^"]*)"')
"""The hidden boxes of a page that say what it is based on."""


@dataclass
class Drafting:
    """Somebody at the draft of one form, with what the page they last looked at was based on."""

    visitor: Visitor
    form: str = "visit"

    @property
    def address(self) -> str:
        """Where the draft is."""
        return f"/forms/{self.form}/draft"

    @property
    def text_address(self) -> str:
        """Where it is as text."""
        return f"{self.address}/text"

    def begin(self) -> "Drafting":
        """Press Begin."""
        self.visitor.get(self.address)
        assert self.press("/begin").status_code == 303
        return self

    def look(self) -> Page:
        """Load the draft as text."""
        return Page(self.visitor.get(self.text_address))

    def look_at(self, part: str) -> Page:
        """Load the draft piece by piece, at one part."""
        return Page(self.visitor.get(f"{self.address}?at={part}"))

    def change_part(self, part: str, page: Page | None = None, act: str = "save", **changed: Any) -> TestResponse:
        """Change what stands in boxes of a part's panel, by their settings' keys, and press one of its buttons.

        `page` is one that was loaded earlier.
        """
        sent = {**(page or self.look_at(part)).filled("piece-form"), "act": act}
        sent |= {f"set-{key}": value for key, value in changed.items()}
        return self.visitor.send(f"{self.address}/change", sent)

    def based(self) -> dict[str, str]:
        """What the page, loaded anew, is based on."""
        return dict(HIDDEN.findall(self.visitor.get(self.text_address).text))

    def based_at(self, address: str) -> dict[str, str]:
        """What a page of the form, loaded anew, is based on."""
        return dict(HIDDEN.findall(self.visitor.get(address).text))

    def text(self) -> str:
        """What stands in the box."""
        box = self.visitor.get(self.text_address).text.partition('id="definition"')[2]
        return unescape(box.partition(">\n")[2].partition("</textarea>")[0])

    def save(self, text: str, **based: str) -> TestResponse:
        """Press Save, as the page sends it: with two characters for each line break."""
        sent = {"definition": text.replace("\n", "\r\n"), **(based or self.based())}
        return self.visitor.send(self.text_address, sent)

    def change(self, before: str, after: str) -> TestResponse:
        """Replace some words once and save."""
        text = self.text()
        assert before in text
        return self.save(text.replace(before, after, 1))

    def press(self, what: str, **sent: Any) -> TestResponse:
        """Press a button of the draft's page."""
        return self.visitor.send(f"{self.address}{what}", sent)

    def publish(self, **sent: str) -> TestResponse:
        """Press Publish on the page before it."""
        address = f"/forms/{self.form}/publish"
        found = dict(HIDDEN.findall(self.visitor.get(address).text))
        return self.visitor.send(address, {**found, **sent})
