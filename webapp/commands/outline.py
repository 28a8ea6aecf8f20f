"""pith outline: how long a form can get, with drafts that prove it."""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from time import monotonic
from typing import Any

from engine.definition import Definition
from engine.proofs import Effort, PathLength, Proofs, Witness, prove
from webapp.commands.checked import checked_definition

Json = Any
SECONDS = 20
"""After which proved bounds stand in place of exact figures."""
MOST_NAMES = 12


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The definition."""
    parser.add_argument("path", type=Path, metavar="PATH", help="a definition")
    parser.add_argument("--json", action="store_true", help="print JSON, with the drafts")


def run(chosen: argparse.Namespace) -> int:
    """Print the outline."""
    definition = checked_definition(chosen.path)
    begun = monotonic()
    result = outlined(definition, prove(definition, Effort(out_of_time=lambda: monotonic() - begun > SECONDS)))
    print(json.dumps(result, ensure_ascii=False, indent=2) if chosen.json else _in_words(result))
    return 0


def outlined(definition: Definition, proofs: Proofs) -> dict[str, Json]:
    """The shape that `--json` prints; columns are named as people.age."""
    return {
        "questions": sum(question.handler.takes_answer for question in definition.questions),
        "never_shown": list(proofs.never_shown),
        "undecided": list(proofs.undecided),
        "longest_path": _path(proofs.longest_path),
        "shortest_path": _path(proofs.shortest_path),
        "witness": {name: _draft(found) for name, found in proofs.witnesses.items()},
        "budget": dict(definition.budget),
    }


def _path(found: PathLength) -> dict[str, Json]:
    draft = {"answers": None, "context": None} if found.witness is None else _draft(found.witness)
    return {"questions": found.questions, **draft, "exact": found.exact, "bound": found.bound}


def _draft(found: Witness) -> dict[str, Json]:
    return {"answers": dict(found.answers), "context": dict(found.context)}


def _in_words(result: dict[str, Json]) -> str:
    lines = [f"Questions: {result['questions']}"]
    for name in ("longest_path", "shortest_path"):
        path = result[name]
        proof = "" if path["exact"] else f" found, proved to be within {path['bound']}"
        lines.append(f"{name.replace('_', ' ').capitalize()}: {path['questions']}{proof}")
    lines.append(f"Never shown: {_listed(result['never_shown'])}")
    if result["undecided"]:
        lines.append(f"Not decided in the time there is: {_listed(result['undecided'])}")
    return "\n".join(lines)


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - MOST_NAMES} more" if len(names) > MOST_NAMES else ""
    return ", ".join(names[:MOST_NAMES]) + more if names else "none"
