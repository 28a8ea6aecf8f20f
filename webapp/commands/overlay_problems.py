"""What is wrong with an overlay, held against the base that it changes."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from engine.checks import Problem
from engine.overlays import check
from engine.source import Source
from webapp.commands.checked import errors_in, problems_of_definition
from webapp.library import LIBRARY, CannotRead, code_list_files, code_lists, read_file

Json = Any


def problems_of_overlay(path: Path, given: Sequence[Path]) -> tuple[Problem, ...]:
    """Every problem of an overlay; its base is sought among the files given, in its folder and in the library."""
    source = read_file(path)
    base_path = _base_of(source.value, path, given)
    if base_path is None:
        mend = "Name the base's file as well, or put it into the same folder."
        return (_problem(source, "base_not_found", "/base", "The base of this overlay is not here.", mend),)
    if errors_in(problems_of_definition(base_path)):
        message = f"The base ({base_path.name}) has errors of its own."
        return (_problem(source, "base_unsound", "/base", message, "Check the base and mend it first."),)
    return tuple(_problems(source, read_file(base_path).value, path))


def _base_of(overlay: Json, path: Path, given: Sequence[Path]) -> Path | None:
    base = overlay["base"]
    if not isinstance(base, dict):
        return None
    form, version = base.get("form"), base.get("version")
    beside, shipped = sorted(path.parent.glob("*.json")), sorted(LIBRARY.glob("*/*.json"))
    for candidate in dict.fromkeys((*given, *beside, *shipped)):
        if _is_definition(candidate, form, version):
            return candidate
    return None


def _is_definition(path: Path, form: Json, version: Json) -> bool:
    try:
        data = read_file(path).value
    except CannotRead:
        return False
    return isinstance(data, dict) and "sections" in data and (data.get("form"), data.get("version")) == (form, version)


def _problems(source: Source, base: Json, path: Path) -> Iterator[Problem]:
    """The overlay's own problems and those of the form it makes, each at the operation behind it."""
    for each in check(base, source.value, code_lists(code_list_files([path]))):
        yield Problem(each.code, each.severity, each.pointer, each.message, each.mend, source.line(each.pointer))


def _problem(source: Source, code: str, pointer: str, message: str, mend: str) -> Problem:
    return Problem(code, "error", pointer, message, mend, source.line(pointer))
