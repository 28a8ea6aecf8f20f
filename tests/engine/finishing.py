"""Finishing a draft: what is a problem is taken out, what is missing is given a sample or said not to be known."""

import copy
from collections.abc import Mapping
from typing import Any

from engine.answers import Problem, complete
from engine.definition import Definition, Question
from engine.journey import Context

Json = Any
_ROUNDS = 12


def finished(definition: Definition, draft: Mapping[str, Json], context: Context) -> dict[str, Json]:
    """The draft with its problems mended, a few rounds of it, since one answer may open a question that needs one."""
    answers: dict[str, Json] = copy.deepcopy(dict(draft))
    for turn in range(_ROUNDS):
        problems = complete(definition, answers, context)
        for problem in problems:
            _mend(definition, answers, problem, turn)
        if not problems:
            break
    return answers


def _mend(definition: Definition, answers: dict[str, Json], problem: Problem, turn: int) -> None:
    place = problem.place
    question = definition.by_id.get(place.question)
    if question is None:
        answers.pop(place.question, None)
    elif place.child is None:
        answers[question.id] = _mended(question, answers.get(question.id), problem, turn)
    else:
        by_child = answers.get(question.id)
        by_child = dict(by_child) if isinstance(by_child, dict) else {}
        by_child[place.child] = _mended(question, by_child.get(place.child), problem, turn)
        known = problem.code != "unknown_child"
        answers[question.id] = by_child if known else {k: v for k, v in by_child.items() if k != place.child}


def _mended(question: Question, value: Json, problem: Problem, turn: int) -> Json:
    place = problem.place
    if place.row is None:
        return _given(question, turn) if problem.code == "required" else None
    if not isinstance(value, list) or place.row >= len(value):
        return value
    column = next((each for each in question.columns if each.id == place.column), None)
    row = {key: cell for key, cell in value[place.row].items() if key != place.column}
    if column is not None and problem.code == "required":
        row[column.id] = _given(column, turn)
    return [*value[: place.row], row, *value[place.row + 1 :]]


def _given(question: Question, turn: int) -> Json:
    """An answer: the type's first sample, the next time its last, then "not known yet" where that is offered."""
    samples = question.handler.samples(question, ())
    candidates = [samples[0], samples[-1], *([{"not_known": True}] if question.not_known else [])]
    return candidates[turn % len(candidates)]
