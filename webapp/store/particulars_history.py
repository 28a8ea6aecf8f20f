"""What was kept of children before it was changed: the old values, who changed them and when, and former names."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy import Boolean, Column, Date, ForeignKey, Integer, Table, Text, bindparam, insert, select

from webapp.access import Viewer
from webapp.store.append_only import only_grows
from webapp.store.database import METADATA, Connection, UtcTime
from webapp.store.keys import key_made_from
from webapp.store.people import people

particulars_history = Table(
    "particulars_history",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("authority_id", ForeignKey("authorities.id"), nullable=False),
    Column("child_id", ForeignKey("children.id"), nullable=False, index=True),
    Column("given_name", Text, nullable=False),
    Column("family_name", Text, nullable=False),
    Column("born", Date),
    Column("expected", Date),
    Column("unborn", Boolean, nullable=False),
    Column("disabled", Boolean),
    Column("interpreter", Boolean),
    Column("name_mistaken", Boolean, nullable=False),
    Column("changed_by", ForeignKey("people.id"), nullable=False),
    Column("changed_at", UtcTime, nullable=False),
)
only_grows(particulars_history)


@dataclass(frozen=True, slots=True)
class Name:
    """Both names of a child."""

    given_name: str
    family_name: str

    def __str__(self) -> str:
        return f"{self.given_name} {self.family_name}"


@dataclass(frozen=True, slots=True)
class Particulars:
    """`born` and `expected` are dates, None where unknown, as are the facts; the reference is none of them."""

    given_name: str
    family_name: str
    born: date | None
    expected: date | None
    unborn: bool
    disabled: bool | None
    interpreter: bool | None

    @property
    def mark(self) -> str:
        """The same for the same particulars; by it a form says which of them it was opened with."""
        return key_made_from(*map(str, asdict(self).values()))


@dataclass(frozen=True, slots=True)
class Past:
    """What stood until somebody (a name) changed it at a moment; `name_mistaken`: its name was never right."""

    stood: Particulars
    name_mistaken: bool
    by: str
    at: datetime


_KEEP = insert(particulars_history)
_FORMER = (
    select(
        particulars_history.c.child_id,
        particulars_history.c.given_name,
        particulars_history.c.family_name,
        particulars_history.c.name_mistaken,
    )
    .where(particulars_history.c.child_id.in_(bindparam("children", expanding=True)))
    .order_by(particulars_history.c.id.desc())
)
_PAST = (
    select(
        particulars_history.c.given_name,
        particulars_history.c.family_name,
        particulars_history.c.born,
        particulars_history.c.expected,
        particulars_history.c.unborn,
        particulars_history.c.disabled,
        particulars_history.c.interpreter,
        particulars_history.c.name_mistaken,
        people.c.name,
        particulars_history.c.changed_at,
    )
    .join(people, people.c.id == particulars_history.c.changed_by)
    .where(particulars_history.c.child_id == bindparam("child"))
    .order_by(particulars_history.c.id.desc())
)


def keep_past(
    connection: Connection, viewer: Viewer, child: int, stood: Particulars, at: datetime, *, name_mistaken: bool
) -> None:
    """Keep what stood until now."""
    row = {"authority_id": viewer.authority, "child_id": child, "changed_by": viewer.id, "changed_at": at}
    connection.execute(_KEEP, {**row, **asdict(stood), "name_mistaken": name_mistaken})


def past_of(connection: Connection, child: int) -> tuple[Past, ...]:
    """Everything that stood of a child whom the caller was given, the newest first."""
    rows = connection.execute(_PAST, {"child": child})
    return tuple(Past(Particulars(*stood), mistaken, by, at) for *stood, mistaken, by, at in rows)


def former_names(connection: Connection, children: Collection[int]) -> Mapping[int, Sequence[Name]]:
    """The names that children had before, the newest first, none twice; not one that was a mistake when last changed.

    A name that stands again is among them.
    """
    mistaken: dict[int, dict[Name, bool]] = {}
    if children:
        for child, given_name, family_name, wrong in connection.execute(_FORMER, {"children": list(children)}):
            mistaken.setdefault(child, {}).setdefault(Name(given_name, family_name), wrong)
    return {child: tuple(name for name, wrong in names.items() if not wrong) for child, names in mistaken.items()}
