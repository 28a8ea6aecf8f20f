"""The people who use Pith, each with one role in one team of one authority."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import Column, ForeignKey, Integer, Select, Table, Text, bindparam, insert, select, text

from webapp.access import Role, Viewer
from webapp.store.authorities import authorities, teams
from webapp.store.database import METADATA, Connection, UtcTime, new_id
from webapp.store.errors import NoSuchRecord
from webapp.store.keys import new_key

people = Table(
    "people",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("authority_id", ForeignKey("authorities.id"), nullable=False, index=True),
    Column("team_id", ForeignKey("teams.id"), nullable=False, index=True),
    Column("key", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("job", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("phone", Text, nullable=False, server_default=text("''")),
    Column("ended_at", UtcTime),
)


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Someone to be added: `job` is shown ("social worker"), `role` decides what they may do, `phone` may be ""."""

    name: str
    job: str
    role: Role
    phone: str = ""


def viewers() -> Select[Any]:
    """Everybody who works here now, as `viewer_from_row` takes them; for a query that joins further or says which."""
    return (
        select(
            people.c.id,
            people.c.key,
            people.c.name,
            people.c.job,
            people.c.role,
            people.c.team_id,
            teams.c.name,
            people.c.authority_id,
            authorities.c.name,
        )
        .join(teams, teams.c.id == people.c.team_id)
        .join(authorities, authorities.c.id == people.c.authority_id)
        .where(people.c.ended_at.is_(None))
    )


def viewer_from_row(row: Sequence[Any]) -> Viewer:
    """A row of `viewers` as the person who looks."""
    person, key, name, job, role, team, team_name, authority, authority_name = row
    return Viewer(person, key, name, job, cast("Role", role), team, team_name, authority, authority_name)


_EVERYONE = viewers().order_by(people.c.id)
_NAMES = select(people.c.id, people.c.name).where(people.c.id.in_(bindparam("ids", expanding=True)))
_BY_KEY = viewers().where(people.c.key == bindparam("key"))


def add_person(connection: Connection, authority: int, team: int, person: NewPerson, key: str = "") -> int:
    """Someone new in a team, under a key of their own unless one is given; gives their id."""
    return new_id(
        connection,
        insert(people).values(
            authority_id=authority,
            team_id=team,
            key=key or new_key(),
            name=person.name,
            job=person.job,
            role=person.role,
            phone=person.phone,
        ),
    )


def everyone(connection: Connection) -> tuple[Viewer, ...]:
    """Everybody, in the order they were added: only for filling the demonstration."""
    return tuple(viewer_from_row(row) for row in connection.execute(_EVERYONE))


def person_by_key(connection: Connection, key: str) -> Viewer:
    """One person; raises NoSuchRecord."""
    row = connection.execute(_BY_KEY, {"key": key}).one_or_none()
    if row is None:
        raise NoSuchRecord
    return viewer_from_row(row)


def names_of(connection: Connection, ids: Collection[int]) -> Mapping[int, str]:
    """The names of people by id, those who no longer work here too."""
    return {row.id: row.name for row in connection.execute(_NAMES, {"ids": list(ids)})}
