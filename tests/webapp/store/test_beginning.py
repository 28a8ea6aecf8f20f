"""Beginning an assessment: a page that is sent twice begins one."""

import threading

import pytest

from tests.webapp.conftest import NOW
from webapp.access import Viewer
from webapp.store.allocations import allocate
from webapp.store.assessments import assessment_to_write, assessments_about, close_draft
from webapp.store.beginning import begin_assessment
from webapp.store.children import Child, children_of
from webapp.store.database import Database, reading, writing
from webapp.store.definitions import edition

SENT = "as-the-page-was-made"


@pytest.fixture
def tallowbys(database: Database, people: dict[str, Viewer]) -> tuple[Child, ...]:
    """Wren and Ossie, given to Adaeze and to Corin."""
    with writing(database) as connection:
        found = [each for each in children_of(connection, people["Adaeze"]) if each.family_name == "Tallowby"]
        for child in found:
            allocate(connection, people["Corin"].authority, child.id, at=NOW, person=people["Corin"].id)
    return tuple(found)


def begun(database: Database, viewer: Viewer, about: tuple[Child, ...], sent: str = SENT) -> str:
    """Begin a visit as one page does; gives the assessment's key."""
    with writing(database) as connection:
        return begin_assessment(connection, viewer, edition(connection, viewer, "visit", NOW.date()), about, NOW, sent)


def count(database: Database, viewer: Viewer, about: tuple[Child, ...]) -> int:
    """How many assessments about some children there are."""
    with reading(database) as connection:
        return len(assessments_about(connection, viewer, about))


def test_the_same_page_sent_again_leads_to_the_same_draft(
    database: Database, people: dict[str, Viewer], tallowbys: tuple[Child, ...]
) -> None:
    """There is one, about the same children."""
    assert begun(database, people["Adaeze"], tallowbys) == begun(database, people["Adaeze"], tallowbys)
    assert count(database, people["Adaeze"], tallowbys) == 1


def test_other_children_or_another_page_or_person_begin_another(
    database: Database, people: dict[str, Viewer], tallowbys: tuple[Child, ...]
) -> None:
    """Somebody who goes back, ticks otherwise and begins again gets what was ticked."""
    adaeze = people["Adaeze"]
    keys = {
        begun(database, adaeze, tallowbys),
        begun(database, adaeze, tallowbys[:1]),
        begun(database, adaeze, tallowbys, "another page"),
        begun(database, people["Corin"], tallowbys),
        begun(database, adaeze, tallowbys, ""),
        begun(database, adaeze, tallowbys, ""),
    }
    assert len(keys) == 6


def test_once_it_was_submitted_the_same_page_begins_a_new_one(
    database: Database, people: dict[str, Viewer], tallowbys: tuple[Child, ...]
) -> None:
    """An old page that is still open does not lead to what can no longer be changed."""
    first = begun(database, people["Adaeze"], tallowbys)
    with writing(database) as connection:
        close_draft(connection, people["Adaeze"], assessment_to_write(connection, people["Adaeze"], first))
    assert begun(database, people["Adaeze"], tallowbys) != first
    assert count(database, people["Adaeze"], tallowbys) == 2


def test_two_at_once_begin_one(database: Database, people: dict[str, Viewer], tallowbys: tuple[Child, ...]) -> None:
    """A double click: both posts lead to the same draft, on either database."""
    keys: list[str] = []
    ready = threading.Barrier(2)

    def press() -> None:
        ready.wait()
        keys.append(begun(database, people["Adaeze"], tallowbys))

    threads = [threading.Thread(target=press) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(keys) == 2
    assert len(set(keys)) == 1
    assert count(database, people["Adaeze"], tallowbys) == 1
