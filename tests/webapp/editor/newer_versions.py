"""A newer version of the visit that ships, and an authority's own version from before it."""

import json
from collections.abc import Sequence
from typing import Any

from engine.definition import definition_from_json
from engine.editing import edited
from tests.webapp.conftest import NOW
from tests.webapp.editor.drafting import Drafting
from webapp.editor.layout import laid_out
from webapp.library import LIBRARY
from webapp.store.database import Database, writing
from webapp.store.definitions import Publication, publish

Json = Any

SHIPPED: Json = json.loads((LIBRARY / "visit" / "1.json").read_text(encoding="utf-8"))
PLACE, PLAIN = "Where did you go?", "Where were you?"
EXPECTED, KNOWN = "Did the family know you were coming?", "Were you expected?"
OURS: list[Json] = [
    {"op": "reword", "question": "place", "label": PLAIN},
    {"op": "reword", "question": "expected", "label": KNOWN},
    {"op": "add", "after": "place", "question": {
        "id": "pets", "type": "yes_no", "kind": "fact", "why": "Safe visits", "label": "Are there animals in the home?",
    }},
    {"op": "set", "question": "pets", "settings": {"show_when": {"question": "contact", "is": "in_person"}}},
    {"op": "reword", "section": "visit", "title": "Your visit"},
]  # fmt: skip
THEIRS: list[Json] = [
    {"op": "reword", "question": "place", "label": "Which place was it?"},
    {"op": "hide", "question": "expected"},
    {"op": "reword", "section": "visit", "title": "Your visit"},
]


def publish_newer(database: Database, operations: Sequence[Json] = THEIRS, version: int = 2) -> Json:
    """Ship a newer version of the visit, and give its JSON."""
    newer = {**edited(SHIPPED, operations), "version": version}
    with writing(database) as connection:
        publish(connection, Publication(definition_from_json(newer), {}), NOW)
    return newer


def change_ours(drafting: Drafting, operations: Sequence[Json] = OURS) -> None:
    """Make the authority's changes in its draft."""
    assert drafting.save(laid_out(edited(json.loads(drafting.text()), operations))).status_code == 303


def publish_ours(drafting: Drafting, operations: Sequence[Json] = OURS) -> None:
    """Publish them as the authority's own version."""
    change_ours(drafting, operations)
    assert drafting.publish(reason="Ours", budget_reason="It matters").status_code == 303
