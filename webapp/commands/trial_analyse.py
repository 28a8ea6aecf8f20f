"""pith trial analyse: what came of a trial, from a file of its rows and the design it was laid down with."""

import argparse
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from engine.errors import BadInput
from engine.source import Source
from engine.trials.design import Design, design_from_json
from engine.trials.errors import BadDesign, statistics_needed
from webapp.commands.checked import plain
from webapp.library import CannotRead, read_file

if TYPE_CHECKING:
    from engine.trials.result import Analysis, Range

MOST_BYTES = 50_000_001
"""Bytes of a file that are read: enough to know that it is too large."""
SAID = {
    "better": "better",
    "worse": "worse",
    "not_enough_evidence": "not enough evidence to tell",
}


class DesignRefused(BadInput):
    """{path}:{line}: {place}: {why} {mend}"""

    code = "bad_design"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The data, the design, and the seed for what is too much to go through."""
    parser.add_argument("data", type=Path, metavar="DATA", help="one line a form, or a team, as CSV")
    words = "columns, outcome and scheme of allocation, as JSON"
    parser.add_argument("--design", type=Path, required=True, metavar="DESIGN", help=words)
    words = "for drawing allocations where there are more than 200,000 (0)"
    parser.add_argument("--seed", type=_seed, default=0, metavar="N", help=words)
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(chosen: argparse.Namespace) -> int:
    """Print what came of it, whatever the verdict is."""
    source = read_file(chosen.design)
    with _placed(chosen.design, source):
        design = design_from_json(source.value)
    result = _analysed(chosen, design)
    if chosen.json:
        print(json.dumps(result.to_json(), ensure_ascii=False, indent=2, allow_nan=False))
    else:
        print("\n".join(plain(line) for line in _in_words(design, result)))
    return 0


def _analysed(chosen: argparse.Namespace, design: Design) -> "Analysis":
    """Read what the design names and analyse it; numpy is loaded here."""
    with statistics_needed():
        from engine.trials.analysis import analyse
        from engine.trials.data import read_allocations, read_table
    table = read_table(_content(chosen.data), design, str(chosen.data))
    listed = None
    if design.scheme.allocations:
        path = chosen.design.parent / design.scheme.allocations
        listed = read_allocations(_content(path), table.units, str(path))
    return analyse(design, table, listed, chosen.seed)


@contextmanager
def _placed(path: Path, source: Source) -> Iterator[None]:
    """In this block what is wrong with a design is told with its line."""
    try:
        yield
    except BadDesign as refusal:
        pointer = "".join(f"/{key}" for key in str(refusal.detail["place"]).split(".") if key != "the whole")
        raise DesignRefused(path=path, line=source.line(pointer), **refusal.detail) from refusal


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES)
    except (OSError, ValueError) as error:
        # A path with a null byte in it is a ValueError.
        raise CannotRead(path=path, why=(getattr(error, "strerror", None) or "it cannot be read").lower()) from error


def _seed(written: str) -> int:
    number = int(written)
    if number < 0:
        raise argparse.ArgumentTypeError(f"{written} is below 0")
    return number


def _in_words(design: Design, result: "Analysis") -> Iterator[str]:
    """The verdict first, then what it rests on."""
    percent = f"{100 * (1 - result.level):g} %"
    yield f"{result.under_test} against {result.control}, {design.outcome.column}: {SAID[result.verdict]}."
    yield f"Difference: {result.estimate:.4g} ({_means(result)})."
    yield f"{percent} interval by re-randomisation: {_range(result.interval)}."
    how = "all there are" if result.exact else f"drawn from {result.possible:,}"
    yield f"p {result.p:.4g}: {result.hits:,} of {result.allocations:,} allocations, {how}."
    if result.t_interval:
        free = f"{result.degrees_of_freedom} degrees of freedom"
        yield f"To compare, the interval by the t distribution with {free}: {_range(result.t_interval)}."
    if result.detectable is not None:
        yield f"A difference of {result.detectable:.4g} would have been found four times in five."
    if result.icc is not None:
        yield f"Intra-cluster correlation: {result.icc:.3f}."
    yield "Units:"
    for name, unit in result.units.items():
        summary = "no outcome" if unit.summary is None else f"{unit.summary:.4g}"
        yield f"  {name} ({unit.arm}): {summary}, rows {unit.n:,}"
    yield from (f"Caution: {warning}" for warning in result.warnings)


def _means(result: "Analysis") -> str:
    return ", ".join(f"{arm} {mean:.4g}" for arm, mean in result.arm_means.items())


def _range(ends: "Range") -> str:
    low, high = ("unbounded" if end is None else f"{end:.4g}" for end in ends)
    return f"{low} to {high}"
