"""The chain of migrations makes exactly the tables the store declares, and takes them away again."""

import re
from pathlib import Path

from alembic.script import ScriptDirectory
from sqlalchemy import text

from webapp.store import answers, migrations, sessions, submissions
from webapp.store.database import METADATA, Database, open_database, reading

DECLARED = (answers, sessions, submissions)


def _tables(database: Database) -> dict[str, str]:
    with reading(database) as connection:
        rows = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"))
        return {name: _one_spelling(sql) for name, sql in rows if name != "alembic_version"}


def _one_spelling(sql: str) -> str:
    body = re.sub(r"\s+", " ", sql).replace('"', "")
    head, _, rest = body.partition("(")
    return head + "|".join(sorted(part.strip() for part in re.split(r",(?![^()]*\))", rest.rstrip(")"))))


def test_migrations_make_the_tables_the_store_declares(tmp_path: Path) -> None:
    """A migrated database and one made straight from the tables are described in the same words."""
    migrated, declared = (open_database(f"sqlite:///{tmp_path / name}.sqlite") for name in ("m", "d"))
    migrations.prepare(migrated)
    METADATA.create_all(declared)
    assert _tables(migrated) == _tables(declared)
    assert {"answers", "uq_answers_place", "uq_definitions_owner_form_version"} <= _tables(migrated).keys()


def test_the_first_revision_can_be_undone_and_done_again(tmp_path: Path) -> None:
    """Going down leaves no table; going up again leaves the same as before."""
    database = open_database(f"sqlite:///{tmp_path / 'x.sqlite'}")
    migrations.prepare(database)
    before = _tables(database)
    migrations.migrate(database, "base")
    assert _tables(database) == {}
    assert migrations.revision_of(database) is None
    migrations.prepare(database)
    assert _tables(database) == before


def test_head_is_the_end_of_one_chain() -> None:
    """The revision a server waits for is the newest there is, and the chain does not fork."""
    scripts = ScriptDirectory(str(Path(migrations.__file__).parent))
    assert scripts.get_heads() == [migrations.HEAD]
