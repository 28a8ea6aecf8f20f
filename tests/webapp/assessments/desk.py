"""A worker at an assessment: begins it, opens its sections, and saves as the pages and their script do."""

import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

from werkzeug.test import TestResponse

from tests.html_lint import read
from tests.webapp.conftest import NOW
from tests.webapp.visitor import Visitor
from webapp.store.allocations import allocate, end_allocation
from webapp.store.children import children_of
from webapp.store.database import Database, writing
from webapp.store.people import everyone

_SAVES = itertools.count()
BY_SCRIPT = {"HX-Request": "true"}


VISITED = {
    "q-visited_on": None,
    "q-visited_on-day": "2",
    "q-visited_on-month": "3",
    "q-visited_on-year": "2026",
    "q-visited_on-time": "10:00",
}
"""When the visit was, as its boxes send it."""


@dataclass
class Page:
    """A page as somebody sees it: its elements, and the answers in its boxes."""

    response: TestResponse
    root: Element = field(init=False)

    def __post_init__(self) -> None:
        self.root, _ = read(self.response.text, True)

    @property
    def text(self) -> str:
        """All its words, on one line."""
        return words(self.root)

    @property
    def title(self) -> str:
        """What the browser's tab says."""
        return words(next(self.root.iter("title")))

    @property
    def asked(self) -> list[str]:
        """The names of the fields of its questions, in order."""
        return [each.get("value", "") for each in self.root.iter("input") if each.get("name") == "held"]

    @property
    def question_ids(self) -> list[str]:
        """The ids of the elements around its questions, those only shown among them."""
        return [each.get("id", "") for each in self.root.iter("div") if "pith-q" in each.get("class", "").split()]

    def at(self, element_id: str) -> Element:
        """The element with an id."""
        return next(each for each in self.root.iter() if each.get("id") == element_id)

    def has(self, element_id: str) -> bool:
        """Whether there is an element with an id."""
        return any(each.get("id") == element_id for each in self.root.iter())

    def described(self, element_id: str) -> str:
        """What is read out with a control: the words of the elements that describe it."""
        return " ".join(words(self.at(name)) for name in self.at(element_id).get("aria-describedby", "").split())

    def fields(self) -> dict[str, list[str]]:
        """What the page's form sends as it stands."""
        form = next(form for form in self.root.iter("form") if form.get("data-save-to"))
        found: dict[str, list[str]] = {}
        for each in form.iter():
            if each.get("name") and each.tag in ("input", "textarea") and not _unticked(each):
                found.setdefault(each.get("name", ""), []).append(_value(each))
        return found

    def filled(self, form_id: str) -> dict[str, list[str]]:
        """What any form with this id sends as it stands, but for its buttons."""
        found: dict[str, list[str]] = {}
        for each in self.at(form_id).iter():
            if each.get("name") and each.tag in ("input", "textarea", "select") and not _unticked(each):
                found.setdefault(each.get("name", ""), []).append(_value(each))
        return found

    def link(self, name: str) -> str:
        """The address of the first link whose words begin so."""
        return next(a.get("href", "") for a in self.root.iter("a") if words(a).startswith(name))


def _unticked(element: Element) -> bool:
    return element.get("type") in ("radio", "checkbox") and element.get("checked") is None


def _value(element: Element) -> str:
    if element.tag == "select":
        options = list(element.iter("option"))
        return next((each for each in options if each.get("selected") is not None), options[0]).get("value", "")
    return "".join(element.itertext()) if element.tag == "textarea" else element.get("value", "")


def words(element: Element) -> str:
    """The words in an element, spaces made one."""
    return " ".join("".join(element.itertext()).split())


@dataclass
class Desk:
    """An assessment that somebody writes; `children` are their keys by given name."""

    visitor: Visitor
    key: str
    children: Mapping[str, str]

    def name(self, question: str, child: str = "", row: str = "", column: str = "") -> str:
        """The name of a field, the child by given name."""
        parts = ["q", question]
        if child:
            parts += ["c", self.children[child].replace("_", "_u").replace("-", "_d")]
        if row:
            parts += ["r", row.replace("_", "_u").replace("-", "_d"), column]
        return "-".join(parts)

    def address(self, section: str) -> str:
        """The address of a section."""
        return f"/assessments/{self.key}/sections/{section}"

    def open(self, section: str, query: str = "") -> Page:
        """A section's page."""
        response = self.visitor.get(self.address(section) + query)
        assert response.status_code == 200
        return Page(response)

    def page(self, rest: str) -> Page:
        """Another page of the assessment, such as "check"."""
        response = self.visitor.get(f"/assessments/{self.key}/{rest}")
        assert response.status_code == 200
        return Page(response)

    def post(self, section: str, changes: Mapping[str, Any], query: str = "") -> TestResponse:
        """Press the page's button after some changes to it, as a browser without script does."""
        fields: dict[str, Any] = {**self.open(section, query).fields(), **changes}
        return self.visitor.send(self.address(section), fields)

    def follow(self, section: str, changes: Mapping[str, Any], query: str = "") -> Page:
        """The page that pressing the button leads to."""
        response = self.post(section, changes, query)
        assert response.status_code == 303
        return Page(self.visitor.get(response.location))

    def save(self, section: str, answers: Mapping[str, Any], page: Page | None = None, **more: Any) -> TestResponse:
        """Save some answers as the script of a page does; without a page, of one opened just now."""
        page = page or self.open(section, f"?row={more['row']}" if "row" in more else "")
        sent = {
            "held": list(answers),
            "based_on": [f"{name} {revision}" for name, revision in more.pop("based_on", {}).items()],
            "on_page": page.question_ids,
            "key": more.pop("key", f"save {next(_SAVES)}"),
            "page": more.pop("page_key", ""),
            **{name: value for name, value in answers.items() if value is not None},
            **more,
        }
        return self.visitor.send(self.address(section), sent, headers=BY_SCRIPT)


def begin(visitor: Visitor, form: str = "visit", names: Sequence[str] = ("Wren", "Ossie")) -> Desk:
    """Begin a form about some children of one family."""
    home = visitor.get("/").text
    keys = dict(re.findall(r'href="/children/([^"/]+)"[^>]*><b>(\S+)', home))
    by_name = {name: key for key, name in keys.items()}
    address = f"/children/{by_name[names[0]]}/begin/{form}"
    response = visitor.send(address, {"children": [by_name[name] for name in names]})
    assert response.status_code == 303
    key = response.location.rsplit("/", 1)[1]
    return Desk(visitor, key, {name: by_name[name] for name in names})


def share_the_tallowbys(database: Database) -> str:
    """Give Adaeze's Tallowbys to her colleague Corin as well; gives his name."""
    with writing(database) as connection:
        people = {person.name: person for person in everyone(connection)}
        corin = people["Corin Ashby-Lowe"]
        for child in children_of(connection, people["Adaeze Finch"]):
            if child.family_name == "Tallowby":
                allocate(connection, corin.authority, child.id, at=NOW, person=corin.id)
    return corin.name


def take_away(database: Database, name: str) -> None:
    """Let a child be Adaeze's no longer."""
    with writing(database) as connection:
        adaeze = next(person for person in everyone(connection) if person.name == "Adaeze Finch")
        child = next(child for child in children_of(connection, adaeze) if child.given_name == name)
        assert end_allocation(connection, adaeze.authority, child.id, at=NOW, person=adaeze.id)


def pieces(response: TestResponse) -> dict[str, tuple[str, str]]:
    """What a saved fragment changes: by the element's id, how and to what."""
    found = re.findall(r'<hx-partial hx-target="#([^"]+)" hx-swap="(\w+)">(.*?)</hx-partial>', response.text, re.S)
    return {target: (style, html) for target, style, html in found}
