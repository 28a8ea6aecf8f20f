"""Trials of forms by team: plans, registrations, which team has which arm, forms begun under them and measures."""

import sqlalchemy as sa
from alembic import op

from webapp.store.append_only import guards, guards_off

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TABLES = (
    "trials",
    "trial_parts",
    "trial_registrations",
    "trial_amendments",
    "trial_arms",
    "trial_teams",
    "trial_forms",
    "trial_measures",
    "trial_taken_out",
    "trial_scores",
    "trial_openings",
    "trial_results",
)
ONLY_GROW = (
    "trial_registrations",
    "trial_amendments",
    "trial_arms",
    "trial_teams",
    "trial_forms",
    "trial_taken_out",
    "trial_openings",
    "trial_results",
)

VARIANTS_OUT_OF_USE = """
INSERT INTO withdrawals (authority_id, definition_id, reason, withdrawn_at)
SELECT authority_id, id, 'It was served in a trial alone', published_at FROM definitions
WHERE for_trial AND id NOT IN (SELECT definition_id FROM withdrawals)
"""
"""Whoever does not know of trials would begin their variants: they are taken out of use, and what was begun stays."""


def upgrade() -> None:
    op.add_column("definitions", sa.Column("for_trial", sa.Boolean, nullable=False, server_default=sa.false()))
    _trials()
    _frozen()
    _forms()
    _results()
    for table in ONLY_GROW:
        _do(guards(table, op.get_bind().dialect.name))


def downgrade() -> None:
    for table in ONLY_GROW:
        _do(guards_off(table, op.get_bind().dialect.name))
    _do([VARIANTS_OUT_OF_USE])
    for name in reversed(TABLES):
        op.drop_table(name)
    op.drop_column("definitions", "for_trial")


def _do(statements: list[str]) -> None:
    for statement in statements:
        op.execute(sa.text(statement))


def _of(name: str, table: str, *, index: bool = False, optional: bool = False, key: bool = False) -> sa.Column[int]:
    refers = sa.ForeignKey(f"{table}.id")
    return sa.Column(name, sa.Integer, refers, primary_key=key, nullable=optional, index=index or None)


def _id() -> sa.Column[int]:
    return sa.Column("id", sa.Integer, primary_key=True)


def _authority(*, index: bool = False) -> sa.Column[int]:
    return _of("authority_id", "authorities", index=index)


def _text(name: str, *, key: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False, primary_key=key)


def _maybe_text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False, server_default=sa.text("''"))


def _moment(name: str, *, optional: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=optional)


def _flag(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean, nullable=False)


def _trials() -> None:
    op.create_table(
        "trials",
        _id(),
        _authority(index=True),
        sa.Column("key", sa.Text, nullable=False, unique=True),
        _text("form"),
        _text("state"),
        sa.Column("plan", sa.JSON, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        _of("planned_by", "people"),
        _moment("planned_at"),
        _of("saved_by", "people"),
        _moment("saved_at"),
        _of("stopped_by", "people", optional=True),
        _moment("stopped_at", optional=True),
        _maybe_text("stopped_reason"),
        _of("part_of", "trials", index=True, optional=True),
    )
    op.create_table(
        "trial_parts",
        _id(),
        _of("trial_id", "trials"),
        _authority(index=True),
        sa.Column("key", sa.Text, nullable=False, unique=True),
        _text("state"),
        sa.Column("part", sa.JSON, nullable=False),
        _maybe_text("agreed"),
        _maybe_text("words"),
        _moment("invited_at"),
        _of("answered_by", "people", optional=True),
        _moment("answered_at", optional=True),
        sa.UniqueConstraint("trial_id", "authority_id"),
    )
    op.create_table(
        "trial_amendments",
        _id(),
        _authority(),
        _of("trial_id", "trials", index=True),
        _text("words"),
        _of("watcher", "people", optional=True),
        sa.Column("openers", sa.JSON),
        _of("amended_by", "people"),
        _moment("at"),
    )


def _frozen() -> None:
    op.create_table(
        "trial_registrations",
        _of("trial_id", "trials", key=True),
        _authority(),
        _of("registered_by", "people"),
        _moment("registered_at"),
        _text("plan_text"),
        _text("plan_hash"),
        _text("seed"),
        _text("seed_commitment"),
        sa.Column("begins_on", sa.Date, nullable=False),
        sa.Column("ends_on", sa.Date, nullable=False),
        _text("digest"),
        _text("possible"),
        sa.Column("acceptable", sa.JSON),
        sa.Column("baseline", sa.JSON),
    )
    op.create_table(
        "trial_arms",
        _of("trial_id", "trials", key=True),
        _text("arm", key=True),
        _authority(),
        _text("name"),
        _flag("control"),
        _of("definition_id", "definitions", index=True),
    )
    op.create_table(
        "trial_teams",
        _of("trial_id", "trials", key=True),
        _of("team_id", "teams", key=True, index=True),
        _authority(),
        _text("name"),
        _text("arm"),
        _text("stratum"),
        sa.Column("late", sa.Boolean, nullable=False, server_default=sa.false()),
        _moment("at"),
    )


def _forms() -> None:
    op.create_table(
        "trial_forms",
        _of("assessment_id", "assessments", key=True),
        _authority(),
        _of("trial_id", "trials"),
        _of("team_id", "teams"),
        _text("allocated_arm"),
        _text("served_arm"),
        _of("definition_id", "definitions"),
        _text("why"),
        _moment("begun_at"),
    )
    op.create_index("ix_trial_forms_team", "trial_forms", ["trial_id", "team_id"])
    op.create_table(
        "trial_measures",
        _of("assessment_id", "assessments", key=True),
        _text("outcome", key=True),
        _authority(),
        _of("trial_id", "trials"),
        sa.Column("value", sa.Float, nullable=False),
        sa.Column("said_on", sa.Date),
        _moment("at"),
    )
    op.create_index("ix_trial_measures_outcome", "trial_measures", ["trial_id", "outcome"])
    op.create_table(
        "trial_taken_out",
        _of("assessment_id", "assessments", key=True),
        _text("kind", key=True),
        _authority(),
        _of("trial_id", "trials", index=True),
        _text("reason"),
        _of("taken_out_by", "people"),
        _moment("at"),
    )


def _results() -> None:
    op.create_table(
        "trial_scores",
        _of("assessment_id", "assessments", key=True),
        _of("scorer_id", "people", key=True),
        _authority(),
        _of("trial_id", "trials", index=True),
        sa.Column("score", sa.Integer, nullable=False),
        _moment("at"),
    )
    op.create_table(
        "trial_openings",
        _id(),
        _authority(),
        _of("trial_id", "trials", index=True),
        _of("opened_by", "people"),
        _flag("early"),
        _maybe_text("reason"),
        _moment("at"),
    )
    op.create_table(
        "trial_results",
        _id(),
        _authority(),
        _of("trial_id", "trials"),
        _flag("early"),
        _text("content"),
        _text("digest"),
        _of("worked_out_by", "people"),
        _moment("at"),
        sa.UniqueConstraint("trial_id", "early"),
    )
