"""One person's pages: sent again with other words a page saves them, and no page overwrites another unseen."""

from collections.abc import Callable
from typing import Any

import pytest

from engine.places import Place
from tests.webapp.conftest import NOW
from webapp.access import Viewer
from webapp.store.answers import Answer, answers_of
from webapp.store.assessments import Assessment
from webapp.store.changes import AddRow, Operation, RemoveRow, SetAnswer, SetCell
from webapp.store.database import Database, reading, writing
from webapp.store.errors import StaleAnswer
from webapp.store.saves import Change, save

Json = Any
Save = Callable[..., Answer]
WORDS = Place("child_words")
PEOPLE = Place("people")


@pytest.fixture
def sending(database: Database, people: dict[str, Viewer], draft: Assessment) -> Save:
    """Sends a whole page of Adaeze's or another's, or saves one change from it as its script does."""
    keys = iter(range(100))

    def one(page: str, operation: Operation, based_on: int, by: str = "Adaeze", script: bool = False) -> Answer:
        place = WORDS if isinstance(operation, SetAnswer) else PEOPLE
        name = operation.column if isinstance(operation, SetCell) else "q"
        key = f"{next(keys)} {name}" if script else f"{page} {name}"
        change = Change(place, operation, based_on, key, of_page=not script, page=page)
        with writing(database) as connection:
            return save(connection, people[by], draft, change, NOW)

    return one


@pytest.fixture
def stands(database: Database, draft: Assessment) -> Callable[[], Json]:
    """What the answer holds."""

    def now() -> Json:
        with reading(database) as connection:
            return answers_of(connection, draft).by_place[WORDS].value

    return now


def test_a_page_sent_again_with_other_words_saves_them(sending: Save, stands: Callable[[], Json]) -> None:
    """The reply was lost, or Back was pressed: what its writer wants now stands, also the words she began with."""
    for revision, words in enumerate(("one", "one and two", "one", "one and two"), start=1):
        assert sending("page", SetAnswer(words), 0).revision == revision
        assert stands() == words


def test_a_page_sent_again_as_it_is_repeats_its_reply(sending: Save, stands: Callable[[], Json]) -> None:
    """Also once a colleague, or its writer on another page, has seen that and written on."""
    first = sending("page", SetAnswer("one"), 0)
    for revision, by in ((2, "Corin"), (3, "Adaeze")):
        sending(f"page of {by}", SetAnswer(f"on top by {by}"), revision - 1, by)
        again = sending("page", SetAnswer("one"), 0)
        assert (again.revision, again.entry) == (first.revision, 0)
        assert stands() == f"on top by {by}"


def test_words_that_come_back_to_a_page_after_newer_ones_are_no_repetition(
    sending: Save, stands: Callable[[], Json]
) -> None:
    """The page was shown the newer ones, and its writer chose the older again."""
    sending("page", SetAnswer("one"), 0)
    sending("another", SetAnswer("two"), 1, "Corin")
    assert sending("page", SetAnswer("one"), 2).revision == 3
    assert stands() == "one"


def test_a_page_sent_again_with_other_words_overwrites_nobody(sending: Save) -> None:
    """A colleague's change in between is shown first."""
    sending("page", SetAnswer("one"), 0)
    sending("another", SetAnswer("one, and Corin"), 1, "Corin")
    with pytest.raises(StaleAnswer) as refused:
        sending("page", SetAnswer("one and two"), 0)
    assert (refused.value.detail["theirs"], refused.value.detail["own"]) == ("one, and Corin", False)


def test_cells_of_a_page_that_is_sent_again(sending: Save) -> None:
    """Each is told apart from the others of its list, whatever the list held before."""
    sending("before", AddRow("r1"), 0, script=True)
    for tie in ("lives", "visits", "lives"):
        sending("page", SetCell("r1", "tie", tie), 1)
        sending("page", SetCell("r1", "met", "no"), 1)
    answer = sending("before", AddRow("r2"), 1, script=True)
    assert answer.value == [{"id": "r1", "tie": "lives", "met": "no"}, {"id": "r2"}]
    assert sending("page", SetCell("r2", "met", "no"), answer.revision).value[1] == {"id": "r2", "met": "no"}


@pytest.mark.parametrize("script", [True, False])
def test_what_one_wrote_on_another_page_is_not_overwritten_unseen(
    sending: Save, stands: Callable[[], Json], script: bool
) -> None:
    """As a colleague's is not; seen, it may be."""
    sending("laptop", SetAnswer("at the visit"), 0, script=True)
    with pytest.raises(StaleAnswer) as refused:
        sending("phone", SetAnswer("in the car"), 0, script=script)
    detail = refused.value.detail
    assert (detail["theirs"], detail["own"], detail["revision"], detail["at"]) == ("at the visit", True, 1, NOW)
    assert stands() == "at the visit"
    sending("phone", SetAnswer("in the car"), 1, script=script)
    assert stands() == "in the car"


def test_saves_of_one_page_that_overtake_each_other_go_on(sending: Save, stands: Callable[[], Json]) -> None:
    """A page is not in its own way, though a reply was lost."""
    for words in ("one", "one two", "one two three"):
        sending("page", SetAnswer(words), 0, script=True)
    assert stands() == "one two three"


def test_a_row_written_in_on_another_page_is_not_removed_unseen(sending: Save) -> None:
    """Also where that was one's own."""
    sending("laptop", AddRow("r1"), 0, script=True)
    sending("laptop", SetCell("r1", "met", "no"), 1, script=True)
    with pytest.raises(StaleAnswer):
        sending("phone", RemoveRow("r1"), 1, script=True)
