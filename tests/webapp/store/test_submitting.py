"""However often and from wherever an assessment is submitted, it is submitted once."""

import threading

from sqlalchemy import func, select

from tests.webapp.conftest import NOW
from webapp.access import Viewer
from webapp.store.assessments import Assessment, find_assessment
from webapp.store.database import Database, reading, writing
from webapp.store.submissions import Frozen, Submission, submissions, submit


def test_eight_clicks_at_once_submit_once(database: Database, people: dict[str, Viewer], draft: Assessment) -> None:
    """Each click is given the same submission."""
    given: list[Submission] = []
    ready = threading.Barrier(8)

    def click(number: int) -> None:
        ready.wait()
        with writing(database) as connection:
            assessment = find_assessment(connection, people["Adaeze"], draft.key)
            given.append(submit(connection, people["Adaeze"], assessment, Frozen({"n": number}, [], {}, {}), "", NOW))

    clicks = [threading.Thread(target=click, args=(number,)) for number in range(8)]
    for each in clicks:
        each.start()
    for each in clicks:
        each.join()
    assert len(given) == 8
    assert all(each == given[0] for each in given)
    with reading(database) as connection:
        assert connection.execute(select(func.count()).select_from(submissions)).scalar_one() == 1
