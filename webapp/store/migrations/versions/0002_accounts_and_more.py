"""Accounts, names heard and former, feedback, withdrawals, languages, drafts of forms and set aside, only growing."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from webapp.store.append_only import guards, guards_off, last_guard_off
from webapp.store.sounds import sounds_of

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ONLY_GROW = ("access_log", "answer_history", "submissions", "set_asides")
NEW_ONLY_GROW = ("draft_revisions", "move_offers", "particulars_history", "feedback_answers")
"""Those of the new tables that only grow; going down takes them away with their guards."""

NEW_TABLES = (
    "accounts",
    "account_links",
    "sign_in_attempts",
    "name_sounds",
    "withdrawals",
    "feedback",
    "feedback_answers",
    "chosen_languages",
    "set_asides",
    "drafts",
    "draft_revisions",
    "form_cases",
    "preview_links",
    "move_offers",
    "moves",
    "particulars_history",
    "approval_requests",
    "brought_forms",
)

DRAFTS_AGAIN = ["UPDATE assessments SET status = 'draft' WHERE status = 'set_aside'"]
"""Whoever does not know of setting aside has the draft on the list again, and nothing is lost."""

ACTS_KEPT = ["UPDATE access_log SET record = act || ' ' || record WHERE act <> 'opened'"]
"""What was done stands with the record where there is no column for it, so that it does not read as an opening."""

OF_CHILD = " of child "
CHILD_KEPT = [f"UPDATE access_log SET record = record || '{OF_CHILD}' || child_id WHERE child_id IS NOT NULL"]
"""Whose record alone was read stands with the record too, so that it does not read as an opening of all of it."""

ACTS_BACK = [
    f"UPDATE access_log SET act = substr(record, 1, length(record) - {len(name) + 1}), record = '{name}' "
    f"WHERE record LIKE '% {name}'"
    for name in (
        *(
            "child",
            "person",
            "log",
            "assessment",
            "submission",
            "draft",
            "form",
            "case",
            "authority",
            "remark",
            "trial",
        ),
    )
]


def _new_columns() -> list[tuple[str, sa.Column[Any]]]:
    return [
        ("people", sa.Column("phone", sa.Text, nullable=False, server_default=sa.text("''"))),
        ("people", sa.Column("ended_at", sa.DateTime(timezone=True))),
        ("sessions", sa.Column("browser", sa.Text, nullable=False, server_default=sa.text("''"))),
        ("answer_history", sa.Column("active_seconds", sa.Integer, nullable=False, server_default=sa.text("0"))),
        ("answer_history", sa.Column("page_key", sa.Text, nullable=False, server_default=sa.text("''"))),
        ("answer_history", sa.Column("act", sa.Text, nullable=False, server_default=sa.text("'saved'"))),
        ("allocations", sa.Column("conversation", sa.Text, nullable=False, server_default=sa.text("''"))),
        ("allocations", sa.Column("end_conversation", sa.Text, nullable=False, server_default=sa.text("''"))),
        ("access_log", sa.Column("act", sa.Text, nullable=False, server_default=sa.text("'opened'"))),
        ("access_log", sa.Column("child_id", sa.Integer)),
        ("definitions", sa.Column("reason", sa.Text, nullable=False, server_default=sa.text("''"))),
        ("definitions", sa.Column("budget_reason", sa.Text, nullable=False, server_default=sa.text("''"))),
        ("definitions", sa.Column("begins_on", sa.Date)),
        ("authorities", sa.Column("forms_need_two", sa.Boolean, nullable=False, server_default=sa.false())),
        ("definitions", sa.Column("base_id", sa.Integer)),
    ]


def upgrade() -> None:
    for table, column in _new_columns():
        op.add_column(table, column)
    op.create_index("ix_access_log_record", "access_log", ["record", "record_id", "person_id"])
    op.create_index("ix_answer_history_newest", "answer_history", ["assessment_id", "id"])
    op.create_index("ix_assessments_begun_by", "assessments", ["begun_by"])
    op.create_index("ix_children_born", "children", ["authority_id", "born"])
    unborn = sa.text("unborn")
    op.create_index("ix_children_unborn", "children", ["authority_id"], sqlite_where=unborn, postgresql_where=unborn)
    _accounts()
    _sounds()
    _forms()
    _set_asides()
    _drafts()
    _trying_drafts()
    _moves()
    _particulars_history()
    _children_read_alone_back()
    _approvals()
    _brought()
    _do(ACTS_BACK)
    for table in (*ONLY_GROW, *NEW_ONLY_GROW):
        _do(guards(table, op.get_bind().dialect.name))


def downgrade() -> None:
    dialect = op.get_bind().dialect.name
    for table in (*ONLY_GROW, *NEW_ONLY_GROW):
        _do(guards_off(table, dialect))
    _do(last_guard_off(dialect))
    _do(ACTS_KEPT)
    _do(CHILD_KEPT)
    _do(DRAFTS_AGAIN)
    for name in reversed(NEW_TABLES):
        op.drop_table(name)
    op.drop_index("ix_children_unborn", "children")
    op.drop_index("ix_children_born", "children")
    op.drop_index("ix_assessments_begun_by", "assessments")
    op.drop_index("ix_answer_history_newest", "answer_history")
    op.drop_index("ix_access_log_record", "access_log")
    for table, column in reversed(_new_columns()):
        op.drop_column(table, column.name)


def _do(statements: list[str]) -> None:
    for statement in statements:
        op.execute(sa.text(statement))


def _children_read_alone_back() -> None:
    log = sa.table("access_log", *map(sa.column, ("id", "record", "child_id")))
    read_alone = sa.select(log.c.id, log.c.record).where(log.c.record.contains(OF_CHILD))
    for number, kept in op.get_bind().execute(read_alone).all():
        record, _, child = kept.partition(OF_CHILD)
        op.execute(sa.update(log).where(log.c.id == number).values(record=record, child_id=int(child)))


def _id() -> sa.Column[int]:
    return sa.Column("id", sa.Integer, primary_key=True)


def _of(name: str, table: str, *, index: bool = False, optional: bool = False, unique: bool = False) -> sa.Column[int]:
    refers = sa.ForeignKey(f"{table}.id")
    return sa.Column(name, sa.Integer, refers, nullable=optional, index=index or None, unique=unique or None)


def _text(name: str, *, unique: bool = False, optional: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=optional, unique=unique or None)


def _moment(name: str, *, optional: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=optional)


def _accounts() -> None:
    op.create_table(
        "accounts",
        _id(),
        _of("authority_id", "authorities"),
        _of("person_id", "people", unique=True),
        _text("email", unique=True),
        _text("password_hash", optional=True),
        _moment("password_set_at", optional=True),
    )
    op.create_table(
        "account_links",
        _id(),
        _of("authority_id", "authorities"),
        _of("person_id", "people", index=True),
        _text("token_hash", unique=True),
        _of("made_by", "people", optional=True),
        _moment("made_at"),
        _moment("ends_at"),
        _moment("used_at", optional=True),
    )
    op.create_table(
        "sign_in_attempts",
        sa.Column("name_hash", sa.Text, primary_key=True),
        sa.Column("failures", sa.Integer, nullable=False),
        _moment("last_at"),
    )
    op.create_index("ix_sign_in_attempts_last_at", "sign_in_attempts", ["last_at"])


def _sounds() -> None:
    table = op.create_table(
        "name_sounds",
        _id(),
        _of("authority_id", "authorities"),
        _of("child_id", "children", index=True),
        _text("part"),
        _text("sound"),
    )
    op.create_index("ix_name_sounds_sound", "name_sounds", ["authority_id", "sound"])
    children = sa.table("children", *map(sa.column, ("id", "authority_id", "given_name", "family_name")))
    rows = [
        {"authority_id": child.authority_id, "child_id": child.id, "part": part, "sound": sound}
        for child in op.get_bind().execute(sa.select(children)).all()
        for part, sound in sounds_of(child.given_name, child.family_name)
    ]
    if rows:
        op.bulk_insert(table, rows)


def _forms() -> None:
    op.create_table(
        "withdrawals",
        _id(),
        _of("authority_id", "authorities", optional=True),
        _of("definition_id", "definitions"),
        _text("reason"),
        _of("withdrawn_by", "people", optional=True),
        _moment("withdrawn_at"),
    )
    owner = sa.text("coalesce(authority_id, 0)")
    op.create_index("uq_withdrawals_definition", "withdrawals", ["definition_id", owner], unique=True)
    op.create_table(
        "feedback",
        _id(),
        _of("authority_id", "authorities"),
        _text("key", unique=True),
        _of("definition_id", "definitions", index=True),
        _text("section"),
        _text("question", optional=True),
        _text("words"),
        _of("person_id", "people"),
        _moment("said_at"),
    )
    op.create_table(
        "feedback_answers",
        _id(),
        _of("authority_id", "authorities"),
        _of("feedback_id", "feedback"),
        sa.Column("number", sa.Integer, nullable=False),
        _text("words"),
        _of("person_id", "people"),
        _moment("answered_at"),
    )
    op.create_index("uq_feedback_answers_number", "feedback_answers", ["feedback_id", "number"], unique=True)
    op.create_table(
        "chosen_languages",
        sa.Column("person_id", sa.Integer, sa.ForeignKey("people.id"), primary_key=True),
        sa.Column("assessment_id", sa.Integer, sa.ForeignKey("assessments.id"), primary_key=True),
        _of("authority_id", "authorities"),
        _text("language"),
    )


def _set_asides() -> None:
    op.create_table(
        "set_asides",
        _id(),
        _of("authority_id", "authorities"),
        _of("assessment_id", "assessments", index=True),
        _text("act"),
        _text("reason"),
        _text("words"),
        _of("person_id", "people"),
        _moment("at"),
    )


def _drafts() -> None:
    op.create_table(
        "drafts",
        _id(),
        _of("authority_id", "authorities"),
        _text("key", unique=True),
        _text("form"),
        _of("begun_from", "definitions", optional=True),
        _of("begun_by", "people"),
        _moment("begun_at"),
        _moment("ended_at", optional=True),
        _of("published_as", "definitions", optional=True),
        sa.Column("code_lists", sa.JSON, nullable=False, server_default=sa.text("'{}'")),
    )
    is_open = sa.text("ended_at IS NULL")
    columns = ["authority_id", "form"]
    op.create_index("uq_drafts_open", "drafts", columns, unique=True, sqlite_where=is_open, postgresql_where=is_open)
    op.create_table(
        "draft_revisions",
        _id(),
        _of("authority_id", "authorities"),
        _of("draft_id", "drafts"),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("parent", sa.Integer),
        sa.Column("shows", sa.Integer, nullable=False),
        _text("content", optional=True),
        _text("done"),
        _of("saved_by", "people"),
        _moment("saved_at"),
        _of("base_id", "definitions", optional=True),
    )
    op.create_index("uq_draft_revisions_number", "draft_revisions", ["draft_id", "number"], unique=True)


def _trying_drafts() -> None:
    op.create_table(
        "form_cases",
        _id(),
        _of("authority_id", "authorities"),
        _text("key", unique=True),
        _text("form"),
        _text("title"),
        _text("content"),
        _of("made_by", "people"),
        _moment("made_at"),
        _moment("removed_at", optional=True),
    )
    op.create_index("ix_form_cases_form", "form_cases", ["authority_id", "form"])
    op.create_table(
        "preview_links",
        _id(),
        _of("authority_id", "authorities"),
        _text("key", unique=True),
        _of("draft_id", "drafts", index=True),
        _text("token_hash", unique=True),
        _of("made_by", "people"),
        _moment("made_at"),
        _moment("ends_at"),
    )


def _moves() -> None:
    op.create_table(
        "move_offers",
        _id(),
        _of("authority_id", "authorities"),
        _text("form"),
        _of("definition_id", "definitions"),
        _text("act"),
        _of("person_id", "people"),
        _moment("at"),
    )
    op.create_index("ix_move_offers_form", "move_offers", ["authority_id", "form"])
    op.create_table(
        "moves",
        _id(),
        _of("authority_id", "authorities"),
        _of("assessment_id", "assessments", index=True),
        _text("key", unique=True),
        _of("from_definition", "definitions"),
        _of("to_definition", "definitions"),
        sa.Column("no_place", sa.JSON, nullable=False),
        sa.Column("entry", sa.Integer, nullable=False),
        _of("moved_by", "people"),
        _moment("moved_at"),
        _of("undone_by", "people", optional=True),
        _moment("undone_at", optional=True),
    )


def _particulars_history() -> None:
    op.create_table(
        "particulars_history",
        _id(),
        _of("authority_id", "authorities"),
        _of("child_id", "children", index=True),
        _text("given_name"),
        _text("family_name"),
        sa.Column("born", sa.Date),
        sa.Column("expected", sa.Date),
        sa.Column("unborn", sa.Boolean, nullable=False),
        sa.Column("disabled", sa.Boolean),
        sa.Column("interpreter", sa.Boolean),
        sa.Column("name_mistaken", sa.Boolean, nullable=False),
        _of("changed_by", "people"),
        _moment("changed_at"),
    )


def _approvals() -> None:
    op.create_table(
        "approval_requests",
        _id(),
        _of("authority_id", "authorities"),
        _text("key", unique=True),
        _of("draft_id", "drafts", index=True),
        sa.Column("revision", sa.Integer, nullable=False),
        _text("reason"),
        _text("budget_reason"),
        sa.Column("begins_on", sa.Date),
        _of("asked_by", "people"),
        _moment("asked_at"),
        _moment("ended_at", optional=True),
        _of("ended_by", "people", optional=True),
        _text("outcome"),
        _text("words"),
        _of("definition_id", "definitions", optional=True),
    )
    is_open = sa.text("ended_at IS NULL")
    name, table = "uq_approval_requests_open", "approval_requests"
    op.create_index(name, table, ["draft_id"], unique=True, sqlite_where=is_open, postgresql_where=is_open)


def _brought() -> None:
    op.create_table(
        "brought_forms",
        _id(),
        _of("authority_id", "authorities"),
        _text("key", unique=True),
        _text("name"),
        _text("content"),
        sa.Column("code_lists", sa.JSON, nullable=False),
        sa.Column("cases", sa.JSON, nullable=False),
        sa.Column("unfit", sa.JSON, nullable=False),
        _of("brought_by", "people", index=True),
        _moment("brought_at"),
    )
