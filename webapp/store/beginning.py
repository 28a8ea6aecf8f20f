"""Beginning an assessment: a draft about some children, once for each page that is sent."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import insert

from webapp.access import Viewer
from webapp.store.assessments import assessment_children, assessments, find_assessment, must_write
from webapp.store.children import Child
from webapp.store.database import Connection, unless_taken
from webapp.store.definitions import Edition
from webapp.store.errors import SetAside
from webapp.store.keys import key_made_from, new_key

_BEGIN = unless_taken(assessments, "key")


def begin_assessment(
    connection: Connection, viewer: Viewer, which: Edition, about: Sequence[Child], at: datetime, sent: str = ""
) -> str:
    """Begin a form about children whom the viewer found; gives the assessment's key. Raises NotYours.

    `sent` is the page's own key for beginning: sent again about the same children it leads to the draft begun before.
    """
    must_write(viewer)
    key = _key_of(viewer, which, about, sent) if sent else new_key()
    values = {
        "authority_id": viewer.authority,
        "key": key,
        "definition_id": which.id,
        "status": "draft",
        "begun_by": viewer.id,
        "begun_at": at,
    }
    assessment = connection.execute(_BEGIN[connection.dialect.name], values).scalar()
    if assessment is None:
        return (
            key if _still_written(connection, viewer, key) else begin_assessment(connection, viewer, which, about, at)
        )
    rows = [{"assessment_id": assessment, "child_id": child.id, "authority_id": viewer.authority} for child in about]
    connection.execute(insert(assessment_children), rows)
    return key


def _key_of(viewer: Viewer, which: Edition, about: Sequence[Child], sent: str) -> str:
    """The key of what one page begins: always the same for the same person, form and children."""
    return key_made_from(sent, viewer.key, str(which.id), *(child.key for child in about))


def _still_written(connection: Connection, viewer: Viewer, key: str) -> bool:
    try:
        return find_assessment(connection, viewer, key).draft
    except SetAside:
        return False
