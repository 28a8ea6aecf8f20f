"""Visits that were submitted before a trial was registered, from which its teams' figures before it come."""

from datetime import timedelta

from engine.places import Place
from tests.webapp.conftest import NOW
from webapp.access import Viewer
from webapp.store.assessments import assessment_to_write
from webapp.store.beginning import begin_assessment
from webapp.store.changes import SetAnswer
from webapp.store.children import children_of
from webapp.store.database import Connection
from webapp.store.definitions import edition
from webapp.store.saves import Change, save
from webapp.store.submissions import Frozen, submit


def earlier_visit(connection: Connection, who: Viewer, writer: Viewer, minutes: int, days: int) -> None:
    """A visit that somebody of a team began a month ago, with so many minutes and days of a writer of a child."""
    about, begun = children_of(connection, writer)[:1], NOW - timedelta(days=30)
    key = begin_assessment(connection, who, edition(connection, who, "visit", NOW.date()), about, begun)
    draft = assessment_to_write(connection, writer, key)
    save(connection, writer, draft, Change(Place("saw"), SetAnswer("x"), 0, "k", False, minutes * 60), begun)
    record = {"meaning": {"text": "She waits for him."}, "saw": "Two coats."}
    submit(connection, writer, draft, Frozen(record, [], {}, {}), "", begun + timedelta(days=days))
