"""Where a form does something else with a case's answers than the case expects."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from engine.answers import problems_of
from engine.checks import Problem
from engine.definition import Definition
from engine.journey import ONE_CHILD, Journey, context_from_json, evaluate
from engine.journey.context import BadContext
from engine.source import Source, escape

Json = Any
Called = Callable[[str], str]
"""What a place in the answers is called in a message, by its name, such as `seen[c1]`."""

MEND = "Change the case, or the form: `pith evaluate` shows what the form does with these answers."


def evaluated(journey: Journey) -> dict[str, Json]:
    """What evaluating gives, as JSON: the places shown, the problems, and the record."""
    return {
        "shown": [str(place) for place in journey.shown],
        "problems": [problem.to_json() for problem in problems_of(journey)],
        "record": journey.record(),
    }


def broken_expectations(source: Source, form: Definition, called: Called = str) -> Iterator[Problem]:
    """Each difference between a well-formed case and what its form does, at the place that expects it."""
    case = source.value
    try:
        context = ONE_CHILD if case.get("context") is None else context_from_json(case["context"])
    except BadContext as refused:
        yield _problem(source, "bad_context", "/context", refused.message, "Write it as `pith evaluate` reads it.")
        return
    came = evaluated(evaluate(form, case["answers"], context))
    expect = case["expect"]
    yield from _of_places(source, expect, came["shown"], called)
    yield from _of_problems(source, expect, came["problems"], called)
    yield from _of_record(source, expect, came["record"], called)


def _of_places(source: Source, expect: Mapping[str, Json], shown: Sequence[str], called: Called) -> Iterator[Problem]:
    exactly = expect.get("shown", shown)
    for key in ("shown", "includes"):
        for index, place in enumerate(expect.get(key, ())):
            if place not in shown:
                name = called(place)
                message = f"The case expects “{name}” to be shown, and it is not."
                yield _problem(source, "case_not_kept", f"/expect/{key}/{index}", message, MEND)
    for index, place in enumerate(expect.get("hides", ())):
        if place in shown:
            name = called(place)
            message = f"The case expects “{name}” to be hidden, and it is shown."
            yield _problem(source, "case_not_kept", f"/expect/hides/{index}", message, MEND)
    for place in shown:
        if place not in exactly:
            name = called(place)
            message = f"“{name}” is shown, and the case does not expect it."
            yield _problem(source, "case_not_kept", "/expect/shown", message, MEND)
    if sorted(exactly) == sorted(shown) and list(exactly) != list(shown):
        order = ", ".join(map(called, shown))
        message = f"The case expects another order; the form’s is {order}."
        yield _problem(source, "case_not_kept", "/expect/shown", message, MEND)


def _of_problems(
    source: Source, expect: Mapping[str, Json], problems: Sequence[Mapping[str, Json]], called: Called
) -> Iterator[Problem]:
    came, expected = (
        [f"{each.get('question')}: {each.get('code')}" for each in listed]
        for listed in (problems, expect.get("problems", problems))
    )
    if came != expected:
        told = ", ".join(f"{called(each['question'])}: {each['code']}" for each in problems) or "none"
        message = f"The case expects other problems; the form tells {told}."
        yield _problem(source, "case_not_kept", "/expect/problems", message, MEND)


def _of_record(
    source: Source, expect: Mapping[str, Json], record: Mapping[str, Json], called: Called
) -> Iterator[Problem]:
    expected = expect.get("record", record)
    for place in [*expected, *(each for each in record if each not in expected)]:
        if expected.get(place) != record.get(place):
            name = called(place)
            holds = f"holds {json.dumps(record[place], ensure_ascii=False)}" if place in record else "holds nothing"
            message = f"The case expects another record of “{name}”; the form’s {holds}."
            pointer = f"/expect/record/{escape(place)}" if place in expected else "/expect/record"
            yield _problem(source, "case_not_kept", pointer, message, MEND)


def _problem(source: Source, code: str, pointer: str, message: str, mend: str) -> Problem:
    return Problem(code, "error", pointer, message, mend, source.line(pointer))
