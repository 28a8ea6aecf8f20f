"""The database of an installation, brought up to date and given what ships with Pith."""

import sys
from datetime import datetime

from webapp import clock, demo
from webapp.commands.progress import Progress
from webapp.config import Settings
from webapp.store import migrations
from webapp.store.database import Connection, Database, open_database, writing
from webapp.store.errors import VersionTaken


def ready_database(settings: Settings) -> Database:
    """The database with its tables, the shipped definitions and, in the demonstration, its people and their stories."""
    database = bare_database(settings)
    at = clock.utc_now()
    with writing(database) as connection:
        new = settings.demo and demo.fill(connection, at)
        _publish(connection, demo.first_day(at) if new else at)
        if new:
            _tell_stories(connection, at)
    return database


def _publish(connection: Connection, at: datetime) -> None:
    try:
        demo.publish_library(connection, at)
    except VersionTaken as refusal:
        print(f"{refusal.message} What was published stays in use.", file=sys.stderr)


def _tell_stories(connection: Connection, at: datetime) -> None:
    told = demo.stories_to_tell(connection, at)
    with Progress(len(told), "steps of the demonstration’s stories told") as progress:
        for tell in told:
            tell()
            progress.step()


def bare_database(settings: Settings) -> Database:
    """The database with its tables as this version needs them."""
    settings.data.mkdir(parents=True, exist_ok=True)
    database = open_database(settings.database_url)
    migrations.prepare(database)
    return database
