"""What the long tick-box form is there to show."""

from collections import Counter

from engine.checks import check
from tests.definitions.library import LIBRARY, code_lists, definition

PATH = LIBRARY / "_features" / "long-tick-box" / "1.json"
FORM = definition(PATH)


def test_the_check_warns_of_what_is_wrong_with_such_forms_and_finds_no_error() -> None:
    """Over its budget in every way, analysis after everything else, too much required, a decision without a reason."""
    problems = check(PATH.read_bytes(), code_lists())
    assert {problem.severity for problem in problems} == {"warning"}
    assert Counter(problem.code for problem in problems) == {
        "over_budget": 3,
        "late_analysis": 1,
        "many_required": 1,
        "decision_without_reason": 1,
    }


def test_it_has_one_question_of_analysis_and_hundreds_before_it() -> None:
    """The only one stands on the last page, with a handful of questions after it."""
    (place,) = [number for number, question in enumerate(FORM.questions) if question.kind == "analysis"]
    assert place > 300
    assert FORM.section_of[FORM.questions[place].id] is FORM.sections[-1]


def test_its_labels_read_like_a_form() -> None:
    """No label stands twice, and each begins as a sentence does."""
    labels = [str(question.label) for question in FORM.questions]
    assert len(set(labels)) == len(labels)
    assert all(label[0].isupper() and len(label.split()) > 1 for label in labels)
