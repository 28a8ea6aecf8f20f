"""What is wrong with the plan of a trial: every fault at once, each with its place, plain words and a mend."""

from collections.abc import Iterator

from engine.trials.arm_problems import arm_problems
from engine.trials.outcome_problems import outcome_problems
from engine.trials.plan import Plan
from engine.trials.plan_around import Around, PlanProblem
from engine.trials.team_problems import team_problems

__all__ = ["Around", "PlanProblem", "problems"]

NOT_TRIED = ("contact-referral", "s47-outcome")
"""Forms that are never tried: somebody may be in danger while they are written."""

SAFETY = {
    "approval": ("who approved this trial, and under which reference", "Write the reference of the approval."),
    "data_protection": (
        "where the data-protection assessment lies",
        "Write where the assessment lies and what it came to.",
    ),
    "for_families": ("what families are told", "Write what a family is told before their form is begun."),
    "for_staff": (
        "what staff are told",
        "Write what workers are told: that their time is measured, and that nobody is judged by it.",
    ),
    "opt_out": ("how a family or a worker opts out", "Write how, and that nothing else changes for who does."),
    "whom_to_ask": ("whom to ask", "Write a name and a telephone number."),
}


AGREED = ("approval", "data_protection")
"""What others agreed to: a reference that could be looked up, and so no stub."""
STUBS = frozenset(
    {"tbc", "tba", "tbd", "todo", "none", "test", "pending", "later", "approval", "reference", "yes", "n/a"}
)


def is_stub(words: str) -> bool:
    """Whether words stand in a box only so that it is not empty: "x", "...", "tbc"."""
    plain = words.strip(" .-–_?!").lower()
    said = [each for each in plain if each.isalnum()]
    return len(said) < 3 or len(set(said)) == 1 or plain in STUBS


def problems(plan: Plan, around: Around) -> tuple[PlanProblem, ...]:
    """Everything that keeps a plan from being registered, in the order of the five steps; empty where nothing does."""
    found = (
        *_question(plan),
        *arm_problems(plan, around),
        *team_problems(plan, around),
        *outcome_problems(plan, around),
        *_period(plan, around),
        *_harm(plan, around),
        *_safety(plan),
        *_scorers(plan, around),
        *_openers(plan, around),
    )
    return tuple(found)


def _question(plan: Plan) -> Iterator[PlanProblem]:
    if not plan.question:
        yield PlanProblem("no_question", "question", "The trial asks no question yet.", "Write it in one sentence.")
    if not plan.form:
        yield PlanProblem("no_form", "form", "No form is chosen.", "Choose the form that is tried.")
    if plan.form in NOT_TRIED:
        yield PlanProblem(
            "never_tried",
            "form",
            "This form is never tried: somebody may be in danger while it is written.",
            "Choose another form, or change this one for everybody.",
        )


def _period(plan: Plan, around: Around) -> Iterator[PlanProblem]:
    for place, day in (("begins", plan.begins_on), ("ends", plan.ends_on)):
        if day is None:
            typed = " ".join(getattr(plan, place).replace("/", " ").split())
            message = f"“{typed}” is no date." if typed else f"The day on which it {place} is missing."
            yield PlanProblem("no_day", place, message, "Give a real date.")
    if plan.begins_on is None or plan.ends_on is None:
        return
    if plan.begins_on < around.today:
        yield PlanProblem("begins_before", "begins", "The first day is over.", "Begin today or later.")
    if plan.ends_on <= plan.begins_on:
        yield PlanProblem("ends_before", "ends", "It ends before it has run.", "End it after its first day.")


def _harm(plan: Plan, around: Around) -> Iterator[PlanProblem]:
    harm = plan.harm
    if not harm.words:
        yield PlanProblem("no_harm", "harm.words", "It does not say what harm would be.", "Say it in words.")
    if harm.watcher not in around.people:
        message = "Nobody watches for harm." if not harm.watcher else "Whoever should watch for harm is not here."
        yield PlanProblem("no_watcher", "harm.watcher", message, "Name somebody outside the teams that take part.")
    elif around.people[harm.watcher] in {team.name for team in plan.teams}:
        yield PlanProblem(
            "watcher_inside",
            "harm.watcher",
            "Whoever watches for harm sees it form by form, and is in a team that takes part.",
            "Name somebody outside these teams.",
        )
    yield from _harm_question(plan, around)


def _harm_question(plan: Plan, around: Around) -> Iterator[PlanProblem]:
    """The answer that points to harm must be there in every arm, or the arms could not be compared."""
    question, value = plan.harm.question, plan.harm.value
    if not question:
        return
    for arm in plan.arms:
        definition = around.arms.get(arm.id)
        asked = definition.by_id.get(question) if definition else None
        if definition is not None and asked is None:
            message = f"“{arm.name or arm.id}” does not ask “{question}”."
            yield PlanProblem("harm_not_asked", "harm.question", message, "Choose a question that every arm asks.")
        elif asked is not None and value not in [each.value for each in asked.handler.choices_of(asked)]:
            message = "The answer that points to harm is none of this question’s."
            yield PlanProblem("harm_no_answer", "harm.value", message, "Choose one of its answers.")
            return


def _safety(plan: Plan) -> Iterator[PlanProblem]:
    for place, (what, mend) in SAFETY.items():
        if not getattr(plan, place):
            yield PlanProblem("nothing_written", place, f"Nothing says {what}.", mend)
        elif place in AGREED and is_stub(getattr(plan, place)):
            message = f"“{getattr(plan, place)}” does not say {what}."
            yield PlanProblem("stub", place, message, mend)


def _scorers(plan: Plan, around: Around) -> Iterator[PlanProblem]:
    if not plan.asks_for("quality"):
        return
    if len(set(plan.scorers)) < 2:
        yield PlanProblem(
            "too_few_scorers", "scorers", "Quality is scored by two people or more.", "Name at least two."
        )
    for index, scorer in enumerate(plan.scorers):
        if scorer not in around.caseworkers:
            yield PlanProblem(
                "scorer_may_not",
                f"scorers[{index}]",
                "A scorer reads what was written about children, and this person may not.",
                "Name social workers or managers of this authority.",
            )
        elif scorer == plan.harm.watcher:
            yield PlanProblem(
                "scorer_watches",
                f"scorers[{index}]",
                "Whoever watches for harm sees it by form, and a scorer must not know which form a text was on.",
                "Name another scorer, or let somebody else watch.",
            )


def _openers(plan: Plan, around: Around) -> Iterator[PlanProblem]:
    for index, opener in enumerate(plan.openers):
        if opener not in around.readers:
            yield PlanProblem(
                "opener_may_not",
                f"openers[{index}]",
                "Whoever opens results early reads them, and this person may not.",
                "Name people whose role is policy or administration, or nobody.",
            )
