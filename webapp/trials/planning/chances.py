"""What a trial of so many teams can find and what it cannot, in sentences."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from engine.trials.errors import StatisticsMissing, statistics_needed
from engine.trials.plan import Plan, number
from engine.trials.together import scheme_drawn, unit_name, units
from webapp import current
from webapp.store.database import Connection
from webapp.store.trial_past import YEAR, PastOfTeam, past_minutes
from webapp.store.trials import Trial
from webapp.trials.outcome_words import OUTCOMES, unit_of
from webapp.trials.planning.desk import Desk

GROUPED = ("stratified", "paired")
"""The ways of drawing within groups; with the others, groups are let go."""
USUAL_FORMS = 20
USUAL_ICC = 0.1
WANTED = 0.8
"""How often a difference should be found: four times in five."""
SPREADS: Mapping[str, float] = {
    "minutes": 45.0,
    "quality": 0.9,
    "worker_rating": 1.0,
    "family_rating": 1.0,
    "completed_within": 45.0,
    "words": 120.0,
    "not_known": 10.0,
}
"""How far apart single forms are supposed to lie (a standard deviation) where no earlier forms say so."""
YES_OR_NO = 45.0


@dataclass(frozen=True, slots=True)
class Chances:
    """Sentences on what a plan can find; `too_few` says why no claim can be made with so few teams, "" where one can.

    `assumed` says on what the figures rest.
    """

    sentences: Sequence[str]
    too_few: str = ""
    assumed: str = ""


@dataclass(frozen=True, slots=True)
class Supposed:
    """What the figures rest on: the forms of each team, and what is known or supposed of how far they lie apart."""

    forms: tuple[float, ...]
    sd: float
    past: tuple[tuple[int, float, float] | None, ...]


def chances(connection: Connection, desk: Desk) -> Chances:
    """What the teams of a plan can find."""
    too_few = next((each for each in desk.problems if each.code == "too_few_teams"), None)
    if too_few is not None:
        return Chances(
            (), f"{too_few.message} {too_few.mend}" if desk.plan.teams else too_few.mend.replace("more ", "")
        )
    plan, sd = desk.plan, _usual_spread(desk)
    if plan.primary is None or sd is None:
        return Chances((), assumed="" if plan.primary is None else _NO_SPREAD)
    earlier, teams = _earlier(connection, desk.trial, plan), units(plan)
    supposed = Supposed(_forms(plan, earlier), sd, tuple(_as_past(earlier.get(team.name)) for team in teams))
    groups = tuple(team.group if scheme_drawn(plan) in GROUPED else "" for team in teams)
    level, smallest = number(plan.level) or 0.05, number(plan.smallest) or 0.0
    try:
        difference, found, from_past = figures(groups, supposed, level, smallest)
    except StatisticsMissing as missing:
        return Chances((), assumed=missing.message)
    if difference is None:
        return Chances(())
    unit = unit_of(plan.primary.to_json(), _is_yes_or_no(desk))
    return Chances(
        list(_sentences(plan, unit, difference, found, supposed.forms)), assumed=_rests_on(plan, supposed, from_past)
    )


_NO_SPREAD = (
    "How far apart answers to this question lie is not known, so what so many teams can find cannot be worked out. "
    "The result will say what could have been found."
)


@lru_cache(maxsize=128)
def figures(
    groups: tuple[str, ...], supposed: Supposed, level: float, smallest: float
) -> tuple[float | None, float, bool]:
    """The difference found four times in five, how often the smallest worthwhile one is, and whether the past says so.

    Raises StatisticsMissing.
    """
    with statistics_needed():
        from engine.trials.power import TeamPast, detectable, power, spread_of_past, supposed_spread

        past = spread_of_past([TeamPast(*each) if each else None for each in supposed.past])
        spread = past or supposed_spread(supposed.sd, USUAL_ICC)
        difference = detectable(groups, supposed.forms, spread, level).difference
        often = power(groups, supposed.forms, spread, smallest, level) if smallest else 0.0
    return difference, often, past is not None


def _sentences(plan: Plan, unit: str, difference: float, often: float, forms: Sequence[float]) -> Iterator[str]:
    many, each = len(units(plan)), round(sum(forms) / len(forms))
    yield (
        f"With {many} teams and about {each} forms in each, you can find a difference of {in_unit(difference, unit)} "
        "or more, four times in five. A smaller one may be there and not be found: the answer is then “not enough "
        "evidence to tell”, which does not mean that the two are equal."
    )
    smallest = number(plan.smallest)
    if smallest:
        worth = in_unit(smallest, unit)
        yield f"A difference of {worth}, the smallest that you call worth a change, would be found {_how_often(often)}."
    if smallest and often < WANTED:
        yield "More teams help most. More forms in the same teams help little, since teams differ among themselves."
    if plan.baseline:
        yield (
            "Adjusting for how teams were before may let it find a smaller one. How much smaller is not known "
            "beforehand, so it is not counted here."
        )
    yield (
        "It cannot say whether one worker or one team does better than another, and it says nothing about what is not "
        "measured."
    )


def _how_often(often: float) -> str:
    tenths = round(often * 10)
    if tenths >= 10:
        return "nearly always"
    return f"about {tenths} {'time' if tenths == 1 else 'times'} in 10" if tenths else "hardly ever"


def in_unit(value: float, unit: str) -> str:
    """A difference in its unit, as exact as it can be taken: 18 minutes, 0.4 points of 5."""
    words = f"{value:.1f}" if value < 10 and not float(value).is_integer() else f"{value:,.0f}"
    one = {"minutes": "minute", "words": "word"}.get(unit, unit) if words == "1" else unit
    return f"{words} {one}".strip()


def _rests_on(plan: Plan, supposed: Supposed, from_past: bool) -> str:
    if from_past:
        known = sum(each is not None for each in supposed.past)
        return f"Worked out from the forms that {known} of these teams submitted in the last twelve months."
    kind = plan.primary.kind if plan.primary else ""
    unit = OUTCOMES[kind].unit if kind in OUTCOMES and kind != "answer" else "of 100 forms"
    return (
        "No earlier forms say how far teams lie apart, so this is assumed: forms differ by "
        f"{in_unit(supposed.sd, unit)} (a standard deviation), a tenth of that variation lies between teams, and each "
        f"team writes about {round(sum(supposed.forms) / len(supposed.forms))} forms."
    )


def _earlier(connection: Connection, trial: Trial, plan: Plan) -> Mapping[str, PastOfTeam]:
    """What earlier forms say of each team of ours; only minutes are known of forms outside trials.

    Once a trial is registered, these are the forms before that day: what it can find does not change as it runs.
    """
    if plan.primary is None or plan.primary.kind != "minutes" or trial.part_of is not None:
        return {}
    until = trial.registration.at if trial.registration else current.now()
    within = (until - YEAR, until)
    found = past_minutes(connection, current.viewer(), plan.form, within, number(plan.primary.cap) or 240)
    return {unit_name(team, plan.led_by): past for team, past in found.items()}


def _as_past(found: PastOfTeam | None) -> tuple[int, float, float] | None:
    return None if found is None else (found.forms, round(found.mean, 2), round(found.sd, 2))


def _forms(plan: Plan, earlier: Mapping[str, PastOfTeam]) -> tuple[float, ...]:
    """How many forms each team will write: as planned over all, else as in the past, else as is usual."""
    expected, teams = number(plan.forms_needed), units(plan)
    if plan.primary is not None and plan.primary.kind == "quality":
        return tuple(float(number(plan.sample) or 6) for _ in teams)
    if expected:
        return tuple(max(1.0, expected / len(teams)) for _ in teams)
    share = _share_of_year(plan)
    return tuple(
        max(1.0, round(earlier[team.name].forms * share)) if team.name in earlier else USUAL_FORMS for team in teams
    )


def _share_of_year(plan: Plan) -> float:
    if plan.begins_on is None or plan.ends_on is None:
        return 1.0
    return max(0.02, (plan.ends_on - plan.begins_on) / YEAR)


def _usual_spread(desk: Desk) -> float | None:
    """How far apart forms are supposed to lie; None where nobody can suppose anything: a number that is asked for."""
    kind = desk.plan.primary.kind if desk.plan.primary else ""
    if kind == "answer":
        return YES_OR_NO if _is_yes_or_no(desk) else None
    return SPREADS.get(kind)


def _is_yes_or_no(desk: Desk) -> bool:
    asked = desk.plan.primary.question if desk.plan.primary else ""
    found = [form.by_id.get(asked) for form in desk.around.arms.values()]
    return any(each is not None and each.handler.summed_as == "share" for each in found)
