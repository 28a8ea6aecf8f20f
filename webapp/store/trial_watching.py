"""Watching a trial while it runs: how it goes in each team, without its arms; and harm by arm, for its watcher alone."""

from sqlalchemy import bindparam

from webapp.access import Viewer
from webapp.store.database import Connection
from webapp.store.people import people, viewer_from_row, viewers

_PEOPLE = viewers().where(people.c.authority_id == bindparam("authority")).order_by(people.c.name, people.c.id)


def people_here(connection: Connection, viewer: Viewer) -> tuple[Viewer, ...]:
    """Everybody who works in the viewer's authority, by name: who may watch over a trial or score."""
    return tuple(viewer_from_row(row) for row in connection.execute(_PEOPLE, {"authority": viewer.authority}))
