"""pith answer-schema: the JSON Schema of a form's completed answers, for any validator."""

import argparse
import json
from pathlib import Path

from engine.schema import answer_schema
from webapp.commands.checked import checked_definition


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The definition."""
    parser.add_argument("path", type=Path, metavar="PATH", help="a definition")


def run(chosen: argparse.Namespace) -> int:
    """Print the schema."""
    print(json.dumps(answer_schema(checked_definition(chosen.path)), ensure_ascii=False, indent=2))
    return 0
