"""What a page costs does not grow with the authority: every query starts from the viewer's work or from a key."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Executable, event, select, text

from tests.postgres import Server
from tests.webapp.conftest import NOW, fill
from webapp.access import Viewer, reach
from webapp.store import (
    account_links,
    accounts,
    allocations,
    answers,
    assessments,
    children,
    matches,
    moves,
    particulars_history,
    saves,
    sessions,
    shared_drafts,
    submissions,
    trial_serving,
    under_trial,
)
from webapp.store.allocations import reach_parameters
from webapp.store.database import METADATA, Connection, Database, open_database, writing
from webapp.store.people import everyone

GROW = (
    "children", "families", "name_sounds", "allocations", "assessments", "assessment_children", "answers",
    "answer_history", "submissions", "sessions", "accounts", "account_links", "particulars_history",
    "trial_forms", "trial_measures", "trial_taken_out",
)  # fmt: skip
QUERIES = {
    "a list of children": children._LIST,
    "a child": children._ONE,
    "a family": children._FAMILY,
    "an assessment": assessments._ONE,
    "an assessment to change": assessments._HELD,
    "an assessment no longer one's own": assessments._NO_LONGER,
    "the assessments about children": assessments._ABOUT,
    "the answers of an assessment": answers._ALL,
    "the moves of an assessment": moves._OF,
    "what a move rewrote": moves._MADE,
    "an answer": saves._CURRENT,
    "the newest entry of a history": answers._NEWEST,
    "a save sent before": saves._SENT_BEFORE,
    "an earlier answer": answers.VALUE_AT,
    "what others saved since": saves._OTHERS_SINCE,
    "a submission": submissions._OF,
    "the newest submissions": submissions._NEWEST,
    "children who may be the one sought": matches._CANDIDATES,
    "which of them are within reach": matches._WITHIN_REACH,
    "the children of some drafts": shared_drafts._CHILDREN,
    "what children were called before": particulars_history._FORMER,
    "what was changed of a child": particulars_history._PAST,
    "a child to allocate": children._HELD,
    "who works with children": allocations._WITH,
    "who worked with children": allocations._WERE_WITH,
    "a session": sessions._WHO,
    "the sessions of a person": sessions._OF_PERSON,
    "an account by its address": accounts._BY_EMAIL,
    "whose a link is": account_links._WHOSE,
    "what a team writes on during a trial": trial_serving._ARMS,
    "the trial of a form": under_trial._OF,
}
VALUES = {
    "key": "k",
    "family": 1,
    "child": 1,
    "children": [1, 2],
    "assessment": 1,
    "at_assessment": 1,
    "at_question": "q",
    "at_child": 0,
    "at_revision": 1,
    "me": 1,
    "of_move": "k",
    "token_hash": "x",
    "person": 1,
    "email": "x",
    "link": "x",
    "now": NOW,
    "at": NOW,
    "assessments": [1, 2],
    "authority": 1,
    "given_sounds": ["G1", "G2"],
    "family_sounds": ["F1"],
    "sounds": ["G1", "G2", "F1"],
    "born_from": date(2019, 5, 12),
    "born_to": date(2019, 5, 12),
    "team": 1,
    "form": "visit",
    "day": date(2026, 3, 12),
}
WALKS = re.compile(r"^SCAN (\w+)|Seq Scan on (\w+)")
"""How SQLite and PostgreSQL say that they read a whole table; the first gives it by its name in the query."""

MANY = """
INSERT INTO teams (id, authority_id, name) SELECT 100000 + n, :authority, 'Team ' || n FROM numbers WHERE n <= 40;
INSERT INTO people (id, authority_id, team_id, key, name, job, role)
    SELECT 100000 + n, :authority, 100000 + (n + 9) / 10, 'person' || n, 'Name', 'social worker', 'practitioner'
    FROM numbers WHERE n <= 400;
INSERT INTO families (id, authority_id, name) SELECT 100000 + n, :authority, 'Family ' || n FROM numbers;
INSERT INTO children (id, authority_id, family_id, key, reference, given_name, family_name, born, unborn)
    SELECT 100000 + n, :authority, 100000 + n, 'child' || n, 'R' || n, 'Given', 'Name', date '2010-01-01' + n,
    n % 100 = 0 FROM numbers;
INSERT INTO name_sounds (authority_id, child_id, part, sound)
    SELECT :authority, 100000 + n, 'given', 'G' || n % 20 FROM numbers
    UNION ALL SELECT :authority, 100000 + n, 'family', 'F' || n % 40 FROM numbers;
INSERT INTO particulars_history
    (authority_id, child_id, given_name, family_name, unborn, name_mistaken, changed_by, changed_at)
    SELECT :authority, 100000 + n, 'Former', 'Name', false, false, 100001, now() FROM numbers;
INSERT INTO allocations (authority_id, child_id, person_id, begun_at)
    SELECT :authority, 100000 + n, 100001 + n % 400, now() FROM numbers;
INSERT INTO assessments (id, authority_id, key, definition_id, status, begun_by, begun_at)
    SELECT 100000 + n, :authority, 'assessment' || n, 1, 'draft', 100001, now() FROM numbers;
INSERT INTO assessment_children (assessment_id, child_id, authority_id)
    SELECT 100000 + n, 100000 + n, :authority FROM numbers;
INSERT INTO answers (authority_id, assessment_id, question, value, revision, saved_by, saved_at)
    SELECT :authority, 100000 + n, 'question', '1', 1, 100001, now() FROM numbers;
INSERT INTO answer_history
    (authority_id, assessment_id, question, value, revision, saved_by, saved_at, save_key, sent_hash)
    SELECT :authority, 100000 + n, 'question', '1', 1, 100001, now(), 'key' || n, '' FROM numbers;
INSERT INTO sessions (authority_id, person_id, token_hash, begun_at, ends_at)
    SELECT :authority, 100001, 'hash' || n, now(), now() FROM numbers;
INSERT INTO accounts (authority_id, person_id, email)
    SELECT :authority, 100000 + n, 'email' || n FROM numbers WHERE n <= 400;
INSERT INTO account_links (authority_id, person_id, token_hash, made_at, ends_at)
    SELECT :authority, 100001 + n % 400, 'hash' || n, now(), now() FROM numbers;
INSERT INTO submissions
    (authority_id, assessment_id, record, shown, context, code_lists, note, submitted_by, submitted_at)
    SELECT :authority, 100000 + n, '{}', '[]', '{}', '{}', '', 100001, now() FROM numbers;
INSERT INTO trials
    (id, authority_id, key, form, state, plan, revision, planned_by, planned_at, saved_by, saved_at)
    SELECT n, :authority, 'trial' || n, 'visit', 'stopped', '{}', 1, 100001, now(), 100001, now()
    FROM numbers WHERE n <= 10;
INSERT INTO trial_forms
    (assessment_id, authority_id, trial_id, team_id, allocated_arm, served_arm, definition_id, why, begun_at)
    SELECT 100000 + n, :authority, 1 + n % 10, 100001, 'now', 'now', 1, '', now() FROM numbers;
INSERT INTO trial_measures (assessment_id, outcome, authority_id, trial_id, value, at)
    SELECT 100000 + n, 'minutes', :authority, 1 + n % 10, n, now() FROM numbers;
INSERT INTO trial_taken_out (assessment_id, kind, authority_id, trial_id, reason, taken_out_by, at)
    SELECT 100000 + n, 'safety', :authority, 1 + n % 10, '', 100001, now() FROM numbers
"""
"""Four thousand children of four hundred workers in other teams, and one of everything for each child."""


@pytest.fixture(scope="module")
def large(server: Server) -> Iterator[Database]:
    """A PostgreSQL database in which one authority has thousands of children, and has counted them."""
    name = server.new_database()
    fill(server.url(name))
    opened = open_database(server.url(name))
    with writing(opened) as connection:
        authority = {"authority": _tom(connection).authority}
        connection.execute(text("CREATE TEMPORARY TABLE numbers AS SELECT n FROM generate_series(1, 4000) AS n"))
        for statement in MANY.split(";"):
            connection.execute(text(statement), authority)
        connection.execute(text("ANALYZE"))
    server.do(f"ALTER DATABASE {name} SET random_page_cost = 1.1")  # as on the disks of these years
    opened.dispose()
    yield opened
    opened.dispose()
    server.drop(name)


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_no_query_walks_through_a_table_that_grows_in_sqlite(query: Executable, on_sqlite: Database) -> None:
    """The database's own plan searches by index wherever rows become many."""
    assert _walked(on_sqlite, query) == []


@pytest.mark.postgres
@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_no_query_walks_through_a_table_that_grows_in_postgres(query: Executable, large: Database) -> None:
    """The same where thousands of rows stand in each table."""
    assert _walked(large, query) == []


@pytest.mark.parametrize("name", ["on_sqlite", pytest.param("large", marks=pytest.mark.postgres)])
def test_a_walk_is_noticed(name: str, request: pytest.FixtureRequest) -> None:
    """A query by what has no index is told, so that the tests above can fail."""
    by_revision = select(answers.answers.c.id).where(answers.answers.c.revision == 1)
    assert _walked(request.getfixturevalue(name), by_revision) == ["answers"]


def test_the_plans_are_of_tables_that_are_there() -> None:
    """The names above are the tables' names."""
    assert set(GROW) <= METADATA.tables.keys()


def _walked(database: Database, query: Executable) -> list[str]:
    """The growing tables that a query reads as a whole, asked by Tom, a manager."""
    with writing(database) as connection:
        plan = _plan(connection, query, _tom(connection))
    assert plan
    found = [match[1] or match[2] for step in plan if (match := WALKS.search(step))]
    aliases = {"given": "allocations", "also_about": "assessment_children"}
    return [table for name in found if (table := aliases.get(name, name)) in GROW]


def _tom(connection: Connection) -> Viewer:
    return next(person for person in everyone(connection) if person.name.startswith("Tom"))


def _plan(connection: Connection, query: Executable, viewer: Viewer) -> list[str]:
    explain = "EXPLAIN QUERY PLAN" if connection.dialect.name == "sqlite" else "EXPLAIN"
    sent: list[tuple[str, Any]] = []
    event.listen(connection, "before_cursor_execute", lambda *args: sent.append((args[2], args[3])))
    connection.execute(query, VALUES | reach_parameters(reach(viewer)))
    statement, parameters = sent[0]
    return [str(row[-1]) for row in connection.exec_driver_sql(f"{explain} {statement}", parameters)]
