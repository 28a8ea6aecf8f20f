"""The outline of a form as JSON: its paths with the drafts that prove them, and what it costs."""

from dataclasses import asdict
from typing import Any

from engine.burden.measuring import Burden, budget_broken, measure
from engine.burden.minutes import seconds_to_answer
from engine.definition import Definition
from engine.proofs import Effort, PathLength, Witness, prove

Json = Any


def outline(definition: Definition, effort: Effort | None = None) -> dict[str, Json]:
    """Everything `pith outline --json` prints about a checked definition; columns are named as `people.age`.

    `bound` is what is proved where `exact` is false: no complete answers go beyond it. A path of which no complete
    answers were found has null for answers and context.
    """
    proofs = prove(definition, effort, seconds_to_answer)
    burden = measure(definition, proofs)
    return {
        "questions": sum(question.handler.takes_answer for question in definition.questions),
        "never_shown": list(proofs.never_shown),
        "undecided": list(proofs.undecided),
        "longest_path": _path(proofs.longest_path),
        "shortest_path": _path(proofs.shortest_path),
        "witness": {name: _draft(found) for name, found in proofs.witnesses.items()},
        **_cost(burden),
        "budget": _budget(definition, burden),
    }


def _path(found: PathLength) -> dict[str, Json]:
    draft = {"answers": None, "context": None} if found.witness is None else _draft(found.witness)
    return {"questions": found.questions, **draft, "exact": found.exact, "bound": found.bound}


def _draft(found: Witness) -> dict[str, Json]:
    return {"answers": dict(found.answers), "context": dict(found.context)}


def _cost(burden: Burden) -> dict[str, Json]:
    cost = asdict(burden)
    del cost["longest_path"], cost["shortest_path"]
    return {**cost, "heavy": list(cost["heavy"])}


def _budget(definition: Definition, burden: Burden) -> dict[str, Json]:
    """Each limit with what was found and whether that is over it."""
    over = {each.key for each in budget_broken(definition, burden)}
    return {
        key: {"limit": limit, "found": getattr(burden, key, None), "over": key in over}
        for key, limit in definition.budget.items()
    }
