"""What a form costs: each figure follows from the form and from parameters that say where they come from."""

import json
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from engine.answers import problems_of
from engine.burden import Burden, OverBudget, budget_broken, measure, outline, parameters
from engine.definition import Definition, definition_from_json
from engine.journey import context_from_json, evaluate
from engine.proofs import prove
from engine.schema.definition import BUDGET
from tests.engine.forms import form, form_json, question, section

Json = Any
VISIT = Path(__file__).parents[3] / "form_definitions" / "visit" / "1.json"


def cost(*parts: dict[str, Json], **keys: Json) -> Burden:
    """What a form costs."""
    definition = form(*parts, **keys)
    return measure(definition, prove(definition))


def visit() -> Definition:
    """The visit form of the library."""
    return definition_from_json(json.loads(VISIT.read_text(encoding="utf-8")))


def test_every_figure_says_where_it_comes_from() -> None:
    """Each group of parameters names its source, or says plainly that it is an assumption."""
    for name, group in parameters().items():
        assert len(group["source"].split()) > 5, name


def test_every_limit_a_budget_may_set_is_measured() -> None:
    """The keys that the definition's schema allows are figures of the burden."""
    burden = cost(section("each", *(question(f"q{number}", "long_text") for number in range(9)), per_child=True))
    assert set(BUDGET) <= {field.name for field in fields(Burden)}
    assert [key for key in BUDGET if not isinstance(getattr(burden, key), int | float)] == []


def test_words_are_those_on_the_page() -> None:
    """Section title and intro, label, hint, options and prompts are read; guidance and reason only on demand."""
    asked = question(
        "a",
        "choice",
        label="One two three",
        hint="four five",
        guidance="never counted here",
        options=[{"value": "x", "label": "six", "hint": "seven eight"}, {"value": "y", "label": "nine"}],
    )
    thinking = question("b", "analysis", kind="analysis", label="ten", prompts=["eleven twelve", "thirteen"])
    shown = section("s", asked, thinking, intro="fourteen fifteen")
    assert cost({**shown, "title": "sixteen"}).words_to_read == 16


def test_words_of_hidden_branches_are_not_read() -> None:
    """Only what stands on the longest path counts."""
    branches = [
        question("long", label="Here are five words more", show_when={"question": "a", "is": "yes"}),
        question("longer", label="Two more", show_when={"question": "a", "is": "yes"}),
        question("short", label="One", show_when={"question": "a", "is": "no"}),
    ]
    first = question("a", "yes_no", label="First")
    assert cost({**section("s", first, *branches), "title": "Title"}).words_to_read == 1 + 1 + 5 + 2


def test_writing_takes_longer_the_more_is_to_be_written() -> None:
    """A guide of the question's own replaces what is guessed from its kind; a choice writes nothing."""
    guided = [cost(question("a", "analysis", kind="analysis", words_guide=words)).minutes for words in (50, 200, 400)]
    assert guided == sorted(set(guided))
    rate = parameters()["writing"]["words_per_minute"]
    assert guided[2] - guided[0] == pytest.approx(350 / rate, abs=1)
    assert cost(question("a", "choice")).minutes < cost(question("a", "long_text", kind="analysis")).minutes


def test_each_further_child_adds_what_is_asked_of_each() -> None:
    """Only the questions asked once for each child."""
    each = section("each", question("a", "long_text"), question("b", "choice"), per_child=True)
    once = section("once", question("c", "long_text"))
    both = cost(each, once)
    assert both.questions_per_child == 2
    assert 0 < both.minutes_per_child < both.minutes
    assert cost(once).minutes_per_child == cost(once).questions_per_child == 0


def test_shares_are_of_the_questions_on_the_longest_path() -> None:
    """Choices, long texts, and long texts that are analysis."""
    parts = (
        question("a", "choice"),
        question("b", "choices"),
        question("c", "long_text"),
        question("d", "analysis", kind="analysis"),
        question("e", "statement"),
    )
    assert cost(*parts).shares == {"choice": 0.5, "long_text": 0.5, "analysis": 0.25}


def test_pages_grow_with_what_must_be_printed() -> None:
    """One page at least; room to write, options and rows take lines; every branch is printed."""
    assert cost(question("a")).printed_pages == 1
    texts = [question(f"q{number}", "long_text", rows=10) for number in range(20)]
    page = parameters()["page"]["lines"]
    assert cost(*texts).printed_pages == pytest.approx(20 * 12 / page, abs=1)
    hidden = [{**each, "show_when": {"question": "a", "is": "yes"}} for each in texts]
    assert cost(question("a", "yes_no"), *hidden).printed_pages == pytest.approx(20 * 12 / page, abs=1)


def test_over_budget_names_limit_and_figure() -> None:
    """In the budget's order; what is within it is not told."""
    definition = form(question("a"), question("b"), budget={"printed_pages": 1, "longest_path": 1, "minutes": 0})
    burden = measure(definition, prove(definition))
    broken = budget_broken(definition, burden)
    assert broken == (OverBudget("longest_path", 1, 2), OverBudget("minutes", 0, burden.minutes))


def test_a_budget_for_a_reading_age_that_cannot_be_told_is_not_broken() -> None:
    """Too few words say nothing about how hard they are."""
    definition = form(question("a", label="Why?"), budget={"reading_age": 1})
    burden = measure(definition, prove(definition))
    assert burden.reading_age is None
    assert budget_broken(definition, burden) == ()


def test_a_form_that_cannot_be_completed_is_measured_whole() -> None:
    """Without a longest path every question counts, so that it is not measured as free."""
    start = question("start", "date", not_before="2026-01-02", required=True, not_known=False)
    end = question("end", "date", not_before="start", not_after="2026-01-01", required=True, not_known=False)
    assert cost(start, end).words_to_read > 0


def test_the_outline_of_the_visit_form_can_be_checked_by_evaluating_it() -> None:
    """Both paths are exact and their drafts complete; every question and column has a draft that shows it."""
    definition = visit()
    found = json.loads(json.dumps(outline(definition)))
    assert found["never_shown"] == []
    for name in ("longest_path", "shortest_path"):
        path = found[name]
        journey = evaluate(definition, path["answers"], context_from_json(path["context"]))
        assert problems_of(journey) == ()
        assert path["exact"] is True
        assert path["questions"] == path["bound"]
    for name, draft in found["witness"].items():
        journey = evaluate(definition, draft["answers"], context_from_json(draft["context"]))
        assert any(name in (place.question, f"{place.question}.{place.column}") for place in journey.shown)
    columns = {f"{q.id}.{c.id}" for q in definition.questions for c in q.columns}
    assert set(found["witness"]) == {q.id for q in definition.questions} | columns


def test_the_outline_has_its_keys() -> None:
    """What other tools read is there under its name, the budget with what was found."""
    found = outline(form(question("a"), budget={"longest_path": 0}))
    keys = {
        "questions",
        "never_shown",
        "longest_path",
        "shortest_path",
        "witness",
        "shares",
        "minutes",
        "printed_pages",
    }
    assert keys <= found.keys()
    assert found["longest_path"].keys() >= {"questions", "answers", "context", "exact"}
    assert found["budget"] == {"longest_path": {"limit": 0, "found": 1, "over": True}}


def test_the_language_of_the_form_is_measured() -> None:
    """A form in Welsh is read in Welsh."""
    label = {"en": "One two", "cy": "Un dau tri pedwar"}
    parts = {**section("s", question("a", label=label)), "title": "T"}
    welsh = definition_from_json(form_json(parts, languages=["cy"]))
    english = definition_from_json(form_json(parts, languages=["en"]))
    assert measure(welsh, prove(welsh)).words_to_read - measure(english, prove(english)).words_to_read == 2


def test_required_answers_and_the_first_analysis_are_counted_along_the_longest_path() -> None:
    """Statements take no place; a choice of kind analysis is no room to write in."""
    parts = (
        question("read", "statement"),
        question("seen", "yes_no", required=True),
        question("sure", "choice", kind="analysis"),
        question("why", "analysis", kind="analysis", show_when={"question": "seen", "is": "no"}, required=True),
        question("last", required=True),
    )
    burden = cost(*parts)
    assert (burden.longest_path, burden.required, burden.first_analysis) == (4, 3, 3)
    assert cost(*parts[:3]).first_analysis is None


def test_the_columns_of_lists_are_counted_apart() -> None:
    """A list is one question on a path, whatever is asked in each of its lines."""
    burden = cost(question("people", "rows", columns=[question("name"), question("age")]), question("last"))
    assert (burden.longest_path, burden.list_columns) == (2, 2)
