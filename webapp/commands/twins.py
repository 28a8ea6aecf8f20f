"""Forms of one id that lie in two places, or twice with one version: whoever publishes them would lose one."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from engine.checks import Problem
from engine.source import Source
from webapp.library import CannotRead, is_code_list, read_file


class Named(NamedTuple):
    """A definition's file, and how it calls itself."""

    path: Path
    source: Source
    form: str
    version: int


def forms_named_in(files: Sequence[Path]) -> list[Named]:
    """The definitions among some files that say what they are, in order; others are told by their own check."""
    return [named for path in files if not is_code_list(path) and (named := _named(path))]


def _named(path: Path) -> Named | None:
    try:
        source = read_file(path)
    except CannotRead:
        return None
    data = source.value
    if not isinstance(data, dict) or "sections" not in data:
        return None
    form, version = data.get("form"), data.get("version")
    return Named(path, source, form, version) if isinstance(form, str) and isinstance(version, int) else None


def problems_of_twins(path: Path, forms: Sequence[Named]) -> Iterator[Problem]:
    """What a file has in common with one before it that it must have alone."""
    here = next((each for each in forms if each.path == path), None)
    if here is None:
        return
    earlier = [each for each in forms[: forms.index(here)] if each.form == here.form]
    same = next((each for each in earlier if each.version == here.version), None)
    apart = next((each for each in earlier if each.path.parent != path.parent), None)
    if same is not None:
        message = f"Version {here.version} of “{here.form}” also lies in {same.path}."
        yield _problem(
            here.source, "form_twice", "/version", message, "Give one of the two another version, or another id."
        )
    elif apart is not None:
        message = f"A form “{here.form}” also lies in {apart.path.parent}."
        mend = "Keep the versions of a form in one folder, or give one of the forms an id of its own."
        yield _problem(here.source, "form_elsewhere", "/form", message, mend)


def _problem(source: Source, code: str, pointer: str, message: str, mend: str) -> Problem:
    return Problem(code, "error", pointer, message, mend, source.line(pointer))
