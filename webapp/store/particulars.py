"""What is kept of a child and may change: names, birth or expected date, and the facts that forms ask by."""

from dataclasses import asdict
from datetime import datetime

from sqlalchemy import bindparam, delete, exists, update

from webapp.access import Viewer
from webapp.store.access_log import log_act
from webapp.store.children import Child, add_sounds, children, families, hold_child, name_sounds
from webapp.store.database import Connection
from webapp.store.errors import StaleParticulars
from webapp.store.particulars_history import Particulars, former_names, keep_past

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
    connection: Connection,
    viewer: Viewer,
    key: str,
    seen: str,
    new: Particulars,
    at: datetime,
    *,
    name_mistaken: bool = False,
) -> None:
    """Let new particulars stand and keep the old, with a row in the access log; the same again change nothing.

    `seen` is the mark of those the form was opened with. The child is still found under a former name, but for one
    that was a typing mistake. Raises NoSuchRecord, and StaleParticulars where somebody has changed them since.
    """
    child = hold_child(connection, viewer, key)
    now = particulars_of(child)
    if new == now:
        return
    if now.mark != seen:
        raise StaleParticulars(name=child.given_name)
    renamed = (new.given_name, new.family_name) != (now.given_name, now.family_name)
    keep_past(connection, viewer, child.id, now, at, name_mistaken=renamed and name_mistaken)
    connection.execute(_CHANGE.values(**asdict(new)), {"child": child.id})
    if renamed:
        _rename(connection, viewer, child, new)
    log_act(connection, viewer, "child", [child.id], "changed", at)


def _rename(connection: Connection, viewer: Viewer, child: Child, new: Particulars) -> None:
    """Let the child be found by the new names and the former; the family of an only child is named after the child."""
    former = [(name.given_name, name.family_name) for name in former_names(connection, [child.id]).get(child.id, ())]
    connection.execute(_FORGET_SOUNDS, {"child": child.id})
    add_sounds(connection, viewer.authority, child.id, [(new.given_name, new.family_name), *former])
    names = {"was": f"{child.family_name} family", "becomes": f"{new.family_name} family"}
    connection.execute(_RENAME, {"family": child.family, "child": child.id, **names})
