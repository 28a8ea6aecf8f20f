"""The five steps of a plan: what each is called, which parts of the plan it writes, and how far it is, in words."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from engine.trials.plan import Plan
from engine.trials.plan_problems import PlanProblem


@dataclass(frozen=True, slots=True)
class Step:
    """A step: its name in addresses, its title, and the keys of the plan that are typed there."""

    id: str
    title: str
    keys: tuple[str, ...]


STEPS = (
    Step("arms", "The question and the two forms", ("question", "form", "arms")),
    Step("teams", "Who takes part", ("teams", "scheme", "balance_on", "parts")),
    Step(
        "outcome",
        "Outcome and end",
        ("primary", "co_primary", "secondary", "baseline", "smallest", "level", "begins", "ends", "forms_needed"),
    ),
    Step(
        "safety",
        "Safety",
        (
            *("harm", "approval", "data_protection", "for_families", "for_staff", "opt_out", "whom_to_ask"),
            *("sample", "scorers", "openers"),
        ),
    ),
    Step("register", "Register", ()),
)
BY_ID: Mapping[str, Step] = {step.id: step for step in STEPS}
_PLACE = re.compile(r"([a-z_]+)(?:\[(\d+)\])?(?:\.([a-z_]+))?")


@dataclass(frozen=True, slots=True)
class StepShown:
    """A step as the list at the side shows it."""

    id: str
    title: str
    state: str
    here: bool


def step_of(place: str) -> Step:
    """The step where a place of the plan is typed; the first for a place that no step has."""
    found = _PLACE.match(place)
    key = found[1] if found else ""
    return next((step for step in STEPS if key in step.keys), STEPS[0])


def box_of(plan: Plan, place: str) -> str:
    """The name of the box in which a place of the plan is typed."""
    found = _PLACE.match(place)
    if found is None:
        return place
    key, number, inner = found.groups()
    if key == "arms":
        return _box_of_arm(plan, int(number) if number else None, inner)
    if key == "harm":
        return {"words": "harm", "watcher": "watcher", "question": "harm_sign", "value": "harm_sign"}[inner or "words"]
    if key in ("primary", "co_primary", "secondary"):
        return f"{key}_{inner}" if inner in ("question", "better", "days", "cap") else key
    return key


def _box_of_arm(plan: Plan, number: int | None, inner: str | None) -> str:
    arm = plan.arms[number] if number is not None and number < len(plan.arms) else None
    side = "control" if arm is not None and arm.control else "tested"
    return f"{side}_name" if inner == "name" else side


def wrong_boxes(plan: Plan, step: Step, problems: Iterable[PlanProblem]) -> dict[str, str]:
    """What is wrong with the boxes of a step: the first problem of each, what concerns protected questions before."""
    found: dict[str, str] = {}
    for problem in sorted(problems, key=lambda each: not about_protection(each)):
        if step_of(problem.place) is step:
            found.setdefault(box_of(plan, problem.place), f"{problem.message} {problem.mend}".strip())
    return found


def about_protection(problem: PlanProblem) -> bool:
    """Whether an arm drops or weakens what the control protects, or that it does not could not be proved."""
    return problem.place.startswith("arms") and ("protected" in problem.message or problem.code == "not_proved")


def steps_shown(plan: Plan, problems: Sequence[PlanProblem], here: str) -> list[StepShown]:
    """The list of steps with how far each is."""
    return [StepShown(step.id, step.title, _state(plan, step, problems), step.id == here) for step in STEPS]


def _state(plan: Plan, step: Step, problems: Sequence[PlanProblem]) -> str:
    if not step.keys:
        return "when the rest is complete" if problems else "ready to register"
    left = sum(step_of(problem.place) is step for problem in problems)
    if not left:
        return "complete"
    if untouched(plan, step):
        return "nothing written yet"
    return f"{left} {'thing' if left == 1 else 'things'} to do"


def untouched(plan: Plan, step: Step) -> bool:
    """Whether nothing that is typed in a step differs from a plan that was only begun."""
    empty = Plan()
    return all(getattr(plan, key) == getattr(empty, key) for key in step.keys)
