"""Which language somebody has chosen to see an assessment in; nobody else's pages change with it."""

from sqlalchemy import Column, ForeignKey, Table, Text, bindparam, select
from sqlalchemy.dialects import postgresql, sqlite

from webapp.access import Viewer
from webapp.store.assessments import Assessment
from webapp.store.database import METADATA, Connection

chosen_languages = Table(
    "chosen_languages",
    METADATA,
    Column("person_id", ForeignKey("people.id"), primary_key=True),
    Column("assessment_id", ForeignKey("assessments.id"), primary_key=True),
    Column("authority_id", ForeignKey("authorities.id"), nullable=False),
    Column("language", Text, nullable=False),
)

_CHOSEN = select(chosen_languages.c.language).where(
    chosen_languages.c.person_id == bindparam("person"),
    chosen_languages.c.assessment_id == bindparam("assessment"),
    chosen_languages.c.authority_id == bindparam("authority"),
)
_CHOOSE = {
    dialect.__name__.rsplit(".", 1)[1]: added.on_conflict_do_update(
        index_elements=["person_id", "assessment_id"], set_={"language": added.excluded.language}
    )
    for dialect in (postgresql, sqlite)
    for added in (dialect.insert(chosen_languages),)
}
"""By dialect: the newest choice takes the place of an earlier one."""


def language_chosen(connection: Connection, viewer: Viewer, assessment: Assessment) -> str | None:
    """The language the viewer chose for an assessment that they were given; None where they chose none."""
    who = {"person": viewer.id, "assessment": assessment.id, "authority": viewer.authority}
    found: str | None = connection.execute(_CHOSEN, who).scalar()
    return found


def choose_language(connection: Connection, viewer: Viewer, assessment: Assessment, language: str) -> None:
    """Keep what the viewer chose for an assessment that they were given. Needs a writing transaction."""
    row = {
        "person_id": viewer.id,
        "assessment_id": assessment.id,
        "authority_id": viewer.authority,
        "language": language,
    }
    connection.execute(_CHOOSE[connection.dialect.name], row)
