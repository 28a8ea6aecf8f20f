"""pith check: everything that is wrong with forms, overlays, cases and code lists, each with its line and mend."""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from engine.checks import Problem
from webapp import clock
from webapp.commands.case_problems import Forms, is_case, problems_of_case
from webapp.commands.checked import Told, errors_in, is_overlay, problems_of_definition
from webapp.commands.code_list_problems import problems_of_code_list
from webapp.commands.overlay_problems import problems_of_overlay
from webapp.commands.progress import Progress
from webapp.commands.twins import forms_named_in, problems_of_twins
from webapp.library import CannotRead, files_under, is_code_list, read_file

CHECKED_KEYS = frozenset({"form", "sections", "code_list", "base"})


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to check, and how to tell it."""
    parser.add_argument("paths", type=Path, nargs="+", metavar="PATH", help="a file, or a folder with such files")
    parser.add_argument("--json", action="store_true", help="print a JSON list of problems")


def run(chosen: argparse.Namespace) -> int:
    """Print every problem; 1 if any of them is an error."""
    files = list(dict.fromkeys(_files(chosen.paths)))
    told = list(_told(files))
    if chosen.json:
        print(json.dumps([each.to_json() for each in told], ensure_ascii=False, indent=2))
    else:
        for each in told:
            print(each.in_words())
        _sum_up(files, told)
    return 1 if errors_in(each.problem for each in told) else 0


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        if not path.exists():
            raise CannotRead(path=path, why="there is no such file or folder")
        if not path.is_dir():
            yield path
            continue
        found = [each for each in files_under(path) if _looks_checkable(each)]
        if not found:
            raise CannotRead(path=path, why="there is no definition in this folder")
        yield from found


def _looks_checkable(path: Path) -> bool:
    """Whether a file found in a folder is for the check: what is sound JSON of another kind lies there by right."""
    if is_case(path):
        return True
    try:
        data = read_file(path).value
    except CannotRead:
        return True
    return isinstance(data, dict) and not data.keys().isdisjoint(CHECKED_KEYS)


def _told(files: Sequence[Path]) -> Iterator[Told]:
    day, forms, named = clock.london_day(clock.utc_now()).isoformat(), Forms(), forms_named_in(files)
    with Progress(len(files), "files checked") as progress:
        for path in files:
            problems = problems_of_case(path, forms) if is_case(path) else _problems(path, files, day)
            yield from (Told(path, problem) for problem in (*problems, *problems_of_twins(path, named)))
            progress.step()


def _problems(path: Path, files: Sequence[Path], day: str) -> Sequence[Problem]:
    if is_code_list(path):
        return problems_of_code_list(path, day)
    if is_overlay(path):
        return problems_of_overlay(path, files)
    return problems_of_definition(path, day)


def _sum_up(files: Sequence[Path], told: Sequence[Told]) -> None:
    errors = sum(each.problem.severity == "error" for each in told)
    counted = (_counted(len(files), "file"), _counted(errors, "error"), _counted(len(told) - errors, "warning"))
    print(f"{counted[0]} checked: {counted[1]}, {counted[2]}.", file=sys.stderr)


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
