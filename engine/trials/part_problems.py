"""What is wrong with the parts of a plan of several authorities: what each still has to say, and who waits."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine.trials.plan import Plan
from engine.trials.plan_around import Around, PlanProblem
from engine.trials.plan_problems import problems
from engine.trials.plan_teams import Part, Team
from engine.trials.together import sides, within

OWN = ("teams", "harm.watcher", "approval", "data_protection", "whom_to_ask", "scorers", "arms", "baseline")
"""The places of a plan that are held against an authority of its own."""
OF_ALL = ("too_few_teams", "no_level", "no_scheme")
"""Faults of all teams together, which no part has alone."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How far another authority is: "invited", "joined" or "declined"; what `unfit` says keeps it from joining.

    `looked` says that what it agreed to is what the plan says now. `around` is what its part is held against.
    """

    state: str
    part: Part
    looked: bool = True
    unfit: str = ""
    around: Around | None = None


def own_problems(plan: Plan, around: Around) -> tuple[PlanProblem, ...]:
    """What a part lacks: `plan` is the whole one as it is within its authority, `around` what is there."""
    found = [each for each in problems(plan, around) if each.place.startswith(OWN) and each.code not in OF_ALL]
    return (*_both_arms(plan.teams), *found)


def _both_arms(teams: tuple[Team, ...]) -> Iterator[PlanProblem]:
    """Where all teams of an authority could be drawn for one form, so that its counts alone would tell of an arm."""
    groups = [team.group for team in teams]
    if not any(groups.count(each) > 1 for each in groups):
        message = "Each authority has to have both forms, and these teams could all be drawn for the same one."
        yield PlanProblem("one_arm", "teams", message, "Let two teams or more take part, in one group at least two.")


def together_problems(plan: Plan, standings: Mapping[str, Standing]) -> tuple[PlanProblem, ...]:
    """What keeps a plan with parts from being registered beside its own faults; `standings` by the part's key."""
    if not standings:
        return ()
    found = [*_drawing(plan), *_both_arms(plan.teams)]
    for index, (key, standing) in enumerate(standings.items()):
        found += _of_part(plan, key, standing, f"parts[{index}]")
    return tuple(found)


def _drawing(plan: Plan) -> Iterator[PlanProblem]:
    if plan.scheme == "constrained":
        message = "What a drawing is balanced on is not known of the teams of other authorities."
        yield PlanProblem("not_balanced", "scheme", message, "Draw within each authority, within groups or in pairs.")
    names = [name for name, _ in sides(plan)]
    if len(set(names)) < len(names):
        message = "Two authorities have the same name, so nobody could tell their teams apart."
        yield PlanProblem("same_name", "parts", message, "Take one of them off.")


def _of_part(plan: Plan, key: str, standing: Standing, place: str) -> Iterator[PlanProblem]:
    name = standing.part.authority
    if standing.state == "invited":
        yield PlanProblem("part_waits", place, f"{name} has not answered yet.", "Wait, or take it off.")
    elif standing.state == "declined":
        yield PlanProblem("part_declined", place, f"{name} takes no part.", "Take it off.")
    elif standing.unfit:
        yield PlanProblem("part_unfit", place, f"{name}: {standing.unfit}", "Take it off, or agree with it what to do.")
    elif not standing.looked:
        why = "the plan was changed, or whoever joined for it has left or has another role"
        message = f"{name} has to join again: {why}."
        yield PlanProblem("part_before", place, message, "Wait, or take it off.")
    elif standing.around is not None:
        for each in own_problems(within(plan, key), standing.around):
            yield PlanProblem("part_lacks", place, f"{name}: {each.message}", "It has to be put right there.")
