"""What can be measured in a trial, in words: what each outcome is, in what it is counted, and what it rewards."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Json = Any


@dataclass(frozen=True, slots=True)
class OutcomeWords:
    """An outcome as people choose it: its name, its unit, what it rewards, and which way is better unless one says.

    `short` stands within a sentence; `asks` are the boxes that go with it: "question", "days" or "cap".
    """

    name: str
    short: str
    unit: str
    rewards: str
    better: str
    asks: str = ""


OUTCOMES: Mapping[str, OutcomeWords] = {
    "minutes": OutcomeWords(
        "Minutes of work on the form",
        "minutes of work on a form",
        "minutes",
        "Rewards quick work, careful or not. So it needs a second main outcome, about quality or about the child. "
        "A form that is begun and never finished counts as well.",
        "lower",
        "cap",
    ),
    "quality": OutcomeWords(
        "Quality of the analysis, scored blind",
        "quality of the analysis",
        "points of 5",
        "Two people score a sample without knowing which form it was written on. Rewards writing that says what life "
        "is like for the child, what it means and what follows.",
        "higher",
    ),
    "worker_rating": OutcomeWords(
        "What workers say of the form",
        "rating by workers",
        "points of 5",
        "One question after submission: how well did this form help you think about this child? Rewards a form that "
        "workers like; they know which form they wrote on.",
        "higher",
    ),
    "family_rating": OutcomeWords(
        "What families say",
        "rating by families",
        "points of 5",
        "Asked on paper or by the worker, and entered here. Rewards families feeling heard; those who do not answer "
        "are not heard.",
        "higher",
    ),
    "answer": OutcomeWords(
        "An answer in the form: a number, or yes or no",
        "an answer in the form",
        "",
        "Rewards what the question asks, as the worker records it, such as whether the child was seen alone.",
        "higher",
        "question",
    ),
    "completed_within": OutcomeWords(
        "Finished within some days",
        "forms finished in time",
        "of 100 forms",
        "Rewards haste: a thin assessment is finished soon. Never the only main outcome.",
        "higher",
        "days",
    ),
    "words": OutcomeWords(
        "Words of analysis",
        "words of analysis",
        "words",
        "Rewards padding: more words are not more thought. Never the only main outcome.",
        "higher",
    ),
    "not_known": OutcomeWords(
        "Answers left “not known yet”",
        "answers left “not known yet”",
        "of 100 answers",
        "Rewards false certainty: saying “not known yet” is often the honest answer. Never the only main outcome.",
        "lower",
    ),
}
"""By the kind of outcome that a plan names, in the order in which they are offered."""

SECOND = ("quality", "worker_rating", "family_rating", "answer")
"""What can stand beside minutes as a second main outcome."""


def in_words(outcome: Json, questions: Mapping[str, str]) -> str:
    """An outcome of a plan within a sentence or a list; `questions` are the labels of questions by id."""
    kind = outcome.get("kind", "")
    if kind not in OUTCOMES:
        return "not chosen yet"
    words = OUTCOMES[kind]
    if kind == "answer":
        label = questions.get(outcome.get("question") or "", "")
        return f"the answer to “{label}”" if label else "an answer in the form (which one is not chosen yet)"
    if kind == "completed_within":
        days = outcome.get("days")
        return f"forms finished within {days} days" if days else "forms finished in time (days not said yet)"
    return words.short


def unit_of(outcome: Json, yes_or_no: bool = False) -> str:
    """What differences of an outcome are counted in; "" where the question's own unit is meant."""
    kind = outcome.get("kind", "")
    if kind == "answer":
        return "of 100 forms" if yes_or_no else ""
    return OUTCOMES[kind].unit if kind in OUTCOMES else ""


def direction(outcome: Json) -> str:
    """Which way is better: "lower" or "higher", as the plan says or as goes without saying."""
    kind = outcome.get("kind", "")
    said = outcome.get("better")
    if said in ("lower", "higher"):
        return str(said)
    return OUTCOMES[kind].better if kind in OUTCOMES else "higher"
