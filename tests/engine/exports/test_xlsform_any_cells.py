"""Whatever stands in the cells, reading ends in a form that can be checked, and nothing is dropped unsaid."""

from collections.abc import Sequence
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.checks import check_definition
from engine.definition import KINDS
from engine.exports.xlsform import read
from engine.exports.xlsform.types import LEFT_OUT, TAKEN
from engine.proofs import Effort
from tests.engine.exports.workbooks import questions, workbook

Json = Any
STANDARD = "type name label label::Welsh hint required relevant constraint calculation parameters appearance"
OURS = "type kind why show_when minimum of function not_before code_list columns id part"
HEAD = (
    *STANDARD.replace("", "").split(),
    *(f"pith::{key}" for key in OURS.split()),
    "choice_filter",
)
NAMES = ("a", "b", "c", "A b", "meta", "2", "")
PIECES = (
    *(
        "${a}",
        "${b}",
        "${c}",
        ".",
        "'x'",
        "'yes'",
        "''",
        "1",
        "0.5",
        "-2",
        "today()",
        "date('2026-01-01')",
        "(",
        ")",
        ",",
    ),
    *(
        " = ",
        " != ",
        " < ",
        " >= ",
        " and ",
        " or ",
        "not(",
        "selected(",
        "count(",
        "string-length(",
        "sum(",
        " + ",
        " - ",
    ),
    *(
        "true()",
        "regex(",
        "\n",
        "ü",
        "=",
        '{"question": "a", "is": "yes"}',
        '{"all": [',
        "]}",
        '["a"]',
        "age",
        "sum",
        "-",
    ),
)
TYPES = (
    *TAKEN,
    *LEFT_OUT,
    *(
        "select_one yn",
        "select_multiple yn",
        "select_one",
        "begin_group",
        "end_group",
        "begin_repeat",
        "end_repeat",
        "x",
    ),
)
EXPRESSIONS = st.one_of(st.just(""), st.lists(st.sampled_from(PIECES), max_size=8).map("".join))
WORDS = st.one_of(st.just(""), st.sampled_from((*PIECES, *KINDS, *TYPES)), st.text("aé<=+${}'\"\n ", max_size=12))
ROWS = st.lists(
    st.tuples(
        st.sampled_from(TYPES), st.sampled_from(NAMES), WORDS, *[st.one_of(EXPRESSIONS, WORDS)] * (len(HEAD) - 3)
    ),
    min_size=1,
    max_size=12,
)
CHOICES = (("list_name", "name", "label", "pith_exclusive"), ("yn", "yes", "Yes", "yes"), ("yn", "x", "X", "maybe"))


@given(rows=ROWS, settings_row=st.lists(WORDS, min_size=5, max_size=5))
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_cells(rows: list[tuple[str, ...]], settings_row: list[str]) -> None:
    """Each row that asks something is a question of the form, or is told."""
    form = [("form_title", "form_id", "version", "default_language", "pith::budget"), settings_row]
    content = workbook(
        {"survey": [HEAD, *map(_as_words, rows)], "choices": CHOICES, "settings": [*map(_as_words, form)]}
    )
    found = read(content)
    check_definition(found.definition, effort=Effort(0))
    told = {each.row for each in found.unfit if each.sheet == "survey"}
    asking = [number for number, row in enumerate(rows, start=2) if "group" not in row[0] and row[0] != "end_repeat"]
    introductions = sum("intro" in section for section in found.definition["sections"])
    assert len([number for number in asking if number not in told]) <= len(questions(found)) + introductions


def _as_words(cells: Sequence[str]) -> list[str]:
    """Cells that openpyxl writes as words: one that begins with = would be a formula."""
    return [cell.replace("=", " =", 1) if cell.startswith("=") else cell for cell in cells]
