"""A database as the first revision of the tables left it: some rows in each, written by hand."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import text

from webapp.store.database import Database, reading, writing

Row = Mapping[str, Any]

AT = "2026-02-03 10:11:12.345678"
WORDS = "“Nos da,” meddai hi.\n\nŵ 🙂 \u202eabc"


def _answer(number: int, revision: int, value: object, child: int | None = None) -> Row:
    return {
        "id": number,
        "authority_id": 1,
        "assessment_id": 1,
        "question": "child_words" if child else "saw",
        "child_id": child,
        "value": json.dumps(value),
        "revision": revision,
        "saved_by": 1,
        "saved_at": AT,
    }


def _child(number: int, given_name: str, family_name: str, **known: Any) -> Row:
    unknown = {"born": None, "expected": None, "unborn": False, "disabled": None, "interpreter": None}
    names = {"given_name": given_name, "family_name": family_name}
    own = {"id": number, "authority_id": 1, "family_id": 1, "key": f"child{number}", "reference": f"N-{number}"}
    return {**own, **names, **unknown, **known}


def _sent(row: Row) -> Row:
    return {**row, "save_key": f"key {row['id']}", "sent_hash": "hash"}


ONLY_GROW = ("access_log", "answer_history", "submissions")
"""The tables that the second revision guards."""

ROWS: Mapping[str, Sequence[Row]] = {
    "authorities": [{"id": 1, "key": "north", "name": "Northshire Council"}],
    "teams": [{"id": 1, "authority_id": 1, "name": "Larkfield team"}],
    "people": [
        {
            "id": number,
            "authority_id": 1,
            "team_id": 1,
            "key": f"person{number}",
            "name": name,
            "job": "social worker",
            "role": "practitioner",
        }
        for number, name in ((1, "Adaeze Finch"), (2, "Corin Ashby-Lowe"))
    ],
    "sessions": [
        {
            "id": 1,
            "authority_id": 1,
            "person_id": 1,
            "token_hash": "hash",
            "begun_at": AT,
            "ends_at": AT,
            "ended_at": None,
        }
    ],
    "families": [{"id": 1, "authority_id": 1, "name": "Tallowby family"}],
    "children": [
        _child(1, "Wren", "Tallowby", born="2019-04-01", disabled=True),
        _child(2, "Siân-Ellen", "O’Tallowby Price", born="2022-12-24", interpreter=False),
        _child(3, "Baby", "Tallowby", expected="2026-08-01", unborn=True),
        _child(4, "", "Ткач"),
    ],
    "allocations": [
        {
            "id": 1,
            "authority_id": 1,
            "child_id": 1,
            "person_id": 1,
            "team_id": None,
            "begun_at": AT,
            "ended_at": None,
        },
        {
            "id": 2,
            "authority_id": 1,
            "child_id": 2,
            "person_id": None,
            "team_id": 1,
            "begun_at": AT,
            "ended_at": AT,
        },
    ],
    "access_log": [{"id": 1, "authority_id": 1, "person_id": 2, "record": "assessment", "record_id": 1, "at": AT}],
    "definitions": [
        {
            "id": 1,
            "authority_id": None,
            "form": "visit",
            "version": 1,
            "title": '"Visit"',
            "content": "{}",
            "code_lists": "{}",
            "content_hash": "hash",
            "published_at": AT,
            "published_by": None,
        }
    ],
    "assessments": [
        {
            "id": 1,
            "authority_id": 1,
            "key": "visit1",
            "definition_id": 1,
            "status": "submitted",
            "begun_by": 1,
            "begun_at": AT,
        }
    ],
    "assessment_children": [
        {"assessment_id": 1, "child_id": 1, "authority_id": 1},
        {"assessment_id": 1, "child_id": 2, "authority_id": 1},
    ],
    "answers": [_answer(1, 2, WORDS), _answer(2, 1, None, 1), _answer(3, 1, {"not_known": "asked"}, 2)],
    "answer_history": [
        _sent(row)
        for row in (
            _answer(1, 1, "first"),
            _answer(2, 2, WORDS),
            _answer(3, 1, None, 1),
            _answer(4, 1, {"not_known": "asked"}, 2),
        )
    ],
    "submissions": [
        {
            "id": 1,
            "authority_id": 1,
            "assessment_id": 1,
            "record": json.dumps({"saw": WORDS}),
            "shown": '["saw"]',
            "context": "{}",
            "code_lists": "{}",
            "note": "Read tonight.",
            "submitted_by": 1,
            "submitted_at": AT,
        }
    ],
}
"""The rows of each table, in an order in which each refers only to those before."""


def add_rows(database: Database) -> None:
    """Write them with nothing but SQL."""
    with writing(database) as connection:
        for table, rows in ROWS.items():
            columns = ", ".join(rows[0])
            values = ", ".join(f":{name}" for name in rows[0])
            connection.execute(text(f"INSERT INTO {table} ({columns}) VALUES ({values})"), rows)


def rows_of(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    """What stands in the first revision's columns, as the database itself gives it."""
    with reading(database) as connection:
        return {
            table: [tuple(row) for row in connection.execute(text(f"SELECT {', '.join(rows[0])} FROM {table}"))]
            for table, rows in ROWS.items()
        }
