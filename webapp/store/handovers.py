"""Giving a child to a worker or a team, and taking a child from one: by conversation, and never to nobody."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import bindparam, select

from webapp.access import CASEWORK, MANAGER, Viewer
from webapp.store.access_log import log_act
from webapp.store.allocations import Allocated, Whom, allocate, allocated_to, end_allocation
from webapp.store.authorities import teams
from webapp.store.children import Child
from webapp.store.database import Connection
from webapp.store.errors import AllocatedAlready, NobodyLeft, NotYours
from webapp.store.people import people


@dataclass(frozen=True, slots=True)
class Taker:
    """Who a child can be given to: a person by name and job, or a whole team (`job` and `key` are then "")."""

    id: int
    key: str
    name: str
    job: str
    team: str

    def has(self, allocated: Allocated) -> bool:
        """Whether an allocation is to this person or team."""
        return allocated.person == self.key and (bool(self.key) or allocated.team == self.team)


@dataclass(frozen=True, slots=True)
class Handover:
    """What is to change: to whom a child is given (None for nobody new), from whom taken, and what was talked about."""

    to: Taker | None
    ended: Sequence[Allocated]
    conversation: str


_WORKERS = (
    select(people.c.id, people.c.key, people.c.name, people.c.job, teams.c.name, teams.c.id)
    .join(teams, teams.c.id == people.c.team_id)
    .where(
        people.c.authority_id == bindparam("authority"),
        people.c.role.in_(sorted(CASEWORK.roles)),
        people.c.ended_at.is_(None),
    )
    .order_by(teams.c.name, people.c.name, people.c.id)
)


def takers(connection: Connection, viewer: Viewer) -> tuple[Taker, ...]:
    """Who in the viewer's authority can work with a child, by team: the team itself, then its people by name."""
    found: dict[int, list[Taker]] = {}
    for person, key, name, job, team, team_id in connection.execute(_WORKERS, {"authority": viewer.authority}):
        of_team = found.setdefault(team_id, [Taker(team_id, "", team, "", team)])
        of_team.append(Taker(person, key, name, job, team))
    return tuple(taker for of_team in found.values() for taker in of_team)


def hand_over(connection: Connection, viewer: Viewer, child: Child, handover: Handover, at: datetime) -> None:
    """Change who works with a child whom the viewer holds (`hold_child`), each change with a row in the access log.

    Raises NotYours, AllocatedAlready, NobodyLeft.
    """
    if not MANAGER.allows(viewer):
        raise NotYours(who=MANAGER.words)
    now = allocated_to(connection, [child.id])
    ended = [each for each in now if any(map(each.same_as, handover.ended))]
    _refuse(child, handover.to, now, ended)
    for each in ended:
        whom = _whom(connection, viewer, each)
        end_allocation(connection, viewer.authority, child.id, at=at, conversation=handover.conversation, **whom)
    if handover.to is not None:
        to: Whom = {"person": handover.to.id} if handover.to.key else {"team": handover.to.id}
        allocate(connection, viewer.authority, child.id, at=at, conversation=handover.conversation, **to)
    log_act(connection, viewer, "child", [child.id] * len(ended), "ended", at)
    log_act(connection, viewer, "child", [child.id] if handover.to else [], "allocated", at)


def hand_over_family(
    connection: Connection, viewer: Viewer, child: Child, also: Sequence[Child], handover: Handover, at: datetime
) -> None:
    """The same for a child and some brothers and sisters, all held: for every one of them, or for none.

    A brother or sister who is with the new one already, or was not with those who stop, is changed as far as can be.
    Raises as `hand_over` does.
    """
    with connection.begin_nested():
        hand_over(connection, viewer, child, handover, at)
        for each in also:
            now = allocated_to(connection, [each.id])
            to = None if handover.to is None or any(map(handover.to.has, now)) else handover.to
            if to or any(theirs.same_as(ended) for theirs in now for ended in handover.ended):
                hand_over(connection, viewer, each, replace(handover, to=to), at)


def _refuse(child: Child, to: Taker | None, now: Sequence[Allocated], ended: Sequence[Allocated]) -> None:
    if to is not None and any(map(to.has, now)):
        raise AllocatedAlready(who=to.name, name=child.given_name)
    if to is None and len(ended) == len(now):
        raise NobodyLeft(name=child.given_name)


def _whom(connection: Connection, viewer: Viewer, allocated: Allocated) -> Whom:
    if not allocated.person:
        return {"team": allocated.team_id}
    of_key = select(people.c.id).where(people.c.key == allocated.person, people.c.authority_id == viewer.authority)
    return {"person": connection.execute(of_key).scalar_one()}
