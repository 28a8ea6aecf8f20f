"""Which worker or team each child is allocated to; access to every record follows from it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypedDict, Unpack

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ColumnElement,
    ForeignKey,
    Integer,
    Select,
    Table,
    Text,
    and_,
    bindparam,
    func,
    insert,
    not_,
    select,
    text,
    union_all,
    update,
)

from webapp.access import Reach
from webapp.store.authorities import teams
from webapp.store.database import METADATA, Connection, UtcTime, new_id
from webapp.store.people import people

allocations = Table(
    "allocations",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("authority_id", ForeignKey("authorities.id"), nullable=False),
    Column("child_id", ForeignKey("children.id"), nullable=False, index=True),
    Column("person_id", ForeignKey("people.id"), index=True),
    Column("team_id", ForeignKey("teams.id"), index=True),
    Column("begun_at", UtcTime, nullable=False),
    Column("ended_at", UtcTime),
    Column("conversation", Text, nullable=False, server_default=text("''")),
    Column("end_conversation", Text, nullable=False, server_default=text("''")),
    CheckConstraint("(person_id IS NULL) <> (team_id IS NULL)", name="person_or_team"),
)


class Whom(TypedDict, total=False):
    """One person or one whole team, by id."""

    person: int | None
    team: int | None


@dataclass(frozen=True, slots=True)
class Allocated:
    """Who a child is or was with: a person by name, job, team and phone, or a whole team by its name alone.

    `left` says that the person no longer works here. `person` is their key, "" for a team. `conversation` and
    `end_conversation` say what was talked about when the child was given and taken, "" where nobody wrote it.
    """

    child: int
    name: str
    job: str
    team: str
    team_id: int
    phone: str
    left: bool
    person: str
    begun_at: datetime
    ended_at: datetime | None
    conversation: str
    end_conversation: str

    def same_as(self, other: "Allocated") -> bool:
        """Whether both are to the same person, or to the same whole team, be it of different children."""
        return (self.person, self.team_id) == (other.person, other.team_id)


_given, _colleagues = allocations.alias("given"), people.alias("colleagues")
_in_my_team = select(_colleagues.c.id).where(_colleagues.c.team_id == bindparam("reach_team"))


def _given_to(whom: ColumnElement[bool]) -> Select[tuple[int]]:
    return select(_given.c.child_id).where(
        _given.c.authority_id == bindparam("reach_authority"), _given.c.ended_at.is_(None), whom
    )


_mine = union_all(  # one condition with OR in it would make PostgreSQL read every allocation
    _given_to(_given.c.person_id == bindparam("reach_person")),
    _given_to(_given.c.team_id == bindparam("reach_team")),
    _given_to(and_(bindparam("reach_colleagues", type_=Boolean), _given.c.person_id.in_(_in_my_team))),
)


def within_reach(child: ColumnElement[int]) -> ColumnElement[bool]:
    """The policy of `access.reach` as a condition on a child's id; its parameters are `reach_parameters`.

    It is read from what the viewer works with, so that a large authority costs no more than a small one.
    """
    return child.in_(_mine)


def reach_parameters(reach: Reach) -> dict[str, Any]:
    """The values of the parameters in `within_reach`."""
    return {
        "reach_authority": reach.authority,
        "reach_person": reach.person,
        "reach_team": reach.team,
        "reach_colleagues": reach.colleagues,
    }


def allocate(
    connection: Connection, authority: int, child: int, *, at: datetime, conversation: str = "", **whom: Unpack[Whom]
) -> int:
    """Give a child to one person or to one team from a moment on; gives the allocation's id."""
    given = {"person_id": whom.get("person"), "team_id": whom.get("team"), "conversation": conversation}
    row = insert(allocations).values(authority_id=authority, child_id=child, begun_at=at, **given)
    return new_id(connection, row)


def end_allocation(
    connection: Connection, authority: int, child: int, *, at: datetime, conversation: str = "", **whom: Unpack[Whom]
) -> bool:
    """Take a child from a person or a team from a moment on; False if they did not have the child."""
    ended = update(allocations).where(
        allocations.c.authority_id == authority,
        allocations.c.child_id == child,
        allocations.c.person_id.is_not_distinct_from(whom.get("person")),
        allocations.c.team_id.is_not_distinct_from(whom.get("team")),
        allocations.c.ended_at.is_(None),
    )
    return connection.execute(ended.values(ended_at=at, end_conversation=conversation)).rowcount > 0


_had = allocations.alias("had")
_HAD = union_all(
    select(_had.c.child_id).where(_had.c.ended_at.is_not(None), _had.c.person_id == bindparam("reach_person")),
    select(_had.c.child_id).where(_had.c.ended_at.is_not(None), _had.c.team_id == bindparam("reach_team")),
)


def no_longer_within_reach(child: ColumnElement[int]) -> ColumnElement[bool]:
    """That a child was allocated to the viewer or their team and is not now; parameters as in `within_reach`."""
    return and_(child.in_(_HAD), not_(within_reach(child)))


_ever_with = (
    select(
        allocations.c.child_id,
        func.coalesce(people.c.name, teams.c.name),
        func.coalesce(people.c.job, ""),
        teams.c.name,
        teams.c.id,
        func.coalesce(people.c.phone, ""),
        people.c.ended_at.is_not(None),
        func.coalesce(people.c.key, ""),
        allocations.c.begun_at,
        allocations.c.ended_at,
        allocations.c.conversation,
        allocations.c.end_conversation,
    )
    .outerjoin(people, people.c.id == allocations.c.person_id)
    .join(teams, teams.c.id == func.coalesce(allocations.c.team_id, people.c.team_id))
    .where(allocations.c.child_id.in_(bindparam("children", expanding=True)))
    .order_by(allocations.c.id)
)
_WITH = _ever_with.where(allocations.c.ended_at.is_(None))
_WERE_WITH = _ever_with.where(allocations.c.ended_at.is_not(None))


def allocated_to(connection: Connection, children: Sequence[int]) -> tuple[Allocated, ...]:
    """Who children within the caller's reach are with now, first allocated first."""
    return _allocated(connection, _WITH, children)


def were_allocated_to(connection: Connection, children: Sequence[int]) -> tuple[Allocated, ...]:
    """Who children within the caller's reach were with before, first allocated first."""
    return _allocated(connection, _WERE_WITH, children)


def _allocated(connection: Connection, query: Select[Any], children: Sequence[int]) -> tuple[Allocated, ...]:
    rows = connection.execute(query, {"children": list(children)})
    return tuple(Allocated(*row) for row in rows)
