"""The one chain of changes to the tables, and bringing a database up to its end."""

from pathlib import Path

from sqlalchemy import inspect, text

from webapp.store.database import Database, reading, writing
from webapp.store.on_postgres import wait_to_migrate

HEAD = "0003"
"""The newest revision; kept here so that a server whose tables are ready need not load Alembic to see it."""


def prepare(database: Database) -> None:
    """Make or upgrade the tables where they are not at HEAD; quick where they are."""
    if revision_of(database) != HEAD:
        migrate(database, HEAD)


def revision_of(database: Database) -> str | None:
    """The revision a database's tables are at; None for an empty database."""
    with reading(database) as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        found: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        return found


def migrate(database: Database, to: str) -> None:
    """Take the tables up or down to a revision ("base" for none at all), in one transaction that nobody shares."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    with writing(database) as connection:
        if database.dialect.name == "postgresql":
            wait_to_migrate(connection)
        config.attributes["connection"] = connection
        before = revision_of(database)
        going_down = to == "base" or (before is not None and to < before)
        (command.downgrade if going_down else command.upgrade)(config, to)
