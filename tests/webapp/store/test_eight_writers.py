"""Eight writers at once in one assessment: nothing acknowledged is lost, and nobody's words go unseen."""

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import pytest

from benchmarks.crash.diary import FORM, add_crew
from engine.places import Place
from tests.webapp.conftest import NOW
from webapp.access import Viewer
from webapp.store.answers import Answer, answer_history, answers_of
from webapp.store.assessments import assessment_to_write
from webapp.store.beginning import begin_assessment
from webapp.store.changes import SetAnswer
from webapp.store.children import children_of
from webapp.store.database import Database, reading, writing
from webapp.store.definitions import edition
from webapp.store.errors import StaleAnswer
from webapp.store.people import everyone
from webapp.store.saves import Change, save

WRITERS, SAVES, TURNS = 8, 20, 4


@dataclass
class Office:
    """One assessment and eight people to write it."""

    database: Database
    people: Sequence[Viewer]
    key: str

    def save(self, person: Viewer, change: Change) -> Answer:
        """One save in a transaction of its own."""
        with writing(self.database) as connection:
            return save(connection, person, assessment_to_write(connection, person, self.key), change, NOW)

    def at_once(self, write: Callable[[int], None]) -> None:
        """Everybody at the same time, each by number."""
        with ThreadPoolExecutor(WRITERS) as pool:
            list(pool.map(write, range(WRITERS)))


@pytest.fixture
def office(database: Database) -> Office:
    """Eight people who all work with the same child, about whom one of them has begun."""
    url = database.url.render_as_string(hide_password=False)
    keys = add_crew(url, WRITERS, WRITERS, NOW).people
    with writing(database) as connection:
        people = [person for person in everyone(connection) if person.key in keys]
        about = children_of(connection, people[0])
        key = begin_assessment(connection, people[0], edition(connection, people[0], FORM, NOW.date()), about, NOW)
    return Office(database, people, key)


def _history(database: Database) -> list[tuple[str, str, int]]:
    """Every row as question, words and revision, in the order they were saved."""
    columns = (answer_history.c.question, answer_history.c.value, answer_history.c.revision)
    with reading(database) as connection:
        found = connection.execute(answer_history.select().with_only_columns(*columns).order_by(answer_history.c.id))
        return [(question, value, revision) for question, value, revision in found]


def test_eight_who_each_write_an_answer_of_their_own_never_meet(office: Office) -> None:
    """Each save is acknowledged with the next revision, and the history holds as many as were acknowledged."""

    def write(number: int) -> None:
        for turn in range(SAVES):
            change = Change(Place(f"day{number}"), SetAnswer(f"{number} {turn}"), turn, f"{number} {turn}")
            assert office.save(office.people[number], change).revision == turn + 1

    office.at_once(write)
    wanted = [(f"day{number}", f"{number} {turn}", turn + 1) for number in range(WRITERS) for turn in range(SAVES)]
    assert Counter(_history(office.database)) == Counter(wanted)
    with writing(office.database) as connection:
        held = assessment_to_write(connection, office.people[0], office.key)
        assert answers_of(connection, held).draft() == {f"day{n}": f"{n} {SAVES - 1}" for n in range(WRITERS)}


@dataclass
class Told:
    """What eight people at one answer were told: saves with what each was based on, and refusals."""

    saved: list[tuple[str, int, int]] = field(default_factory=list)
    refused: list[tuple[str, StaleAnswer]] = field(default_factory=list)


def test_eight_at_one_answer_each_build_on_the_text_before(office: Office) -> None:
    """Whoever comes second is given both texts; what was saved followed on from what its writer had seen."""
    told = Told()

    def write(number: int) -> None:
        based_on = 0
        for turn in range(TURNS):
            words, saved = f"{number} {turn}", 0
            while not saved:
                change = Change(Place("day0"), SetAnswer(words), based_on, words)
                try:
                    saved = office.save(office.people[number], change).revision
                    told.saved.append((words, based_on, saved))
                    based_on = saved
                except StaleAnswer as refusal:
                    told.refused.append((words, refusal))
                    based_on = int(refusal.detail["revision"])

    office.at_once(write)
    history = {revision: words for _, words, revision in _history(office.database)}
    assert history == {revision: words for words, _, revision in told.saved}
    assert sorted(history) == [*range(1, WRITERS * TURNS + 1)]
    assert all(revision == based_on + 1 for _, based_on, revision in told.saved)
    assert len(told.refused) >= WRITERS - 1
    for words, refusal in told.refused:
        both = refusal.detail["mine"], refusal.detail["theirs"]
        assert both == (words, history[refusal.detail["revision"]])
