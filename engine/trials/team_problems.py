"""What is wrong with who takes part: teams that are not there, groups that cannot be drawn in, too few to tell."""

from collections import Counter
from collections.abc import Iterator

from engine.trials.attainable import attainable
from engine.trials.plan import BALANCES, LEVEL, SCHEMES, Plan, number
from engine.trials.plan_around import Around, PlanProblem
from engine.trials.together import scheme_drawn, units


def team_problems(plan: Plan, around: Around) -> Iterator[PlanProblem]:
    """The faults of the teams, in their order, then of how they are drawn."""
    names = Counter(team.name for team in plan.teams)
    for index, team in enumerate(plan.teams):
        place = f"teams[{index}]"
        if team.name not in around.teams:
            message = f"There is no team “{team.name}” here."
            yield PlanProblem("no_such_team", place, message, "Choose among the teams of this authority.")
        if names[team.name] > 1:
            message = f"“{team.name}” takes part twice."
            yield PlanProblem("team_twice", place, message, "Name each team once.")
        if team.name in around.busy:
            message = f"“{team.name}” takes part in another trial of this form: {around.busy[team.name]}"
            yield PlanProblem("team_busy", place, message, "Leave it out, or wait until that trial is over.")
    yield from _drawing(plan)


def _drawing(plan: Plan) -> Iterator[PlanProblem]:
    if plan.scheme not in SCHEMES:
        yield PlanProblem("no_scheme", "scheme", "It does not say how teams are drawn.", "Choose one of the ways.")
        return
    grouped = plan.scheme in ("stratified", "paired")
    for index, team in enumerate(plan.teams):
        if grouped and not team.group:
            message = f"“{team.name}” is in no group."
            yield PlanProblem("no_group", f"teams[{index}].group", message, "Say which group it is drawn in.")
        if not grouped and team.group:
            message = f"“{team.name}” has a group that this way of drawing leaves aside."
            mend = "Draw within groups, or take the group away."
            yield PlanProblem("group_unused", f"teams[{index}].group", message, mend)
    if plan.scheme == "paired":
        yield from _pairs(plan)
    for index, name in enumerate(plan.balance_on):
        if name not in BALANCES:
            message = f"“{name}” is not known of every team, so nothing can be balanced on it."
            yield PlanProblem("no_such_balance", f"balance_on[{index}]", message, "Choose among those that are known.")
    if plan.scheme == "constrained" and not plan.balance_on:
        message = "It does not say what the drawing is balanced on."
        yield PlanProblem("nothing_balanced", "balance_on", message, "Name at least one figure known of every team.")
    yield from _too_few(plan)


def _pairs(plan: Plan) -> Iterator[PlanProblem]:
    for name, size in sorted(Counter(team.group for team in plan.teams).items()):
        if name and size != 2:
            message = f"The pair “{name}” has {size} {'team' if size == 1 else 'teams'}."
            yield PlanProblem("not_a_pair", "teams", message, "Put exactly two teams in each pair.")


def _too_few(plan: Plan) -> Iterator[PlanProblem]:
    """Where no result, however clear, could reach the level that the plan claims."""
    level = number(plan.level)
    if level is None or not 0 < level <= LEVEL:
        message = "The level is the risk of a false alarm that is accepted: at most 0.05."
        yield PlanProblem("no_level", "level", message, "Take 0.05, or less.")
        return
    can = attainable(scheme_drawn(plan), sizes_of(plan), level)
    if can.reaches:
        return
    mend = f"{can.more_teams} more {'team' if can.more_teams == 1 else 'teams'} would do."
    if not plan.teams:
        yield PlanProblem("too_few_teams", "teams", "No team takes part.", mend)
        return
    least = round(float(can.least_p) * 100)
    message = f"So few teams can tell nothing: the clearest result would come about by chance {least} times in 100."
    yield PlanProblem("too_few_teams", "teams", message, mend)


def sizes_of(plan: Plan) -> tuple[int, ...]:
    """How many teams are drawn together: all of them, or those of each stratum or pair."""
    if scheme_drawn(plan) in ("stratified", "paired"):
        return tuple(Counter(team.group for team in units(plan)).values())
    return (len(plan.teams),)
