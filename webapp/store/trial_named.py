"""What registered trials name somebody for, so that they find it where they start: to watch for harm, to score."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Date, Select, bindparam, exists, func, select

from engine.trials.plan import Plan, plan_from_json
from webapp.access import CASEWORK, Viewer
from webapp.store.database import Connection
from webapp.store.trial_named_since import NAMED_SINCE
from webapp.store.trial_tables import trial_registrations, trial_results, trials


@dataclass(frozen=True, slots=True)
class Named:
    """Whether there is a trial that somebody watches for harm, or scores texts of, and that is not closed yet."""

    watches: bool = False
    scores: bool = False


_WORKED_OUT = exists().where(
    trial_results.c.trial_id == func.coalesce(trials.c.part_of, trials.c.id), trial_results.c.early.is_(False)
)
_OPEN: Select[Any] = (
    select(trials.c.plan, NAMED_SINCE, trial_registrations.c.ends_on >= bindparam("day", type_=Date))
    .join(trial_registrations, trial_registrations.c.trial_id == trials.c.id)
    .where(trials.c.authority_id == bindparam("authority"), ~_WORKED_OUT)
)
"""The registered trials whose result at the end was not opened yet, and whether the last day is still to come."""


def named_in(connection: Connection, viewer: Viewer, day: date) -> Named:
    """What trials of the viewer's authority name the viewer for on a day (London's): one query.

    A trial is watched until its last registered day, and scored until its result is worked out.
    """
    watches = scores = False
    for content, since, runs in connection.execute(_OPEN, {"authority": viewer.authority, "day": day}):
        plan = plan_from_json(content)
        watches = watches or (bool(runs) and viewer.key == (since or plan.harm.watcher))
        scores = scores or _scores(viewer, plan)
    return Named(watches, scores)


def _scores(viewer: Viewer, plan: Plan) -> bool:
    return CASEWORK.allows(viewer) and viewer.key in plan.scorers and plan.asks_for("quality")
