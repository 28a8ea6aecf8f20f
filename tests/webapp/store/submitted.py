"""Visits submitted by anybody, with whatever stands in their frozen record."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

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

FIVE = ("Adaeze", "Corin", "Tom", "Nell", "Jago")
"""Who submits, in turn."""


def submitted(
    connection: Connection,
    people: Mapping[str, Viewer],
    who: str,
    record: Mapping[str, Any],
    shown: Sequence[str],
    seconds: Mapping[str, int] | None = None,
) -> None:
    """One visit about Adaeze's children, handed in by somebody; `seconds` are those spent at questions."""
    adaeze = people["Adaeze"]
    visit = edition(connection, adaeze, "visit", NOW.date())
    key = begin_assessment(connection, adaeze, visit, _children(connection, adaeze), NOW)
    draft = assessment_to_write(connection, adaeze, key)
    for question, spent in (seconds or {}).items():
        save(connection, adaeze, draft, Change(Place(question), SetAnswer("x"), 0, question, False, spent), NOW)
    by = replace(adaeze, id=people[who].id)
    submit(connection, by, draft, Frozen(record, shown, {}, {}), "", NOW)


def _children(connection: Connection, worker: Viewer) -> list[Any]:
    return [child for child in children_of(connection, worker) if child.family_name == "Tallowby"]


def ten(connection: Connection, people: Mapping[str, Viewer], record: Mapping[str, Any], shown: Sequence[str]) -> None:
    """Ten visits that say the same, by five people."""
    for number in range(10):
        submitted(connection, people, FIVE[number % 5], record, shown)
