"""The chain of migrations makes exactly the tables the store declares, and takes them away again."""

import re
import threading
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

from alembic.script import ScriptDirectory
from sqlalchemy import inspect, select, text

from tests.webapp.conftest import NOW
from webapp import demo, store
from webapp.store import migrations
from webapp.store.database import METADATA, Database, reading, writing

DECLARED = [import_module(f"webapp.store.{each.name}") for each in iter_modules(store.__path__)]
"""Every module that declares a table: what nobody has loaded is not in METADATA."""


SAID_BY = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name <> 'alembic_version'",
    "postgresql": """
        SELECT table_name || '.' || column_name, data_type || ' ' || is_nullable || coalesce(column_default, '')
        FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> 'alembic_version'
        UNION ALL
        SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint
        WHERE connamespace = 'public'::regnamespace AND conname NOT LIKE 'alembic_version%'
        UNION ALL
        SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename <> 'alembic_version'
    """,
}
"""How each database tells of its tables, columns, keys, indexes and checks."""


def _tables(database: Database) -> dict[str, str]:
    with reading(database) as connection:
        rows = connection.execute(text(SAID_BY[database.dialect.name]))
        return {name: _one_spelling(sql) for name, sql in rows}


def _one_spelling(sql: str) -> str:
    body = re.sub(r"\s+", " ", sql).replace('"', "")
    head, _, rest = body.partition("(")
    return head + "|".join(sorted(part.strip() for part in re.split(r",(?![^()]*\))", rest.rstrip(")"))))


def _table_names(database: Database) -> set[str]:
    with reading(database) as connection:
        return set(inspect(connection).get_table_names())


def _rows(database: Database) -> dict[str, list[Any]]:
    with reading(database) as connection:
        return {
            table.name: [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key))]
            for table in METADATA.sorted_tables
        }


def test_migrations_make_the_tables_the_store_declares(empty: Database) -> None:
    """Either database describes them in the same words as those made straight from the declarations."""
    migrations.prepare(empty)
    migrated = _tables(empty)
    assert {"uq_answers_place", "uq_definitions_owner_form_version"} <= migrated.keys()
    migrations.migrate(empty, "base")
    assert _tables(empty) == {}
    with writing(empty) as connection:
        METADATA.create_all(connection)
    assert _tables(empty) == migrated


def test_the_first_revision_can_be_undone_and_done_again(empty: Database) -> None:
    """Going down leaves no table, whatever stood in them; going up again leaves the same as before."""
    migrations.prepare(empty)
    before = _tables(empty)
    _fill(empty)
    rows = _rows(empty)
    migrations.prepare(empty)
    assert _rows(empty) == rows
    migrations.migrate(empty, "base")
    assert _tables(empty) == {}
    assert migrations.revision_of(empty) is None
    migrations.prepare(empty)
    assert _tables(empty) == before
    assert not any(_rows(empty).values())
    _fill(empty)
    assert {name: len(found) for name, found in _rows(empty).items()} == {
        name: len(found) for name, found in rows.items()
    }


def _fill(database: Database) -> None:
    with writing(database) as connection:
        demo.fill(connection, NOW)
        demo.publish_library(connection, NOW)


def test_servers_that_start_at_once_migrate_once(empty: Database) -> None:
    """The second waits for the first and finds the tables there."""
    begun = threading.Barrier(3)

    def start() -> None:
        begun.wait()
        migrations.migrate(empty, migrations.HEAD)

    servers = [threading.Thread(target=start) for _ in range(3)]
    for server in servers:
        server.start()
    for server in servers:
        server.join()
    assert migrations.revision_of(empty) == migrations.HEAD
    assert _table_names(empty) >= METADATA.tables.keys()


def test_head_is_the_end_of_one_chain() -> None:
    """The revision a server waits for is the newest there is, and the chain does not fork."""
    scripts = ScriptDirectory(str(Path(migrations.__file__).parent))
    assert scripts.get_heads() == [migrations.HEAD]
