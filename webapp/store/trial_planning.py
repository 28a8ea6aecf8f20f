"""Planning a trial: its plan grows until it is registered or given up, and nobody saves over anybody."""

from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, select, update

from engine.trials.plan import Plan
from webapp.access import Viewer
from webapp.store.access_log import log_act
from webapp.store.authorities import authorities
from webapp.store.database import Connection, UtcTime, new_id
from webapp.store.errors import NoSuchRecord
from webapp.store.keys import new_key
from webapp.store.people import people
from webapp.store.trial_errors import AlreadyRegistered, AnsweredMeanwhile, StaleTrial, TrialDiscarded
from webapp.store.trial_tables import trial_parts, trials
from webapp.store.trials import Trial, find_trial, must_try_forms

_STANDS = (
    select(trials.c.id, trials.c.state, trials.c.revision, trials.c.saved_at, trials.c.saved_by, people.c.name)
    .join(people, people.c.id == trials.c.saved_by)
    .where(trials.c.authority_id == bindparam("authority"), trials.c.key == bindparam("key"))
)
_ANSWERED = (
    select(authorities.c.name, trial_parts.c.answered_at)
    .join(authorities, authorities.c.id == trial_parts.c.authority_id)
    .where(
        trial_parts.c.trial_id == bindparam("trial"),
        trial_parts.c.state.in_(("joined", "declined")),
        trial_parts.c.answered_at >= bindparam("saved_at", type_=UtcTime),
    )
    .order_by(trial_parts.c.answered_at.desc(), trial_parts.c.id.desc())
    .limit(1)
)
"""The newest answer of an authority that was asked, since a plan was saved: it makes a page stale as saving does."""
_CHANGE = update(trials).where(
    trials.c.id == bindparam("trial"),
    trials.c.state == "planned",
    trials.c.revision == bindparam("based_on"),
)
_SAVE = _CHANGE.values(
    plan=bindparam("new_plan"),
    form=bindparam("new_form"),
    revision=bindparam("new_revision"),
    saved_by=bindparam("by"),
    saved_at=bindparam("at"),
)
_END = _CHANGE.values(state=bindparam("becomes"))


def add_trial(connection: Connection, viewer: Viewer, plan: Plan, at: datetime, key: str = "") -> Trial:
    """Begin to plan a trial, under a given key or a new one; the plan may be half written. Raises NotYours."""
    must_try_forms(viewer)
    key = key or new_key()
    values = {"authority_id": viewer.authority, "key": key, "form": plan.form, "state": "planned", "revision": 1}
    who = {"planned_by": viewer.id, "planned_at": at, "saved_by": viewer.id, "saved_at": at}
    made = new_id(connection, insert(trials).values(**values, **who, plan=plan.to_json()))
    log_act(connection, viewer, "trial", [made], "begun", at)
    return find_trial(connection, viewer, key)


def save_plan(connection: Connection, viewer: Viewer, key: str, plan: Plan, based_on: int, at: datetime) -> Trial:
    """Keep a plan as it was typed, valid or not; `based_on` is the revision that the page showed.

    The same plan again changes nothing. Raises NotYours, NoSuchRecord, StaleTrial where it was changed meanwhile,
    AlreadyRegistered, TrialDiscarded.
    """
    must_try_forms(viewer)
    before = _found_to_change(connection, viewer, key)
    if before.plan == plan:
        return before
    values = {
        "new_plan": plan.to_json(),
        "new_form": plan.form,
        "new_revision": based_on + 1,
        "by": viewer.id,
        "at": at,
    }
    change_planned(connection, viewer, before, based_on, _SAVE, values)
    log_act(connection, viewer, "trial", [before.id], "changed", at)
    return find_trial(connection, viewer, key)


def discard_trial(connection: Connection, viewer: Viewer, key: str, based_on: int, at: datetime) -> None:
    """Give up a plan that was never registered. Raises as `save_plan`; discarded already, nothing happens."""
    must_try_forms(viewer)
    try:
        before = _found_to_change(connection, viewer, key)
    except TrialDiscarded:
        return
    change_planned(connection, viewer, before, based_on, _END, {"becomes": "discarded"})
    log_act(connection, viewer, "trial", [before.id], "discarded", at)


def end_planning(connection: Connection, viewer: Viewer, trial: Trial, based_on: int) -> None:
    """Let a plan be the registered one, in the caller's transaction. Raises as `save_plan`."""
    change_planned(connection, viewer, trial, based_on, _END, {"becomes": "registered"})


def change_planned(
    connection: Connection, viewer: Viewer, trial: Trial, based_on: int, change: Any, values: dict[str, Any]
) -> None:
    """Change a trial that is still planned at a revision; raises AlreadyRegistered, TrialDiscarded, StaleTrial."""
    done = connection.execute(change, {"trial": trial.id, "based_on": based_on, **values}).rowcount
    if done != 1:
        _refuse(connection, viewer, trial.key)


def _found_to_change(connection: Connection, viewer: Viewer, key: str) -> Trial:
    try:
        return find_trial(connection, viewer, key)
    except NoSuchRecord:
        _refuse_if_discarded(connection, viewer, key)
        raise


def _refuse_if_discarded(connection: Connection, viewer: Viewer, key: str) -> None:
    row = connection.execute(_STANDS, {"authority": viewer.authority, "key": key}).one_or_none()
    if row is not None and row.state == "discarded":
        raise TrialDiscarded


def _refuse(connection: Connection, viewer: Viewer, key: str) -> None:
    row = connection.execute(_STANDS, {"authority": viewer.authority, "key": key}).one()
    if row.state == "discarded":
        raise TrialDiscarded
    if row.state != "planned":
        raise AlreadyRegistered
    answer = connection.execute(_ANSWERED, {"trial": row.id, "saved_at": row.saved_at}).first()
    if answer is not None:
        raise AnsweredMeanwhile(by=answer.name, at=answer.answered_at, revision=row.revision, own=False)
    raise StaleTrial(by=row.name, at=row.saved_at, revision=row.revision, own=row.saved_by == viewer.id)
