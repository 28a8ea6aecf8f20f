"""A question that a newer base has no more, kept as one of the authority's own."""

from collections.abc import Mapping
from typing import Any

from engine.editing.adapting import Fitted, fitted
from engine.editing.applying import Operation
from engine.overlays.places import question_at, spot_of
from engine.overlays.state import State

Json = Any


def kept_as_own(own: Mapping[str, Json], newer: Mapping[str, Json], path: str) -> Fitted | None:
    """The operation that adds a question or column of one form to another as it stands; None where it has no place.

    It comes after what it came after, else last where it stood; where questions that it waited for are gone it waits
    for the others, and `differing` says so. Neither form is changed.
    """
    if spot_of(own, path) is None or spot_of(newer, path) is not None:
        return None
    found = fitted(_adding(own, path), State(own), State(newer))
    return None if found.operation is None else found


def _adding(own: Mapping[str, Json], path: str) -> Operation:
    spot = spot_of(own, path)
    assert spot
    section, rows = own["sections"][spot.section], path.rpartition(".")[0]
    beside, index, prefix = section["questions"], spot.question, ""
    if spot.column is not None:
        beside, index, prefix = section["questions"][spot.question]["columns"], spot.column, f"{rows}."
    container = {"to_rows": rows} if rows else {"to_section": section["id"]}
    place = {"after": f"{prefix}{beside[index - 1]['id']}"} if index else {**container, "after": None}
    return {"op": "add", "question": question_at(own, spot), **place}
