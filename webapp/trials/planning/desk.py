"""A plan on somebody's desk: the trial, what it is held against, and everything it still lacks."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from json import dumps

from engine.trials.plan import Plan
from engine.trials.plan_problems import Around, PlanProblem
from webapp import current
from webapp.store.database import Connection
from webapp.store.trial_around import covariates
from webapp.store.trial_held import held_against
from webapp.store.trial_parts import Invitation
from webapp.store.trial_watching import served_in
from webapp.store.trials import Trial
from webapp.trials.planning.steps import Step, untouched, wrong_boxes

WITH_OTHERS = ("not_balanced", "one_arm", "too_few_teams")
"""What others that are asked make of a plan which was right without them, or will put right by joining."""


@dataclass(frozen=True, slots=True)
class Desk:
    """A trial whose plan is as it was typed, with what other authorities bring, and all that is wrong with it."""

    trial: Trial
    around: Around
    problems: tuple[PlanProblem, ...]
    invitations: tuple[Invitation, ...] = ()

    @property
    def plan(self) -> Plan:
        """The plan."""
        return self.trial.plan

    @property
    def asks_others(self) -> bool:
        """Whether other authorities are asked to take part, or have joined."""
        return any(each.state != "declined" for each in self.invitations)

    @property
    def left_with_others(self) -> tuple[PlanProblem, ...]:
        """What is left to do about other authorities: nothing of it was typed wrongly."""
        told = WITH_OTHERS if self.asks_others else ()
        return tuple(each for each in self.problems if each.place.startswith("parts") or each.code in told)

    def wrong(self, step: Step, missing: bool) -> dict[str, str]:
        """What is wrong with the boxes of a step; what was only not filled in yet if `missing`."""
        left = () if missing else self.left_with_others
        told = [each for each in self.problems if missing or (filled_in(self.plan, each.place) and each not in left)]
        return wrong_boxes(self.plan, step, told)

    def left(self, step: Step, wrong: Mapping[str, str]) -> frozenset[str]:
        """The boxes, by name, of a step that was begun at which something is still to do, and nothing is wrong."""
        if untouched(self.plan, step):
            return frozenset()
        return frozenset(self.wrong(step, missing=True)) - frozenset(wrong)


def desk_of(connection: Connection, trial: Trial, plan: Plan | None = None) -> Desk:
    """The trial with its own plan, or with one that was typed and not kept."""
    typed = trial if plan is None else replace(trial, plan=plan)
    held = held_against(connection, current.viewer(), typed, current.today())
    desk = Desk(replace(typed, plan=held.plan), held.around, held.problems, held.invitations)
    if desk.asks_others:
        # Nothing is balanced with others: on what, is not asked any more.
        return replace(desk, problems=tuple(each for each in desk.problems if each.place != "balance_on"))
    return replace(desk, problems=(*desk.problems, *_nothing_differs(connection, typed.plan)))


def _nothing_differs(connection: Connection, plan: Plan) -> Iterator[PlanProblem]:
    """Where teams are alike in all that their drawing is balanced on, so that there is nothing to balance."""
    if plan.scheme != "constrained" or not plan.balance_on or len(plan.teams) < 2:
        return
    known = covariates(connection, current.viewer(), plan, current.today())
    if all(len({each[name] for each in known.values()}) < 2 for name in plan.balance_on):
        message = "The teams are alike in what the drawing is balanced on, so there is nothing to balance."
        yield PlanProblem("nothing_differs", "balance_on", message, "Draw them all together, or choose another figure.")


def desk_of_registered(connection: Connection, trial: Trial) -> Desk:
    """A registered trial with the forms that its arms serve: nothing of its plan can be wrong any more."""
    day = current.today()
    return Desk(trial, Around(day, served_in(connection, trial, day)), ())


def filled_in(plan: Plan, place: str) -> bool:
    """Whether something stands at a place of the plan."""
    value: object = plan.to_json()
    for part in place.replace("]", "").replace("[", ".").split("."):
        if isinstance(value, dict):
            value = value.get(part)
        elif isinstance(value, list) and part.isdecimal() and int(part) < len(value):
            value = value[int(part)]
        else:
            value = None
    return value not in (None, "", [], {})


def mark_of(plan: Plan, step: Step) -> str:
    """The same for plans that say the same in a step, so that two people can write in two steps at once."""
    said = plan.to_json()
    part = dumps({key: said.get(key) for key in step.keys}, sort_keys=True)
    return sha256(part.encode()).hexdigest()[:16]
