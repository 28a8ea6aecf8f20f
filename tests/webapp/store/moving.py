"""Versions of the visit to move a draft between, published for Northshire, and moving as the page does it."""

import json
from collections.abc import Callable
from typing import Any

from engine.definition import Definition, definition_from_json
from engine.journey import Child, Context
from engine.versions import move
from tests.webapp.conftest import NOW
from webapp.access import Viewer
from webapp.clock import london_day
from webapp.library import LIBRARY, read_definition
from webapp.store.answers import answers_of
from webapp.store.assessments import Assessment, assessment_to_write
from webapp.store.contents import definition_of
from webapp.store.database import Connection
from webapp.store.definitions import Edition, Publication, edition, publish
from webapp.store.moves import Moving, move_draft

Json = Any
Form = dict[str, Json]
WHY = "Workers asked for plainer words"


def question(form: Form, name: str) -> Json:
    """A question of a form's JSON, to change it in place."""
    return next(each for section in form["sections"] for each in section["questions"] if each["id"] == name)


def without(form: Form, name: str) -> Json:
    """Take a question out of a form's JSON and give it."""
    found = question(form, name)
    for section in form["sections"]:
        section["questions"] = [each for each in section["questions"] if each["id"] != name]
    return found


def plainer(form: Form) -> None:
    """Two questions gone, one asked of each child, a choice with fewer options, one newly asked, others needed."""
    without(form, "expected")
    question(form, "saw")["per_child"] = True
    place = question(form, "place")
    place["options"] = [each for each in place["options"] if each["value"] != "school"]
    question(form, "other_story")["required"] = True
    question(form, "meaning")["required"] = False
    hope = {
        "id": "hope",
        "kind": "analysis",
        "type": "long_text",
        "label": "What gives you hope?",
        "why": "To build on",
    }
    form["sections"][-1]["questions"].insert(0, hope)


def visit(version: int, change: Callable[[Form], Any]) -> Definition:
    """The shipped visit after a change."""
    definition, _ = read_definition(LIBRARY / "visit" / "1.json")
    form = json.loads(json.dumps(definition.given))
    change(form)
    return definition_from_json({**form, "version": version})


def publish_visit(connection: Connection, authority: int, version: int, change: Callable[[Form], Any]) -> None:
    """Publish a version of an authority's own, which is in use from then on."""
    publish(connection, Publication(visit(version, change), {}, authority, reason=WHY), NOW)


def new_version(connection: Connection, viewer: Viewer, version: int, change: Callable[[Form], Any]) -> Edition:
    """Publish a version and give its edition."""
    publish_visit(connection, viewer.authority, version, change)
    return edition(connection, viewer, "visit", NOW.date())


def moving_to(connection: Connection, held: Assessment, to: Edition) -> Moving:
    """What moving a draft as it stands comes to."""
    old, new = (definition_of(connection, each, london_day(NOW)) for each in (held.edition, to))
    context = Context("2026-03-12", tuple(Child(each.key) for each in held.children))
    return Moving(to, new, move(stands(connection, held), old, new, context), "en")


def move_to(connection: Connection, viewer: Viewer, key: str, to: Edition) -> str:
    """Move a draft as the page does; gives the move's key."""
    held = assessment_to_write(connection, viewer, key)
    return move_draft(connection, viewer, held, answers_of(connection, held), moving_to(connection, held, to), NOW)


def stands(connection: Connection, assessment: Assessment) -> dict[str, Json]:
    """The answers of a draft as the engine takes them."""
    return answers_of(connection, assessment).draft()
