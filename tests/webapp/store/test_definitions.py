"""A published definition never changes, and everybody begins the newest of their own."""

import json
from datetime import date
from typing import Any

import pytest
from sqlalchemy import event

from engine.definition import Definition, definition_from_json
from tests.webapp.conftest import NOW
from webapp.access import Viewer
from webapp.library import code_list_files, code_lists
from webapp.store.contents import code_lists_of, definition_of
from webapp.store.database import Database, reading, writing
from webapp.store.definitions import Edition, Publication, edition, forms_in_use, publish
from webapp.store.errors import NoSuchRecord, NoSuchVersion, VersionTaken, Withdrawn
from webapp.store.withdrawals import Withdrawal, withdraw

QUESTION = {"id": "q", "type": "short_text", "kind": "fact", "label": "Q?", "why": "Because"}


def _form(version: int, label: str = "Q?", **settings: Any) -> Definition:
    data = {"form": "note", "version": version, "title": "Note", "purpose": "To note"}
    question = {**QUESTION, "label": label, **settings}
    given = {**data, "sections": [{"id": "s", "title": "S", "questions": [question]}]}
    return definition_from_json(given, code_lists(code_list_files()), "2026-03-12")


def test_the_same_again_publishes_nothing_and_other_content_is_refused(database: Database) -> None:
    """A number stands for one content for ever."""
    with writing(database) as connection:
        first = publish(connection, Publication(_form(1), {}), NOW)
        assert publish(connection, Publication(_form(1), {}), NOW) == first
        with pytest.raises(VersionTaken, match="note version 1"):
            publish(connection, Publication(_form(1, "Another?"), {}), NOW)


def test_an_authority_begins_its_own_newest_version(database: Database, people: dict[str, Viewer]) -> None:
    """Versions are numbered for each owner; nobody sees another authority's."""
    adaeze, bryony = people["Adaeze"], people["Bryony"]
    with writing(database) as connection:
        for version in (2, 1, 10):
            publish(connection, Publication(_form(version), {}), NOW)
        own = publish(connection, Publication(_form(1, "Ours?"), {}, owner=adaeze.authority, by=adaeze.id), NOW)
        assert edition(connection, adaeze, "note", NOW.date()).id == own
        assert edition(connection, bryony, "note", NOW.date()).version == 10
        in_use = [each.form for each in forms_in_use(connection, bryony, NOW.date())]
        assert in_use == sorted({*in_use, "note", "visit"})
        with pytest.raises(NoSuchRecord):
            edition(connection, adaeze, "no-such-form", NOW.date())


def _read(database: Database, which: Edition, day: str) -> tuple[Definition, int]:
    """The definition and how many statements reading it took."""
    seen: list[str] = []

    def count(*args: Any) -> None:
        seen.extend([args[2]] if args[2].startswith("SELECT") else [])

    with reading(database) as connection:
        event.listen(connection, "before_cursor_execute", count)
        return definition_of(connection, which, date.fromisoformat(day)), len(seen)


def test_a_definition_is_read_once_in_a_process(database: Database, people: dict[str, Viewer]) -> None:
    """Pages do not pay for reading the form again and again."""
    label = f"Read once from {database.dialect.name}?"
    with writing(database) as connection:
        publish(connection, Publication(_form(1, label), {}), NOW)
        which = edition(connection, people["Adaeze"], "note", NOW.date())
    first, statements = _read(database, which, "2026-03-12")
    assert (first.sections, statements) == (_form(1, label).sections, 1)
    again, statements = _read(database, which, "2026-03-13")
    assert again is first
    assert statements == 0


def test_codes_are_those_of_the_day(database: Database, people: dict[str, Viewer]) -> None:
    """A code that was withdrawn cannot be chosen after its last day, and can before."""
    option = {"label": "One", "from": "2025-01-01"}
    lists = {
        "codes": {
            "code_list": "codes",
            "title": "Codes",
            "options": [{"value": "a", **option}, {"value": "b", **option, "to": "2026-03-31"}],
        }
    }
    data = json.loads(json.dumps(_form(1).given))
    data["sections"][0]["questions"][0] |= {"type": "choice", "code_list": "codes"}
    with writing(database) as connection:
        definition = definition_from_json(data, code_lists(lists))
        publish(connection, Publication(definition, lists), NOW)
        which = edition(connection, people["Adaeze"], "note", NOW.date())
        assert code_lists_of(connection, which) == lists
    values = {
        day: [option.value for option in _read(database, which, day)[0].by_id["q"].options]
        for day in ("2026-03-31", "2026-04-01", "2026-03-30")
    }
    assert values == {"2026-03-31": ["a", "b"], "2026-04-01": ["a"], "2026-03-30": ["a", "b"]}


def test_withdrawing_a_version_brings_back_the_one_before(database: Database, people: dict[str, Viewer]) -> None:
    """One step back is one withdrawal; withdrawing twice is once, and nobody withdraws what is not theirs."""
    adaeze = people["Adaeze"]
    with writing(database) as connection:
        for version in (1, 2):
            publish(connection, Publication(_form(version), {}), NOW)
        for _ in range(2):
            withdraw(connection, Withdrawal("note", 2, "It asked the wrong thing."), NOW)
        assert edition(connection, adaeze, "note", NOW.date()).version == 1
        with pytest.raises(NoSuchVersion, match="note version 1"):
            withdraw(connection, Withdrawal("note", 1, "Not ours", owner=adaeze.authority), NOW)
        withdraw(connection, Withdrawal("note", 1, "We are done with it."), NOW)
        with pytest.raises(Withdrawn, match=r"Note can no longer be begun: It asked the wrong thing\."):
            edition(connection, adaeze, "note", NOW.date())
