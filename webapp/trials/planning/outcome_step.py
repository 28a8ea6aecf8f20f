"""The third step of a plan: what is measured, which difference would be worth a change, and when it ends."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from engine.definition import Definition
from engine.text import in_language
from engine.trials.plan import BETTER, Outcome, Plan
from webapp.config import LANGUAGE
from webapp.drawing.values import Control
from webapp.store.database import Connection
from webapp.trials.outcome_words import OUTCOMES, SECOND, unit_of
from webapp.trials.planning.desk import Desk
from webapp.trials.planning.typed import (
    Form,
    Wrong,
    choice,
    day_box,
    day_typed,
    listed,
    number_box,
    number_typed,
    ticks,
    words_typed,
)

USUAL_CAP = 240
NONE = ""


def read(plan: Plan, form: Form) -> Plan:
    """The plan with what was typed in this step."""
    return replace(
        plan,
        primary=_outcome(form, "primary", form.get("primary", "")),
        co_primary=_outcome(form, "co_primary", form.get("co_primary", "")),
        secondary=tuple(_secondary(form)),
        baseline=form.get("baseline") == "yes",
        smallest=number_typed(form, "smallest"),
        begins=day_typed(form, "begins"),
        ends=day_typed(form, "ends"),
        forms_needed=number_typed(form, "forms_needed"),
    )


def _outcome(form: Form, which: str, kind: str) -> Outcome | None:
    words = OUTCOMES.get(kind)
    if words is None:
        return None
    asked = words_typed(form, f"{which}_question") if kind == "answer" else ""
    better = form.get(f"{which}_better", "") if kind == "answer" else words.better
    return Outcome(
        kind,
        asked,
        number_typed(form, f"{which}_days") if kind == "completed_within" else None,
        (number_typed(form, f"{which}_cap") or USUAL_CAP) if kind == "minutes" else None,
        better if better in BETTER else "",
    )


def _secondary(form: Form) -> Iterator[Outcome]:
    for kind in dict.fromkeys(form.getlist("secondary")):
        found = _outcome(form, "secondary", kind)
        if found is not None:
            yield found


def page(connection: Connection, desk: Desk, wrong: Wrong) -> dict[str, Any]:
    """What the page of this step shows."""
    plan, questions = desk.plan, questions_of(desk)
    primary, beside, others = _kind(plan.primary), _kind(plan.co_primary), _kinds_of(plan.secondary)
    return {
        "primary": choice("primary", "What decides the question?", _kinds(OUTCOMES), primary, wrong),
        "primary_more": _more("primary", plan.primary, questions, wrong),
        "co_primary": choice("co_primary", _SECOND, _seconds(), beside, wrong, _SECOND_HINT),
        "co_primary_more": _more("co_primary", plan.co_primary, questions, wrong, ("question", "better")),
        "secondary": ticks("secondary", "What else is measured?", _names(OUTCOMES), others, wrong, _ELSE_HINT),
        "secondary_more": _more("secondary", _fullest(plan.secondary), questions, wrong),
        "baseline": ticks("baseline", _BEFORE, _ADJUST, ("yes",) if plan.baseline else (), wrong),
        "smallest": number_box("smallest", _SMALLEST, plan.smallest, wrong, _SMALLEST_HINT, _unit(plan, desk)),
        "begins": day_box("begins", "When does it begin?", plan.begins, wrong, _FIRST_DAY),
        "ends": day_box("ends", "When does it end?", plan.ends, wrong, _LAST_DAY),
        "needed": number_box("forms_needed", _FORMS, plan.forms_needed, wrong, "In all teams together", "forms"),
    }


_SECOND = "Is there a second main outcome?"
_SECOND_HINT = (
    "Needed beside minutes, so that quicker is not taken for better. Both are told side by side, and neither makes up "
    "for the other"
)
_ELSE_HINT = "These show whether anything was lost. They are judged more strictly, since there are several of them"
_BEFORE = "Is the main outcome adjusted for how teams were before?"
_ADJUST = [
    (
        "yes",
        "Adjust for each team’s own figure before the trial",
        "For minutes, forms finished in time, or words. A team that always was quick is then no reason for a "
        "difference, and smaller differences can be found. The figure is that of its forms in the twelve months before "
        "registration; it is kept with the plan. The result is told without it as well",
    )
]
_SMALLEST = "What is the smallest difference worth a change?"
_SMALLEST_HINT = "In the main outcome. A smaller difference would not be worth the trouble of changing"
_FIRST_DAY = "The first day on which a form is begun in it, such as 1 2 2027"
_LAST_DAY = "Results open on the day after. Forms begun by then count"
_FORMS = "How many forms do you expect at least? You may leave this empty"


def _kinds(kinds: Iterable[str]) -> list[tuple[str, str, str]]:
    return [(kind, OUTCOMES[kind].name, OUTCOMES[kind].rewards) for kind in kinds]


def _names(kinds: Iterable[str]) -> list[tuple[str, str, str]]:
    return [(kind, OUTCOMES[kind].name, "") for kind in kinds]


def _seconds() -> list[tuple[str, str, str]]:
    return [(NONE, "No", ""), *_names(SECOND)]


def _kind(outcome: Outcome | None) -> str:
    return "" if outcome is None else outcome.kind


def _kinds_of(outcomes: Sequence[Outcome]) -> list[str]:
    return [each.kind for each in outcomes]


def _fullest(outcomes: Sequence[Outcome]) -> Outcome:
    """One outcome with what any of several of different kinds has in its boxes."""
    by_kind = {each.kind: each for each in outcomes}
    answer, late, minutes = (by_kind.get(kind) for kind in ("answer", "completed_within", "minutes"))
    return Outcome(
        "",
        answer.question if answer else "",
        late.days if late else None,
        minutes.cap if minutes else None,
        answer.better if answer else "",
    )


def _more(
    which: str,
    outcome: Outcome | None,
    questions: Mapping[str, str],
    wrong: Wrong,
    asked: Sequence[str] = ("question", "better", "days", "cap"),
) -> list[tuple[str, Control]]:
    """The boxes that go with kinds of outcomes, each with the kind it goes with."""
    found = outcome or Outcome("")
    options = [("", "Choose a question"), *questions.items()]
    ways = [("higher", "More, or yes", ""), ("lower", "Less, or no", "")]
    boxes = {
        "question": (
            "answer",
            listed(f"{which}_question", "Which question?", options, found.question, wrong, _IN_BOTH),
        ),
        "better": (
            "answer",
            choice(f"{which}_better", "What is better?", ways, found.better if found.question else "", wrong),
        ),
        "days": (
            "completed_within",
            number_box(f"{which}_days", "Within how many days?", found.days, wrong, unit="days"),
        ),
        "cap": (
            "minutes",
            number_box(f"{which}_cap", "A form counts for at most", found.cap or USUAL_CAP, wrong, _CAP, "minutes"),
        ),
    }
    return [boxes[each] for each in asked]


_IN_BOTH = (
    "Questions of both forms that are answered by a number, or by yes or no. Where it is asked for each child, a form "
    "counts with the average of its children"
)
_CAP = "A form left open over lunch should not decide a trial"


def questions_of(desk: Desk) -> dict[str, str]:
    """The labels of the questions, by id, that can be measured: in both forms, answered by a number or by yes or no."""
    forms = list(desk.around.arms.values())
    if len(forms) != len(desk.plan.arms) or not forms:
        return {}
    return {name: label for name, label in _measurable(forms[0]) if all(_same(form, forms[0], name) for form in forms)}


def _measurable(form: Definition) -> Iterator[tuple[str, str]]:
    for question in form.questions:
        if question.handler.summed_as:
            yield question.id, in_language(question.label, LANGUAGE)


def _same(form: Definition, first: Definition, name: str) -> bool:
    return name in form.by_id and form.by_id[name].type == first.by_id[name].type


def _unit(plan: Plan, desk: Desk) -> str:
    if plan.primary is None:
        return ""
    asked = [form.by_id.get(plan.primary.question) for form in desk.around.arms.values()]
    return unit_of(
        plan.primary.to_json(), any(each is not None and each.handler.summed_as == "share" for each in asked)
    )
