"""Forms brought from elsewhere, kept until somebody decides what becomes of them: the newest few of each person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, ForeignKey, Integer, Table, Text, bindparam, delete, insert, select

from webapp.access import ADMIN, Viewer
from webapp.store.database import METADATA, Connection, UtcTime
from webapp.store.drafts import refuse_unless
from webapp.store.errors import NoSuchRecord
from webapp.store.keys import new_key

Json = Any

brought_forms = Table(
    "brought_forms",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("authority_id", ForeignKey("authorities.id"), nullable=False),
    Column("key", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("content", Text, nullable=False),
    Column("code_lists", JSON, nullable=False),
    Column("cases", JSON, nullable=False),
    Column("unfit", JSON, nullable=False),
    Column("brought_by", ForeignKey("people.id"), nullable=False, index=True),
    Column("brought_at", UtcTime, nullable=False),
)
MOST_KEPT = 5
"""Forms kept for one person; the oldest goes when another is brought."""


@dataclass(frozen=True, slots=True)
class Brought:
    """A form from elsewhere: its file's name, its text, the code lists and cases with it, what did not fit in words."""

    name: str
    content: str
    code_lists: Mapping[str, Json]
    cases: Sequence[Json]
    unfit: Sequence[str]


_MINE = (
    select(brought_forms.c.id)
    .where(brought_forms.c.brought_by == bindparam("person"))
    .order_by(brought_forms.c.id.desc())
)
_ONE = select(
    brought_forms.c.name,
    brought_forms.c.content,
    brought_forms.c.code_lists,
    brought_forms.c.cases,
    brought_forms.c.unfit,
).where(brought_forms.c.key == bindparam("key"), brought_forms.c.brought_by == bindparam("person"))


def keep_brought(connection: Connection, viewer: Viewer, brought: Brought, at: datetime) -> str:
    """Keep a form that was brought, for the viewer alone; gives its key. Raises NotYours."""
    refuse_unless(ADMIN, viewer)
    key = new_key()
    values = {"authority_id": viewer.authority, "key": key, "brought_by": viewer.id, "brought_at": at}
    what = {"name": brought.name, "content": brought.content, "unfit": list(brought.unfit)}
    with_it = {"code_lists": dict(brought.code_lists), "cases": list(brought.cases)}
    connection.execute(insert(brought_forms).values(**values, **what, **with_it))
    mine = connection.execute(_MINE, {"person": viewer.id}).scalars().all()
    connection.execute(delete(brought_forms).where(brought_forms.c.id.in_(mine[MOST_KEPT:])))
    return key


def brought_by_key(connection: Connection, viewer: Viewer, key: str) -> Brought:
    """A form that the viewer brought. Raises NotYours, NoSuchRecord."""
    refuse_unless(ADMIN, viewer)
    row = connection.execute(_ONE, {"key": key, "person": viewer.id}).one_or_none()
    if row is None:
        raise NoSuchRecord
    return Brought(*row)
