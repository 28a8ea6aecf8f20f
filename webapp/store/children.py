"""Children, by family, as far as the viewer may see them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    bindparam,
    insert,
    select,
)

from webapp.access import Viewer, reach
from webapp.store.access_log import log_opened
from webapp.store.allocations import reach_parameters, within_reach
from webapp.store.database import METADATA, Connection, new_id
from webapp.store.errors import NoSuchRecord
from webapp.store.keys import new_key
from webapp.store.particulars_history import Name, former_names
from webapp.store.sounds import is_called, sounds_of

families = Table(
    "families",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("authority_id", ForeignKey("authorities.id"), nullable=False),
    Column("name", Text, nullable=False),
)

children = Table(
    "children",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("authority_id", ForeignKey("authorities.id"), nullable=False),
    Column("family_id", ForeignKey("families.id"), nullable=False, index=True),
    Column("key", Text, nullable=False, unique=True),
    Column("reference", Text, nullable=False),
    Column("given_name", Text, nullable=False),
    Column("family_name", Text, nullable=False),
    Column("born", Date),
    Column("expected", Date),
    Column("unborn", Boolean, nullable=False),
    Column("disabled", Boolean),
    Column("interpreter", Boolean),
    UniqueConstraint("authority_id", "reference"),
)
Index("ix_children_born", children.c.authority_id, children.c.born)
Index(
    "ix_children_unborn",
    children.c.authority_id,
    sqlite_where=children.c.unborn,
    postgresql_where=children.c.unborn,
)

name_sounds = Table(
    "name_sounds",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("authority_id", ForeignKey("authorities.id"), nullable=False),
    Column("child_id", ForeignKey("children.id"), nullable=False, index=True),
    Column("part", Text, nullable=False),
    Column("sound", Text, nullable=False),
)
Index("ix_name_sounds_sound", name_sounds.c.authority_id, name_sounds.c.sound)


@dataclass(frozen=True, slots=True)
class NewChild:
    """A child to be added: `born` and `expected` are dates, None where unknown; so are the other facts."""

    reference: str
    given_name: str
    family_name: str
    born: date | None = None
    expected: date | None = None
    unborn: bool = False
    disabled: bool | None = None
    interpreter: bool | None = None


@dataclass(frozen=True, slots=True)
class Child:
    """A child as the store knows them; `key` stands in addresses and names them in answers asked for each child."""

    id: int
    key: str
    family: int
    family_title: str
    reference: str
    given_name: str
    family_name: str
    born: date | None
    expected: date | None
    unborn: bool
    disabled: bool | None
    interpreter: bool | None

    @property
    def name(self) -> str:
        """Both names."""
        return f"{self.given_name} {self.family_name}"


CHILD_COLUMNS = (
    children.c.id,
    children.c.key,
    children.c.family_id,
    families.c.name.label("family_title"),
    children.c.reference,
    children.c.given_name,
    children.c.family_name,
    children.c.born,
    children.c.expected,
    children.c.unborn,
    children.c.disabled,
    children.c.interpreter,
)
"""The columns of a `Child`, in its order; the query joins children and families."""

_MINE = select(*CHILD_COLUMNS).join(families).where(within_reach(children.c.id))
_BY_AGE = (families.c.name, families.c.id, children.c.unborn, children.c.born, children.c.id)
_LIST = _MINE.order_by(*_BY_AGE)
_ONE = _MINE.where(children.c.key == bindparam("key"))
_HELD = _ONE.with_for_update(of=children, key_share=True)
_SOME = _MINE.where(children.c.key.in_(bindparam("keys", expanding=True))).order_by(*_BY_AGE)
_FAMILY = _MINE.where(children.c.family_id == bindparam("family")).order_by(*_BY_AGE)


def add_family(connection: Connection, authority: int, name: str) -> int:
    """A new family, named as on lists ("Tallowby family"); gives its id."""
    return new_id(connection, insert(families).values(authority_id=authority, name=name))


def add_child(connection: Connection, authority: int, family: int, child: NewChild, key: str = "") -> int:
    """A new child of a family, to be found by how the names sound, under a key of the caller's or a new one.

    Gives its id.
    """
    added = new_id(
        connection,
        insert(children).values(
            authority_id=authority,
            family_id=family,
            key=key or new_key(),
            reference=child.reference,
            given_name=child.given_name,
            family_name=child.family_name,
            born=child.born,
            expected=child.expected,
            unborn=child.unborn,
            disabled=child.disabled,
            interpreter=child.interpreter,
        ),
    )
    add_sounds(connection, authority, added, [(child.given_name, child.family_name)])
    return added


def add_sounds(connection: Connection, authority: int, child: int, names: Iterable[tuple[str, str]]) -> None:
    """Let a child be found by how given and family names sound."""
    sounds = dict.fromkeys(each for given_name, family_name in names for each in sounds_of(given_name, family_name))
    rows = [{"authority_id": authority, "child_id": child, "part": part, "sound": sound} for part, sound in sounds]
    if rows:
        connection.execute(insert(name_sounds), rows)


def children_of(connection: Connection, viewer: Viewer) -> tuple[Child, ...]:
    """The children within the viewer's reach, by family, eldest first."""
    return _children(connection.execute(_LIST, reach_parameters(reach(viewer))))


def children_called(connection: Connection, viewer: Viewer, sought: str) -> Mapping[Child, str]:
    """The children within the viewer's reach who are called so, each with the former name they are called by.

    That is "" for whom the name or reference that stands fits. `sought` is part of a name or reference, or a name as
    it sounds; case and accents do not count.
    """
    mine = children_of(connection, viewer)
    former = former_names(connection, [child.id for child in mine]) if sought else {}
    found = {}
    for child in mine:
        if is_called(sought, child.given_name, child.family_name, child.reference):
            found[child] = ""
        elif by := next((name for name in former.get(child.id, ()) if _was_called(sought, name)), None):
            found[child] = str(by)
    return found


def _was_called(sought: str, name: Name) -> bool:
    return is_called(sought, name.given_name, name.family_name, "")


def open_child(connection: Connection, viewer: Viewer, key: str, at: datetime) -> Child:
    """One child by key, with a row in the access log; raises NoSuchRecord. Needs a writing transaction."""
    child = find_child(connection, viewer, key)
    log_opened(connection, viewer, "child", child.id, at)
    return child


def find_child(connection: Connection, viewer: Viewer, key: str) -> Child:
    """One child by key, for a step that shows nothing of the record; raises NoSuchRecord."""
    found = _children(connection.execute(_ONE, reach_parameters(reach(viewer)) | {"key": key}))
    if not found:
        raise NoSuchRecord
    return found[0]


def hold_child(connection: Connection, viewer: Viewer, key: str) -> Child:
    """One child whom nobody else can allocate until the caller's writing transaction ends; raises NoSuchRecord."""
    found = _children(connection.execute(_HELD, reach_parameters(reach(viewer)) | {"key": key}))
    if not found:
        raise NoSuchRecord
    return found[0]


def find_children(connection: Connection, viewer: Viewer, keys: Sequence[str]) -> tuple[Child, ...]:
    """Several children by key, eldest first; raises NoSuchRecord if any of them is not within reach."""
    found = _children(connection.execute(_SOME, reach_parameters(reach(viewer)) | {"keys": list(keys)}))
    if not found or len(found) != len(set(keys)):
        raise NoSuchRecord
    return found


def family_of(connection: Connection, viewer: Viewer, child: Child) -> tuple[Child, ...]:
    """The child with the brothers and sisters whom the viewer may see, eldest first."""
    return _children(connection.execute(_FAMILY, reach_parameters(reach(viewer)) | {"family": child.family}))


def _children(rows: Iterable[Sequence[Any]]) -> tuple[Child, ...]:
    return tuple(Child(*row) for row in rows)
