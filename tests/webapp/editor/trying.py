"""Somebody who tries a form: fills in what the page holds, and presses its buttons."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

from werkzeug.test import TestResponse

from tests.webapp.assessments.desk import BY_SCRIPT, Page, words
from tests.webapp.visitor import Visitor

Fields = dict[str, list[str]]


@dataclass
class Trying:
    """Somebody at a page on which a form is tried."""

    visitor: Visitor
    address: str = "/forms/visit/draft/try"
    page: Page | None = None

    def begin(self, asked: str = "") -> "Trying":
        """Open the first page; `asked` is what stands behind the address."""
        self.page = Page(self.visitor.get(f"{self.address}{asked}"))
        return self

    @property
    def shown(self) -> Page:
        """The page as it stands."""
        assert self.page is not None
        return self.page

    @property
    def sheet(self) -> Any:
        """What the page carries."""
        return json.loads(self.shown.at("sheet").get("value", ""))

    @property
    def heading(self) -> str:
        """What stands above the page."""
        return words(next(self.shown.root.iter("h1")))

    def fields(self) -> Fields:
        """What the page's form sends as it stands, its fields beside the form too."""
        found: Fields = {}
        for each in self._fields():
            if each.get("name") and not _unticked(each):
                found.setdefault(each.get("name", ""), []).append(_value(each))
        return found

    def _fields(self) -> Iterator[Element]:
        form = self.shown.at("try")
        beside = [each for each in self.shown.root.iter() if each.get("form") == "try"]
        yield from (each for each in (*form.iter(), *beside) if each.tag in ("input", "textarea", "select"))

    def send(self, do: str, answers: dict[str, Any] | None = None, to: str = "") -> TestResponse:
        """Post the page with a button, some of its fields filled in; the page that follows is not looked at."""
        return self.visitor.send(to or self.address, {**self.fields(), **(answers or {}), "do": do})

    def press(self, do: str, answers: dict[str, Any] | None = None) -> Page:
        """The same, and look at the page that follows."""
        response = self.send(do, answers)
        assert response.status_code == 200, response.text
        self.page = Page(response)
        return self.page

    def change(self, **answers: Any) -> str:
        """What the page's script is sent once some fields were changed."""
        response = self.visitor.send(self.address, {**self.fields(), **answers}, headers=BY_SCRIPT)
        assert response.status_code == 200
        return response.text


def _unticked(element: Element) -> bool:
    return element.get("type") in ("radio", "checkbox") and element.get("checked") is None


def _value(element: Element) -> str:
    if element.tag == "select":
        chosen = [each for each in element.iter("option") if each.get("selected") is not None]
        return (chosen or list(element.iter("option")))[0].get("value", "")
    return "".join(element.itertext()) if element.tag == "textarea" else element.get("value", "")
