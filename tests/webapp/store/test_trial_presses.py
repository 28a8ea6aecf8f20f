"""Two who press at once about a form under trial, on PostgreSQL: the second waits, and finds what the first did."""

import threading
from collections.abc import Callable

import pytest
from sqlalchemy import event, select

from tests.webapp.conftest import NOW
from tests.webapp.store.test_trial_measures import handed_in, measured, written
from tests.webapp.store.test_trial_serving import tallowbys, under_trial
from tests.webapp.store.trial_plans import committed
from webapp.access import Viewer
from webapp.store.assessments import Assessment, find_assessment, hold_assessment
from webapp.store.database import Connection, Database, reading, writing
from webapp.store.trial_measures import rate
from webapp.store.trial_tables import trial_taken_out
from webapp.store.under_trial import Kind, take_out

People = dict[str, Viewer]
Deed = Callable[[Connection], None]
pytestmark = [pytest.mark.postgres, pytest.mark.parametrize("database", ["postgres"], indirect=True)]


@pytest.fixture
def begun(database: Database, people: People) -> tuple[Assessment, Assessment]:
    """Adaeze's form about Wren and her form about Ossie, under the trial, the first written."""
    committed(database, people)
    adaeze = people["Adaeze"]
    with writing(database) as connection:
        wren, ossie = sorted(tallowbys(connection, people), key=lambda each: each.given_name, reverse=True)
        first = written(connection, adaeze, under_trial(connection, adaeze, [wren]))
        return first, under_trial(connection, adaeze, [ossie])


def at_once(database: Database, first: Deed, second: Deed) -> None:
    """Do one, and the other while it is not yet committed; what the second meets is raised."""
    waits, met = threading.Event(), list[Exception]()

    def tell_of_waiting(_: object, __: object, statement: str, *___: object) -> None:
        if "FOR " in statement or statement.startswith(("INSERT", "UPDATE")):
            waits.set()

    def late() -> None:
        try:
            with writing(database) as connection:
                event.listen(connection, "before_cursor_execute", tell_of_waiting)
                second(connection)
        except Exception as problem:
            met.append(problem)

    with writing(database) as connection:
        first(connection)
        thread = threading.Thread(target=late)
        thread.start()
        assert waits.wait(10)
        thread.join(0.5)
    thread.join()
    if met:
        raise met[0]


def out(viewer: Viewer, form: Assessment, kind: Kind) -> Deed:
    """Take a form out."""
    return lambda connection: take_out(connection, viewer, form, kind, "It misleads", NOW)


def test_a_rating_pressed_twice_is_kept_once_and_the_later_one_stands(
    database: Database, people: People, begun: tuple[Assessment, Assessment]
) -> None:
    """Neither press is refused."""
    adaeze = people["Adaeze"]
    with writing(database) as connection:
        handed_in(connection, adaeze, begun[0], NOW)
        found = find_assessment(connection, adaeze, begun[0].key)

    def give(value: int) -> Deed:
        return lambda connection: rate(connection, adaeze, found, "worker_rating", value, NOW)

    at_once(database, give(4), give(5))
    with reading(database) as connection:
        assert measured(connection)["worker_rating"] == 5


@pytest.mark.parametrize(("kind", "who", "forms"), [("safety", "Tom", 1), ("family", "Adaeze", 2)])
def test_taking_a_form_out_pressed_twice_takes_it_out_once(
    kind: Kind, who: str, forms: int, database: Database, people: People, begun: tuple[Assessment, Assessment]
) -> None:
    """Also a family that opts out on the forms of two of its children."""
    first, second = begun
    at_once(database, out(people[who], first, kind), out(people[who], second if forms == 2 else first, kind))
    with reading(database) as connection:
        assert len(connection.execute(select(trial_taken_out)).all()) == forms


@pytest.mark.parametrize("opting_first", [True, False])
def test_a_form_handed_in_while_its_family_opts_out_leaves_nothing_measured(
    opting_first: bool, database: Database, people: People, begun: tuple[Assessment, Assessment]
) -> None:
    """Whichever of the two comes first."""
    adaeze, (first, second) = people["Adaeze"], begun
    opts_out = out(adaeze, second, "family")

    def hands_in(connection: Connection) -> None:
        handed_in(connection, adaeze, hold_assessment(connection, adaeze, first.key), NOW)

    at_once(database, *((opts_out, hands_in) if opting_first else (hands_in, opts_out)))
    with reading(database) as connection:
        assert measured(connection) == {}
