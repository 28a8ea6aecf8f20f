"""A plan of several authorities: each one's own view of it, what all of them agree to, and how all teams are drawn."""

from collections.abc import Iterator
from dataclasses import replace

from engine.trials.plan import Plan
from engine.trials.plan_teams import Part, Team

APART = ("teams", "scorers", "approval", "data_protection", "whom_to_ask")
"""What each authority says for itself, beside who watches for harm; all else is the same for all."""


def within(plan: Plan, key: str) -> Plan:
    """The plan as it is in another authority, by its part's key: its own teams and people, and no parts.

    Nobody there is named to open results early: that is the leading one's alone.
    """
    part = next(each for each in plan.parts if each.key == key)
    own = {name: getattr(part, name) for name in APART}
    return replace(plan, **own, harm=replace(plan.harm, watcher=part.watcher), openers=(), parts=())


def agreed(plan: Plan) -> str:
    """What another authority agrees to as it joins, as a hash: it breaks where any of that is changed.

    Who may open results early is the leading one's to say, whose people nobody else knows.
    """
    nothing = {name: getattr(Plan(), name) for name in APART}
    return replace(plan, **nothing, harm=replace(plan.harm, watcher=""), openers=(), parts=(), led_by="").hash


def scheme_drawn(plan: Plan) -> str:
    """How teams are drawn: those of several authorities never all together, but within each of them."""
    return "stratified" if plan.parts and plan.scheme == "complete" else plan.scheme


def units(plan: Plan) -> tuple[Team, ...]:
    """Every team that is drawn, by a name that only one has, and its group; groups are within an authority."""
    if not plan.parts:
        return plan.teams
    return tuple(_unit(team, authority) for authority, teams in sides(plan) for team in teams)


def sides(plan: Plan) -> Iterator[tuple[str, tuple[Team, ...]]]:
    """Each authority by name with its teams, the one that leads first."""
    yield plan.led_by, plan.teams
    for part in plan.parts:
        yield part.authority, part.teams


def _unit(team: Team, authority: str) -> Team:
    return Team(unit_name(team.name, authority), f"{authority}: {team.group}" if team.group else authority)


def unit_name(team: str, authority: str) -> str:
    """What a team is called among those of several authorities; by its own name alone where there is one only."""
    return f"{team} ({authority})" if authority else team


def own_name(unit: Team, authority: str) -> Team:
    """A team that was drawn among several authorities as its own authority calls it, in the group it has there."""
    group = unit.group.removeprefix(f"{authority}: ") if authority else unit.group
    return Team(unit.name.removesuffix(f" ({authority})"), "" if group == authority else group)


def part_of(plan: Plan, key: str) -> Part | None:
    """The part by its key; None where there is none."""
    return next((each for each in plan.parts if each.key == key), None)
