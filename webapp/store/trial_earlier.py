"""Earlier trials of the same form with any of the same teams: a draw that was repeated does not stay unseen."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from json import loads
from typing import Any

from sqlalchemy import bindparam, select

from webapp.access import Viewer
from webapp.store.authorities import authorities, teams_of
from webapp.store.database import Connection, UtcTime
from webapp.store.trial_tables import trial_registrations, trial_teams, trials
from webapp.store.trials import Trial, all_parts, must_try_forms


@dataclass(frozen=True, slots=True)
class Earlier:
    """A trial that was registered before: its key, what it asked, its dates, and the names of the teams that it shared.

    `stopped_at` is None where it was not stopped, and `stopped_reason` then "". Of another authority than the viewer's
    `authority` is its name, and `key` "".
    """

    key: str
    authority: str
    question: str
    registered_at: datetime
    begins_on: date
    ends_on: date
    stopped_at: datetime | None
    stopped_reason: str
    teams: tuple[str, ...]


_EARLIER = (
    select(
        trials.c.id,
        trials.c.key,
        trials.c.authority_id,
        authorities.c.name,
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
    .join(authorities, authorities.c.id == trials.c.authority_id)
    .where(
        trials.c.authority_id.in_(bindparam("authorities", expanding=True)),
        trials.c.form == bindparam("form"),
        trials.c.id.not_in(bindparam("itself", expanding=True)),
        trial_registrations.c.registered_at <= bindparam("before", type_=UtcTime),
        trial_teams.c.team_id.in_(bindparam("teams", expanding=True)),
    )
    .order_by(trial_registrations.c.registered_at.desc(), trials.c.id.desc(), trial_teams.c.name)
)
_TEAMS = select(trial_teams.c.team_id).where(trial_teams.c.trial_id.in_(bindparam("itself", expanding=True)))


def earlier_trials(connection: Connection, viewer: Viewer, trial: Trial, at: datetime) -> tuple[Earlier, ...]:
    """The trials of its form that were registered before a trial, stopped ones too, and shared a team; newest first.

    Of one that is registered with other authorities also theirs that shared a team of theirs. Of one that is still
    planned, those of the viewer's authority that are registered at a moment. Raises NotYours.
    """
    must_try_forms(viewer)
    if trial.registration is None:
        named = {team.name for team in trial.plan.teams}
        found = [team for team, name in teams_of(connection, viewer.authority) if name in named]
        return _before(connection, viewer, trial.form, (viewer.authority,), found, at, (trial.id,))
    parts = all_parts(connection, trial)
    itself = [each.id for each in parts]
    taking_part = connection.execute(_TEAMS, {"itself": itself}).scalars().all()
    where = [each.authority for each in parts]
    return _before(connection, viewer, trial.form, where, taking_part, trial.registration.at, itself)


def earlier_here(connection: Connection, viewer: Viewer, form: str, at: datetime) -> tuple[Earlier, ...]:
    """The trials of a form that the viewer's authority has registered by a moment, in any team; newest first.

    Raises NotYours.
    """
    must_try_forms(viewer)
    everybody = [team for team, _ in teams_of(connection, viewer.authority)]
    return _before(connection, viewer, form, (viewer.authority,), everybody, at)


def _before(
    connection: Connection,
    viewer: Viewer,
    form: str,
    where: Sequence[int],
    teams: Sequence[int],
    at: datetime,
    itself: Sequence[int] = (),
) -> tuple[Earlier, ...]:
    asked = {"authorities": list(where), "form": form, "before": at, "teams": list(teams), "itself": list(itself)}
    return tuple(_earlier(connection.execute(_EARLIER, asked).all(), viewer))


def _earlier(rows: Sequence[Any], viewer: Viewer) -> Iterator[Earlier]:
    for which, each in groupby(rows, key=lambda row: row[:-1]):
        _, key, number, name, text, registered, begins, ends, stopped, why = which
        question, teams = str(loads(text)["question"]), tuple(row[-1] for row in each)
        own = number == viewer.authority
        told = (question, registered, begins, ends, stopped, why, teams)
        yield Earlier(key, "", *told) if own else Earlier("", name, *told)
