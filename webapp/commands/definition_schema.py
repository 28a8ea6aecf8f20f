"""pith definition-schema: the JSON Schema that every definition follows."""

import argparse
import json

from engine.schema import definition_schema


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """It takes none."""


def run(chosen: argparse.Namespace) -> int:
    """Print the schema."""
    print(json.dumps(definition_schema(), ensure_ascii=False, indent=2))
    return 0
