"""A case made from a form as it was filled in: what came of the answers is what it expects from then on."""

from typing import Any

from engine.cases.expectations import evaluated
from engine.journey import Journey
from engine.journey.context import context_to_json

Json = Any


def case_of(title: str, journey: Journey) -> dict[str, Json]:
    """The answers, the day and the children, with every place shown and every problem, as a case's file has them.

    The record is left out: it repeats the answers, and would break at every change of words.
    """
    came = evaluated(journey)
    problems = [{"question": each["question"], "code": each["code"]} for each in came["problems"]]
    answers = {name: value for name, value in journey.answers.items() if value is not None}
    return {
        "title": title,
        "context": context_to_json(journey.context),
        "answers": answers,
        "expect": {"shown": came["shown"], "problems": problems},
    }
