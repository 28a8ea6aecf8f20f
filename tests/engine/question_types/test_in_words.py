"""Any value of a draft can be told to a person, and no file but a type's own asks for a type by its name."""

import ast
from pathlib import Path

import pytest

from engine.question_types import in_words, question_types
from engine.question_types.base import Example, NotKnown, QuestionType
from tests.engine.question_types.questions import EXAMPLE_IDS, EXAMPLES, asked

ROOT = Path(__file__).resolve().parents[3]
PEOPLE = {
    "columns": [
        {"id": "who", "type": "short_text", "kind": "fact", "label": "Who", "why": "To know"},
        {"id": "born", "type": "date", "kind": "fact", "label": "Born", "why": "To know"},
    ]
}


@pytest.mark.parametrize(("question_type", "example"), EXAMPLES, ids=EXAMPLE_IDS)
def test_every_value_has_words(question_type: QuestionType, example: Example) -> None:
    """An answer reads as its type shows it; what is no answer is told all the same, in whichever language."""
    question = asked(question_type.name, example.settings)
    if example.display is not None and question_type.takes_answer:
        assert in_words(question, example.value, "en") == example.display
    for language in ("en", "cy"):
        assert isinstance(in_words(question, example.value, language), str)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, ""),
        ("  ", ""),
        ({"not_known": True}, "Not known yet"),
        ({"not_known": True, "doing": "Asking"}, "Not known yet: Asking"),
        (NotKnown("Asking"), "Not known yet: Asking"),
        ("soon", "soon"),
        ({"day": "42", "month": "March"}, "42 March"),
        (["soon"], '["soon"]'),
    ],
)
def test_what_is_no_date_is_told_as_it_was_written(value: object, words: str) -> None:
    """As a person would say it, never as a program writes it down."""
    assert in_words(asked("date"), value, "en") == words


def test_a_row_is_told_whatever_stands_in_its_cells() -> None:
    """A cell to be mended does not keep the others from being read."""
    row = {"id": "r1", "who": "Kit", "born": {"day": "42", "month": "March"}}
    assert in_words(asked("rows", PEOPLE), [row], "en") == "1. Who: Kit. Born: 42 March"


def test_no_file_but_its_own_asks_for_a_type_by_name() -> None:
    """What differs from type to type is said by the type, so that a new one is one new file.

    A format of exports alone names the types that it has words for; it lists all others as what does not fit.
    """
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for room in ("engine", "webapp")
        for path in (ROOT / room).rglob("*.py")
        if path.parent.name != "question_types" and ROOT / "engine" / "exports" not in path.parents
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Compare) and _names_a_type(node)
    ]
    assert found == []


def _names_a_type(node: ast.Compare) -> bool:
    asks = any(isinstance(each, ast.Attribute) and each.attr == "type" for each in (node.left, *node.comparators))
    words = {each.value for each in ast.walk(node) if isinstance(each, ast.Constant)}
    return asks and not words.isdisjoint(question_types())
