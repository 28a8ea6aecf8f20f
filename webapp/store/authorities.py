"""Authorities and their teams."""

from sqlalchemy import Boolean, Column, ForeignKey, Integer, Table, Text, UniqueConstraint, false, insert, select

from webapp.store.database import METADATA, Connection, new_id
from webapp.store.keys import new_key

authorities = Table(
    "authorities",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("forms_need_two", Boolean, nullable=False, server_default=false()),
)

teams = Table(
    "teams",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("authority_id", ForeignKey("authorities.id"), nullable=False),
    Column("name", Text, nullable=False),
    UniqueConstraint("authority_id", "name"),
)

_HOLD = select(authorities.c.id).order_by(authorities.c.id).with_for_update(key_share=True)


def hold_authorities(connection: Connection) -> None:
    """Nobody else adds, changes or ends people, in whichever authority, until the transaction ends.

    Come before anything is read that must still be so when it is written: that no one else has an address, that a team
    is not there yet, that another admin is. What others log or save does not wait.
    """
    connection.execute(_HOLD)


def add_authority(connection: Connection, name: str) -> int:
    """A new authority; gives its id."""
    return new_id(connection, insert(authorities).values(key=new_key(), name=name))


def add_team(connection: Connection, authority: int, name: str) -> int:
    """A new team of an authority; gives its id."""
    return new_id(connection, insert(teams).values(authority_id=authority, name=name))


def authority_named(connection: Connection, name: str) -> int | None:
    """The id of the authority of that name, capitals apart; None where there is none."""
    rows = connection.execute(select(authorities.c.id, authorities.c.name).order_by(authorities.c.id))
    return next((found for found, its_name in rows if its_name.casefold() == name.casefold()), None)


def teams_of(connection: Connection, authority: int) -> tuple[tuple[int, str], ...]:
    """The ids and names of an authority's teams, by name."""
    rows = connection.execute(
        select(teams.c.id, teams.c.name).where(teams.c.authority_id == authority).order_by(teams.c.name)
    )
    return tuple((team, name) for team, name in rows)


def team_named(connection: Connection, authority: int, name: str) -> int:
    """The id of the authority's team of that name, capitals apart; made where there is none."""
    known = {its_name.casefold(): team for team, its_name in teams_of(connection, authority)}
    found = known.get(name.casefold())
    return add_team(connection, authority, name) if found is None else found
