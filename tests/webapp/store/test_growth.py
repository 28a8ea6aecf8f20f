"""What a page costs does not grow with the authority: every query starts from the viewer's work or from a key."""

from typing import Any

import pytest
from sqlalchemy import Select, event, text

from tests.webapp.conftest import NOW
from webapp.access import Viewer, reach
from webapp.store import answers, assessments, children, sessions, submissions
from webapp.store.allocations import reach_parameters
from webapp.store.database import Database, reading

GROW = ("children", "allocations", "assessments", "assessment_children", "answers", "answer_history", "sessions")
QUERIES = {
    "a list of children": children._LIST,
    "a child": children._ONE,
    "a family": children._FAMILY,
    "an assessment": assessments._ONE,
    "the assessments about children": assessments._ABOUT,
    "the answers of an assessment": answers._ALL,
    "an answer": answers._CURRENT,
    "a save sent before": answers._SENT_BEFORE,
    "an earlier answer": answers._VALUE_AT,
    "what others saved since": answers._OTHERS_SINCE,
    "a submission": submissions._OF,
    "a session": sessions._WHO,
}
VALUES = {
    "key": "k",
    "family": 1,
    "children": [1, 2],
    "assessment": 1,
    "at_assessment": 1,
    "at_question": "q",
    "at_child": 0,
    "at_revision": 1,
    "me": 1,
    "token_hash": "x",
    "at": NOW,
}


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_no_query_walks_through_a_table_that_grows(
    query: Select[Any], database: Database, people: dict[str, Viewer]
) -> None:
    """The database's own plan searches by index wherever rows become many."""
    sent: list[tuple[str, Any]] = []
    with reading(database) as connection:
        event.listen(connection, "before_cursor_execute", lambda *args: sent.append((args[2], args[3])))
        connection.execute(query, VALUES | reach_parameters(reach(people["Tom"])))
        statement, parameters = sent[0]
        rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        plan = [row[3] for row in rows]
    assert plan
    assert [step for step in plan if step.startswith("SCAN") and _table(step) in GROW] == []


def _table(step: str) -> str:
    aliases = {"given": "allocations", "also_about": "assessment_children"}
    name = step.split()[1]
    return aliases.get(name, name)


def test_the_plans_are_of_tables_that_are_there(database: Database) -> None:
    """The names above are the tables' names."""
    with reading(database) as connection:
        names = set(connection.execute(text("SELECT name FROM sqlite_master")).scalars())
    assert set(GROW) <= names
