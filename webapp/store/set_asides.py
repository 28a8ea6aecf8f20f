"""Drafts set aside and brought back: who did it, when and why; nothing of a draft is destroyed by it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Column, ForeignKey, Integer, Table, Text, bindparam, insert, select

from webapp.access import Viewer
from webapp.store.access_log import log_act, log_opened
from webapp.store.append_only import only_grows
from webapp.store.assessments import Assessment, assessments_about, find_aside, move
from webapp.store.children import Child
from webapp.store.database import METADATA, Connection, UtcTime
from webapp.store.people import people

Reason = Literal["mistake", "wrong_child", "elsewhere", "other"]

set_asides = Table(
    "set_asides",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("authority_id", ForeignKey("authorities.id"), nullable=False),
    Column("assessment_id", ForeignKey("assessments.id"), nullable=False, index=True),
    Column("act", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("words", Text, nullable=False),
    Column("person_id", ForeignKey("people.id"), nullable=False),
    Column("at", UtcTime, nullable=False),
)
only_grows(set_asides)


@dataclass(frozen=True, slots=True)
class Why:
    """Why a draft is set aside, and a line about it ("" for none)."""

    reason: Reason
    words: str


@dataclass(frozen=True, slots=True)
class Aside:
    """A draft that was set aside: by whom (a name), when and why."""

    assessment: Assessment
    by: str
    at: datetime
    why: Why


_ADD = insert(set_asides)
_NEWEST = (
    select(set_asides.c.assessment_id, people.c.name, set_asides.c.at, set_asides.c.reason, set_asides.c.words)
    .join(people, people.c.id == set_asides.c.person_id)
    .where(
        set_asides.c.assessment_id.in_(bindparam("assessments", expanding=True)),
        set_asides.c.act == "set_aside",
    )
    .order_by(set_asides.c.id)
)


def set_aside(connection: Connection, viewer: Viewer, assessment: Assessment, why: Why, at: datetime) -> None:
    """Take a draft off every list, where the viewer holds it by `assessment_to_write`. Raises NotYours."""
    if move(connection, viewer, assessment, "draft", "set_aside"):
        _mark(connection, viewer, assessment, "set_aside", why.reason, why.words, at)


def bring_back(connection: Connection, viewer: Viewer, key: str, at: datetime) -> None:
    """Let a draft that was set aside be written again; raises NoSuchRecord, NotYours. Needs a writing transaction."""
    assessment = find_aside(connection, viewer, key)
    if move(connection, viewer, assessment, "set_aside", "draft"):
        _mark(connection, viewer, assessment, "brought_back", "", "", at)


def _mark(
    connection: Connection, viewer: Viewer, assessment: Assessment, act: str, reason: str, words: str, at: datetime
) -> None:
    row = {"authority_id": viewer.authority, "assessment_id": assessment.id, "person_id": viewer.id, "at": at}
    connection.execute(_ADD, {**row, "act": act, "reason": reason, "words": words})
    log_act(connection, viewer, "assessment", [assessment.id], act, at)


def open_aside(connection: Connection, viewer: Viewer, key: str, at: datetime) -> Aside:
    """A draft that was set aside, with a row in the access log; raises NoSuchRecord. Needs a writing transaction."""
    assessment = find_aside(connection, viewer, key)
    log_opened(connection, viewer, "assessment", assessment.id, at)
    return _asides(connection, [assessment])[0]


def set_aside_about(connection: Connection, viewer: Viewer, child: Child) -> tuple[Aside, ...]:
    """What was set aside about a child, as far as the viewer may open every child of it, newest first."""
    return _asides(connection, assessments_about(connection, viewer, [child], aside=True))


def _asides(connection: Connection, found: Iterable[Assessment]) -> tuple[Aside, ...]:
    by_id: Mapping[int, Assessment] = {assessment.id: assessment for assessment in found}
    if not by_id:
        return ()
    rows = connection.execute(_NEWEST, {"assessments": list(by_id)})
    newest = {
        row.assessment_id: Aside(by_id[row.assessment_id], row.name, row.at, Why(row.reason, row.words)) for row in rows
    }
    return tuple(newest[each] for each in by_id)
