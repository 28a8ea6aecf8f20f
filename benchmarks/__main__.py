"""Measure everything there is to measure, print a table, and write the figures to a file: `python -m benchmarks`."""

import argparse
import json
import platform
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from benchmarks import editor, logic, memory, pages, trial_results, trials
from benchmarks.crash import figures as crash
from benchmarks.measure import Figure

RESULTS = Path(__file__).parent / "results.json"
PARTS: Mapping[str, Callable[[], Iterator[Figure]]] = {
    "logic": logic.figures,
    "pages": pages.figures,
    "editor": editor.figures,
    "memory": memory.figures,
    "trials": trials.figures,
    "results": trial_results.figures,
    "crash": crash.figures,
}
ONLY_NAMED = frozenset({"crash"})
"""Parts that take many minutes, so that they are measured only where they are named."""


def main(arguments: list[str]) -> int:
    """Measure the parts named, all but the long ones where none is."""
    parser = argparse.ArgumentParser(prog="dev.py bench", description="Measure Pith against floors in one run.")
    words = f"any of {', '.join(PARTS)}; all but {', '.join(ONLY_NAMED)} if left out"
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], metavar="PART", help=words)
    parser.add_argument("--json", type=Path, default=RESULTS, metavar="FILE", help="where the figures are written")
    chosen = parser.parse_args(arguments)
    print(HEADING)
    found = [_printed(figure) for part in chosen.parts or _short() for figure in PARTS[part]()]
    written = {"python": platform.python_version(), "figures": [figure.to_json() for figure in found]}
    chosen.json.write_text(json.dumps(written, indent=2) + "\n", encoding="utf-8")
    print(f"\nCPU time in milliseconds unless said otherwise. Written to {chosen.json.name}.")
    return 0


HEADING = f"{'What':<52}{'Figure':>12}{'Floor':>12}{'Ratio':>9}{'Bar':>9}"


def _short() -> list[str]:
    return [part for part in PARTS if part not in ONLY_NAMED]


def _printed(figure: Figure) -> Figure:
    """Print a figure as a line of the table as soon as it is there."""
    floor = f"{figure.floor:,.3f}" if figure.floor is not None else ""
    ratio = f"{figure.ratio:.1f} x" if figure.ratio is not None else ""
    bar = "" if figure.bar is None else f"{figure.bar:g}{' x' if figure.ratio is not None else ''}"
    missed = "  over" if figure.met is False else ""
    unit = "" if figure.unit == "ms" else f" {figure.unit}"
    value = f"{figure.value:,}" if isinstance(figure.value, int) else f"{figure.value:,.3f}"
    print(f"{figure.name:<52}{value:>12}{floor:>12}{ratio:>9}{bar:>9}{unit}{missed}", flush=True)
    return figure


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
