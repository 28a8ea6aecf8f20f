"""What is wrong with a case: its shape, names that its form does not have, and expectations that are not kept."""

from pathlib import Path

from engine.cases import broken_expectations, misshapen, unknown_names
from engine.checks import Problem
from engine.definition import Definition
from engine.source import Source, Unreadable, read_json
from webapp.commands.checked import Unsound, checked_definition
from webapp.library import CASES, CannotRead, bytes_of


class Forms:
    """The newest version of each form that cases belong to, read once."""

    def __init__(self) -> None:
        self.read: dict[Path, Definition | None] = {}

    def of_case(self, path: Path) -> tuple[Path | None, Definition | None]:
        """The file a case is held against, and its form; no form where there is no file, or it has errors itself."""
        versions = [each for each in path.resolve().parents[1].glob("*.json") if each.stem.isdecimal()]
        newest = max(versions, key=lambda each: int(each.stem), default=None)
        if newest is not None and newest not in self.read:
            self.read[newest] = _sound(newest)
        return newest, self.read[newest] if newest else None


def _sound(path: Path) -> Definition | None:
    try:
        return checked_definition(path)
    except (Unsound, CannotRead):
        return None


def is_case(path: Path) -> bool:
    """Whether a file lies where the cases of a form do."""
    return path.resolve().parent.name == CASES


def problems_of_case(path: Path, forms: Forms) -> tuple[Problem, ...]:
    """Every problem of a case with its line; where its form has errors, only those of its own shape."""
    try:
        source = read_json(bytes_of(path))
    except Unreadable as fault:
        return (Problem(fault.code, "error", "", fault.message, fault.how_to_mend, fault.position.line),)
    shape = tuple(misshapen(source))
    if shape:
        return shape
    newest, form = forms.of_case(path)
    if newest is None:
        mend = "Put it into the folder cases beside the form's versions, which are named 1.json, 2.json and so on."
        return (_problem(source, "case_without_a_form", "", "There is no form in the folder above this case.", mend),)
    if form is None:
        return ()
    return tuple(unknown_names(source, form)) or tuple(broken_expectations(source, form))


def _problem(source: Source, code: str, pointer: str, message: str, mend: str) -> Problem:
    return Problem(code, "error", pointer, message, mend, source.line(pointer))
