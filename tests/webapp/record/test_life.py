"""Life at the moment: whole passages out of what was submitted, of this child and what was written once."""

from datetime import timedelta

import pytest

from engine.places import Place
from tests.webapp.assessments.desk import Page, words
from tests.webapp.conftest import NOW
from tests.webapp.visitor import Visitor
from webapp.store.assessments import find_assessment
from webapp.store.beginning import begin_assessment
from webapp.store.children import Child, children_of
from webapp.store.database import Database, writing
from webapp.store.definitions import edition
from webapp.store.people import everyone
from webapp.store.submissions import Frozen, submit

LONG = "\n\n".join(f"Paragraph {number}. " + "She thinks of the mornings first. " * 30 for number in range(8))


class Visits:
    """Visits to Wren and Ossie that Adaeze submitted, a day apart."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.count = 0

    def submitted(self, wren: str = "", ossie: str = "", meaning: str = "", why: str = "") -> str:
        """One more, with what the children said, what it means and why a manager was told; gives its key."""
        self.count += 1
        at = NOW + timedelta(days=self.count)
        with writing(self.database) as connection:
            adaeze = next(person for person in everyone(connection) if person.name == "Adaeze Finch")
            both = [child for child in children_of(connection, adaeze) if child.family_name == "Tallowby"]
            key = begin_assessment(connection, adaeze, edition(connection, adaeze, "visit", NOW.date()), both, at)
            frozen = _frozen(both, (wren, ossie), meaning, why)
            submit(connection, adaeze, find_assessment(connection, adaeze, key), frozen, "", at)
        return key


def _frozen(both: list[Child], said: tuple[str, str], meaning: str, why: str) -> Frozen:
    words_of = {child.key: text for child, text in zip(both, said, strict=True) if text}
    record = {
        "child_words": words_of,
        "meaning": {"text": meaning, "evidence": []} if meaning else None,
        "manager_why": {"text": why, "evidence": []} if why else None,
    }
    places = [*(Place("child_words", key) for key in words_of), Place("meaning"), Place("manager_why")]
    kept = {name: value for name, value in record.items() if value}
    return Frozen(kept, [str(place) for place in places], {}, {})


@pytest.fixture
def visits(database: Database) -> Visits:
    """None yet."""
    return Visits(database)


def life(worker: Visitor, name: str = "Wren Tallowby") -> tuple[str, Page]:
    """What stands under "Life at the moment", and the page."""
    page = Page(worker.get(Page(worker.get("/")).link(name)))
    section = next(each for each in page.root.iter("section") if each.get("aria-labelledby") == "life")
    return words(section), page


def test_nothing_submitted_says_what_will_stand_there(worker: Visitor) -> None:
    """And that it is whole."""
    text, _ = life(worker)
    assert "Nothing yet. Once a form about Wren is submitted" in text


def test_the_latest_voice_and_analysis_stand_whole_with_their_source(worker: Visitor, visits: Visits) -> None:
    """Form, author, day, and the way to all of it."""
    key = visits.submitted(wren="“I shut my door.”", meaning=LONG)
    text, page = life(worker)
    assert "“I shut my door.”" in text
    assert " ".join(LONG.split()) in text
    assert "Visit, Adaeze Finch, 13 March 2026." in text
    assert page.link("Read it all") == f"/assessments/{key}/read"
    assert worker.get(page.link("Read it all")).status_code == 200


def test_one_childs_page_holds_nothing_of_the_other(worker: Visitor, visits: Visits) -> None:
    """Only what was written once stands on both."""
    visits.submitted(wren="“I shut my door.”", ossie="He lined up the cars.", meaning="A full house.")
    wren, _ = life(worker)
    ossie, _ = life(worker, "Ossie Tallowby")
    assert "lined up" not in wren
    assert "shut my door" not in ossie
    assert "lined up" in ossie
    assert "A full house." in wren
    assert "A full house." in ossie


def test_each_comes_from_the_newest_that_holds_one(worker: Visitor, visits: Visits) -> None:
    """A later form without the child's words does not hide them."""
    first = visits.submitted(wren="Old words.", meaning="Old meaning.")
    second = visits.submitted(wren="New words.")
    third = visits.submitted(ossie="Not hers.", meaning="New meaning.")
    text, page = life(worker)
    assert "New words." in text
    assert "New meaning." in text
    assert "Old" not in text
    reads = [each.get("href") for each in page.root.iter("a") if words(each).startswith("Read it all")]
    assert reads == [f"/assessments/{second}/read", f"/assessments/{third}/read"]
    assert first not in text


def test_what_is_missing_is_said(worker: Visitor, visits: Visits) -> None:
    """The reason for one decision is not taken for what it all means."""
    visits.submitted(wren="“I shut my door.”", why="Because of the coats.")
    text, _ = life(worker)
    assert "No submitted form says yet what we make of it." in text
    assert "coats" not in text
    ossie, _ = life(worker, "Ossie Tallowby")
    assert "Nothing yet." in ossie


def test_a_draft_is_not_life(worker: Visitor, visits: Visits) -> None:
    """Only what was submitted is shown."""
    visits.submitted(meaning="Submitted.")
    text, _ = life(worker)
    assert "No submitted form holds the child’s own words or ways yet." in text
