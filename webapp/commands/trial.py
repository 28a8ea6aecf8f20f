"""pith trial: what a policy team does with a trial at a terminal, one module for each."""

import argparse
from collections.abc import Mapping
from importlib import import_module
from typing import Any

PARTS: Mapping[str, str] = {
    "allocate": "draw by lot which team gets which arm",
    "analyse": "say what came of a trial, and how sure it is",
    "simulate": "run a design many times with made-up teams: false alarms, coverage and power",
}
"""Each by its name; its module `webapp.commands.trial_NAME` has `add_arguments(parser)` and `run(chosen)`."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """One parser for each part."""
    parts = parser.add_subparsers(dest="part", required=True, metavar="PART")
    for name, meaning in PARTS.items():
        part = parts.add_parser(name, help=meaning, description=f"{meaning[0].upper()}{meaning[1:]}.")
        module(name).add_arguments(part)


def run(chosen: argparse.Namespace) -> int:
    """Do the part that was named."""
    code: int = module(chosen.part).run(chosen)
    return code


def module(name: str) -> Any:
    """The module of a part; it loads numpy only where it is run."""
    return import_module(f"webapp.commands.trial_{name}")
