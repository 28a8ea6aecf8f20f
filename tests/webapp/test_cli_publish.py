"""pith publish and pith demo: what people can begin, and the demonstration made anew."""

import json
from pathlib import Path
from typing import Any

from sqlalchemy import func, not_, select

from tests.webapp.commands import Pith
from webapp.library import shipped_definitions
from webapp.store.children import children
from webapp.store.database import Database, open_database, reading, writing
from webapp.store.definitions import definitions
from webapp.store.people import everyone
from webapp.store.sessions import sessions
from webapp.store.submissions import submissions


def _form(version: int, label: str = "What?", **more: Any) -> dict[str, Any]:
    question = {"id": "q", "type": "short_text", "kind": "fact", "label": label, "why": "To know"}
    section = {"id": "s", "title": "Section", "questions": [question | more]}
    return {"form": "note", "version": version, "title": "Note", "purpose": "To note", "sections": [section]}


def _write(path: Path, value: Any) -> Path:
    path.write_text(json.dumps(value), encoding="utf-8")
    return path


def _published(database: Database) -> list[tuple[str, int]]:
    with reading(database) as connection:
        for_all = select(definitions.c.form, definitions.c.version).where(not_(definitions.c.for_trial))
        rows = connection.execute(for_all.order_by(definitions.c.id))
        return [(form, version) for form, version in rows]


def test_sound_definitions_are_published_once(pith: Pith, tmp_path: Path) -> None:
    """Publishing the same again changes nothing; the database is made where there is none."""
    paths = [_write(tmp_path / f"{version}.json", _form(version)) for version in (1, 2)]
    ran = pith("publish", *paths)
    assert (ran.code, ran.out) == (0, "note version 1 is published.\nnote version 2 is published.\n")
    assert pith("publish", paths[0]).code == 0
    assert _published(open_database(f"sqlite:///{tmp_path}/data/pith.sqlite")) == [("note", 1), ("note", 2)]


def test_nothing_is_published_where_one_has_errors(pith: Pith, tmp_path: Path) -> None:
    """All or none, and the errors are told as the check tells them."""
    sound, broken = _write(tmp_path / "1.json", _form(1)), _write(tmp_path / "2.json", _form(2, typ="x"))
    ran = pith("publish", sound, broken)
    assert (ran.code, ran.out) == (1, "")
    assert f"{broken}:1: unknown_key /sections/0/questions/0/typ" in ran.err
    assert "Nothing was published." in ran.err
    assert not (tmp_path / "data" / "pith.sqlite").exists()


def test_a_number_that_is_taken_is_refused_and_nothing_published(pith: Pith, tmp_path: Path) -> None:
    """Other content needs another number, and those before it in the command are not published either."""
    pith("publish", _write(tmp_path / "1.json", _form(1)))
    new, changed = _write(tmp_path / "2.json", _form(2)), _write(tmp_path / "1.json", _form(1, "What else?"))
    ran = pith("publish", new, changed)
    assert ran.code == 2
    assert "note version 1 is already published" in ran.err
    assert _published(open_database(f"sqlite:///{tmp_path}/data/pith.sqlite")) == [("note", 1)]


def test_the_demonstration_is_made_anew(pith: Pith, tmp_path: Path) -> None:
    """Whatever was written is gone, the invented people are back with their stories, and everybody is signed out."""
    assert pith("demo", "--reset").code == 0
    database = open_database(f"sqlite:///{tmp_path}/data/demo.sqlite")
    with writing(database) as connection:
        names = [person.name for person in everyone(connection)]
        told = connection.execute(select(func.count()).select_from(submissions)).scalar()
        connection.execute(children.update().values(given_name="Changed"))
    ran = pith("demo", "--reset")
    assert (ran.code, ran.out) == (0, "The demonstration is as it was on its first day.\n")
    with reading(database) as connection:
        assert [person.name for person in everyone(connection)] == names
        assert "Changed" not in connection.execute(select(children.c.given_name)).scalars().all()
        assert connection.execute(select(func.count()).select_from(sessions)).scalar() == 0
        assert connection.execute(select(func.count()).select_from(submissions)).scalar() == told
    shipped = [(path.parent.name, int(path.stem)) for path in shipped_definitions()]
    assert ("visit", 1) in shipped
    northshires_own = ("visit", 1)
    assert _published(database) == [*shipped, northshires_own]
    assert not (tmp_path / "data" / "pith.sqlite").exists()
