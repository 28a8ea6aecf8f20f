"""Who opened which record and when, or did something else with it: one row for each record and act.

Where one child's record of a submission about several was read, `child_id` says whose.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text, bindparam, insert, select, text

from webapp.access import Viewer
from webapp.store.append_only import only_grows
from webapp.store.database import METADATA, Connection, UtcTime

access_log = Table(
    "access_log",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("authority_id", ForeignKey("authorities.id"), nullable=False),
    Column("person_id", ForeignKey("people.id"), nullable=False),
    Column("record", Text, nullable=False),
    Column("record_id", Integer, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("act", Text, nullable=False, server_default=text("'opened'")),
    Column("child_id", Integer),
)
Index("ix_access_log_record", access_log.c.record, access_log.c.record_id, access_log.c.person_id)
only_grows(access_log)

ACTS: Mapping[str, Collection[str]] = {
    "child": ("opened", "matched", "added", "changed", "allocated", "ended"),
    "assessment": ("opened", "set_aside", "brought_back", "moved", "move_undone", "taken_out", "opted_out"),
    "submission": ("opened", "printed"),
    "log": ("opened",),
    "draft": (
        *("begun", "saved", "undone", "redone", "discarded", "brought_back", "opened", "link_made", "link_ended"),
        *("sent_for_approval", "approval_taken_back", "returned"),
    ),
    "case": ("made", "removed", "brought_back"),
    "form": (
        *("published", "scheduled", "approved", "taken_back", "withdrawn"),
        *("move_offered", "offer_withdrawn"),
    ),
    "authority": ("two_asked", "one_asked"),
    "remark": ("answered",),
    "trial": (
        *("begun", "changed", "discarded", "registered", "amended", "joined", "stopped"),
        *("opened", "opened_early", "harm_opened", "scored", "invited", "taken_off"),
    ),
    "invitation": ("joined", "declined"),
    "person": (
        *("added", "ended", "brought_back", "changed"),
        *("changed_name", "changed_job", "changed_role", "changed_team", "changed_email", "changed_phone"),
        *("link_made", "password_set"),
        *("signed_in", "sign_in_failed", "signed_out", "signed_out_elsewhere"),
    ),
}
"""Everything that is logged, by the kind of record it is done with; "changed" only by earlier versions."""

_LOG = insert(access_log)
_OPENED = (
    select(access_log.c.id)
    .where(
        access_log.c.record == bindparam("record"),
        access_log.c.record_id == bindparam("number"),
        access_log.c.person_id == bindparam("person"),
        access_log.c.act == "opened",
    )
    .limit(1)
)


def log_opened(connection: Connection, viewer: Viewer, record: str, record_id: int, at: datetime) -> None:
    """Write down that a viewer opened a record ("child", "assessment" or "submission") at a moment."""
    log_act(connection, viewer, record, [record_id], "opened", at)


def opened_before(connection: Connection, viewer: Viewer, record: str, record_id: int) -> bool:
    """Whether the log holds that a viewer has opened a record."""
    asked = {"record": record, "number": record_id, "person": viewer.id}
    return connection.execute(_OPENED, asked).first() is not None


def log_act(
    connection: Connection,
    viewer: Viewer,
    record: str,
    record_ids: Sequence[int],
    act: str,
    at: datetime,
    child: int | None = None,
) -> None:
    """Write down what a viewer did with some records, such as "matched": a row for each; one of ACTS.

    `child` is the child whose part of them alone it was done with, None for all of them.
    """
    if act not in ACTS[record]:
        raise ValueError(f"nobody knows in words what {act} of {record} is")
    rows = [
        {"authority_id": viewer.authority, "person_id": viewer.id, "record": record, "record_id": each}
        | {"at": at, "act": act, "child_id": child}
        for each in record_ids
    ]
    if rows:
        connection.execute(_LOG, rows)
