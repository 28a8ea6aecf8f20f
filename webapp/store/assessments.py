"""Assessments: one form about one or more children, a draft until it is submitted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any, Literal

from sqlalchemy import (
    Column,
    ForeignKey,
    Integer,
    Select,
    Table,
    Text,
    bindparam,
    exists,
    not_,
    select,
    update,
)

from webapp.access import Viewer, may_write, reach
from webapp.store.access_log import log_opened
from webapp.store.allocations import no_longer_within_reach, reach_parameters, within_reach
from webapp.store.children import CHILD_COLUMNS, Child, children, families
from webapp.store.database import METADATA, Connection, UtcTime
from webapp.store.definitions import EDITION_COLUMNS, Edition, definitions
from webapp.store.errors import AlreadySubmitted, NoLongerAllocated, NoSuchRecord, NotYours, SetAside
from webapp.store.people import people
from webapp.store.trial_tables import trial_forms

assessments = Table(
    "assessments",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("authority_id", ForeignKey("authorities.id"), nullable=False),
    Column("key", Text, nullable=False, unique=True),
    Column("definition_id", ForeignKey("definitions.id"), nullable=False, index=True),
    Column("status", Text, nullable=False),
    Column("begun_by", ForeignKey("people.id"), nullable=False, index=True),
    Column("begun_at", UtcTime, nullable=False),
)

assessment_children = Table(
    "assessment_children",
    METADATA,
    Column("assessment_id", ForeignKey("assessments.id"), primary_key=True),
    Column("child_id", ForeignKey("children.id"), primary_key=True, index=True),
    Column("authority_id", ForeignKey("authorities.id"), nullable=False),
)


Status = Literal["draft", "submitted", "set_aside"]


@dataclass(frozen=True, slots=True)
class Assessment:
    """An assessment as the store knows it, with the children it is about, eldest first; `begun_by` is a name.

    Where not `whole`, it is about others too, whom the viewer may not open: only a record of one of `children` alone
    may be read of it, and nothing written. `trial` is the trial (its id) that it was begun under, None for none.
    """

    id: int
    key: str
    status: Status
    begun_by: str
    begun_by_phone: str
    begun_by_key: str
    begun_at: datetime
    edition: Edition
    children: tuple[Child, ...]
    whole: bool = True
    trial: int | None = None

    @property
    def draft(self) -> bool:
        """Whether it can still be changed."""
        return self.status == "draft"


_OWN = (
    assessments.c.id,
    assessments.c.key,
    assessments.c.status,
    people.c.name,
    people.c.phone,
    people.c.key.label("begun_by_key"),
    assessments.c.begun_at,
    # One table more among those joined, and PostgreSQL no longer looks for the best order of them.
    select(trial_forms.c.trial_id).where(trial_forms.c.assessment_id == assessments.c.id).scalar_subquery(),
)
_ASIDE = "set_aside"
_also_about = assessment_children.alias("also_about")
_beyond_reach = exists().where(
    _also_about.c.assessment_id == assessments.c.id, not_(within_reach(_also_about.c.child_id))
)
_EVERY = (
    select(*_OWN, *EDITION_COLUMNS, *CHILD_COLUMNS)
    .select_from(assessments)
    .join(people, people.c.id == assessments.c.begun_by)
    .join(definitions, definitions.c.id == assessments.c.definition_id)
    .join(assessment_children, assessment_children.c.assessment_id == assessments.c.id)
    .join(children, children.c.id == assessment_children.c.child_id)
    .join(families, families.c.id == children.c.family_id)
    .where(assessments.c.authority_id == bindparam("reach_authority"))
    .order_by(
        assessments.c.begun_at.desc(),
        assessments.c.id.desc(),
        children.c.unborn,
        children.c.born,
        children.c.id,
    )
)
_ALL = _EVERY.where(assessments.c.status != _ASIDE)
"""What stands: a draft that was set aside is on no list, and no step but bringing it back finds it."""
_MINE = _ALL.where(not_(_beyond_reach))
"""Those of which every child is within reach."""
_IN_PART = _ALL.add_columns(not_(_beyond_reach).label("whole")).where(within_reach(assessment_children.c.child_id))
"""Those of which any child is within reach, with these children alone."""
_ONE = _MINE.where(assessments.c.key == bindparam("key"))
_HELD = _ONE.with_for_update(of=assessments, key_share=True)
_SUBMITTED = _IN_PART.where(assessments.c.key == bindparam("key"), assessments.c.status == "submitted")
_about_any = assessments.c.id.in_(
    select(_also_about.c.assessment_id).where(_also_about.c.child_id.in_(bindparam("children", expanding=True)))
)
_ABOUT = _MINE.where(_about_any)
_ABOUT_IN_PART = _IN_PART.where(_about_any)
_ALL_ASIDE = _EVERY.where(not_(_beyond_reach), assessments.c.status == _ASIDE)
_ONE_ASIDE = _ALL_ASIDE.where(assessments.c.key == bindparam("key"))
_ABOUT_ASIDE = _ALL_ASIDE.where(_about_any)
_NO_LONGER = (
    select(children.c.given_name)
    .join(assessment_children, assessment_children.c.child_id == children.c.id)
    .join(assessments, assessments.c.id == assessment_children.c.assessment_id)
    .where(
        assessments.c.authority_id == bindparam("reach_authority"),
        assessments.c.key == bindparam("key"),
        no_longer_within_reach(children.c.id),
    )
    .limit(1)
)
_PIN = (
    update(assessments)
    .where(
        assessments.c.id == bindparam("assessment"),
        assessments.c.status == "draft",
        assessments.c.definition_id == bindparam("was"),
    )
    .values(definition_id=bindparam("becomes"))
)
_MOVE = (
    update(assessments)
    .where(assessments.c.id == bindparam("assessment"), assessments.c.status == bindparam("was"))
    .values(status=bindparam("becomes"))
)


def find_assessment(connection: Connection, viewer: Viewer, key: str) -> Assessment:
    """One assessment, for a step that shows nothing of the record; raises NoSuchRecord, SetAside.

    It is found only by who may open every child it is about, and so is that it was set aside.
    """
    return _found(connection, _ONE, viewer, key)


def hold_assessment(connection: Connection, viewer: Viewer, key: str) -> Assessment:
    """One assessment that nobody else can change until the caller's writing transaction ends.

    Raises NoSuchRecord, SetAside.
    """
    found = _with_key(connection, _HELD, viewer, key)
    # PostgreSQL drops a row from under a waiting query where the draft was moved to another version meanwhile.
    return found[0] if found else _found(connection, _HELD, viewer, key)


def find_submitted(connection: Connection, viewer: Viewer, key: str) -> Assessment:
    """What was submitted about any child within reach, for a step that shows nothing of it.

    Raises NoSuchRecord, SetAside. Of its children only those within reach are given.
    """
    return _found(connection, _SUBMITTED, viewer, key)


def _found(connection: Connection, query: Select[Any], viewer: Viewer, key: str) -> Assessment:
    found = _with_key(connection, query, viewer, key)
    if found:
        return found[0]
    find_aside(connection, viewer, key)
    raise SetAside


def find_aside(connection: Connection, viewer: Viewer, key: str) -> Assessment:
    """A draft that was set aside, found by who may open every child it is about; raises NoSuchRecord."""
    found = _with_key(connection, _ONE_ASIDE, viewer, key)
    if not found:
        raise NoSuchRecord
    return found[0]


def _with_key(connection: Connection, query: Select[Any], viewer: Viewer, key: str) -> tuple[Assessment, ...]:
    return _assessments(connection.execute(query, reach_parameters(reach(viewer)) | {"key": key}))


def open_assessment(connection: Connection, viewer: Viewer, key: str, at: datetime) -> Assessment:
    """One assessment, with a row in the access log while it is a draft; raises NoSuchRecord, SetAside.

    What was submitted is opened with `open_submission`. Needs a writing transaction.
    """
    assessment = find_assessment(connection, viewer, key)
    if assessment.draft:
        log_opened(connection, viewer, "assessment", assessment.id, at)
    return assessment


def assessment_to_write(connection: Connection, viewer: Viewer, key: str) -> Assessment:
    """A draft that the viewer, and until the transaction ends nobody else, may change.

    Raises NoSuchRecord, NoLongerAllocated, NotYours, AlreadySubmitted, SetAside.
    """
    try:
        assessment = hold_assessment(connection, viewer, key)
    except NoSuchRecord:
        _tell_if_no_longer_allocated(connection, viewer, key)
        raise
    must_write(viewer)
    if not assessment.draft:
        raise AlreadySubmitted
    return assessment


def _tell_if_no_longer_allocated(connection: Connection, viewer: Viewer, key: str) -> None:
    """Whoever could write here before is told why not any more; to anybody else it is as if it were not there."""
    name = connection.execute(_NO_LONGER, reach_parameters(reach(viewer)) | {"key": key}).scalar()
    if name is not None:
        raise NoLongerAllocated(name=name)


def assessments_about(
    connection: Connection, viewer: Viewer, about: Iterable[Child], *, aside: bool = False
) -> tuple[Assessment, ...]:
    """The assessments about any of these children of which the viewer may open every child, newest first.

    `aside` asks for the drafts that were set aside, which are left out otherwise.
    """
    return _about(connection, _ABOUT_ASIDE if aside else _ABOUT, viewer, about)


def assessments_in_part(connection: Connection, viewer: Viewer, child: Child) -> tuple[Assessment, ...]:
    """Every assessment about a child within reach, newest first, each with those of its children within reach."""
    return _about(connection, _ABOUT_IN_PART, viewer, [child])


def _about(
    connection: Connection, query: Select[Any], viewer: Viewer, about: Iterable[Child]
) -> tuple[Assessment, ...]:
    parameters = reach_parameters(reach(viewer)) | {"children": [child.id for child in about]}
    return _assessments(connection.execute(query, parameters))


def close_draft(connection: Connection, viewer: Viewer, assessment: Assessment) -> bool:
    """Mark a draft as submitted; False if it was submitted already. Raises NotYours."""
    return move(connection, viewer, assessment, "draft", "submitted")


def move(connection: Connection, viewer: Viewer, assessment: Assessment, was: Status, becomes: Status) -> bool:
    """Change where an assessment stands; False if it does not stand there any more. Raises NotYours."""
    must_write(viewer)
    return connection.execute(_MOVE, {"assessment": assessment.id, "was": was, "becomes": becomes}).rowcount == 1


def pin(connection: Connection, viewer: Viewer, assessment: Assessment, becomes: int) -> bool:
    """Let a draft be of another edition (an id) of its form; False where it is not as it was given. Raises NotYours."""
    must_write(viewer)
    asked = {"assessment": assessment.id, "was": assessment.edition.id, "becomes": becomes}
    return connection.execute(_PIN, asked).rowcount == 1


def must_write(viewer: Viewer) -> None:
    """Raise NotYours where the viewer may not write assessments."""
    if not may_write(viewer):
        raise NotYours(who="social workers")


def _assessments(rows: Iterable[Sequence[Any]]) -> tuple[Assessment, ...]:
    return tuple(_assessment(list(about)) for _, about in groupby(rows, key=lambda row: row[0]))


def _assessment(rows: Sequence[Sequence[Any]]) -> Assessment:
    own, both = len(_OWN), len(_OWN) + len(EDITION_COLUMNS)
    all_three = both + len(CHILD_COLUMNS)
    assessment, key, status, begun_by, phone, by_key, begun_at, trial = rows[0][:own]
    edition, about = Edition(*rows[0][own:both]), tuple(Child(*row[both:all_three]) for row in rows)
    whole = all(rows[0][all_three:])
    return Assessment(assessment, key, status, begun_by, phone, by_key, begun_at, edition, about, whole, trial)
