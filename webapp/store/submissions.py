"""Submissions: what an assessment said when it was handed to the manager, frozen."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, ForeignKey, Integer, Table, Text, bindparam, insert, select

from webapp.access import Viewer, may_read_line
from webapp.store.access_log import log_act
from webapp.store.append_only import only_grows
from webapp.store.assessments import Assessment, assessments, close_draft, find_submitted
from webapp.store.database import METADATA, Connection, UtcTime
from webapp.store.errors import NoSuchRecord
from webapp.store.people import people

Json = Any

submissions = Table(
    "submissions",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("authority_id", ForeignKey("authorities.id"), nullable=False),
    Column("assessment_id", ForeignKey("assessments.id"), nullable=False, unique=True),
    Column("record", JSON, nullable=False),
    Column("shown", JSON, nullable=False),
    Column("context", JSON, nullable=False),
    Column("code_lists", JSON, nullable=False),
    Column("note", Text, nullable=False),
    Column("submitted_by", ForeignKey("people.id"), nullable=False),
    Column("submitted_at", UtcTime, nullable=False),
)
only_grows(submissions)


@dataclass(frozen=True, slots=True)
class Frozen:
    """What is kept of an assessment for good.

    `record` is the journey's record, worked-out values in it; `shown` the places shown, as text, in order; `context`
    the day and the children's facts it was evaluated with; `code_lists` those its definition names.
    """

    record: Mapping[str, Json]
    shown: Sequence[str]
    context: Mapping[str, Json]
    code_lists: Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class Submission:
    """What was submitted, by whom (a name), when, and the line written to the manager ("" for none).

    `begun_by_another` says that somebody else had begun it; `writer` is the id of who submitted it.
    """

    id: int
    frozen: Frozen
    note: str
    submitted_by: str
    submitted_at: datetime
    begun_by_another: bool
    writer: int


_SUBMITTED = (
    select(
        submissions.c.id,
        submissions.c.record,
        submissions.c.shown,
        submissions.c.context,
        submissions.c.code_lists,
        submissions.c.note,
        people.c.name,
        submissions.c.submitted_at,
        submissions.c.submitted_by != assessments.c.begun_by,
        submissions.c.submitted_by,
    )
    .join(assessments, assessments.c.id == submissions.c.assessment_id)
    .join(people, people.c.id == submissions.c.submitted_by)
)
_OF = _SUBMITTED.where(submissions.c.assessment_id == bindparam("assessment"))
_NEWEST = (
    _SUBMITTED.add_columns(submissions.c.assessment_id)
    .where(submissions.c.assessment_id.in_(bindparam("assessments", expanding=True)))
    .order_by(submissions.c.submitted_at.desc(), submissions.c.id.desc())
)
_HANDED_IN = (
    select(submissions.c.assessment_id, people.c.name, submissions.c.submitted_at)
    .join(people, people.c.id == submissions.c.submitted_by)
    .where(submissions.c.assessment_id.in_(bindparam("assessments", expanding=True)))
)
_ADD = insert(submissions)


def submit(
    connection: Connection, viewer: Viewer, assessment: Assessment, frozen: Frozen, note: str, at: datetime
) -> Submission:
    """Freeze a complete draft; submitted already, the first submission stands and is given.

    The caller has found no problem in answers read in this same writing transaction. Raises NotYours.
    """
    if close_draft(connection, viewer, assessment):
        row = {
            "authority_id": viewer.authority,
            "assessment_id": assessment.id,
            "record": dict(frozen.record),
            "shown": list(frozen.shown),
            "context": dict(frozen.context),
            "code_lists": dict(frozen.code_lists),
            "note": note,
            "submitted_by": viewer.id,
            "submitted_at": at,
        }
        connection.execute(_ADD, row)
    return submission_of(connection, assessment)


def open_submission(
    connection: Connection, viewer: Viewer, key: str, at: datetime, child: str = "", act: str = "opened"
) -> tuple[Assessment, Submission]:
    """An assessment by key with what was submitted, and a row in the access log; raises NoSuchRecord.

    `child` is the key of the child whose record alone is read: that child is within reach, and the log names no other.
    For everybody's record, every child it is about is. The assessment's children are those within reach.
    """
    assessment = find_submitted(connection, viewer, key)
    read_alone = next((each.id for each in assessment.children if each.key == child), None)
    if read_alone is None and (child or not assessment.whole):
        raise NoSuchRecord
    submission = submission_of(connection, assessment)
    log_act(connection, viewer, "submission", [submission.id], act, at, read_alone)
    return assessment, submission if may_read_line(viewer, submission.writer) else replace(submission, note="")


def submission_of(connection: Connection, assessment: Assessment) -> Submission:
    """What was submitted of an assessment that the caller was given; raises NoSuchRecord while it is a draft."""
    row = connection.execute(_OF, {"assessment": assessment.id}).one_or_none()
    if row is None:
        raise NoSuchRecord
    return _submission(row)


def newest_submissions(connection: Connection, about: Sequence[Assessment]) -> Iterator[tuple[Assessment, Submission]]:
    """What was submitted of assessments that the caller was given, newest first, each read when it is come to."""
    by_id = {assessment.id: assessment for assessment in about if not assessment.draft}
    if by_id:
        for *row, assessment in connection.execute(_NEWEST, {"assessments": list(by_id)}):
            yield by_id[assessment], _submission(row)


def handed_in(connection: Connection, about: Iterable[Assessment]) -> Mapping[int, tuple[str, datetime]]:
    """Who submitted (a name) and when, by id of the assessments that the caller was given; drafts are left out."""
    rows = connection.execute(_HANDED_IN, {"assessments": [each.id for each in about if not each.draft]})
    return {assessment: (by, at) for assessment, by, at in rows}


def _submission(row: Sequence[Any]) -> Submission:
    return Submission(row[0], Frozen(*row[1:5]), *row[5:])
