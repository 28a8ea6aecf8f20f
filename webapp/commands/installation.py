"""The database of an installation, brought up to date and given what ships with Pith."""

import sys
from datetime import datetime

from engine.definition import Definition
from engine.text import in_language
from webapp import clock, demo
from webapp.commands.progress import Progress
from webapp.config import LANGUAGE, Settings
from webapp.store import migrations
from webapp.store.database import Connection, Database, open_database, writing


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
    for kept in demo.publish_library(connection, at):
        print(_kept_as_it_was(kept), file=sys.stderr)


def _kept_as_it_was(form: Definition) -> str:
    title, version = in_language(form.title, LANGUAGE), form.version
    return (
        f"{title}: version {version} of {form.form} that ships now is not the one published here before, which stays "
        "in use. To use the new one, give it the next number in a copy of its file and run pith publish."
    )


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
