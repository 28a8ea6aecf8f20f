"""A plan of several authorities: each one's view of it, what all agree to, and how their teams are drawn."""

from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.trials.part_problems import Standing, own_problems, together_problems
from engine.trials.plan import Harm, Outcome, Part, Plan, Team, plan_from_json
from engine.trials.plan_reading import PlanUnreadable
from engine.trials.plan_teams import part_from_json
from engine.trials.team_problems import sizes_of
from engine.trials.together import agreed, own_name, part_of, scheme_drawn, unit_name, units, within
from tests.engine.trials.test_plan import AROUND, TEAMS, WHOLE

THEIRS = Part(
    key="p1",
    authority="Southmere",
    teams=(Team("Quay"), Team("Reef")),
    watcher="sen",
    scorers=("bry", "mer"),
    approval="Panel 7",
    data_protection="DPIA 12",
    whom_to_ask="Morwenna",
)
TOGETHER = replace(WHOLE, led_by="Northshire", parts=(THEIRS,))
SHARED: dict[str, Any] = {
    "question": "Another?",
    "form": "other",
    "arms": WHOLE.arms[:1],
    "scheme": "paired",
    "balance_on": ("forms",),
    "begins": "2026-03-13",
    "ends": "2026-07-01",
    "forms_needed": 100,
    "primary": Outcome("words"),
    "co_primary": None,
    "secondary": (Outcome("words"),),
    "smallest": 12,
    "level": 0.01,
    "sample": 9,
    "harm": Harm("Another", "watcher", "seen", "no"),
    "for_families": "Another",
    "for_staff": "Another",
    "opt_out": "Another",
    "baseline": True,
}
OWN: dict[str, Any] = {
    "teams": WHOLE.teams[:4],
    "harm": replace(WHOLE.harm, watcher="somebody"),
    "scorers": ("cid",),
    "approval": "Another",
    "data_protection": "Another",
    "whom_to_ask": "Another",
    "openers": ("rowan",),
    "led_by": "Northshire",
    "parts": (THEIRS,),
}


def test_a_plan_with_parts_is_read_back_equal() -> None:
    """Part by part; a part of another shape is refused with its place."""
    assert plan_from_json(TOGETHER.to_json()) == TOGETHER
    assert part_from_json(THEIRS.to_json()) == THEIRS
    with pytest.raises(PlanUnreadable, match=r"parts\[0\].teams\[0\].seed"):
        plan_from_json({**WHOLE.to_json(), "parts": [{"teams": [{"seed": "x"}]}]})


def test_the_text_of_one_authority_is_as_it_was() -> None:
    """Marks that were given out before others could take part still fit."""
    assert not {"parts", "led_by"} & set(WHOLE.to_json())
    assert plan_from_json(WHOLE.to_json()).hash == WHOLE.hash


@pytest.mark.parametrize("name", SHARED)
def test_who_joined_agreed_to_what_is_the_same_for_all(name: str) -> None:
    """Each thing that is, changed, breaks the hash."""
    assert agreed(replace(WHOLE, **{name: SHARED[name]})) != agreed(WHOLE)


@pytest.mark.parametrize("name", OWN)
def test_what_each_says_for_itself_breaks_no_agreement(name: str) -> None:
    """Nor do other authorities that join."""
    assert agreed(replace(WHOLE, **{name: OWN[name]})) == agreed(WHOLE)


def test_everything_in_a_plan_is_either_shared_or_ones_own() -> None:
    """A new key of a plan has to be put on one side here."""
    assert {each.name for each in fields(Plan)} == set(SHARED) | set(OWN)


def test_within_an_authority_its_own_stands_in_the_plan() -> None:
    """Its teams, its people and its approvals, and for the rest what all have."""
    here = within(TOGETHER, "p1")
    assert (here.teams, here.scorers, here.approval, here.whom_to_ask) == (
        THEIRS.teams,
        THEIRS.scorers,
        THEIRS.approval,
        THEIRS.whom_to_ask,
    )
    assert here.harm == replace(WHOLE.harm, watcher="sen")
    assert (here.parts, here.led_by) == ((), "Northshire")
    assert agreed(here) == agreed(TOGETHER) == agreed(WHOLE)
    assert part_of(TOGETHER, "p1") == THEIRS
    assert part_of(TOGETHER, "p2") is None


def test_teams_are_drawn_within_their_authority() -> None:
    """All together as one group for each, groups as groups of each; one authority alone as before."""
    assert (units(WHOLE), scheme_drawn(WHOLE), sizes_of(WHOLE)) == (WHOLE.teams, "complete", (8,))
    assert (scheme_drawn(TOGETHER), sizes_of(TOGETHER)) == ("stratified", (8, 2))
    assert units(TOGETHER)[0] == Team("Team A (Northshire)", "Northshire")
    assert units(TOGETHER)[-1] == Team("Reef (Southmere)", "Southmere")
    grouped = replace(
        TOGETHER,
        scheme="stratified",
        teams=tuple(Team(name, "town") for name in TEAMS),
        parts=(replace(THEIRS, teams=(Team("Quay", "town"), Team("Reef", "town"))),),
    )
    assert {each.group for each in units(grouped)} == {"Northshire: town", "Southmere: town"}


@given(st.text(max_size=9), st.text(max_size=9), st.text(min_size=1, max_size=9))
def test_an_authority_calls_its_teams_by_their_own_names(name: str, group: str, authority: str) -> None:
    """Whatever they are called: the name that a team is drawn by leads back to its own, and so does its group."""
    team = Team(name, "" if group == authority else group)
    plan = Plan(led_by=authority, teams=(team,), parts=(THEIRS,))
    assert own_name(units(plan)[0], authority) == team
    assert unit_name(name, "") == name
    assert own_name(team, "") == team


def codes(plan: Plan, **standing: Any) -> list[tuple[str, str]]:
    """What keeps a plan from being registered, where its part stands so."""
    given = {"state": "joined", "part": THEIRS, **standing}
    return [(each.code, each.place) for each in together_problems(plan, {"p1": Standing(**given)})]


def test_what_keeps_a_plan_waiting_for_others() -> None:
    """Each at the part's place; of a plan without other authorities nothing is said."""
    assert together_problems(WHOLE, {}) == ()
    assert codes(TOGETHER) == []
    assert codes(WHOLE, state="invited") == [("part_waits", "parts[0]")]
    assert codes(WHOLE, state="declined") == [("part_declined", "parts[0]")]
    assert codes(TOGETHER, looked=False) == [("part_before", "parts[0]")]
    assert codes(TOGETHER, unfit="Another form.") == [("part_unfit", "parts[0]")]
    assert codes(replace(TOGETHER, scheme="constrained")) == [("not_balanced", "scheme")]
    assert codes(replace(TOGETHER, led_by="Southmere")) == [("same_name", "parts")]
    assert codes(replace(TOGETHER, teams=(Team("A"),))) == [("one_arm", "teams")]


def test_what_an_authority_lacks_is_told_without_its_people() -> None:
    """The one that leads reads that something is to be put right there, and not by whom."""
    there: dict[str, Any] = {"teams": frozenset({"Quay", "Reef"}), "people": {"sen": "Office"}}
    around = replace(AROUND, **there, caseworkers=frozenset({"bry"}))
    found = together_problems(TOGETHER, {"p1": Standing("joined", THEIRS, around=around)})
    assert [each.code for each in found] == ["part_lacks"]
    assert found[0].message.startswith("Southmere: A scorer reads what was written about children")
    able = replace(around, caseworkers=frozenset({"bry", "mer"}))
    assert own_problems(within(TOGETHER, "p1"), able) == ()
    assert not [each for each in found if "mer" in each.message.split()]
