"""The planned trial of another authority, as one sees it that is asked to take part: it joins or declines."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

from sqlalchemy import bindparam, select

from engine.trials.part_problems import own_problems
from engine.trials.plan import Part, Plan, plan_from_json
from engine.trials.plan_problems import Around, PlanProblem
from engine.trials.together import agreed, within
from webapp.access import Viewer
from webapp.clock import london_day
from webapp.store.access_log import log_act
from webapp.store.authorities import authorities, hold_authorities
from webapp.store.database import Connection
from webapp.store.errors import NoSuchRecord
from webapp.store.trial_around import around
from webapp.store.trial_errors import InvitationOver, PartHasProblems, PlanChanged
from webapp.store.trial_held import joiners_of
from webapp.store.trial_part_forms import Fitting, fitting
from webapp.store.trial_parts import CHANGE, COUNTED, INVITATIONS, Invitation, invitations_from
from webapp.store.trial_tables import trial_parts, trials
from webapp.store.trial_variants import variants_of
from webapp.store.trials import must_try_forms


@dataclass(frozen=True, slots=True)
class Asked:
    """An invitation, with the name of the authority that leads, what its trial asks, and of which form (its id)."""

    invitation: Invitation
    leader: str
    question: str
    form: str


@dataclass(frozen=True, slots=True)
class _Planned:
    """What is read of another authority's plan: nobody who works there is named in it."""

    trial: int
    authority: int
    leader: str
    plan: Plan


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation as the authority sees that got it: the plan as it would be there, and what it is held against.

    `leader` is the name of the authority that leads, `plan` the whole plan without the people of any other.
    `seen` is the hash of what it would agree to. `fitting` says whether its form is the one that is compared. `others`
    are the authorities that take part so far, the leading one first, with the names of their teams. `may_be_opened`
    says whether the plan names anybody, in the leading one, to open results early, `lapsed` that whoever joined may no
    longer do so, and nothing can be registered in their name.
    """

    invitation: Invitation
    leader: str
    plan: Plan
    seen: str
    fitting: Fitting
    around: Around
    others: tuple[tuple[str, tuple[str, ...]], ...]
    may_be_opened: bool
    lapsed: bool

    @property
    def problems(self) -> tuple[PlanProblem, ...]:
        """What its own part lacks."""
        return own_problems(self.plan, self.around)

    @property
    def changed(self) -> bool:
        """Whether the plan says something else than what was agreed to."""
        return self.invitation.state == "joined" and self.invitation.agreed != self.seen


_TO = (
    INVITATIONS.join(trials, trials.c.id == trial_parts.c.trial_id)
    .where(trial_parts.c.authority_id == bindparam("authority"), trials.c.state == "planned")
    .order_by(None)
    .order_by(trial_parts.c.invited_at.desc(), trial_parts.c.id.desc())
)
_ONE = _TO.where(trial_parts.c.key == bindparam("key"))
_WAS = select(trial_parts.c.id).where(
    trial_parts.c.authority_id == bindparam("authority"), trial_parts.c.key == bindparam("key")
)
_PLANNED = (
    select(trials.c.authority_id, authorities.c.name, trials.c.plan)
    .join(authorities, authorities.c.id == trials.c.authority_id)
    .where(trials.c.id == bindparam("trial"))
)
_JOINED = INVITATIONS.where(trial_parts.c.trial_id == bindparam("trial"), trial_parts.c.state == "joined")
_ANSWER = CHANGE.values(
    state=bindparam("becomes"),
    part=bindparam("brings"),
    agreed=bindparam("agrees_to"),
    words=bindparam("why"),
    answered_by=bindparam("by"),
    answered_at=bindparam("at"),
)


def invitations_to(connection: Connection, viewer: Viewer) -> tuple[Asked, ...]:
    """The planned trials of others that the viewer's authority is asked to take part in. Raises NotYours."""
    must_try_forms(viewer)
    found = invitations_from(connection.execute(_TO, {"authority": viewer.authority}))
    plans = [(each, _planned(connection, each)) for each in found]
    return tuple(Asked(each, planned.leader, planned.plan.question, planned.plan.form) for each, planned in plans)


def invited(connection: Connection, viewer: Viewer, key: str, day: date, part: Part | None = None) -> Invited:
    """One invitation to the viewer's authority with the plan, as it is on a day; `part` is one that was typed.

    Raises NotYours, NoSuchRecord, and InvitationOver where it was one.
    """
    must_try_forms(viewer)
    found = invitations_from(connection.execute(_ONE, {"authority": viewer.authority, "key": key}))
    if not found:
        was = connection.execute(_WAS, {"authority": viewer.authority, "key": key}).scalar()
        raise NoSuchRecord if was is None else InvitationOver
    return _invited(connection, viewer, found[0], part or found[0].part, day)


def _invited(connection: Connection, viewer: Viewer, invitation: Invitation, part: Part, day: date) -> Invited:
    planned = _planned(connection, invitation)
    # Which forms the leading authority has is read as if there; nothing else of it is.
    there = replace(viewer, authority=planned.authority, authority_name=planned.leader)
    leading = variants_of(connection, there, planned.plan, day)
    fits = fitting(connection, viewer, planned.plan.form, leading, day)
    here = within(_with(planned, replace(part, key=invitation.key)), invitation.key)
    held = around(connection, viewer, here, fits.variants or leading, day)
    lapsed = invitation.state == "joined" and not joiners_of(connection, [invitation])
    since = (_others(connection, planned), bool(planned.plan.openers), lapsed)
    return Invited(invitation, planned.leader, here, agreed(planned.plan), fits, held, *since)


def _with(planned: _Planned, part: Part) -> Plan:
    return replace(planned.plan, parts=(part,), led_by=planned.leader)


def _planned(connection: Connection, invitation: Invitation) -> _Planned:
    row = connection.execute(_PLANNED, {"trial": invitation.trial}).one()
    return _Planned(invitation.trial, row[0], row[1], plan_from_json(row[2]))


def _others(connection: Connection, planned: _Planned) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The teams of the authority that leads and of those that joined, by name."""
    joined = invitations_from(connection.execute(_JOINED, {"trial": planned.trial}))
    sides = [(planned.leader, planned.plan.teams), *((each.authority_name, each.part.teams) for each in joined)]
    return tuple((name, tuple(team.name for team in teams)) for name, teams in sides)


def join(connection: Connection, viewer: Viewer, key: str, part: Part, seen: str, at: datetime) -> None:
    """Let the viewer's authority take part with what it brings; joined already, that takes the place of the earlier.

    `seen` is the hash of what the page showed. Raises NotYours, NoSuchRecord, InvitationOver, PlanChanged, and
    PartHasProblems where its form is another one or its part lacks something.
    """
    hold_authorities(connection)
    found = invited(connection, viewer, key, london_day(at), part)
    if found.seen != seen:
        raise PlanChanged
    if found.fitting.unfit:
        raise PartHasProblems(first=found.fitting.unfit)
    if found.problems:
        raise PartHasProblems(first=f"{found.problems[0].message} {found.problems[0].mend}")
    _answer(connection, viewer, found.invitation, part, "joined", seen, "", at)


def decline(connection: Connection, viewer: Viewer, key: str, words: str, at: datetime) -> None:
    """Let the viewer's authority take no part, or no longer, for a reason or none.

    Raises NotYours, NoSuchRecord, InvitationOver.
    """
    hold_authorities(connection)
    found = invited(connection, viewer, key, london_day(at)).invitation
    _answer(connection, viewer, found, found.part, "declined", "", words.strip(), at)


def _answer(
    connection: Connection,
    viewer: Viewer,
    invitation: Invitation,
    part: Part,
    state: Literal["joined", "declined"],
    agreed_to: str,
    words: str,
    at: datetime,
) -> None:
    own = replace(part, key=invitation.key, authority=invitation.authority_name)
    said = {"becomes": state, "brings": own.to_json(), "agrees_to": agreed_to, "why": words}
    connection.execute(_ANSWER, {"part_id": invitation.id, **said, "by": viewer.id, "at": at})
    connection.execute(COUNTED, {"trial": invitation.trial})
    log_act(connection, viewer, "invitation", [invitation.id], state, at)
