"""pith outline: how long a form can get and what it costs, with drafts that prove it."""

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from time import monotonic
from typing import Any

from engine.burden import outline
from engine.proofs import Effort
from webapp.commands.checked import checked_definition
from webapp.words import counted

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
    result = outline(definition, Effort(out_of_time=lambda: monotonic() - begun > SECONDS))
    print(json.dumps(result, ensure_ascii=False, indent=2) if chosen.json else "\n".join(_in_words(result)))
    return 0


def _in_words(result: Mapping[str, Json]) -> Iterator[str]:
    yield f"Questions: {result['questions']}"
    yield f"Longest path: {_path(result['longest_path'])}"
    yield f"Shortest path: {_path(result['shortest_path'])}"
    yield f"Minutes: about {result['minutes']} on the longest path"
    yield f"Each further child: {counted(result['questions_per_child'], 'question')}, " + counted(
        round(result["minutes_per_child"]), "minute"
    )
    yield f"Printed pages: {result['printed_pages']}"
    yield f"Words to read: {result['words_to_read']}"
    if result["reading_age"] is not None:
        yield f"Reading age: {result['reading_age']}"
    yield f"Required answers: {result['required']} on the longest path"
    yield f"First analysis: {_first_analysis(result)}"
    shares = (f"{name.replace('_', ' ')} {share:.0%}" for name, share in result["shares"].items())
    yield f"Of the longest path: {', '.join(shares)} (part of the long text)"
    yield from _budget(result["budget"])
    yield f"Never shown: {_listed(result['never_shown'])}"
    if result["undecided"]:
        yield f"Not decided in the time there is: {_listed(result['undecided'])}"


def _path(path: Mapping[str, Json]) -> str:
    if path["answers"] is None:
        return "no complete answers were found"
    proved = "" if path["exact"] else f", proved to be within {path['bound']}"
    return f"{counted(path['questions'], 'question')}{proved}"


def _first_analysis(result: Mapping[str, Json]) -> str:
    place = result["first_analysis"]
    return "none" if place is None else f"question {place} of {result['longest_path']['questions']}"


def _budget(budget: Mapping[str, Json]) -> Iterator[str]:
    for key, each in budget.items():
        found = "not known" if each["found"] is None else each["found"]
        over = ", which is over it" if each["over"] else ""
        yield f"Budget for {key.replace('_', ' ')}: {found} of {each['limit']}{over}"


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - MOST_NAMES} more" if len(names) > MOST_NAMES else ""
    return ", ".join(names[:MOST_NAMES]) + more if names else "none"
