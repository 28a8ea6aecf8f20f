"""pith trial allocate: which team gets which arm, drawn by lot from a seed."""

import argparse
import csv
import json
import sys
from pathlib import Path

from engine.errors import BadInput
from engine.trials.allocation import Allocation, allocate
from engine.trials.allocation_design import AllocationDesign, allocation_design
from engine.trials.attainable import shortfall
from webapp.commands.placed import placed
from webapp.library import read_file


class NoList(BadInput):
    """{path}: only the scheme “constrained” has a list of allocations, and it needs to know the “control”."""

    code = "no_list"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The design, and where the list of acceptable allocations goes."""
    parser.add_argument("design", type=Path, metavar="DESIGN", help="trial, seed, arms and units, as JSON")
    parser.add_argument(
        "--list", type=Path, metavar="FILE", help="of a constrained draw: the allocations to analyse it by, as CSV"
    )
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(chosen: argparse.Namespace) -> int:
    """Draw, print, and write the list where it was asked for."""
    source = read_file(chosen.design)
    with placed(chosen.design, source):
        design = allocation_design(source.value)
        drawn = allocate(design.trial, design.seed, design.arms, design.units, design.scheme)
    if chosen.list:
        _write_list(chosen.list, design, drawn)
    short = shortfall(design.scheme, design.sizes) if len(design.arms) == 2 else ""
    for warning in filter(None, [*drawn.warnings, short]):
        print(f"pith trial allocate: {warning}", file=sys.stderr)
    print(json.dumps(to_json(drawn), ensure_ascii=False, indent=2) if chosen.json else _in_words(design, drawn))
    return 0


def to_json(drawn: Allocation) -> dict[str, object]:
    """What other tools read."""
    return {"allocation": dict(drawn.by_unit), "possible": drawn.possible, "digest": drawn.digest}


def _in_words(design: AllocationDesign, drawn: Allocation) -> str:
    lines = [f"{unit}: {arm}" for unit, arm in drawn.by_unit.items()]
    ways = f"One of {drawn.possible:,} allocations that could have been drawn ({design.scheme})."
    return "\n".join([*lines, ways, f"Digest: {drawn.digest}"])


def _write_list(path: Path, design: AllocationDesign, drawn: Allocation) -> None:
    """One column a unit, one line an allocation, 1 for the arm that is not the control."""
    if not drawn.kept or not design.control:
        raise NoList(path=path)
    control = str(drawn.arms.index(design.control))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(drawn.by_unit)
        writer.writerows([int(arm != control) for arm in line] for line in drawn.kept)
