"""What the writers write into: a form of open questions, and people who all work with the same child."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.definition import definition_from_json
from webapp.demo import fill
from webapp.demo.people import NORTHSHIRE
from webapp.store import migrations
from webapp.store.allocations import allocate
from webapp.store.authorities import add_team
from webapp.store.children import NewChild, add_child, add_family, children_of
from webapp.store.database import Connection, open_database, writing
from webapp.store.definitions import Publication, publish
from webapp.store.people import NewPerson, add_person, everyone

Json = Any
FORM, SECTION = "diary", "days"
TEAM = "Team of writers"


@dataclass(frozen=True, slots=True)
class Crew:
    """Keys: of the people who write, and of the child they write about."""

    people: Sequence[str]
    child: str


def question(number: int) -> str:
    """The id of a question of the form, counted from 0."""
    return f"day{number}"


def diary(questions: int) -> dict[str, Json]:
    """A form with so many open questions, all of them always shown."""
    asked = [
        {
            "id": question(number),
            "type": "long_text",
            "kind": "fact",
            "label": f"What happened on day {number}?",
            "why": "It helps whoever reads this next",
        }
        for number in range(questions)
    ]
    return {
        "form": FORM,
        "version": 1,
        "title": "Diary",
        "purpose": "Is written by many at once while the server is killed; not a form for use.",
        "sections": [{"id": SECTION, "title": "The days", "questions": asked}],
    }


def add_crew(database_url: str, writers: int, questions: int, at: datetime) -> Crew:
    """Make the tables and the demonstration where they are not there, and add the form and people to write it."""
    database = open_database(database_url)
    migrations.prepare(database)
    with writing(database) as connection:
        fill(connection, at)
        publish(connection, Publication(definition_from_json(diary(questions)), {}), at)
        crew = _add(connection, writers, at)
    database.dispose()
    return crew


def _add(connection: Connection, writers: int, at: datetime) -> Crew:
    authority = next(each.authority for each in everyone(connection) if each.authority_name == NORTHSHIRE.name)
    team = add_team(connection, authority, TEAM)
    for number in range(writers):
        add_person(connection, authority, team, NewPerson(f"Writer {number}", "social worker", "practitioner"))
    family = add_family(connection, authority, "Inkwell family")
    born = NewChild("N-99001", "Quill", "Inkwell", at.date().replace(year=at.year - 7, day=1), None, False, None, None)
    allocate(connection, authority, add_child(connection, authority, family, born), at=at, team=team)
    people = [each for each in everyone(connection) if each.team == team]
    return Crew([each.key for each in people], children_of(connection, people[0])[0].key)
