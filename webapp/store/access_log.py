"""Who opened which record and when, or did something else with it: one row for each record and act."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text, insert, text

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
)
Index("ix_access_log_newest", access_log.c.authority_id, access_log.c.id)
only_grows(access_log)

_LOG = insert(access_log)


def log_opened(connection: Connection, viewer: Viewer, record: str, record_id: int, at: datetime) -> None:
    """Write down that a viewer opened a record ("child", "assessment" or "submission") at a moment."""
    log_act(connection, viewer, record, [record_id], "opened", at)


def log_act(
    connection: Connection, viewer: Viewer, record: str, record_ids: Sequence[int], act: str, at: datetime
) -> None:
    """Write down what a viewer did with some records, such as "matched": a row for each."""
    rows = [
        {"authority_id": viewer.authority, "person_id": viewer.id, "record": record, "record_id": each}
        | {"at": at, "act": act}
        for each in record_ids
    ]
    if rows:
        connection.execute(_LOG, rows)
