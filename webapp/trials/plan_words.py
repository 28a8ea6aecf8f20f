"""A plan in words: what was said in each of its steps, for whoever reads it rather than writes it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from engine.text import in_language
from engine.trials.plan import Arm, Outcome, Plan, Typed, day_from, number
from engine.trials.plan_problems import Around
from webapp import current
from webapp.config import LANGUAGE
from webapp.dates import day_in_words
from webapp.store.database import Connection
from webapp.store.trial_watching import people_here
from webapp.trials.outcome_words import direction, in_words, unit_of
from webapp.trials.planning.desk import Desk, desk_of
from webapp.trials.planning.steps import Step
from webapp.trials.planning.teams_step import BALANCE, SCHEMES, TOGETHER

NOTHING = "not said yet"
ADJUSTED = (
    "each team’s own figure in the main outcome, from its forms in the twelve months before registration; the result "
    "is told without it as well"
)


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that a plan says: in which step, what it is about, and the words."""

    step: str
    about: str
    words: str


@dataclass(frozen=True, slots=True)
class Names:
    """What a plan names by keys, in words: people, the labels of questions by id, and answers by question and value."""

    people: dict[str, str]
    questions: dict[str, str]
    yes_or_no: frozenset[str]
    answers: dict[tuple[str, str], str] = field(default_factory=dict)
    per_child: frozenset[str] = frozenset()


def told(connection: Connection, desk: Desk) -> Sequence[tuple[str, Sequence[Line]]]:
    """Everything a plan says, by step."""
    whole = desk.trial.whole
    opening = "" if desk.trial.part_of is None else who_may_open(whole.led_by, somebody=bool(whole.openers))
    lines = list(lines_of(desk.plan, names_in(connection, desk.around), opening, asks_others=desk.asks_others))
    return [(step, list(found)) for step, found in groupby(lines, key=lambda each: each.step)]


def differing(connection: Connection, desk: Desk, kept: Plan, step: Step) -> list[Line]:
    """What the plan that is kept says in a step otherwise than the one on the desk."""
    mine = set(lines_of(desk.plan, names_in(connection, desk.around)))
    others = desk_of(connection, replace(desk.trial, plan=kept))
    found = lines_of(others.plan, names_in(connection, others.around))
    return [each for each in found if each.step == step.id and each not in mine]


def names_in(connection: Connection, around: Around) -> Names:
    """The names of the authority's people and of the questions that the arms ask."""
    people = {each.key: f"{each.name}, {each.job}" for each in people_here(connection, current.viewer())}
    asked = [question for form in around.arms.values() for question in form.questions]
    labels = {each.id: in_language(each.label, LANGUAGE) for each in asked}
    answers = {
        (each.id, option.value): in_language(option.label, LANGUAGE)
        for each in asked
        for option in each.handler.choices_of(each)
    }
    shares = frozenset(each.id for each in asked if each.handler.summed_as == "share")
    return Names(people, labels, shares, answers, frozenset(each.id for each in asked if each.per_child))


def who_may_open(leader: str, *, somebody: bool) -> str:
    """Who may open results early as other authorities read it: nobody of the one that leads is named to them."""
    return f"somebody whom {leader} named" if somebody else "nobody"


def lines_of(plan: Plan, names: Names, opening: str = "", *, asks_others: bool = False) -> Iterator[Line]:
    """What a plan says, in the order of its steps.

    `opening` is who may open early where another authority says so, `asks_others` whether others were asked to join.
    """
    yield from _of_arms(plan)
    yield from _of_teams(plan, asks_others or bool(plan.led_by))
    yield from _of_outcomes(plan, names)
    yield from _of_safety(plan, names, opening)


def _of_arms(plan: Plan) -> Iterator[Line]:
    yield Line("arms", "The question", plan.question or NOTHING)
    for about, arm in (("The control", plan.control), ("The form under trial", plan.under_test)):
        yield Line("arms", about, _arm(arm, "our own" if plan.parts or not plan.led_by else f"{plan.led_by}’s own"))


def _arm(arm: Arm | None, own: str) -> str:
    if arm is None or not arm.definition:
        return NOTHING
    if isinstance(arm.definition, str):
        whose, _, version = arm.definition.partition("-")
        which = f"version {version} of {own}" if whose == "own" else f"version {version} that ships"
        which = which if version.isdecimal() else "changes that cannot be read yet"
    else:
        number = len(arm.definition.get("changes", ()))
        which = f"the control with {number} {'change' if number == 1 else 'changes'}"
    return f"{arm.name or 'without a name'}: {which}"


def _of_teams(plan: Plan, together: bool) -> Iterator[Line]:
    names = sorted(f"{each.name} ({each.group})" if each.group else each.name for each in plan.teams)
    yield Line("teams", "Teams", f"{len(names)}: {', '.join(names)}" if names else NOTHING)
    for part in plan.parts:
        theirs = sorted(f"{each.name} ({each.group})" if each.group else each.name for each in part.teams)
        yield Line("teams", f"Teams of {part.authority}", f"{len(theirs)}: {', '.join(theirs)}")
    words, about = (TOGETHER if together else SCHEMES).get(plan.scheme, (NOTHING, ""))
    on = ", ".join(BALANCE.get(each, each).lower() for each in plan.balance_on)
    yield Line("teams", "Drawn by lot", f"{words}. {about}{': ' + on if on else '.'}" if about else words)


def _of_outcomes(plan: Plan, names: Names) -> Iterator[Line]:
    yield Line("outcome", "Main outcome", _outcome(plan.primary, names))
    if plan.co_primary is not None:
        yield Line("outcome", "Second main outcome", _outcome(plan.co_primary, names))
    others = "; ".join(_outcome(each, names) for each in plan.secondary)
    yield Line("outcome", "Also measured", others or "nothing else")
    if plan.baseline:
        yield Line("outcome", "Adjusted for", ADJUSTED)
    unit = "" if plan.primary is None else unit_of(plan.primary.to_json(), plan.primary.question in names.yes_or_no)
    smallest = NOTHING if plan.smallest is None else f"{plan.smallest} {unit}".strip()
    yield Line("outcome", "Smallest difference worth a change", smallest)
    yield Line(
        "outcome",
        "Claims are made",
        f"where chance would bring one in fewer than {_in_a_hundred(plan.level)} of 100 trials",
    )
    yield Line("outcome", "Begins", _day(plan.begins))
    yield Line("outcome", "Ends", _day(plan.ends))
    if plan.forms_needed is not None:
        yield Line("outcome", "Forms expected at least", str(plan.forms_needed))


def _in_a_hundred(level: Typed) -> str:
    found = number(level)
    return "5" if found is None else f"{found * 100:g}"


def _outcome(outcome: Outcome | None, names: Names) -> str:
    if outcome is None:
        return NOTHING
    better = "less is better" if direction(outcome.to_json()) == "lower" else "more is better"
    cap = f", at most {outcome.cap} for a form" if outcome.kind == "minutes" and outcome.cap else ""
    mean = ", a form counting with the average of its children" if outcome.question in names.per_child else ""
    return f"{in_words(outcome.to_json(), names.questions)}{mean}{cap}; {better}"


def _day(typed: str) -> str:
    found = day_from(typed)
    return day_in_words(found) if found else typed or NOTHING


def _of_safety(plan: Plan, names: Names, opening: str) -> Iterator[Line]:
    yield Line("safety", "Harm would be", plan.harm.words or NOTHING)
    yield Line("safety", "Who watches for harm", names.people.get(plan.harm.watcher, NOTHING))
    if plan.harm.question:
        label = names.questions.get(plan.harm.question, plan.harm.question)
        answer = names.answers.get((plan.harm.question, plan.harm.value), plan.harm.value)
        yield Line("safety", "The answer that points to it", f"“{label}”: {answer or NOTHING}")
    named = "; ".join(names.people.get(each, "somebody who has left") for each in plan.openers)
    yield Line("safety", "Who may open results early", opening or named or "nobody")
    for about, words in (
        ("Approval", plan.approval),
        ("Data protection assessment", plan.data_protection),
        ("What families are told", plan.for_families),
        ("What staff are told", plan.for_staff),
        ("How to opt out", plan.opt_out),
        ("Whom to ask", plan.whom_to_ask),
    ):
        yield Line("safety", about, words or NOTHING)
    if plan.asks_for("quality"):
        who = "; ".join(names.people.get(each, "somebody who has left") for each in plan.scorers)
        yield Line("safety", "Who scores", who or NOTHING)
        yield Line("safety", "Forms of each team that are scored", NOTHING if plan.sample is None else str(plan.sample))
