"""Authorities and their teams."""

from sqlalchemy import Column, ForeignKey, Integer, Table, Text, UniqueConstraint, insert

from webapp.store.database import METADATA, Connection, new_id
from webapp.store.keys import new_key

authorities = Table(
    "authorities",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
)

teams = Table(
    "teams",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("authority_id", ForeignKey("authorities.id"), nullable=False),
    Column("name", Text, nullable=False),
    UniqueConstraint("authority_id", "name"),
)


def add_authority(connection: Connection, name: str) -> int:
    """A new authority; gives its id."""
    return new_id(connection, insert(authorities).values(key=new_key(), name=name))


def add_team(connection: Connection, authority: int, name: str) -> int:
    """A new team of an authority; gives its id."""
    return new_id(connection, insert(teams).values(authority_id=authority, name=name))
