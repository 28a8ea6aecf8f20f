"""Measure everything there is to measure, print a table, and write the figures to a file: `python -m benchmarks`."""

import argparse
import json
import platform
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from benchmarks import logic, memory, pages
from benchmarks.measure import Figure

RESULTS = Path(__file__).parent / "results.json"
PARTS: Mapping[str, Callable[[], Iterator[Figure]]] = {
    "logic": logic.figures,
    "pages": pages.figures,
    "memory": memory.figures,
}


def main(arguments: list[str]) -> int:
    """Measure the parts named, all where none is."""
    parser = argparse.ArgumentParser(prog="dev.py bench", description="Measure Pith against floors in one run.")
    parts = ", ".join(PARTS)
    parser.add_argument(
        "parts", nargs="*", choices=[*PARTS, []], metavar="PART", help=f"any of {parts}; all if left out"
    )
    parser.add_argument("--json", type=Path, default=RESULTS, metavar="FILE", help="where the figures are written")
    chosen = parser.parse_args(arguments)
    print(HEADING)
    found = [_printed(figure) for part in chosen.parts or PARTS for figure in PARTS[part]()]
    written = {"python": platform.python_version(), "figures": [figure.to_json() for figure in found]}
    chosen.json.write_text(json.dumps(written, indent=2) + "\n", encoding="utf-8")
    print(f"\nCPU time in milliseconds unless said otherwise. Written to {chosen.json.name}.")
    return 0


HEADING = f"{'What':<52}{'Figure':>12}{'Floor':>12}{'Ratio':>9}{'Bar':>9}"


def _printed(figure: Figure) -> Figure:
    """Print a figure as a line of the table as soon as it is there."""
    floor = f"{figure.floor:,.3f}" if figure.floor is not None else ""
    ratio = f"{figure.ratio:.1f} x" if figure.ratio is not None else ""
    bar = "" if figure.bar is None else f"{figure.bar:g}{' x' if figure.ratio is not None else ''}"
    missed = "  over" if figure.met is False else ""
    unit = "" if figure.unit == "ms" else f" {figure.unit}"
    print(f"{figure.name:<52}{figure.value:>12,.3f}{floor:>12}{ratio:>9}{bar:>9}{unit}{missed}", flush=True)
    return figure


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
