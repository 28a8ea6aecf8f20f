"""What is wrong with the outcomes of a plan: what nobody can record, and what rewards the wrong thing."""

from collections.abc import Iterator

from engine.trials.plan import BETTER, KINDS, KNOWN_BEFORE, MOST_DAYS, Outcome, Plan, Typed, number
from engine.trials.plan_around import Around, PlanProblem

NEVER_ALONE = ("words", "not_known", "completed_within")
"""Outcomes that reward padding, false certainty and haste: never the only primary."""
ABOUT_THE_CHILD = ("quality", "worker_rating", "family_rating", "answer")
MOST_SAID = 1e9
"""Beyond it a number is not written out in words about it."""
MOST_FORMS = 200
"""Forms of one team that anybody could score."""


def outcome_problems(plan: Plan, around: Around) -> Iterator[PlanProblem]:
    """The faults of the outcomes, from the primary on, then of how much would be worth a change."""
    yield from _primary(plan)
    seen: set[str] = set()
    for place, outcome in _placed(plan):
        yield from _one(place, outcome, plan, around)
        if outcome.kind and outcome.name in seen:
            message = "The same outcome is named twice."
            yield PlanProblem("outcome_twice", place, message, "Name each outcome once.")
        seen.add(outcome.name)
    yield from _baseline(plan, around)
    yield from _numbers(plan)


def _placed(plan: Plan) -> Iterator[tuple[str, Outcome]]:
    for place, outcome in (("primary", plan.primary), ("co_primary", plan.co_primary)):
        if outcome is not None:
            yield place, outcome
    for index, outcome in enumerate(plan.secondary):
        yield f"secondary[{index}]", outcome


def _primary(plan: Plan) -> Iterator[PlanProblem]:
    if plan.primary is None or not plan.primary.kind:
        message = "It does not say what is measured first of all."
        yield PlanProblem("no_primary", "primary", message, "Choose one primary outcome.")
        return
    beside = plan.co_primary.kind if plan.co_primary else ""
    if plan.primary.kind in NEVER_ALONE and beside not in ABOUT_THE_CHILD:
        message = "Alone, this outcome rewards padding, haste or false certainty."
        mend = "Choose another primary, or a second one beside it that is about quality or the child."
        yield PlanProblem("never_alone", "primary", message, mend)
    if plan.primary.kind == "minutes" and beside not in ABOUT_THE_CHILD:
        message = "Minutes alone would call a form better that people hurry through."
        mend = "Add a second primary outcome that is about quality or the child."
        yield PlanProblem("minutes_alone", "co_primary", message, mend)


def _one(place: str, outcome: Outcome, plan: Plan, around: Around) -> Iterator[PlanProblem]:
    if outcome.kind not in KINDS:
        yield PlanProblem("no_such_outcome", f"{place}.kind", "This cannot be measured.", "Choose from the list.")
        return
    if outcome.direction not in BETTER:
        message = "It does not say whether more or less of it is better."
        yield PlanProblem("no_direction", f"{place}.better", message, "Choose one of the two.")
    if outcome.kind == "minutes" and not _above_zero(outcome.cap):
        message = _no_number(outcome.cap) or "Minutes are counted up to a limit, which is missing."
        yield PlanProblem("no_cap", f"{place}.cap", message, "Give the minutes after which a form counts as long.")
    if outcome.kind == "completed_within" and not 0 < (number(outcome.days) or 0) <= MOST_DAYS:
        message = _wrong_days(outcome.days) or "It does not say within how many days."
        yield PlanProblem("no_days", f"{place}.days", message, f"Give a number of days, at most {MOST_DAYS:,}.")
    if outcome.kind == "answer":
        yield from _answer(place, outcome, plan, around)


def _answer(place: str, outcome: Outcome, plan: Plan, around: Around) -> Iterator[PlanProblem]:
    if not outcome.question:
        yield PlanProblem("no_question_named", f"{place}.question", "No question is named.", "Choose one.")
        return
    for arm in plan.arms:
        definition = around.arms.get(arm.id)
        asked = definition.by_id.get(outcome.question) if definition else None
        if definition is not None and asked is None:
            message = f"“{arm.name or arm.id}” does not ask “{outcome.question}”, so nobody would record it there."
            mend = "Choose a question that every arm asks."
            yield PlanProblem("not_in_every_arm", f"{place}.question", message, mend)
        elif asked is not None and not asked.handler.summed_as:
            message = f"The answer to “{outcome.question}” is neither a number nor yes or no."
            mend = "Choose a question that is answered by a number, a scale, or yes or no."
            yield PlanProblem("not_numeric", f"{place}.question", message, mend)
            return


def _baseline(plan: Plan, around: Around) -> Iterator[PlanProblem]:
    """What every team must have a figure of before the trial, where the main outcome is adjusted for it."""
    if not plan.baseline or plan.primary is None:
        return
    if plan.primary.kind not in KNOWN_BEFORE:
        message = "Nothing is known of this main outcome before the trial, so it cannot be adjusted for it."
        mend = "Take the tick away, or choose minutes, being finished in time, or words."
        yield PlanProblem("not_known_before", "baseline", message, mend)
        return
    without = [f"“{team.name}”" for team in plan.teams if team.name not in around.known_before]
    if without:
        message = f"Of {', '.join(without)} nothing is known before the trial: no form that could be measured."
        yield PlanProblem("no_baseline", "baseline", message, "Take the tick away, or leave such teams out.")


def _numbers(plan: Plan) -> Iterator[PlanProblem]:
    if not _above_zero(plan.smallest):
        message = _no_number(plan.smallest) or "It does not say how large a difference would be worth a change."
        yield PlanProblem("no_smallest", "smallest", message, "Give a number above zero.")
    if plan.forms_needed is not None and not _whole(plan.forms_needed):
        message = _no_number(plan.forms_needed, whole=True)
        yield PlanProblem("no_number", "forms_needed", message, "Give a whole number, or leave it out.")
    if plan.asks_for("quality") and not (_whole(plan.sample) and (number(plan.sample) or 0) <= MOST_FORMS):
        message = "It does not say how many forms of each team are scored."
        told = _wrong_sample(plan.sample) or message
        yield PlanProblem("no_sample", "sample", told, f"Give a whole number, at most {MOST_FORMS}.")


def _wrong_days(typed: Typed) -> str:
    found = number(typed) or 0
    if found <= MOST_DAYS:
        return _no_number(typed)
    return f"No trial waits for {f'{found:,.0f}' if found < MOST_SAID else 'so many'} days."


def _wrong_sample(typed: Typed) -> str:
    if _whole(typed):
        return f"Nobody scores {number(typed):,.0f} forms of each team."
    return _no_number(typed, whole=True)


def _no_number(typed: Typed, whole: bool = False) -> str:
    """That what was typed is no number, in its own words; "" where nothing was typed."""
    if typed is None:
        return ""
    if isinstance(typed, str):
        return f"“{typed}” is not a number."
    if number(typed) is None:
        return "The number is larger than anything that can be counted here."
    return f"“{typed:g}” is not a whole number above zero." if whole else f"“{typed:g}” is not above zero."


def _above_zero(typed: int | float | str | None) -> bool:
    return (number(typed) or 0) > 0


def _whole(typed: int | float | str | None) -> bool:
    return isinstance(typed, int) and _above_zero(typed)
