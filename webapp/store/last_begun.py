"""Which forms somebody begins: those begun last are offered first."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import bindparam, func, select

from webapp.access import Viewer
from webapp.store.assessments import assessments
from webapp.store.database import Connection
from webapp.store.definitions import definitions

_LAST_BEGUN = (
    select(definitions.c.form, func.max(assessments.c.begun_at))
    .join(definitions, definitions.c.id == assessments.c.definition_id)
    .where(assessments.c.begun_by == bindparam("person"), assessments.c.status != "set_aside")
    .group_by(definitions.c.form)
)


def last_begun(connection: Connection, viewer: Viewer) -> Mapping[str, datetime]:
    """When the viewer last began each form, by its id; what was set aside does not count."""
    return {row[0]: row[1] for row in connection.execute(_LAST_BEGUN, {"person": viewer.id})}
