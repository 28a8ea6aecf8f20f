"""pith evaluate: what a form shows for a draft, what is wrong with the draft, and its record."""

import argparse
import json
from pathlib import Path
from typing import Any

from engine.cases import evaluated
from engine.errors import BadInput
from engine.journey import ONE_CHILD, Context, context_from_json, evaluate
from engine.journey.context import BadContext
from webapp.commands.checked import checked_definition
from webapp.library import read_file

Json = Any


class NotAnswers(BadInput):
    """{path}: answers are an object of values by question id."""

    code = "not_answers"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The definition, the draft and what is known of the children."""
    parser.add_argument("path", type=Path, metavar="PATH", help="a definition")
    parser.add_argument("--answers", type=Path, required=True, metavar="FILE", help="a draft: values by question id")
    parser.add_argument("--context", type=Path, metavar="FILE", help="today's date and the children's facts")
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(chosen: argparse.Namespace) -> int:
    """Print what evaluating gives; a draft with problems is still a draft, so they do not change the exit code."""
    definition = checked_definition(chosen.path)
    journey = evaluate(definition, _answers(chosen.answers), _context(chosen.context))
    result = evaluated(journey)
    print(json.dumps(result, ensure_ascii=False, indent=2) if chosen.json else _in_words(result))
    return 0


def _answers(path: Path) -> dict[str, Json]:
    value = read_file(path).value
    if not isinstance(value, dict):
        raise NotAnswers(path=path)
    return value


def _context(path: Path | None) -> Context:
    if path is None:
        return ONE_CHILD
    try:
        return context_from_json(read_file(path).value)
    except BadContext as refusal:
        raise BadContext(why=f"{refusal.detail['why']} ({path})") from refusal


def _in_words(result: dict[str, Json]) -> str:
    lines = [f"Shown ({len(result['shown'])}):", *(f"  {place}" for place in result["shown"])]
    lines += [f"Problems ({len(result['problems'])}):"]
    lines += [f"  {each['question']}: {each['code']}: {each['message']}" for each in result["problems"]]
    record = json.dumps(result["record"], ensure_ascii=False, indent=2)
    return "\n".join([*lines, "Record:", *(f"  {line}" for line in record.splitlines())])
