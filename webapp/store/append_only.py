"""Tables that only grow: the database itself refuses to change or delete what stands in them."""

from typing import Any

from sqlalchemy import Table, event, text

_SQLITE = """
CREATE TRIGGER {table}_no_{deed} BEFORE {deed} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} only grows'); END
"""
_POSTGRES_FUNCTION = """
CREATE OR REPLACE FUNCTION pith_only_grows() RETURNS trigger LANGUAGE plpgsql
AS $$ BEGIN RAISE EXCEPTION '% only grows', TG_TABLE_NAME; END $$
"""
_POSTGRES = """
CREATE TRIGGER {table}_no_{deed} BEFORE {deed} ON {table} EXECUTE FUNCTION pith_only_grows()
"""
_DROP_FUNCTION = "DROP FUNCTION IF EXISTS pith_only_grows()"


def guards(table: str, dialect: str) -> list[str]:
    """The statements that guard a table, in order."""
    if dialect == "sqlite":
        return [_SQLITE.format(table=table, deed=deed) for deed in ("update", "delete")]
    deeds = ("update", "delete", "truncate")
    return [_POSTGRES_FUNCTION, *(_POSTGRES.format(table=table, deed=deed) for deed in deeds)]


def guards_off(table: str, dialect: str) -> list[str]:
    """The statements that take a table's guards away."""
    if dialect == "sqlite":
        return [f"DROP TRIGGER {table}_no_{deed}" for deed in ("update", "delete")]
    return [f"DROP TRIGGER {table}_no_{deed} ON {table}" for deed in ("update", "delete", "truncate")]


def last_guard_off(dialect: str) -> list[str]:
    """What is left to take away once no table is guarded."""
    return [_DROP_FUNCTION] if dialect == "postgresql" else []


def only_grows(table: Table) -> None:
    """Guard a table that is made straight from its declaration."""

    def guard(target: Any, connection: Any, **_: Any) -> None:
        for statement in guards(table.name, connection.dialect.name):
            connection.execute(text(statement))

    event.listen(table, "after_create", guard)
