"""What forms and their logic cost: a change, loading, proofs and the check, at sizes people will meet and beyond."""

import json
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from benchmarks.edits import edits, filled
from benchmarks.floors import closures, plain_answers
from benchmarks.generate import context_json, form_json
from benchmarks.measure import Figure, cpu, side_by_side
from engine.checks import check_definition, forget
from engine.definition import definition_from_json
from engine.journey import Journey, context_from_json, evaluate
from engine.journey.plan import plan_of
from engine.proofs import prove

SEED = 1
CHANGE_SIZES = (30, 120, 700, 3000)
PROOF_BARS = {25: 50.0, 700: 1000.0}
CHECK_BARS = {25: 100.0, 700: 1500.0}
EDITS = 200


def figures() -> Iterator[Figure]:
    """Every figure of forms and logic, smallest first."""
    for size in CHANGE_SIZES:
        yield change(size)
    yield from load(700)
    for size, bar in PROOF_BARS.items():
        yield Figure(f"proofs, {size} questions", _proofs(size), "ms", bar=bar)
    for size, bar in CHECK_BARS.items():
        yield Figure(f"check, {size} questions", _check(size), "ms", bar=bar)


def change(size: int) -> Figure:
    """One answer changed until what is shown is known, against every condition as a closure over a dict."""
    form, context = form_json(size, SEED), context_json(SEED)
    draft = filled(form, context, SEED)
    journey = evaluate(definition_from_json(form), draft, context_from_json(context))
    changes = list(edits(form, context, SEED, EDITS, draft))
    tests, answers = closures(form), plain_answers(draft)
    works = [lambda: _change_all(journey, changes), lambda: [[test(answers) for test in tests] for _ in range(EDITS)]]
    spent, floor = (taken / EDITS for taken in side_by_side(works, 7))
    return Figure(f"one answer changed, {size} questions", spent, "ms", floor, 3 if size == 700 else None)


def _change_all(journey: Journey, changes: list[dict[str, Any]]) -> int:
    shown = 0
    for each in changes:
        journey = journey.change(each)
        shown += len(journey.shown)
    return shown


def load(size: int) -> Iterator[Figure]:
    """The stored text of a definition that was checked before read into one, and what its first evaluation adds."""
    text = json.dumps(form_json(size, SEED))
    read = cpu(lambda: definition_from_json(json.loads(text)), 15)
    ready = cpu(lambda: plan_of(definition_from_json(json.loads(text))), 15)
    yield Figure(f"load, {size} questions", read, "ms", bar=10)
    yield Figure(f"load and make ready to evaluate, {size} questions", ready, "ms")


def _proofs(size: int) -> float:
    definition = definition_from_json(form_json(size, SEED))
    return cpu(partial(_from_nothing, prove, definition), 3)


def _check(size: int) -> float:
    form = form_json(size, SEED)
    return cpu(partial(_from_nothing, check_definition, form), 3)


def _from_nothing(work: Callable[[Any], object], form: Any) -> None:
    forget()
    work(form)
