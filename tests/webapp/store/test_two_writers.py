"""Two at once on PostgreSQL, which has many writers: each waits for what concerns it, and nothing is overwritten."""

import threading

import pytest
from sqlalchemy import event

from engine.definition import Definition
from engine.errors import Refusal
from engine.places import Place
from tests.engine.forms import form, question
from tests.webapp.conftest import NOW
from webapp.access import Viewer
from webapp.store.answers import answers_of
from webapp.store.assessments import Assessment, assessment_to_write
from webapp.store.beginning import begin_assessment
from webapp.store.changes import SetAnswer
from webapp.store.children import children_of
from webapp.store.database import Database, reading, writing
from webapp.store.definitions import Publication, edition, publish
from webapp.store.errors import DatabaseBusy
from webapp.store.saves import Change, save

pytestmark = [pytest.mark.postgres, pytest.mark.parametrize("database", ["postgres"], indirect=True)]
WORDS = Place("child_words")


def test_without_holding_the_assessment_nobody_is_overwritten_either(
    database: Database, people: dict[str, Viewer], draft: Assessment
) -> None:
    """The indexes stand guard: of two first saves at once the second is refused, and sent again it is told why."""
    for revision, place in ((0, WORDS), (1, WORDS)):
        outcome = _while_another_saves(database, people, draft, revision)
        assert outcome == "busy"
        with reading(database) as connection:
            assert answers_of(connection, draft).by_place[place].value == f"first to save {revision}"


def _while_another_saves(database: Database, people: dict[str, Viewer], draft: Assessment, revision: int) -> str:
    """What becomes of Corin's save that read before Adaeze's was there and writes once it is."""
    outcome: list[str] = []
    waits = threading.Event()

    def late() -> None:
        try:
            with writing(database) as connection:
                event.listen(connection, "before_cursor_execute", lambda *args: _tell_of_writing(args[2], waits))
                change = Change(WORDS, SetAnswer("late"), revision, f"late {revision}")
                save(connection, people["Corin"], draft, change, NOW)
                outcome.append("saved")
        except DatabaseBusy as refusal:
            outcome.append(refusal.code)

    with writing(database) as connection:
        first = Change(WORDS, SetAnswer(f"first to save {revision}"), revision, f"first {revision}")
        save(connection, people["Adaeze"], draft, first, NOW)
        thread = threading.Thread(target=late)
        thread.start()
        assert waits.wait(10)
    thread.join()
    return outcome[0]


def _tell_of_writing(statement: str, waits: threading.Event) -> None:
    if statement.startswith(("INSERT", "UPDATE")):
        waits.set()


def test_submitting_waits_for_a_save_that_is_under_way(
    database: Database, people: dict[str, Viewer], draft: Assessment
) -> None:
    """Whoever holds the assessment next sees every answer that was saved before."""
    seen: list[dict[str, object]] = []

    def hand_in() -> None:
        with writing(database) as connection:
            held = assessment_to_write(connection, people["Adaeze"], draft.key)
            seen.append(answers_of(connection, held).draft())

    with writing(database) as connection:
        held = assessment_to_write(connection, people["Adaeze"], draft.key)
        thread = threading.Thread(target=hand_in)
        thread.start()
        save(connection, people["Adaeze"], held, Change(WORDS, SetAnswer("in time"), 0, "k"), NOW)
    thread.join()
    assert seen == [{"child_words": "in time"}]


def test_saves_into_two_assessments_do_not_wait_for_each_other(
    database: Database, people: dict[str, Viewer], draft: Assessment
) -> None:
    """One person's slow connection holds up nobody else."""
    adaeze = people["Adaeze"]
    with writing(database) as connection:
        wren = [each for each in children_of(connection, adaeze) if each.given_name == "Wren"]
        other = begin_assessment(connection, adaeze, edition(connection, adaeze, "visit", NOW.date()), wren, NOW)
    with writing(database) as slow:
        save(slow, adaeze, assessment_to_write(slow, adaeze, draft.key), Change(WORDS, SetAnswer("a"), 0, "a"), NOW)
        with writing(database) as quick:
            held = assessment_to_write(quick, adaeze, other)
            assert save(quick, adaeze, held, Change(WORDS, SetAnswer("b"), 0, "b"), NOW).revision == 1


@pytest.mark.parametrize(("title", "outcome"), [("Note", "the same"), ("Another note", "version_taken")])
def test_servers_that_publish_at_once_publish_once(database: Database, title: str, outcome: str) -> None:
    """The second waits for the first, and is then given the same edition, or told that its content is another."""
    waits, found = threading.Event(), list[str]()

    def late() -> None:
        with writing(database) as connection:
            event.listen(connection, "before_cursor_execute", lambda *args: _tell_of_writing(args[2], waits))
            try:
                second = publish(connection, Publication(form_of(title), {}), NOW)
                found.append("the same" if second == first else "another")
            except Refusal as refusal:
                found.append(refusal.code)

    with writing(database) as connection:
        first = publish(connection, Publication(form_of("Note"), {}), NOW)
        thread = threading.Thread(target=late)
        thread.start()
        assert waits.wait(10)
    thread.join()
    assert found == [outcome]


def form_of(title: str) -> Definition:
    """A form of one question."""
    return form(question("q"), form="note", title=title)
