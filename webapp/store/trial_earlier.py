"""Earlier trials of the same form with any of the same teams: a draw that was repeated does not stay unseen."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from json import loads
from typing import Any

from sqlalchemy import bindparam, select

from webapp.access import Viewer
from webapp.store.authorities import teams_of
from webapp.store.database import Connection, UtcTime
from webapp.store.trial_tables import trial_registrations, trial_teams, trials
from webapp.store.trials import Trial, must_try_forms


@dataclass(frozen=True, slots=True)
class Earlier:
    """A trial that was registered before: its key, what it asked, its dates, and the names of the teams that it shared.

    `stopped_at` is None where it was not stopped, and `stopped_reason` then "".
    """

    key: str
    question: str
    registered_at: datetime
    begins_on: date
    ends_on: date
    stopped_at: datetime | None
    stopped_reason: str
    teams: tuple[str, ...]


_EARLIER = (
    select(
        trials.c.key,
        trial_registrations.c.plan_text,
        trial_registrations.c.registered_at,
        trial_registrations.c.begins_on,
        trial_registrations.c.ends_on,
        trials.c.stopped_at,
        trials.c.stopped_reason,
        trial_teams.c.name,
    )
    .join(trial_registrations, trial_registrations.c.trial_id == trials.c.id)
    .join(trial_teams, trial_teams.c.trial_id == trials.c.id)
    .where(
        trials.c.authority_id == bindparam("authority"),
        trials.c.form == bindparam("form"),
        trials.c.id != bindparam("trial"),
        trial_registrations.c.registered_at <= bindparam("before", type_=UtcTime),
        trial_teams.c.team_id.in_(bindparam("teams", expanding=True)),
    )
    .order_by(trial_registrations.c.registered_at.desc(), trials.c.id.desc(), trial_teams.c.name)
)
_TEAMS = select(trial_teams.c.team_id).where(trial_teams.c.trial_id == bindparam("trial"))


def earlier_trials(connection: Connection, viewer: Viewer, trial: Trial, at: datetime) -> tuple[Earlier, ...]:
    """The trials of its form that were registered before a trial, stopped ones too, and shared a team; newest first.

    Of one that is still planned, those that are registered at a moment. Raises NotYours.
    """
    must_try_forms(viewer)
    before = at if trial.registration is None else trial.registration.at
    asked = {"authority": viewer.authority, "form": trial.form, "trial": trial.id, "before": before}
    rows = connection.execute(_EARLIER, {**asked, "teams": _teams_of(connection, viewer, trial)}).all()
    return tuple(_earlier(rows))


def _teams_of(connection: Connection, viewer: Viewer, trial: Trial) -> Sequence[int]:
    if trial.registration is not None:
        return connection.execute(_TEAMS, {"trial": trial.id}).scalars().all()
    named = {team.name for team in trial.plan.teams}
    return [team for team, name in teams_of(connection, viewer.authority) if name in named]


def _earlier(rows: Sequence[Any]) -> Iterator[Earlier]:
    for (key, text, registered, begins, ends, stopped, why), each in groupby(rows, key=lambda row: row[:-1]):
        question, teams = str(loads(text)["question"]), tuple(row[-1] for row in each)
        yield Earlier(key, question, registered, begins, ends, stopped, why, teams)
