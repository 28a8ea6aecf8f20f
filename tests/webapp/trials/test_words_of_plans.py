"""What a plan says in words, and what its boxes take."""

from datetime import date
from typing import get_args

import pytest
from werkzeug.datastructures import MultiDict

from engine.trials.plan import Arm, Kind, Outcome, Plan, Team
from engine.trials.plan_problems import Around, PlanProblem, problems
from webapp.store.trial_serving import Why
from webapp.trials.outcome_words import OUTCOMES, SECOND, direction, in_words, unit_of
from webapp.trials.plan_words import Names, lines_of
from webapp.trials.planning.chances import Supposed, figures, in_unit
from webapp.trials.planning.steps import STEPS, box_of, step_of, steps_shown, wrong_boxes
from webapp.trials.planning.typed import day_typed, number_typed, parts_of, words_typed
from webapp.trials.running import WHY

NOBODY = Names({}, {}, frozenset())


def test_every_outcome_has_words() -> None:
    """Its name, what it rewards, and which way is better; the engine’s kinds and no others."""
    assert set(OUTCOMES) == set(get_args(Kind))
    for kind, words in OUTCOMES.items():
        assert words.rewards.startswith(("Rewards", "Two people", "One question", "Asked"))
        assert "ewards" in words.rewards, kind
        assert direction(Outcome(kind).to_json()) in ("lower", "higher")
    assert set(SECOND) < set(OUTCOMES)


def test_an_answer_is_named_by_its_question() -> None:
    """Or as not chosen yet."""
    assert in_words({"kind": "answer", "question": "q"}, {"q": "Seen?"}) == "the answer to “Seen?”"
    assert "not chosen yet" in in_words({"kind": "answer"}, {})
    assert in_words({"kind": "completed_within", "days": 10}, {}) == "forms finished within 10 days"
    assert unit_of({"kind": "answer"}, yes_or_no=True) == "of 100 forms"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (("1", "2", "2027"), "2027-02-01"),
        (("31", "2", "2026"), "31/2/2026"),
        (("", "", ""), ""),
        (("first", "", "2026"), "first//2026"),
        (("1", "1", "99999"), "1/1/99999"),
    ],
)
def test_a_day_comes_back_as_it_was_typed(typed: tuple[str, str, str], kept: str) -> None:
    """A real one as a date, any other as its parts."""
    form = MultiDict(zip(("d-day", "d-month", "d-year"), typed, strict=True))
    assert day_typed(form, "d") == kept
    assert parts_of(kept) == typed


def test_a_number_comes_back_as_it_was_typed() -> None:
    """A whole one as a number; words as words; nothing as nothing."""
    form = MultiDict([("a", "10"), ("b", "about ten"), ("c", ""), ("d", "2.5")])
    assert [number_typed(form, name) for name in "abcde"] == [10, "about ten", None, "2.5", None]


def test_no_character_is_kept_that_no_page_can_show() -> None:
    """Line breaks are."""
    assert words_typed(MultiDict([("a", " one\r\ntwo\x00\x1b\udc80 ")]), "a") == "one\ntwo"


def test_every_problem_of_an_empty_plan_has_a_step_and_a_box() -> None:
    """None is told at a place where nothing is typed."""
    plan = Plan(arms=(Arm("present", control=True), Arm("tested")))
    found = problems(plan, Around(today=date(2026, 3, 12)))
    assert {step_of(each.place).id for each in found} == {step.id for step in STEPS if step.keys}
    boxes = {box_of(plan, each.place) for each in found}
    assert {"question", "form", "control", "control_name", "tested", "tested_name", "teams", "primary"} <= boxes
    assert {"harm", "watcher", "begins", "ends", "smallest", "whom_to_ask"} <= boxes


def test_what_concerns_protected_questions_is_told_first() -> None:
    """Of several faults of one box."""
    plan = Plan(arms=(Arm("present", control=True), Arm("tested")))
    other = PlanProblem("arm_unfit", "arms[1].definition", "Something is odd.", "")
    weaker = PlanProblem("arm_unfit", "arms[1].definition", "“seen” is protected.", "Leave it in.")
    assert wrong_boxes(plan, STEPS[0], [other, weaker]) == {"tested": "“seen” is protected. Leave it in."}


def test_a_step_counts_what_is_left() -> None:
    """One thing, several, or none."""
    plan = Plan(question="Q?", teams=(Team("A"),), approval="yes")
    one = [
        PlanProblem("x", "teams", "m", ""),
        PlanProblem("y", "harm.words", "m", ""),
        PlanProblem("z", "opt_out", "m", ""),
    ]
    states = {each.id: each.state for each in steps_shown(plan, one, "teams")}
    assert states["arms"] == "complete"
    assert states["teams"] == "1 thing to do"
    assert states["safety"] == "2 things to do"
    assert states["register"] == "when the rest is complete"


def test_a_plan_is_told_whole_whatever_it_lacks() -> None:
    """Every line has words; nothing of the machine shows."""
    for plan in (Plan(), Plan(primary=Outcome("answer"), co_primary=Outcome("quality"), arms=(Arm("tested"),))):
        lines = list(lines_of(plan, NOBODY))
        assert all(line.words for line in lines)
        assert {line.step for line in lines} == {"arms", "teams", "outcome", "safety"}
        assert not [line for line in lines if "None" in line.words]


def test_a_plan_says_how_children_count_and_what_it_adjusts_for() -> None:
    """A form about three children is one form; where nothing is adjusted for, nothing is said of it."""
    asked = Outcome("answer", "seen", better="higher")
    names = Names({}, {"seen": "Seen alone?"}, frozenset({"seen"}), {}, frozenset({"seen"}))
    told = {each.about: each.words for each in lines_of(Plan(primary=asked, baseline=True), names)}
    assert "a form counting with the average of its children" in told["Main outcome"]
    assert "twelve months before registration" in told["Adjusted for"]
    assert "Adjusted for" not in {each.about for each in lines_of(Plan(primary=asked), NOBODY)}


def test_earlier_forms_say_more_than_a_guess() -> None:
    """Where they show teams far apart, only a greater difference can be found."""
    alike = tuple((40, 100.0 + number, 20.0) for number in range(8))
    apart = tuple((40, 100.0 + 15 * number, 20.0) for number in range(8))
    found = [figures(("",) * 8, Supposed((20.0,) * 8, 45.0, past), 0.05, 10.0) for past in (alike, apart)]
    assert all(from_past for _, _, from_past in found)
    differences = [difference or 0 for difference, _, _ in found]
    assert 0 < differences[0] < differences[1]
    assert not figures(("",) * 8, Supposed((20.0,) * 8, 45.0, (None,) * 8), 0.05, 0.0)[2]


def test_every_reason_for_another_form_has_words() -> None:
    """So that no page says “for another reason” where the reason is known."""
    assert set(WHY) == set(get_args(Why)) - {""}


def test_a_difference_is_as_exact_as_it_can_be_taken() -> None:
    """Minutes without tenths, points with one."""
    assert in_unit(48.7, "minutes") == "49 minutes"
    assert in_unit(0.44, "points of 5") == "0.4 points of 5"
    assert in_unit(1, "minutes") == "1 minute"
