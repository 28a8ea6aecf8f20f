"""The second step of a plan: the teams that take part, how they are drawn by lot, and what so many teams can find."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from engine.trials.plan import Plan, Team
from engine.trials.plan_around import Around
from webapp import current
from webapp.drawing.values import Control
from webapp.store.authorities import teams_of
from webapp.store.database import Connection
from webapp.trials.others_words import answered
from webapp.trials.planning.chances import GROUPED, chances
from webapp.trials.planning.desk import Desk
from webapp.trials.planning.typed import Form, Wrong, box, choice, clean, ticks, words_typed

SCHEMES: Mapping[str, tuple[str, str]] = {
    "complete": ("All together", "Every way of giving half the teams each form is equally likely"),
    "stratified": ("Within groups", "Teams that are alike share a group; each group is halved by lot"),
    "paired": ("In pairs", "Two teams that are alike share a group; one of the two, by lot, has the form under trial"),
    "constrained": ("Balanced", "Only those ways are drawn from in which the halves are alike in the figures below"),
}
"""The ways of drawing teams, as they are chosen."""

TOGETHER: Mapping[str, tuple[str, str]] = {
    "complete": ("Within each authority", "Every way of giving half of its teams each form is equally likely"),
    "stratified": ("Within groups of each authority", "Its teams that are alike share a group; each is halved by lot"),
    "paired": ("In pairs of each authority", "Of two teams that are alike one, by lot, has the form under trial"),
}
"""The ways of drawing the teams of several authorities: each has both forms."""

BALANCE: Mapping[str, str] = {
    "forms": "Forms of this kind begun in the last twelve months",
    "workers": "Social workers in the team",
}
"""What halves can be balanced on."""


@dataclass(frozen=True, slots=True)
class TeamRow:
    """A team of the authority: whether it is ticked, and the box for its group.

    `to_do` says what is left to do about it, "" for nothing.
    """

    number: int
    name: str
    ticked: bool
    group: Control
    busy: str
    without_workers: bool
    to_do: str


def read(plan: Plan, form: Form) -> Plan:
    """The plan with what was typed in this step; groups that nothing is drawn in are let go."""
    scheme = words_typed(form, "scheme") or plan.scheme
    teams = teams_typed(form, scheme)
    balance = tuple(each for each in form.getlist("balance_on") if each in BALANCE)
    return replace(plan, teams=teams, scheme=scheme, balance_on=balance if scheme == "constrained" else ())


def teams_typed(form: Form, scheme: str) -> tuple[Team, ...]:
    """The teams that were ticked, with their groups where the way of drawing has any."""
    ticked = [clean(each)[:200] for each in dict.fromkeys(form.getlist("team"))]
    groups = dict(zip(form.getlist("of"), form.getlist("group"), strict=False))
    grouped = scheme in GROUPED
    return tuple(Team(name, _group(groups.get(name, "")) if grouped else "") for name in ticked)


def _group(typed: str) -> str:
    return " ".join(clean(typed).split())[:60]


def page(connection: Connection, desk: Desk, wrong: Wrong) -> dict[str, Any]:
    """What the page of this step shows."""
    plan = desk.plan
    return {
        "rows": rows_of(
            connection, plan.teams, desk.around, {each.name: _to_do(desk, each.name) for each in plan.teams}
        ),
        "gone": [each.name for each in plan.teams if each.name not in desk.around.teams],
        "teams_wrong": wrong.get("teams", ""),
        "others": [answered(each) for each in desk.invitations],
        "others_wrong": wrong.get("parts", ""),
        "others_left": () if {"parts", "scheme", "teams"} & set(wrong) else _left_with_others(desk),
        "controls": [
            choice("scheme", "How are they drawn by lot?", _ways(desk), plan.scheme, wrong),
            ticks("balance_on", "If balanced: on what?", _balances(), plan.balance_on, wrong),
        ],
        "chances": chances(connection, desk),
    }


def _left_with_others(desk: Desk) -> Sequence[str]:
    """What is left to do about other authorities; who has not answered, and too few teams, are told beside it."""
    beside = ("part_waits", "part_declined", "too_few_teams")
    return [f"{each.message} {each.mend}" for each in desk.left_with_others if each.code not in beside]


def _ways(desk: Desk) -> list[tuple[str, str, str]]:
    ways = TOGETHER if desk.asks_others else SCHEMES
    return [(name, words, about) for name, (words, about) in ways.items()]


def _balances() -> list[tuple[str, str, str]]:
    return [(name, words, "") for name, words in BALANCE.items()]


def rows_of(
    connection: Connection, teams: Sequence[Team], around: Around, to_do: Mapping[str, str] | None = None
) -> Sequence[TeamRow]:
    """Every team of the viewer's authority as it is ticked, with the trial that it is busy in.

    `to_do` says by a team's name what is left to do about it.
    """
    groups = {each.name: each.group for each in teams}
    names = [name for _, name in teams_of(connection, current.viewer().authority)]
    return [
        TeamRow(
            number,
            name,
            name in groups,
            _group_box(number, name, groups),
            around.busy.get(name, ""),
            name in around.without_workers,
            (to_do or {}).get(name, ""),
        )
        for number, name in enumerate(names)
    ]


def _to_do(desk: Desk, name: str) -> str:
    """What is wrong with a team that takes part; that it is in another trial stands there anyhow."""
    places = {f"teams[{at}]" for at, team in enumerate(desk.plan.teams) if team.name == name}
    found = [each for each in desk.problems if each.place.removesuffix(".group") in places]
    return " ".join(f"{each.message} {each.mend}" for each in found if each.code != "team_busy")


def _group_box(number: int, name: str, groups: Mapping[str, str]) -> Control:
    made = box(f"group-{number}", f"Group of {name}", groups.get(name, ""), {}, classes="govuk-input--width-10")
    return replace(made, name="group")
