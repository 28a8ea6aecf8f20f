"""What is kept of a child and may change: names, birth or expected date, and the facts that forms ask by."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy import bindparam, delete, exists, update

from webapp.access import Viewer
from webapp.store.access_log import log_act
from webapp.store.children import Child, add_sounds, children, families, hold_child, name_sounds
from webapp.store.database import Connection
from webapp.store.errors import StaleParticulars
from webapp.store.keys import key_made_from


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


_CHANGE = update(children).where(children.c.id == bindparam("child"))
_FORGET_SOUNDS = delete(name_sounds).where(name_sounds.c.child_id == bindparam("child"))
_of_family = children.alias("of_family")
_RENAME = (
    update(families)
    .where(
        families.c.id == bindparam("family"),
        families.c.name == bindparam("was"),
        ~exists().where(_of_family.c.family_id == families.c.id, _of_family.c.id != bindparam("child")),
    )
    .values(name=bindparam("becomes"))
)


def particulars_of(child: Child) -> Particulars:
    """What stands now."""
    return Particulars(
        child.given_name,
        child.family_name,
        child.born,
        child.expected,
        child.unborn,
        child.disabled,
        child.interpreter,
    )


def change_particulars(
    connection: Connection, viewer: Viewer, key: str, seen: str, new: Particulars, at: datetime
) -> None:
    """Let new particulars stand, with a row in the access log; the same as stand already change nothing.

    `seen` is the mark of those the form was opened with. Raises NoSuchRecord, and StaleParticulars where somebody
    has changed them since.
    """
    child = hold_child(connection, viewer, key)
    now = particulars_of(child)
    if new == now:
        return
    if now.mark != seen:
        raise StaleParticulars(name=child.given_name)
    connection.execute(_CHANGE.values(**asdict(new)), {"child": child.id})
    if (new.given_name, new.family_name) != (now.given_name, now.family_name):
        _rename(connection, viewer, child, new)
    log_act(connection, viewer, "child", [child.id], "changed", at)


def _rename(connection: Connection, viewer: Viewer, child: Child, new: Particulars) -> None:
    """Let the child be found by the new names alone; the family of an only child is named after the child."""
    connection.execute(_FORGET_SOUNDS, {"child": child.id})
    add_sounds(connection, viewer.authority, child.id, new.given_name, new.family_name)
    names = {"was": f"{child.family_name} family", "becomes": f"{new.family_name} family"}
    connection.execute(_RENAME, {"family": child.family, "child": child.id, **names})
