"""The first tables: authorities, people, children, definitions, assessments, answers, sessions, the access log."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

IN_ORDER = (
    "authorities",
    "teams",
    "people",
    "sessions",
    "families",
    "children",
    "allocations",
    "access_log",
    "definitions",
    "assessments",
    "assessment_children",
    "answers",
    "answer_history",
    "submissions",
)


def upgrade() -> None:
    _people()
    _children()
    _forms()
    _answers()
    _submissions()


def downgrade() -> None:
    for table in reversed(IN_ORDER):
        op.drop_table(table)


def _id() -> sa.Column[int]:
    return sa.Column("id", sa.Integer, primary_key=True)


def _of(
    name: str, table: str, *, index: bool = False, optional: bool = False, key: bool = False, unique: bool = False
) -> sa.Column[int]:
    refers = sa.ForeignKey(f"{table}.id")
    return sa.Column(
        name, sa.Integer, refers, nullable=optional, index=index or None, primary_key=key, unique=unique or None
    )


def _text(name: str, *, unique: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False, unique=unique or None)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False)


def _json(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.JSON, nullable=False)


def _moment(name: str, *, optional: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=optional)


def _people() -> None:
    op.create_table("authorities", _id(), _text("key", unique=True), _text("name"))
    op.create_table(
        "teams",
        _id(),
        _of("authority_id", "authorities"),
        _text("name"),
        sa.UniqueConstraint("authority_id", "name"),
    )
    op.create_table(
        "people",
        _id(),
        _of("authority_id", "authorities", index=True),
        _of("team_id", "teams", index=True),
        _text("key", unique=True),
        _text("name"),
        _text("job"),
        _text("role"),
    )
    op.create_table(
        "sessions",
        _id(),
        _of("authority_id", "authorities"),
        _of("person_id", "people", index=True),
        _text("token_hash", unique=True),
        _moment("begun_at"),
        _moment("ends_at"),
        _moment("ended_at", optional=True),
    )


def _children() -> None:
    op.create_table("families", _id(), _of("authority_id", "authorities"), _text("name"))
    op.create_table(
        "children",
        _id(),
        _of("authority_id", "authorities"),
        _of("family_id", "families", index=True),
        _text("key", unique=True),
        _text("reference"),
        _text("given_name"),
        _text("family_name"),
        sa.Column("born", sa.Date),
        sa.Column("expected", sa.Date),
        sa.Column("unborn", sa.Boolean, nullable=False),
        sa.Column("disabled", sa.Boolean),
        sa.Column("interpreter", sa.Boolean),
        sa.UniqueConstraint("authority_id", "reference"),
    )
    op.create_table(
        "allocations",
        _id(),
        _of("authority_id", "authorities"),
        _of("child_id", "children", index=True),
        _of("person_id", "people", index=True, optional=True),
        _of("team_id", "teams", index=True, optional=True),
        _moment("begun_at"),
        _moment("ended_at", optional=True),
        sa.CheckConstraint("(person_id IS NULL) <> (team_id IS NULL)", name="person_or_team"),
    )
    op.create_table(
        "access_log",
        _id(),
        _of("authority_id", "authorities"),
        _of("person_id", "people"),
        _text("record"),
        _number("record_id"),
        _moment("at"),
    )


def _forms() -> None:
    op.create_table(
        "definitions",
        _id(),
        _of("authority_id", "authorities", index=True, optional=True),
        _text("form"),
        _number("version"),
        _json("title"),
        _json("content"),
        _json("code_lists"),
        _text("content_hash"),
        _moment("published_at"),
        _of("published_by", "people", optional=True),
    )
    owner = sa.text("coalesce(authority_id, 0)")
    op.create_index("uq_definitions_owner_form_version", "definitions", [owner, "form", "version"], unique=True)
    op.create_table(
        "assessments",
        _id(),
        _of("authority_id", "authorities"),
        _text("key", unique=True),
        _of("definition_id", "definitions", index=True),
        _text("status"),
        _of("begun_by", "people"),
        _moment("begun_at"),
    )
    op.create_table(
        "assessment_children",
        _of("assessment_id", "assessments", key=True),
        _of("child_id", "children", key=True, index=True),
        _of("authority_id", "authorities"),
    )


def _answers() -> None:
    def saved() -> tuple[sa.schema.SchemaItem, ...]:
        return (
            _id(),
            _of("authority_id", "authorities"),
            _of("assessment_id", "assessments"),
            _text("question"),
            _of("child_id", "children", optional=True),
            _json("value"),
            _number("revision"),
            _of("saved_by", "people"),
            _moment("saved_at"),
        )

    sent = (_text("save_key"), _text("sent_hash"), sa.UniqueConstraint("assessment_id", "save_key"))
    op.create_table("answers", *saved())
    op.create_table("answer_history", *saved(), *sent)
    place: list[str | sa.TextClause] = ["assessment_id", "question", sa.text("coalesce(child_id, 0)")]
    op.create_index("uq_answers_place", "answers", place, unique=True)
    op.create_index("uq_answer_history_revision", "answer_history", [*place, "revision"], unique=True)


def _submissions() -> None:
    op.create_table(
        "submissions",
        _id(),
        _of("authority_id", "authorities"),
        _of("assessment_id", "assessments", unique=True),
        _json("record"),
        _json("shown"),
        _json("context"),
        _json("code_lists"),
        _text("note"),
        _of("submitted_by", "people"),
        _moment("submitted_at"),
    )
