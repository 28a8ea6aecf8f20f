"""The plan of a trial: read and written the same, frozen by its hash, and each fault of it told at its place."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.definition import Definition, definition_from_json
from engine.trials.plan import Arm, Harm, Outcome, Plan, Team, plan_from_json
from engine.trials.plan_problems import Around, problems
from engine.trials.plan_reading import PlanUnreadable

TODAY = date(2026, 3, 12)
TEAMS = tuple(f"Team {letter}" for letter in "ABCDEFGH")
FORM: Mapping[str, Any] = {
    "form": "visit",
    "version": 1,
    "title": "Visit",
    "purpose": "To try",
    "sections": [
        {
            "id": "one",
            "title": "One",
            "questions": [
                {"id": "seen", "type": "yes_no", "kind": "fact", "label": "Seen?", "why": "To know", "protected": True},
                {"id": "worry", "type": "scale", "kind": "analysis", "label": "How safe?", "why": "To think"},
                {"id": "meaning", "type": "analysis", "kind": "analysis", "label": "Meaning?", "why": "To think"},
            ],
        }
    ],
}


def form(version: int, **label: str) -> Definition:
    """The form with other words for some questions; "" takes one out."""
    questions = [
        {**each, "label": label.get(each["id"], each["label"])}
        for each in FORM["sections"][0]["questions"]
        if label.get(each["id"]) != ""
    ]
    return definition_from_json(
        {**FORM, "version": version, "sections": [{**FORM["sections"][0], "questions": questions}]}
    )


WHOLE = Plan(
    question="Does it help?",
    form="visit",
    arms=(Arm("now", "As it is", True, "shipped-1"), Arm("new", "In other words", False, "own-2")),
    teams=tuple(Team(name) for name in TEAMS),
    begins="2026-03-12",
    ends="2026-06-30",
    primary=Outcome("minutes", cap=120),
    co_primary=Outcome("quality"),
    smallest=10,
    sample=5,
    scorers=("ann", "bob"),
    harm=Harm("A child is not seen", "watcher", "seen", "no"),
    approval="2026-14",
    data_protection="Low",
    for_families="We try words.",
    for_staff="Time is measured.",
    opt_out="Say so.",
    whom_to_ask="Rowan",
)
AROUND = Around(
    today=TODAY,
    arms={"now": form(1), "new": form(2, worry="How safe today?")},
    base=form(1),
    teams=frozenset({*TEAMS, "Team I"}),
    known_before=frozenset(TEAMS),
    people={"watcher": "Policy", "ann": "Team A", "bob": "Team B"},
    caseworkers=frozenset({"ann", "bob"}),
    readers=frozenset({"officer"}),
)


def told(around: Around = AROUND, **changed: Any) -> list[tuple[str, str]]:
    """The codes and places of what is wrong with the plan after a change."""
    return [(each.code, each.place) for each in problems(replace(WHOLE, **changed), around)]


def test_a_whole_plan_has_no_problem() -> None:
    """Nothing is asked for that it has."""
    assert told() == []


def test_the_plan_reads_back_to_itself_and_its_hash_tells_every_change() -> None:
    """The canonical text is the same for the same plan, and another for another."""
    again = plan_from_json(WHOLE.to_json())
    assert (again, again.hash, again.text) == (WHOLE, WHOLE.hash, WHOLE.text)
    assert replace(WHOLE, smallest=11).hash != WHOLE.hash
    assert plan_from_json({}) == Plan()


@given(
    question=st.text(max_size=20),
    smallest=st.one_of(st.none(), st.integers(-5, 999), st.text(max_size=5)),
    teams=st.lists(st.builds(Team, st.text(max_size=5), st.text(max_size=3)), max_size=4),
)
def test_any_half_written_plan_reads_back(question: str, smallest: Any, teams: list[Team]) -> None:
    """What was typed is kept, valid or not; spaces around it are not."""
    plan = plan_from_json(replace(WHOLE, question=question, smallest=smallest, teams=tuple(teams)).to_json())
    assert plan_from_json(plan.to_json()) == plan
    assert plan.question == question.strip()


@pytest.mark.parametrize(
    ("value", "place"),
    [
        ([], "it"),
        ({"question": 3}, "question"),
        ({"arms": {}}, "arms"),
        ({"arms": [{"id": "a", "control": "yes"}]}, "arms[0].control"),
        ({"arms": [{"id": "a", "definition": {"overlay": 3}}]}, "arms[0].definition.overlay"),
        ({"primary": {"kind": "minutes", "unit": "h"}}, "primary.unit"),
        ({"level": True}, "level"),
        ({"secret": 1}, "secret"),
        ({"question": "x" * 30_000}, "question"),
    ],
)
def test_what_is_no_plan_is_refused_with_its_place(value: Any, place: str) -> None:
    """By the key, so that whoever made it by hand finds it."""
    with pytest.raises(PlanUnreadable) as refused:
        plan_from_json(value)
    assert refused.value.detail["place"] == place


ONE_ARM = WHOLE.arms[:1]
THREE_ARMS = (*WHOLE.arms, Arm("more", "More", False, "own-3"))


@pytest.mark.parametrize(
    ("changed", "wanted"),
    [
        ({"form": "s47-outcome"}, [("never_tried", "form")]),
        ({"form": "contact-referral"}, [("never_tried", "form")]),
        ({"arms": ONE_ARM}, [("not_two_arms", "arms")]),
        ({"arms": THREE_ARMS}, [("not_two_arms", "arms")]),
        ({"arms": tuple(replace(arm, control=False) for arm in WHOLE.arms)}, [("no_control", "arms")]),
        ({"arms": (WHOLE.arms[0], replace(WHOLE.arms[1], name=""))}, [("no_arm_name", "arms[1].name")]),
        ({"arms": (WHOLE.arms[0], replace(WHOLE.arms[1], definition=""))}, [("no_arm_form", "arms[1].definition")]),
        ({"teams": WHOLE.teams[:6]}, [("too_few_teams", "teams")]),
        ({"teams": ()}, [("too_few_teams", "teams")]),
        ({"teams": (*WHOLE.teams, Team("Nowhere"))}, [("no_such_team", "teams[8]")]),
        ({"scheme": "paired"}, [("no_group", f"teams[{at}].group") for at in range(8)]),
        ({"scheme": "constrained"}, [("nothing_balanced", "balance_on")]),
        ({"scheme": "coin"}, [("no_scheme", "scheme")]),
        ({"level": 0.2}, [("no_level", "level")]),
        ({"primary": None}, [("no_primary", "primary")]),
        ({"primary": Outcome("minutes", cap=120), "co_primary": None}, [("minutes_alone", "co_primary")]),
        (
            {
                "primary": Outcome("minutes"),
            },
            [("no_cap", "primary.cap")],
        ),
        ({"primary": Outcome("not_known"), "co_primary": None}, [("never_alone", "primary")]),
        ({"primary": Outcome("words", better="higher"), "co_primary": None}, [("never_alone", "primary")]),
        ({"primary": Outcome("completed_within", days=5), "co_primary": None}, [("never_alone", "primary")]),
        ({"secondary": (Outcome("words"),)}, [("no_direction", "secondary[0].better")]),
        ({"secondary": (Outcome("mood"),)}, [("no_such_outcome", "secondary[0].kind")]),
        ({"secondary": (Outcome("quality"),)}, [("outcome_twice", "secondary[0]")]),
        ({"secondary": (Outcome("completed_within"),)}, [("no_days", "secondary[0].days")]),
        ({"secondary": (Outcome("completed_within", days=3_650),)}, []),
        ({"secondary": (Outcome("completed_within", days=3_651),)}, [("no_days", "secondary[0].days")]),
        ({"secondary": (Outcome("completed_within", days=10**400),)}, [("no_days", "secondary[0].days")]),
        ({"primary": Outcome("minutes", cap=10**400)}, [("no_cap", "primary.cap")]),
        ({"sample": 10**400}, [("no_sample", "sample")]),
        ({"forms_needed": 10**400}, [("no_number", "forms_needed")]),
        ({"smallest": 10**400}, [("no_smallest", "smallest")]),
        ({"level": 10**400}, [("no_level", "level")]),
        (
            {"secondary": (Outcome("answer", "gone", better="higher"),)},
            [("not_in_every_arm", "secondary[0].question")] * 2,
        ),
        ({"secondary": (Outcome("answer", "meaning", better="higher"),)}, [("not_numeric", "secondary[0].question")]),
        ({"secondary": (Outcome("answer", "worry", better="higher"),)}, []),
        ({"smallest": "ten"}, [("no_smallest", "smallest")]),
        ({"sample": "some"}, [("no_sample", "sample")]),
        ({"scorers": ("ann",)}, [("too_few_scorers", "scorers")]),
        ({"scorers": ("ann", "watcher")}, [("scorer_may_not", "scorers[1]")]),
        ({"baseline": True}, []),
        ({"baseline": True, "primary": Outcome("quality"), "co_primary": None}, [("not_known_before", "baseline")]),
        ({"baseline": True, "teams": (*WHOLE.teams, Team("Team I"))}, [("no_baseline", "baseline")]),
        ({"openers": ("officer", "ann")}, [("opener_may_not", "openers[1]")]),
        ({"openers": ("officer",)}, []),
        ({"begins": "2026-03-11"}, [("begins_before", "begins")]),
        ({"begins": "31/2/2026"}, [("no_day", "begins")]),
        ({"ends": "2026-03-12"}, [("ends_before", "ends")]),
        ({"harm": Harm("", "watcher")}, [("no_harm", "harm.words")]),
        ({"harm": Harm("Harm", "")}, [("no_watcher", "harm.watcher")]),
        ({"harm": Harm("Harm", "ann")}, [("watcher_inside", "harm.watcher"), ("scorer_watches", "scorers[0]")]),
        ({"harm": Harm("Harm", "watcher", "seen", "perhaps")}, [("harm_no_answer", "harm.value")]),
        ({"harm": Harm("Harm", "watcher", "gone", "no")}, [("harm_not_asked", "harm.question")] * 2),
        ({"for_staff": ""}, [("nothing_written", "for_staff")]),
        ({"whom_to_ask": ""}, [("nothing_written", "whom_to_ask")]),
    ],
)
def test_each_fault_is_told_at_its_place(changed: dict[str, Any], wanted: list[tuple[str, str]]) -> None:
    """With this code and nothing else, so that a page leads to the box it concerns."""
    assert told(**changed) == wanted


def test_whoever_watches_for_harm_does_not_score() -> None:
    """They see harm by form while the trial runs, so they would not read blind; where nothing is scored they may."""
    around = replace(AROUND, caseworkers=AROUND.caseworkers | {"watcher"})
    assert told(around, scorers=("ann", "watcher", "bob")) == [("scorer_watches", "scorers[1]")]
    assert told(around, scorers=("ann", "watcher"), co_primary=Outcome("worker_rating")) == []


def test_an_arm_without_a_protected_question_is_refused() -> None:
    """Dropped or reworded; so is a control that is weaker than the form that ships."""
    for changed in (form(2, seen=""), form(2, seen="Was the child seen?")):
        around = replace(AROUND, arms={**AROUND.arms, "new": changed})
        assert ("arms[1].definition") in {place for _, place in told(around, harm=Harm("Harm", "watcher"))}
        around = replace(AROUND, arms={"now": changed, "new": form(3, seen="", worry="Other?")})
        assert ("arms[0].definition") in {place for _, place in told(around, harm=Harm("Harm", "watcher"))}


def test_two_arms_of_the_same_form_and_an_arm_that_could_not_be_made_are_told() -> None:
    """There would be nothing to find, or nothing to serve."""
    assert told(replace(AROUND, arms={"now": form(1), "new": form(1)})) == [("same_form", "arms[1].definition")]
    faulty = replace(AROUND, arms={"now": form(1)}, arm_faults={"new": [("It is broken.", "Mend it.")]})
    assert told(faulty) == [("arm_unfit", "arms[1].definition")]


def test_a_busy_team_is_told_with_the_question_it_is_busy_with() -> None:
    """A team is in one trial of a form at a time."""
    busy = replace(AROUND, busy={"Team C": "Another question?"})
    found = problems(WHOLE, busy)
    assert [(each.code, each.place) for each in found] == [("team_busy", "teams[2]")]
    assert "Another question?" in found[0].message


@pytest.mark.parametrize(("number", "more"), [(6, 1), (5, 2), (4, 3), (2, 5)])
def test_too_few_teams_say_how_many_more_would_do(number: int, more: int) -> None:
    """Seven teams are the fewest that can reach one in twenty."""
    found = problems(replace(WHOLE, teams=WHOLE.teams[:number]), AROUND)
    assert [each.code for each in found] == ["too_few_teams"]
    assert found[0].mend.startswith(f"{more} more ")
    assert told(teams=WHOLE.teams[:7]) == []


def test_five_pairs_are_too_few_and_six_are_enough() -> None:
    """Which is one pair, two teams, more."""
    names = [f"Team {number}" for number in range(12)]
    around = replace(AROUND, teams=frozenset(names))
    pairs = tuple(Team(name, f"pair {at // 2}") for at, name in enumerate(names))
    assert told(around, scheme="paired", teams=pairs) == []
    few = problems(replace(WHOLE, scheme="paired", teams=pairs[:10]), around)
    assert [(each.code, each.mend) for each in few] == [("too_few_teams", "2 more teams would do.")]
    odd = told(around, scheme="paired", teams=(*pairs, Team("Team A", "pair 0")))
    assert ("not_a_pair", "teams") in odd


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"smallest": "five minutes"}, "“five minutes” is not a number."),
        ({"smallest": -2}, "“-2” is not above zero."),
        ({"forms_needed": 2.5}, "“2.5” is not a whole number above zero."),
        ({"sample": "some"}, "“some” is not a number."),
        ({"sample": 900}, "Nobody scores 900 forms of each team."),
        ({"primary": Outcome("minutes", cap="long")}, "“long” is not a number."),
        ({"begins": "31/2/2027"}, "“31 2 2027” is no date."),
        ({"ends": ""}, "The day on which it ends is missing."),
        ({"approval": "x"}, "“x” does not say who approved this trial, and under which reference."),
        ({"data_protection": "tbc."}, "“tbc.” does not say where the data-protection assessment lies."),
    ],
)
def test_a_message_quotes_what_was_typed(changed: Mapping[str, Any], message: str) -> None:
    """So that nobody looks for what was meant; what is missing is said to be missing."""
    assert [each.message for each in problems(replace(WHOLE, **changed), AROUND)] == [message]


@pytest.mark.parametrize("words", ["RG/2026/14", "2026-14", "DPO", "Paper 7", "Low"])
def test_a_short_reference_is_no_stub(words: str) -> None:
    """It could be looked up."""
    assert told(approval=words, data_protection=words) == []
