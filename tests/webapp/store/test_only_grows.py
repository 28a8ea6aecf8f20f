"""The database itself refuses to change or take away what may only grow, whoever asks for it."""

from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tests.webapp.store.first_revision import ONLY_GROW, add_rows
from webapp.store import migrations
from webapp.store.database import Database, reading, writing

DEEDS = {
    "every row changed": "UPDATE {table} SET authority_id = authority_id",
    "one row changed": "UPDATE {table} SET id = 99 WHERE id = 1",
    "every row deleted": "DELETE FROM {table}",
    "one row deleted": "DELETE FROM {table} WHERE id = 1",
    "changed by way of adding": "INSERT INTO {table} SELECT * FROM {table} WHERE id = 1 "
    "ON CONFLICT (id) DO UPDATE SET authority_id = 1",
}
ONLY_ON = {
    "sqlite": {"replaced": "REPLACE INTO {table} SELECT * FROM {table} WHERE id = 1"},
    "postgresql": {"emptied": "TRUNCATE {table}", "emptied with others": "TRUNCATE assessments, people CASCADE"},
}


A_DRAFT = (
    "INSERT INTO drafts (id, authority_id, key, form, begun_from, begun_by, begun_at, code_lists) "
    "SELECT 1, 1, 'k', 'visit', 1, 1, published_at, '{}' FROM definitions",
    "INSERT INTO draft_revisions (id, authority_id, draft_id, number, shows, content, done, saved_by, saved_at) "
    "SELECT 1, 1, 1, 1, 1, '{}', 'Began', 1, begun_at FROM drafts",
)
"""A draft of a form with its first revision."""
A_CHANGE = (
    "INSERT INTO particulars_history SELECT 1, authority_id, id, given_name, family_name, born, expected, unborn, "
    "disabled, interpreter, unborn, 1, (SELECT begun_at FROM drafts) FROM children WHERE id = 1",
)
"""What was kept of a child before a change."""


@pytest.fixture
def grown(empty: Database) -> Database:
    """A database with rows in the tables that only grow."""
    migrations.migrate(empty, "0001")
    add_rows(empty)
    migrations.prepare(empty)
    with writing(empty) as connection:
        for statement in (*A_DRAFT, *A_CHANGE):
            connection.execute(text(statement))
    return empty


def _rows(database: Database, table: str) -> list[tuple[Any, ...]]:
    with reading(database) as connection:
        return [tuple(row) for row in connection.execute(text(f"SELECT * FROM {table} ORDER BY id"))]


@pytest.mark.parametrize("table", [*ONLY_GROW, "draft_revisions", "particulars_history"])
def test_nothing_is_changed_or_taken_away(grown: Database, table: str) -> None:
    """Whatever the statement, the rows are there afterwards as they were, and one more can be added."""
    before = _rows(grown, table)
    assert before
    for name, statement in {**DEEDS, **ONLY_ON[grown.dialect.name]}.items():
        with pytest.raises(DBAPIError) as refused, writing(grown) as connection:
            connection.execute(text(statement.format(table=table)))
        assert _is_our_refusal(refused.value), f"{name}: {refused.value}"
        assert _rows(grown, table) == before, name


def _is_our_refusal(error: DBAPIError) -> bool:
    """By its code, since the words of PostgreSQL are kept from the log."""
    return "P0001" in str(error) or "only grows" in str(error)
