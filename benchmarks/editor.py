"""What changing a form costs: its page, one change saved, a section moved, and a large form brought from a file."""

import json
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import count, pairwise
from typing import Any

from benchmarks.generate import form_json
from benchmarks.measure import Figure, once, side_by_side
from benchmarks.pages import bare_get
from benchmarks.server import Browser, found, served
from engine.checks import check
from engine.schema.definition import MOST_QUESTIONS

ADMIN = "Ines Marchbanks"
SEED = 11
LENGTHS = (100, 700)
GETS, CHANGES, REPEATS = 40, 2, 3
REFUSED, PER_SECTION = 100_000, 100
BARS: dict[int, tuple[float | None, float | None]] = {100: (60, 300), 700: (None, None)}
"""Floors that the page may cost, and milliseconds that one change may take, by the questions of the form."""


def figures() -> Iterator[Figure]:
    """Every figure of the editor."""
    forms = {length: sound(form_json(length, SEED)) for length in LENGTHS}
    with served(*forms.values()) as app:
        browser = Browser(app.test_client())
        browser.sign_in(ADMIN)
        bare = bare_get()
        for length, form in forms.items():
            draft = Draft(browser, form)
            works: list[Callable[[], object]] = [
                partial(_again, bare, GETS),
                draft.walk,
                draft.changed_page,
                partial(_again, draft.relabelled, CHANGES),
                partial(_again, draft.section_moved, CHANGES),
            ]
            get, walk, page, label, section = side_by_side(works, REPEATS)
            floors, most = BARS[length]
            each = walk / len(draft.questions)
            yield Figure(f"page of the draft, question by question, {length}", each, "ms", get / GETS, floors)
            yield Figure(f"its first look after a change, {length}", page - label / CHANGES, "ms", get / GETS)
            yield Figure(f"a label changed, saved and checked, {length}", label / CHANGES, "ms", bar=most)
            yield Figure(
                f"a section moved, to a label changed, {length}", section / CHANGES, "ms", label / CHANGES, 1.2
            )
        yield from _brought(browser)


def _brought(browser: Browser) -> Iterator[Figure]:
    """The largest form that can be kept, each question a follow-up of the one before, and one that is refused."""
    page = once(lambda: browser.bring(json.dumps(_chain(MOST_QUESTIONS)).encode(), 200))
    yield Figure(f"a form of {MOST_QUESTIONS:,} questions brought and set beside what is here", page, "ms", bar=8_000)
    many = b'{"sections": [{"questions": [%b]}]}' % b",".join([b'{"id": "q"}'] * REFUSED)
    refused = once(lambda: browser.bring(many, 400))
    yield Figure(f"a form of {REFUSED:,} questions refused", refused, "ms", bar=3_000)


def _chain(length: int) -> Any:
    """A form in which each question is asked when the one before was answered."""
    asked: list[dict[str, Any]] = [
        {"id": f"q{number}", "type": "yes_no", "kind": "fact", "label": f"Part {number}?", "why": "It helps."}
        for number in range(length)
    ]
    for before, each in pairwise(asked):
        each["show_when"] = {"question": before["id"], "answered": True}
    sections = [
        {"id": f"s{number}", "title": f"Section {number}", "questions": asked[number : number + PER_SECTION]}
        for number in range(0, length, PER_SECTION)
    ]
    return {"form": "visit", "version": 1, "title": "A chain", "purpose": "For measuring.", "sections": sections}


def sound(form: Any) -> Any:
    """The form with whatever can never be shown shown always: only what has no errors is measured and seen."""
    for _ in range(5):
        never = [each.pointer for each in check(json.dumps(form)) if each.code == "never_shown"]
        for pointer in never:
            holder = form
            for step in pointer.removesuffix("/show_when").split("/")[1:]:
                holder = holder[int(step)] if isinstance(holder, list) else holder[step]
            holder.pop("show_when", None)
    return form


def _again(work: Callable[[], object], times: int) -> None:
    for _ in range(times):
        work()


class Draft:
    """A draft as its page showed it, and the revision that each change leaves it at."""

    def __init__(self, browser: Browser, form: Mapping[str, Any]) -> None:
        self.browser, self.address = browser, f"/forms/{form['form']}/draft"
        self.questions = [each["id"] for part in form["sections"] for each in part["questions"]]
        self.question = next(
            each["id"] for part in form["sections"] for each in part["questions"] if each["type"] == "yes_no"
        )
        browser.get(self.address)
        browser.post(f"{self.address}/begin", {})
        self.key = found(r'name="draft" value="([^"]+)"', browser.get(self.address))
        self.words, self.places = count(), count(3)
        self.revision = 1

    def walk(self) -> None:
        """Load the page at every question in turn."""
        for each in self.questions:
            self.browser.client.get(f"{self.address}?at={each}")

    def changed_page(self) -> None:
        """Change the draft, and load the page."""
        self.relabelled()
        self.browser.client.get(f"{self.address}?at={self.question}")

    def relabelled(self) -> None:
        """Give a question other words each time; where that leads is not fetched."""
        panel = {"type": "yes_no", "kind": "fact", "why": "It helps.", "label": f"About that: {next(self.words)}?"}
        self._send("change", self.question, "save", {f"set-{key}": value for key, value in panel.items()})

    def section_moved(self) -> None:
        """Move a section to where it has not stood: conditions look back, so that is told as an error, and kept."""
        self._send("arrange", "s2", "to", {"place": f"s{next(self.places)}"})

    def _send(self, where: str, part: str, act: str, more: Mapping[str, str]) -> None:
        based = {"csrf_token": self.browser.token, "draft": self.key, "revision": self.revision}
        sent = {**based, "part": part, "act": act, **more}
        response = self.browser.client.post(f"{self.address}/{where}", data=sent)
        if response.status_code != 303:
            raise ValueError(f"{where} was answered {response.status_code}")
        self.revision += 1
