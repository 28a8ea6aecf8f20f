"""What is wrong with the arms of a plan: how many there are, what each serves, and whether any is less safe."""

from collections.abc import Iterator
from functools import lru_cache

from engine.checks import Problem
from engine.definition import Definition
from engine.overlays import weaknesses
from engine.proofs import Effort
from engine.trials.plan import Arm, Plan
from engine.trials.plan_around import Around, PlanProblem

MOST_FAULTS = 20
"""Faults told of one arm; more are no help to who mends them."""


def arm_problems(plan: Plan, around: Around) -> Iterator[PlanProblem]:
    """The faults of the arms, in their order."""
    yield from _number_of_arms(plan)
    seen: dict[str, int] = {}
    for index, arm in enumerate(plan.arms):
        yield from _one(f"arms[{index}]", arm, plan, around)
        if arm.id in seen:
            yield PlanProblem("arm_twice", f"arms[{index}].id", "Two arms have one id.", "Give each its own.")
        seen[arm.id] = index
    yield from _same(plan, around)


def _number_of_arms(plan: Plan) -> Iterator[PlanProblem]:
    controls = sum(arm.control for arm in plan.arms)
    if len(plan.arms) != 2:
        few = len(plan.arms) < 2
        message = "A trial needs a control and an arm under test." if few else "This version tries two arms at a time."
        mend = "Add the other arm." if few else "Keep the control and one arm under test, and try the other afterwards."
        yield PlanProblem("not_two_arms", "arms", message, mend)
    if controls != 1:
        message = "No arm is the control." if controls == 0 else "More than one arm is the control."
        yield PlanProblem("no_control", "arms", message, "Mark the arm that people write on now as the control.")


def _one(place: str, arm: Arm, plan: Plan, around: Around) -> Iterator[PlanProblem]:
    if not arm.name:
        yield PlanProblem("no_arm_name", f"{place}.name", "This arm has no name.", "Name it so that a reader knows it.")
    if not arm.definition:
        yield PlanProblem("no_arm_form", f"{place}.definition", "Nothing is served in this arm.", "Choose a version.")
        return
    for message, mend in around.arm_faults.get(arm.id, ())[:MOST_FAULTS]:
        yield PlanProblem("arm_unfit", f"{place}.definition", message, mend)
    definition = around.arms.get(arm.id)
    if definition is not None:
        yield from _less_safe(place, arm, definition, plan, around)


def _less_safe(place: str, arm: Arm, definition: Definition, plan: Plan, around: Around) -> Iterator[PlanProblem]:
    """What the arm drops or weakens of what the control protects, or the control of what the shipped form does."""
    control = plan.control
    base = around.base if arm.control else around.arms.get(control.id) if control else None
    if base is None or base.content_hash == definition.content_hash:
        return
    found, proved = weaker(base, definition)
    for each in found[:MOST_FAULTS]:
        yield PlanProblem(each.code, f"{place}.definition", each.message, each.mend)
    if not proved:
        message = "It could not be proved that every protected question is still asked."
        yield PlanProblem("not_proved", f"{place}.definition", message, "Make the conditions of this arm simpler.")


def _same(plan: Plan, around: Around) -> Iterator[PlanProblem]:
    hashes = [around.arms[arm.id].content_hash for arm in plan.arms if arm.id in around.arms]
    if len(hashes) == 2 and hashes[0] == hashes[1]:
        message = "Both arms are the same form, so there is nothing to find."
        yield PlanProblem("same_form", "arms[1].definition", message, "Choose another version for one of them.")


@lru_cache(maxsize=32)
def weaker(base: Definition, changed: Definition) -> tuple[tuple[Problem, ...], bool]:
    """How a form drops or weakens what its base protects, and whether all of it could be proved.

    Proved once in a process for the same two forms.
    """
    lists = {each.id: each for form in (base, changed) for each in form.code_lists}
    effort = Effort()
    return weaknesses(base.given, changed.given, lists, None, effort), not effort.spent
