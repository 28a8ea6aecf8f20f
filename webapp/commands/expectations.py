"""Where a form does something else with a case's answers than the case expects."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from engine.checks import Problem
from engine.definition import Definition
from engine.journey import ONE_CHILD, context_from_json, evaluate
from engine.journey.context import BadContext
from engine.source import Source, escape
from webapp.commands.evaluate import evaluated

Json = Any
MEND = "Change the case, or the form: `pith evaluate` shows what the form does with these answers."


def broken_expectations(source: Source, form: Definition) -> Iterator[Problem]:
    """Each difference between a well-formed case and what its form does, at the place that expects it."""
    case = source.value
    try:
        context = ONE_CHILD if case.get("context") is None else context_from_json(case["context"])
    except BadContext as refused:
        yield _problem(source, "bad_context", "/context", refused.message, "Write it as `pith evaluate` reads it.")
        return
    came = evaluated(evaluate(form, case["answers"], context))
    expect = case["expect"]
    yield from _of_places(source, expect, came["shown"])
    yield from _of_problems(source, expect, came["problems"])
    yield from _of_record(source, expect, came["record"])


def _of_places(source: Source, expect: Mapping[str, Json], shown: Sequence[str]) -> Iterator[Problem]:
    exactly = expect.get("shown", shown)
    for key in ("shown", "includes"):
        for index, name in enumerate(expect.get(key, ())):
            if name not in shown:
                message = f"The case expects “{name}” to be shown, and it is not."
                yield _problem(source, "case_not_kept", f"/expect/{key}/{index}", message, MEND)
    for index, name in enumerate(expect.get("hides", ())):
        if name in shown:
            message = f"The case expects “{name}” to be hidden, and it is shown."
            yield _problem(source, "case_not_kept", f"/expect/hides/{index}", message, MEND)
    for name in shown:
        if name not in exactly:
            message = f"“{name}” is shown, and the case does not expect it."
            yield _problem(source, "case_not_kept", "/expect/shown", message, MEND)
    if sorted(exactly) == sorted(shown) and list(exactly) != list(shown):
        order = ", ".join(shown)
        message = f"The case expects another order; the form’s is {order}."
        yield _problem(source, "case_not_kept", "/expect/shown", message, MEND)


def _of_problems(
    source: Source, expect: Mapping[str, Json], problems: Sequence[Mapping[str, Json]]
) -> Iterator[Problem]:
    came, expected = (
        [f"{each.get('question')}: {each.get('code')}" for each in listed]
        for listed in (problems, expect.get("problems", problems))
    )
    if came != expected:
        problems_told = ", ".join(came) or "none"
        message = f"The case expects other problems; the form tells {problems_told}."
        yield _problem(source, "case_not_kept", "/expect/problems", message, MEND)


def _of_record(source: Source, expect: Mapping[str, Json], record: Mapping[str, Json]) -> Iterator[Problem]:
    expected = expect.get("record", record)
    for name in [*expected, *(each for each in record if each not in expected)]:
        if expected.get(name) != record.get(name):
            holds = f"holds {json.dumps(record[name], ensure_ascii=False)}" if name in record else "holds nothing"
            message = f"The case expects another record of “{name}”; the form’s {holds}."
            pointer = f"/expect/record/{escape(name)}" if name in expected else "/expect/record"
            yield _problem(source, "case_not_kept", pointer, message, MEND)


def _problem(source: Source, code: str, pointer: str, message: str, mend: str) -> Problem:
    return Problem(code, "error", pointer, message, mend, source.line(pointer))
