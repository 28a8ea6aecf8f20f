"""The longest and the shortest path: what counts, what complete answers need, and what happens when it is too hard."""

from random import Random
from typing import Any

import pytest

from benchmarks.generate import form_json
from engine.answers import problems_of
from engine.definition import Definition, definition_from_json
from engine.proofs import Effort, PathLength, prove, questions_asked
from tests.engine.forms import form, question, section

Json = Any


def lengths(*parts: dict[str, Json]) -> tuple[int, int]:
    """The longest and the shortest path of a form, which must be exact."""
    proofs = prove(form(*parts))
    assert proofs.longest_path.exact
    assert proofs.shortest_path.exact
    return proofs.longest_path.questions, proofs.shortest_path.questions


def test_rows_count_one_and_statements_and_worked_out_values_none() -> None:
    """Only what a person can answer is counted, whatever its columns."""
    rows = question("people", "rows", columns=[question("who"), question("met", "yes_no")])
    worked_out = question("all", "worked_out", function="sum", of=["n"])
    assert lengths(question("read", "statement"), rows, question("n", "number"), worked_out) == (2, 2)


def test_a_required_question_cannot_be_left_blank_to_shorten_the_way() -> None:
    """What opens on every answer stands on every path; what opens on a blank needs the question not to be required."""
    follow = question("b", show_when={"question": "a", "answered": True})
    assert lengths(question("a", "choice", required=True), follow) == (2, 2)
    assert lengths(question("a", "choice"), follow) == (2, 1)


def test_not_known_yet_satisfies_a_required_question_where_it_is_allowed() -> None:
    """It is an answer over which no comparison holds."""
    follow = question("b", show_when={"not": {"question": "a", "in": ["red", "green", "blue"]}})
    assert lengths(question("a", "choice", required=True), follow) == (2, 1)
    assert lengths(question("a", "choice", required=True, not_known=False), follow) == (1, 1)


def test_a_way_is_as_long_as_its_branches_allow() -> None:
    """Of branches that exclude each other the longest is taken, then the shortest."""
    branches = [question(f"red{n}", show_when={"question": "a", "is": "red"}) for n in range(3)]
    branches += [question("green0", show_when={"question": "a", "is": "green"})]
    parts = (question("a", "choice", required=True, not_known=False), *branches)
    assert lengths(*parts) == (4, 1)


def test_paths_are_about_one_child() -> None:
    """What needs two children is on no path, though some draft shows it."""
    seen = question("seen", "choice", per_child=True)
    both = {"all": [{"question": "seen", "is": word} for word in ("red", "green")]}
    assert lengths(seen, question("b", show_when=both)) == (1, 1)


def test_facts_of_the_child_are_free() -> None:
    """Unborn or old enough, but never both."""
    unborn, older = {"child": "unborn", "is": True}, {"child": "age", "at_least": 10}
    parts = [question(f"q{n}", per_child=True, show_when=when) for n, when in enumerate((unborn, unborn, older))]
    assert lengths(*parts) == (2, 0)


def test_limits_are_kept_on_a_path() -> None:
    """A required date within its limits rules out what would need it beyond them."""
    parts = (
        question("first", "date", required=True, not_known=False),
        question("second", "date", required=True, not_known=False, not_after="first"),
        question("early", show_when={"question": "first", "before": "2025-01-01"}),
        question("late", show_when={"question": "second", "after": "2025-01-01"}),
    )
    assert lengths(*parts) == (3, 2)


def test_a_limit_by_a_worked_out_value_is_kept() -> None:
    """A date before what is worked out from others is no answer."""
    parts = (
        question("seen_on", "date", required=True, not_known=False),
        question("days", "number", integer=True, minimum=1, maximum=3, required=True, not_known=False),
        question("due", "worked_out", function="add_days", of=["seen_on", "days"]),
        question("next", "date", not_before="due", required=True, not_known=False),
    )
    assert lengths(*parts) == (3, 3)


def test_a_form_that_cannot_be_completed_has_no_path() -> None:
    """It is proved that there are no complete answers: no witness, and yet exact."""
    start = question("start", "date", not_before="2026-01-02", required=True, not_known=False)
    end = question("end", "date", not_before="start", not_after="2026-01-01", required=True, not_known=False)
    proofs = prove(form(start, end))
    assert proofs.longest_path == PathLength(0, 2, True, None)
    assert proofs.shortest_path.witness is None
    assert set(proofs.witnesses) == {"start", "end"}


def test_every_witness_of_a_long_form_shows_its_question_and_has_no_problems() -> None:
    """All questions and columns that can be shown have one; where complete answers can show it, it is complete."""
    definition = definition_from_json(form_json(120, 11))
    proofs = prove(definition)
    paths = {q.id for q in definition.questions} | {f"{q.id}.{c.id}" for q in definition.questions for c in q.columns}
    assert set(proofs.witnesses) == paths - set(proofs.never_shown)
    incomplete = 0
    for path, witness in proofs.witnesses.items():
        journey = witness.journey(definition)
        assert any(path in (str(p.question), f"{p.question}.{p.column}") for p in journey.shown)
        incomplete += bool(problems_of(journey))
    assert incomplete < len(paths) / 10


def hard_form(choices: int, follow_ups: int, seed: int) -> Definition:
    """Follow-ups on three answers each, drawn at random: to show the most of them is as hard as it gets."""
    chance = Random(seed)
    parts = [question(f"y{n}", "yes_no", kind="decision") for n in range(choices)]
    for n in range(follow_ups):
        leaves = [{"question": f"y{at}", "is": chance.choice(("yes", "no"))} for at in chance.sample(range(choices), 3)]
        parts.append(question(f"f{n}", show_when={"any": leaves}))
    return form(section("all", *parts))


def test_a_form_that_is_too_hard_gives_bounds_and_a_witness_and_says_so() -> None:
    """Within a small effort: the witness is real, the bound beyond it, and nothing claims to be exact."""
    definition = hard_form(40, 400, 1)
    proofs = prove(definition, Effort(5_000_000))
    longest = proofs.longest_path
    assert not longest.exact
    assert longest.witness is not None
    journey = longest.witness.journey(definition)
    assert questions_asked(journey) == longest.questions < longest.bound <= 440
    assert problems_of(journey) == ()
    assert proofs.shortest_path == PathLength(40, 40, True, proofs.shortest_path.witness)


def test_the_same_effort_gives_the_same_answer() -> None:
    """No clock decides: what was not exact comes out the same again."""
    definition = hard_form(40, 300, 2)
    assert prove(definition, Effort(3_000_000)) == prove(definition, Effort(3_000_000))


@pytest.mark.parametrize("calls", [0, 3])
def test_a_deadline_handed_in_ends_the_work(calls: int) -> None:
    """After so many looks at the clock nothing more is proved, and what is left undecided is said to be."""
    looked: list[None] = []

    def out_of_time() -> bool:
        looked.append(None)
        return len(looked) > calls

    definition = hard_form(40, 400, 3)
    proofs = prove(definition, Effort(out_of_time=out_of_time))
    assert not proofs.longest_path.exact
    assert proofs.never_shown == ()
    assert len(proofs.undecided) + len(proofs.witnesses) == len(definition.questions)


def test_a_form_beyond_all_measure_is_not_begun_on() -> None:
    """Nothing is claimed, everything undecided, the bounds those of its questions."""
    dates = [question(f"d{n}", "date", not_after="today") for n in range(400)]
    for n, asked in enumerate(dates[1:]):
        asked["show_when"] = {"question": f"d{n}", "before": f"{1950 + n // 300}-{1 + n % 12:02}-{1 + n % 25:02}"}
    proofs = prove(form(section("all", *dates)))
    assert proofs.undecided == tuple(asked["id"] for asked in dates)
    assert (proofs.longest_path, proofs.shortest_path) == (
        PathLength(0, 400, False, None),
        PathLength(0, 0, False, None),
    )


def test_conditions_on_some_row_beyond_all_measure_are_not_begun_on() -> None:
    """What counts is every comparison inside them, in every row, however often the same condition is written."""
    columns = [question(f"c{number}", "choices") for number in range(40)]
    colours = ("red", "green", "blue")
    some = [
        {"question": "r", "any_row": {"all": [{"row": f"c{at}", "includes": colours[at % n % 3]} for at in range(40)]}}
        for n in range(1, 21)
    ]
    asked = [question(f"q{at}", show_when={"all": [some[(at + n) % 20] for n in range(5)]}) for at in range(200)]
    rows = question("r", "rows", columns=columns)
    assert len(prove(form(rows, *asked)).undecided) == 241
    assert prove(form(rows, *asked[:2])).undecided == ()


def test_more_conditions_on_some_row_than_are_told_apart_leave_nothing_impossible() -> None:
    """What was met with stands; what was not is undecided."""
    rows = question("people", "rows", columns=[question("age", "number", integer=True)])
    some = [{"question": "people", "any_row": {"row": "age", "is": age}} for age in range(30)]
    parts = [question(f"q{n}", show_when=leaf) for n, leaf in enumerate(some)]
    proofs = prove(form(rows, *parts, question("all", show_when={"all": some})))
    assert proofs.undecided == ("all",)
    assert proofs.never_shown == ()
    assert not proofs.longest_path.exact
    assert proofs.longest_path.questions < proofs.longest_path.bound == 32


@pytest.mark.parametrize(("dear", "answer"), [("seen_by", "yes"), ("why_not", "no")])
def test_of_paths_of_one_length_the_dearest_is_the_longest(dear: str, answer: str) -> None:
    """Either follow-up makes it as long; which one stands on it is not left to chance."""
    options = [{"value": value, "label": value} for value in ("yes", "no")]
    either = form(
        question("seen", "choice", options=options, not_known=False),
        question("seen_by", show_when={"question": "seen", "is": "yes"}),
        question("why_not", show_when={"question": "seen", "is": "no"}),
    )
    found = prove(either, cost=lambda asked: 5 if asked.id == dear else 1).longest_path
    assert (found.questions, found.exact) == (2, True)
    assert found.witness is not None
    assert found.witness.answers["seen"] == answer
