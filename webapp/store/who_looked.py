"""Reading the access log: who opened or did what and when, without what stands in any record."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, Text, and_, case, cast, or_, select

from webapp.access import Viewer
from webapp.store.access_log import access_log
from webapp.store.assessments import assessment_children
from webapp.store.authorities import authorities, teams
from webapp.store.cases import form_cases
from webapp.store.children import children
from webapp.store.database import Connection
from webapp.store.definitions import definitions
from webapp.store.drafts import drafts
from webapp.store.feedback import feedback
from webapp.store.people import people
from webapp.store.submissions import submissions
from webapp.store.trial_tables import trial_parts, trials

PAGE = 50
"""Entries on one page."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the log: who (with job and team) did what to which kind of record, when.

    Where another authority did it, `who` is that one and nobody's job or team is said.

    `about` are the references of the children concerned, the name of the person, or the id of the form (with its
    version where it was published); none for another authority's.
    """

    at: datetime
    who: str
    job: str
    team: str
    act: str
    record: str
    about: Sequence[str]


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for: part of somebody's name, a child's whole reference; "" for everything.

    `since` and `until` are the first and the last moment of a period, None where it is open.
    """

    name: str = ""
    reference: str = ""
    since: datetime | None = None
    until: datetime | None = None


_doer = people.alias("doer")
_here = _doer.c.authority_id == access_log.c.authority_id
_who = case((_here, _doer.c.name), else_=authorities.c.name)
"""What another authority did for all that take part in its trial stands with its name, and with nobody's."""
_NEWEST: Select[Any] = (
    select(
        access_log.c.at,
        _who.label("name"),
        case((_here, _doer.c.job), else_="").label("job"),
        case((_here, teams.c.name), else_="").label("team"),
        access_log.c.act,
        access_log.c.record,
        access_log.c.record_id,
        access_log.c.child_id,
    )
    .join(_doer, _doer.c.id == access_log.c.person_id)
    .join(teams, teams.c.id == _doer.c.team_id)
    .join(authorities, authorities.c.id == _doer.c.authority_id)
    .order_by(access_log.c.id.desc())
)
_version = definitions.c.form + " version " + cast(definitions.c.version, Text)
_ABOUT: Mapping[str, Select[tuple[int, str]]] = {
    "child": select(children.c.id, children.c.reference),
    "assessment": select(assessment_children.c.assessment_id, children.c.reference)
    .join(children, children.c.id == assessment_children.c.child_id)
    .order_by(children.c.reference),
    "submission": select(submissions.c.id, children.c.reference)
    .join(assessment_children, assessment_children.c.assessment_id == submissions.c.assessment_id)
    .join(children, children.c.id == assessment_children.c.child_id)
    .order_by(children.c.reference),
    "person": select(people.c.id, people.c.name),
    "draft": select(drafts.c.id, drafts.c.form),
    "case": select(form_cases.c.id, form_cases.c.form),
    "form": select(definitions.c.id, _version),
    "trial": select(trials.c.id, trials.c.form),
    "invitation": select(trial_parts.c.id, trials.c.form).join(trials, trials.c.id == trial_parts.c.trial_id),
    "remark": select(feedback.c.id, _version).join(definitions, definitions.c.id == feedback.c.definition_id),
}
_OWNED: Mapping[str, Table] = {
    "person": people,
    "draft": drafts,
    "case": form_cases,
    "form": definitions,
    "remark": feedback,
    "trial": trials,
    "invitation": trial_parts,
}
"""For each kind of record: its ids with the words that say whom it is about."""


def entries(connection: Connection, viewer: Viewer, sought: Sought, page: int) -> tuple[tuple[Entry, ...], bool]:
    """A page of the viewer's authority's log, newest first, `page` from 1, and whether there are older entries."""
    query = _NEWEST.where(access_log.c.authority_id == viewer.authority)
    if sought.name:
        query = query.where(_who.icontains(sought.name, autoescape=True))
    if sought.reference:
        query = query.where(_concerns(viewer, sought.reference))
    if sought.since is not None:
        query = query.where(access_log.c.at >= sought.since)
    if sought.until is not None:
        query = query.where(access_log.c.at <= sought.until)
    rows = connection.execute(query.limit(PAGE + 1).offset((page - 1) * PAGE)).all()
    shown = rows[:PAGE]
    about = _about(connection, viewer, map(_subject, shown))
    return tuple(_entry(row, about.get(_subject(row), ())) for row in shown), len(rows) > PAGE


def _entry(row: Any, about: Sequence[str]) -> Entry:
    return Entry(row.at, row.name, row.job, row.team, row.act, row.record, about)


def _subject(row: Any) -> tuple[str, int]:
    """The kind and the id of what an entry is about: one child, where that child's part alone was read."""
    return (row.record, row.record_id) if row.child_id is None else ("child", row.child_id)


def _concerns(viewer: Viewer, reference: str) -> ColumnElement[bool]:
    """That an entry is about a child, or about an assessment of theirs, but for another child's record of it."""
    child = select(children.c.id).where(children.c.authority_id == viewer.authority, children.c.reference == reference)
    of_child = select(assessment_children.c.assessment_id).where(assessment_children.c.child_id.in_(child))
    submitted = select(submissions.c.id).where(submissions.c.assessment_id.in_(of_child))
    ids = {"child": child, "assessment": of_child, "submission": submitted}
    about = or_(*(and_(access_log.c.record == kind, access_log.c.record_id.in_(found)) for kind, found in ids.items()))
    return and_(about, or_(access_log.c.child_id.is_(None), access_log.c.child_id.in_(child)))


def _about(
    connection: Connection, viewer: Viewer, records: Iterable[tuple[str, int]]
) -> Mapping[tuple[str, int], Sequence[str]]:
    ids: dict[str, set[int]] = defaultdict(set)
    for kind, record in records:
        ids[kind].add(record)
    found: dict[tuple[str, int], list[str]] = defaultdict(list)
    for kind, wanted in ids.items():
        query = _ABOUT.get(kind)
        if query is None:
            continue
        named = _OWNED.get(kind, children)
        rows: Iterable[Sequence[Any]] = connection.execute(
            query.where(query.selected_columns[0].in_(wanted), named.c.authority_id == viewer.authority)
        )
        for row in rows:
            found[kind, row[0]].append(row[1])
    return found
