"""pith import: a definition from a bundle or a spreadsheet of another tool, with everything that did not fit."""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from engine.checks import Problem, check_definition
from engine.code_lists import CodeList
from engine.definition import definition_from_json
from engine.errors import BadInput
from engine.exports import formats
from engine.exports.told import Unfit
from engine.proofs import Effort
from webapp.commands.checked import plain
from webapp.library import CannotRead, code_list_files, code_lists, read_definition, shipped_definitions

Json = Any
MOST_BYTES = 20_000_000
"""Bytes of a file that are read at all: more than any format takes, so that it says itself what is too much."""


class NoSuchFormat(BadInput):
    """{path}: pith import reads files that end with {suffixes}."""

    code = "no_such_format"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The file."""
    words = "a form or bundle from Pith (.json), or an XLSForm (.xlsx)"
    parser.add_argument("path", type=Path, metavar="FILE", help=words)
    parser.add_argument("--json", action="store_true", help="print one object: definition, unfit, problems")


def run(chosen: argparse.Namespace) -> int:
    """Print the definition, and on the error stream what did not fit and what is left to write."""
    lists = code_lists(code_list_files([chosen.path]))
    read = _format_of(chosen.path).read(_content(chosen.path), lists)
    lists = {**code_lists(getattr(read, "code_lists", {})), **lists}
    problems = check_definition(read.definition, None, lists, effort=Effort(0))
    if chosen.json:
        told = {"unfit": [each.to_json() for each in read.unfit], "problems": [each.to_json() for each in problems]}
        print(json.dumps({"definition": read.definition, **told}, ensure_ascii=False, indent=2))
        return 0
    print(json.dumps(read.definition, ensure_ascii=False, indent=2))
    for line in (*_unfit(read.unfit), *_left_to_do(problems), *_known(read, lists, problems)):
        print(plain(line, keep="\n"), file=sys.stderr)
    return 0


def _known(read: Any, lists: Mapping[str, CodeList], problems: tuple[Problem, ...]) -> Iterator[str]:
    """Whether the mark of a bundle is that of its form, and whether it is the same as one that comes with Pith."""
    if not getattr(read, "mark_holds", True):
        yield "Its mark is not that of the form in it: it was changed after it left its Pith, or has errors."
    if any(each.severity == "error" for each in problems):
        return
    mark = definition_from_json(read.definition, lists).content_hash
    for path in shipped_definitions():
        if read_definition(path)[0].content_hash == mark:
            yield f"It is the same as {path.parent.name} version {path.stem}, which comes with Pith."


def _format_of(path: Path) -> Any:
    by_suffix: Mapping[str, Any] = {each.SUFFIX: each for each in formats().values() if hasattr(each, "read")}
    if path.suffix.lower() not in by_suffix:
        raise NoSuchFormat(path=path, suffixes=", ".join(by_suffix))
    return by_suffix[path.suffix.lower()]


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES)
    except OSError as error:
        raise CannotRead(path=path, why=(error.strerror or "it cannot be read").lower()) from error


def _unfit(unfit: tuple[Unfit, ...]) -> Iterator[str]:
    yield f"Did not fit: {len(unfit)}."
    yield from (each.in_words() for each in unfit)


def _left_to_do(problems: tuple[Problem, ...]) -> Iterator[str]:
    """What the check says, once for each kind: a form from elsewhere says nowhere why anything is asked."""
    errors: dict[str, list[Problem]] = {}
    for problem in problems:
        if problem.severity == "error":
            errors.setdefault(f"{problem.code} {problem.pointer.rpartition('/')[2]}", []).append(problem)
    yield "Left to write before it can be published:" if errors else "Nothing is left to write; `pith check` says more."
    for found in errors.values():
        more = f" And so at {len(found) - 1} more places." if len(found) > 1 else ""
        yield f"  {found[0].pointer or '/'}: {found[0].message} {found[0].mend}{more}"
