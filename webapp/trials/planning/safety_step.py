"""The fourth step of a plan: what harm would be and who watches, approvals, what people are told, and who scores."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from engine.definition import Question
from engine.text import in_language
from engine.trials.plan import Harm, Plan
from webapp import current
from webapp.access import CASEWORK, FORMS, Viewer
from webapp.config import LANGUAGE
from webapp.drawing.values import Control
from webapp.store.database import Connection
from webapp.store.trial_watching import people_here
from webapp.trials.planning.desk import Desk
from webapp.trials.planning.typed import (
    Form,
    Wrong,
    box,
    clean,
    listed,
    number_box,
    number_typed,
    text_box,
    ticks,
    words_typed,
)

USUAL_SAMPLE = 6
TOLD = ("approval", "data_protection", "for_families", "for_staff", "opt_out", "whom_to_ask")


def read(plan: Plan, form: Form) -> Plan:
    """The plan with what was typed in this step; scorers and sample only where quality is measured."""
    question, _, value = words_typed(form, "harm_sign").partition("=")
    harm = Harm(words_typed(form, "harm"), words_typed(form, "watcher"), question, value)
    told: dict[str, Any] = {name: words_typed(form, name) for name in TOLD}
    told["openers"] = tuple(clean(each)[:64] for each in form.getlist("openers"))
    if not plan.asks_for("quality"):
        return replace(plan, harm=harm, **told, sample=None, scorers=())
    sample, scorers = number_typed(form, "sample"), tuple(clean(each)[:64] for each in form.getlist("scorers"))
    return replace(plan, harm=harm, **told, sample=sample, scorers=scorers)


def page(connection: Connection, desk: Desk, wrong: Wrong) -> dict[str, Any]:
    """What the page of this step shows."""
    plan, everybody = desk.plan, people_here(connection, current.viewer())
    return {
        "harm": [
            text_box("harm", "What would harm be?", plan.harm.words, wrong, _HARM),
            watcher_box(plan, everybody, wrong),
            listed(
                "harm_sign",
                "Does an answer in the form point to it?",
                _signs(desk),
                _sign(plan),
                wrong,
                _SIGN,
            ),
        ],
        "agreed": [
            box("approval", "Who approved the trial, and under what reference?", plan.approval, wrong, _APPROVAL),
            box("data_protection", "Where is the data protection assessment?", plan.data_protection, wrong, _DATA),
        ],
        "told": [
            text_box("for_families", "What are families told?", plan.for_families, wrong, _FAMILIES),
            text_box("for_staff", "What are staff told?", plan.for_staff, wrong, _STAFF),
            text_box("opt_out", "How does somebody opt out?", plan.opt_out, wrong, _OPT_OUT),
            box("whom_to_ask", "Whom do people ask?", plan.whom_to_ask, wrong, _ASK),
        ],
        "opening": ticks("openers", "Who may open results early?", _readers(everybody), plan.openers, wrong, _OPENERS),
        "scoring": _scoring(plan, everybody, wrong) if plan.asks_for("quality") else [],
    }


_HARM = "Something that happens to a child because of the form under trial, such as a risk that was not followed up"
_WATCHER = (
    "Somebody outside the teams that take part. They alone see harm by form while the trial runs, and can ask you to "
    "stop"
)
_SIGN = "It is counted by form, for the watcher alone"
_APPROVAL = "For example: research governance group, RG/2026/14"
_DATA = "Its reference or where it is kept"
_FAMILIES = (
    "In plain words: that two wordings of a form are compared, what is measured, and that nothing they are entitled "
    "to changes"
)
_STAFF = "That the time at the form is measured, by team and never by person, and what it is used for"
_OPT_OUT = "What a family or a worker says, and to whom. What is taken out is not measured"
_ASK = "A name with a telephone number or an address"


def watcher_box(plan: Plan, everybody: Sequence[Viewer], wrong: Wrong) -> Control:
    """Who watches for harm, of those outside the teams that take part."""
    return listed("watcher", "Who watches for harm?", _watchers(plan, everybody), plan.harm.watcher, wrong, _WATCHER)


def _watchers(plan: Plan, everybody: Sequence[Viewer]) -> list[tuple[str, str]]:
    """Those outside the teams that take part; whoever was chosen stays in the list."""
    taking_part = {team.name for team in plan.teams}
    able = [each for each in everybody if each.team_name not in taking_part or each.key == plan.harm.watcher]
    return [("", "Choose a person"), *((each.key, _who(each)) for each in able)]


def _who(person: Viewer) -> str:
    return f"{person.name}, {person.job}, {person.team_name}"


def _signs(desk: Desk) -> Iterator[tuple[str, str]]:
    """The answers, of questions that both forms ask, that can be chosen as pointing to harm."""
    forms = list(desk.around.arms.values())
    yield "", "No answer points to it"
    for question in forms[0].questions if forms else ():
        if all(question.id in form.by_id for form in forms):
            label = in_language(question.label, LANGUAGE)
            yield from ((f"{question.id}={value}", f"{label} {answer}") for value, answer in _answers(question))


def _sign(plan: Plan) -> str:
    return f"{plan.harm.question}={plan.harm.value}" if plan.harm.question else ""


def _answers(question: Question) -> Iterator[tuple[str, str]]:
    for option in question.handler.choices_of(question):
        yield option.value, in_language(option.label, LANGUAGE)


def _readers(everybody: Sequence[Viewer]) -> list[tuple[str, str, str]]:
    """Those who may read results at all."""
    return [(each.key, _who(each), "") for each in everybody if FORMS.allows(each)]


def _scoring(plan: Plan, everybody: Sequence[Viewer], wrong: Wrong) -> list[Any]:
    chosen = USUAL_SAMPLE if plan.sample is None else plan.sample
    return [
        scorers_box(plan, everybody, wrong),
        number_box(
            "sample",
            "How many forms of each team are scored?",
            chosen,
            wrong,
            "Drawn by lot. Two people score each",
            "forms",
        ),
    ]


def scorers_box(plan: Plan, everybody: Sequence[Viewer], wrong: Wrong) -> Control:
    """Who scores, of those who may read records."""
    able = [(each.key, _who(each), "") for each in everybody if CASEWORK.allows(each)]
    return ticks("scorers", "Who scores?", able, plan.scorers, wrong, _SCORERS)


_SCORERS = "Social workers and managers who may read these records. They do not see which form it was, nor whose"
_OPENERS = (
    "Leave all of them empty, and nobody can. Whoever is chosen can open the results before the end, for a reason that "
    "is printed on every result from then on"
)
