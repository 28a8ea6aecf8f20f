"""What a worker is served when their team takes part in a trial, decided once, as a form is begun."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, Date, Select, bindparam, exists, insert, select

from engine.errors import Refusal
from webapp.access import Viewer
from webapp.store.assessments import assessment_children, assessments
from webapp.store.children import Child, children
from webapp.store.contents import definition_of
from webapp.store.database import Connection, UtcTime
from webapp.store.definitions import EDITION_COLUMNS, WITHDRAWN, Edition, definitions, edition
from webapp.store.trial_tables import (
    trial_arms,
    trial_forms,
    trial_registrations,
    trial_taken_out,
    trial_teams,
    trials,
)

Why = Literal["", "withdrawn", "failing", "safety", "family", "none_left"]
"""Why another form was served than the one the team was drawn for; "" where it was that one.

The arm was withdrawn or cannot be read; a form about one of the children was taken out for safety, or their family
opted out; "none_left" where the control was withdrawn: nothing is left to compare, and what is in use is served.
"""


@dataclass(frozen=True, slots=True)
class Serving:
    """What a form begun now would be begun on, and under which trial; `served` is "" where neither arm could be.

    `own_name` is what the arm that the team was drawn for is called; `refused` says that the family does so only now.
    """

    trial: int
    trial_key: str
    question: str
    whom_to_ask: str
    allocated: str
    own_name: str
    served: str
    edition: Edition
    why: Why
    refused: bool = False


_ABOUT = select(assessment_children.c.assessment_id).where(
    assessment_children.c.child_id.in_(bindparam("children", expanding=True))
)
ABOUT_FAMILY = (
    select(assessment_children.c.assessment_id)
    .join(children, children.c.id == assessment_children.c.child_id)
    .where(
        children.c.family_id.in_(
            select(children.c.family_id).where(children.c.id.in_(bindparam("children", expanding=True)))
        )
    )
)
"""Every assessment about the families of some children: a family opts out whole, with the form of each child."""


def _taken_out(kind: str, about: Select[tuple[int]]) -> ColumnElement[bool]:
    """That one of these forms was taken out of this trial."""
    return exists().where(
        trial_taken_out.c.trial_id == trials.c.id,
        trial_taken_out.c.kind == kind,
        trial_taken_out.c.assessment_id.in_(about),
    )


_RUNS = (
    trial_teams.c.team_id == bindparam("team"),
    trials.c.authority_id == bindparam("authority"),
    trials.c.state == "registered",
    trial_registrations.c.begins_on <= bindparam("day", type_=Date),
    trial_registrations.c.ends_on >= bindparam("day", type_=Date),
)
"""That a team takes part in a trial that runs on a day."""
_TRIED = (
    select(trials.c.form)
    .join(trial_teams, trial_teams.c.trial_id == trials.c.id)
    .join(trial_registrations, trial_registrations.c.trial_id == trials.c.id)
    .where(*_RUNS, ~_taken_out("safety", _ABOUT), ~_taken_out("family", ABOUT_FAMILY))
)
_ARMS = (
    select(
        trials.c.id.label("trial"),
        trials.c.key.label("trial_key"),
        trials.c.plan,
        trial_teams.c.arm.label("allocated"),
        trial_arms.c.arm,
        trial_arms.c.name,
        trial_arms.c.control,
        exists().where(WITHDRAWN).label("gone"),
        _taken_out("safety", _ABOUT).label("safety"),
        _taken_out("family", ABOUT_FAMILY).label("family"),
        *(column.label(f"edition_{number}") for number, column in enumerate(EDITION_COLUMNS)),
    )
    .select_from(trial_teams)
    .join(trials, trials.c.id == trial_teams.c.trial_id)
    .join(trial_registrations, trial_registrations.c.trial_id == trials.c.id)
    .join(trial_arms, trial_arms.c.trial_id == trials.c.id)
    .join(definitions, definitions.c.id == trial_arms.c.definition_id)
    .where(*_RUNS, trials.c.form == bindparam("form"))
    .order_by(trials.c.id)
)
_NEW = select(assessments.c.id).where(
    assessments.c.authority_id == bindparam("authority"),
    assessments.c.key == bindparam("key"),
    assessments.c.begun_at == bindparam("at", type_=UtcTime),
    ~exists().where(trial_forms.c.assessment_id == assessments.c.id),
)
"""An assessment that this very transaction began."""
_ENROL, _OUT = insert(trial_forms), insert(trial_taken_out)

OPTED_OUT_BEFORE = "The family opted out of this trial before"


def arm_for(
    connection: Connection, viewer: Viewer, form: str, day: date, about: Sequence[Child] = (), refused: bool = False
) -> Serving | None:
    """What the viewer's team begins a form on during a trial, in one query; None outside trials.

    `about` are the children: where a form about one of them was taken out or their family opted out, or `refused` as
    it is begun, the control is served. Where the arm can no longer be served, so is the control; where the control was
    withdrawn, what is in use. Raises as `edition` then.
    """
    asked = {"team": viewer.team, "authority": viewer.authority, "form": form, "day": day}
    rows = connection.execute(_ARMS, {**asked, "children": [child.id for child in about]}).all()
    if not rows:
        return None
    own = next(row for row in rows if row.arm == row.allocated)
    control = next(row for row in rows if row.control)
    why = "family" if refused else _why_not_own(connection, own, day)
    new = refused and not own.family
    served = control if why else own
    if control.gone or (why and not _readable(connection, control, day)):
        return _serving(own, "", edition(connection, viewer, form, day), _none_left(own, refused), new)
    return _serving(own, served.arm, _edition(served), why, new)


def forms_tried(connection: Connection, viewer: Viewer, day: date, about: Sequence[Child] = ()) -> frozenset[str]:
    """The forms that the viewer's team writes under trial on a day, but for those taken out about the children."""
    children = [child.id for child in about]
    asked = {"team": viewer.team, "authority": viewer.authority, "day": day, "children": children}
    return frozenset(connection.execute(_TRIED, asked).scalars())


def _none_left(own: Any, refused: bool) -> Why:
    return "family" if own.family or refused else "none_left"


def _why_not_own(connection: Connection, own: Any, day: date) -> Why:
    """Why the arm that the team was drawn for is not served; "" where it is."""
    if own.family:
        return "family"
    if own.safety:
        return "safety"
    if own.gone:
        return "withdrawn"
    return "" if _readable(connection, own, day) else "failing"


def _readable(connection: Connection, arm: Any, day: date) -> bool:
    """Whether an arm's definition can be evaluated; it is read once in a process."""
    try:
        definition_of(connection, _edition(arm), day)
    except Refusal:
        return False
    return True


def _edition(arm: Any) -> Edition:
    return Edition(*(getattr(arm, f"edition_{number}") for number in range(len(EDITION_COLUMNS))))


def _serving(own: Any, served: str, which: Edition, why: Why, refused: bool) -> Serving:
    told = (own.plan["question"], own.plan["whom_to_ask"], own.allocated, own.name)
    return Serving(own.trial, own.trial_key, *told, served, which, why, refused)


def enrol(connection: Connection, viewer: Viewer, key: str, serving: Serving, at: datetime) -> None:
    """Record, in the transaction that began an assessment (by key), under which arm it was.

    One that was begun before, as by the same page sent twice, stays as it is. A family that refuses only now is taken
    out by the caller, with every form about them.
    """
    begun = {"authority": viewer.authority, "key": key, "at": at}
    new = connection.execute(_NEW, begun).scalar()
    if new is None:
        return
    row = {"assessment_id": new, "authority_id": viewer.authority, "trial_id": serving.trial, "team_id": viewer.team}
    arms = {"allocated_arm": serving.allocated, "served_arm": serving.served, "why": serving.why}
    connection.execute(_ENROL, {**row, **arms, "definition_id": serving.edition.id, "begun_at": at})
    if serving.why == "family" and not serving.refused:
        out = {"assessment_id": new, "authority_id": viewer.authority, "trial_id": serving.trial, "kind": "family"}
        connection.execute(_OUT, {**out, "reason": OPTED_OUT_BEFORE, "taken_out_by": viewer.id, "at": at})
