"""The database of an installation, brought up to date and given what ships with Pith."""

import sys

from webapp import clock, demo
from webapp.config import Settings
from webapp.store import migrations
from webapp.store.database import Database, open_database, writing
from webapp.store.errors import VersionTaken


def ready_database(settings: Settings) -> Database:
    """The database with its tables, the shipped definitions and, in the demonstration, its people."""
    database = bare_database(settings)
    at = clock.utc_now()
    with writing(database) as connection:
        if settings.demo:
            demo.fill(connection, at)
        try:
            demo.publish_library(connection, at)
        except VersionTaken as refusal:
            print(f"{refusal.message} What was published stays in use.", file=sys.stderr)
    return database


def bare_database(settings: Settings) -> Database:
    """The database with its tables as this version needs them."""
    settings.data.mkdir(parents=True, exist_ok=True)
    database = open_database(settings.database_url)
    migrations.prepare(database)
    return database
