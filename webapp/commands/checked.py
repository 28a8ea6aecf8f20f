"""Files as the check sees them: problems with the file and line they stand in, and definitions known to be sound."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from engine.checks import Problem, check, families
from engine.definition import Definition, definition_from_json
from engine.errors import BadInput
from engine.proofs import Effort
from webapp.library import CannotRead, bytes_of, code_list_files, code_lists, read_file


class Unsound(BadInput):
    """{path} has errors, so it cannot be used:
    {told}"""

    code = "unsound"


class OnlyChanges(BadInput):
    """{path} is a list of changes to another form: only `pith check` takes it. Change a copy of that form to go on."""

    code = "only_changes"


@dataclass(frozen=True, slots=True)
class Told:
    """A problem in a file."""

    path: Path
    problem: Problem

    def in_words(self) -> str:
        """PATH:LINE: code pointer: message, and the mend on a line of its own."""
        found = self.problem
        place = " ".join(filter(None, (found.code, found.pointer)))
        warning = "warning: " if found.severity == "warning" else ""
        mend = f"\n    {plain(found.mend)}" if found.mend else ""
        return f"{plain(str(self.path))}:{found.line or 1}: {plain(place)}: {warning}{plain(found.message)}{mend}"

    def to_json(self) -> dict[str, Any]:
        """The same for another tool."""
        return {"path": str(self.path), **self.problem.to_json()}


@cache
def _evaluable() -> frozenset[str]:
    """Codes of errors with which a form can be evaluated."""
    return frozenset(
        code
        for family in families().values()
        for code, kind in family.KINDS.items()
        if kind.of_words or getattr(family, "NEEDS_PROOFS", False)
    )


def plain(text: str, keep: str = "") -> str:
    """A text from a file on one line, with nothing in it that a terminal would obey; `keep` stays as it is."""
    return "".join(each if each.isprintable() or each in keep else ascii(each)[1:-1] for each in text)


def errors_in(problems: Iterable[Problem]) -> bool:
    """Whether any of them bars a form from use."""
    return any(problem.severity == "error" for problem in problems)


def is_overlay(path: Path) -> bool:
    """Whether a file holds an overlay rather than a definition; False where it cannot be read."""
    try:
        data = read_file(path).value
    except CannotRead:
        return False
    return isinstance(data, dict) and "base" in data and "sections" not in data


def problems_of_definition(path: Path, day: str | None = None) -> tuple[Problem, ...]:
    """What the check says about a definition's file, of its code lists on a day (ISO) where one is given.

    Raises CannotRead, and OnlyChanges for an overlay.
    """
    if is_overlay(path):
        raise OnlyChanges(path=path)
    return check(bytes_of(path), code_lists(code_list_files([path])), day)


def checked_definition(path: Path) -> Definition:
    """A definition that can be evaluated; raises CannotRead, OnlyChanges, or Unsound with every error that bars it.

    What is proved about a form, or is wrong only with its words, bars publishing and not evaluating.
    """
    if is_overlay(path):
        raise OnlyChanges(path=path)
    found = check(bytes_of(path), code_lists(code_list_files([path])), effort=Effort(0))
    errors = [Told(path, each) for each in found if each.severity == "error" and each.code not in _evaluable()]
    if errors:
        raise Unsound(path=path, told="\n".join(each.in_words() for each in errors))
    return definition_from_json(read_file(path).value, code_lists(code_list_files([path])))
