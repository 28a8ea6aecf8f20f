"""What people say about a form: which question does not help, and why; kept with the version and the place."""

from sqlalchemy import Column, ForeignKey, Integer, Table, Text

from webapp.store.database import METADATA, UtcTime

feedback = Table(
    "feedback",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("authority_id", ForeignKey("authorities.id"), nullable=False),
    Column("definition_id", ForeignKey("definitions.id"), nullable=False, index=True),
    Column("section", Text, nullable=False),
    Column("question", Text),
    Column("words", Text, nullable=False),
    Column("person_id", ForeignKey("people.id"), nullable=False),
    Column("said_at", UtcTime, nullable=False),
)
