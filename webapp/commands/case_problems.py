"""What is wrong with a case: its shape, names that its form does not have, and expectations that are not kept."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from engine.checks import Problem
from engine.definition import Definition
from engine.overlays.faults import did_you_mean
from engine.places import Place, parse_place
from engine.source import Source, Unreadable, escape, read_json
from webapp.commands.checked import Unsound, checked_definition
from webapp.commands.expectations import broken_expectations
from webapp.library import CASES, CannotRead, bytes_of

Json = Any
KEYS = frozenset({"title", "context", "answers", "expect"})
EXPECTED = {"shown": str, "includes": str, "hides": str, "problems": dict, "record": dict}
"""What a case can expect: a list of places or of problems, or the record."""


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
    shape = tuple(_shape(source))
    if shape:
        return shape
    newest, form = forms.of_case(path)
    if newest is None:
        mend = "Put it into the folder cases beside the form's versions, which are named 1.json, 2.json and so on."
        return (_problem(source, "case_without_a_form", "", "There is no form in the folder above this case.", mend),)
    if form is None:
        return ()
    return tuple(_unknown(source, form)) or tuple(broken_expectations(source, form))


def _shape(source: Source) -> Iterator[Problem]:
    data = source.value
    if not _is_shaped(data):
        mend = "Give it title, answers and expect, as form_definitions/README.md explains them."
        yield _problem(source, "not_a_case", "", "This is not written as a case is.", mend)
        return
    for key in [each for each in data if each not in KEYS]:
        mend = did_you_mean(key, sorted(KEYS))
        yield _problem(source, "unknown_key", f"/{escape(key)}", f"A case has no key “{key}”.", mend)
    for key in [each for each in data["expect"] if each not in EXPECTED]:
        mend = did_you_mean(key, EXPECTED)
        yield _problem(source, "unknown_key", f"/expect/{escape(key)}", f"A case cannot expect “{key}”.", mend)


def _is_shaped(data: Json) -> bool:
    """Whether a value has the parts of a case, each of its kind; a case that expects nothing could not fail."""
    if not isinstance(data, dict) or not all(isinstance(data.get(key), dict) for key in ("answers", "expect")):
        return False
    if not data["expect"] or not isinstance(data.get("title"), str):
        return False
    expect = data["expect"]
    listed = [(EXPECTED[key], value) for key, value in expect.items() if key in EXPECTED and key != "record"]
    return isinstance(expect.get("record", {}), dict) and all(
        isinstance(value, list) and all(isinstance(each, kind) for each in value) for kind, value in listed
    )


def _unknown(source: Source, form: Definition) -> Iterator[Problem]:
    """Names in the answers and expectations that the form does not have, those that the case is about left out."""
    listed = source.value["expect"].get("problems", ())
    told = {str(each.get("question")) for each in listed if each.get("code") == "unknown_question"}
    for pointer, name in _named(source.value):
        place = parse_place(name)
        if name in told or (place is not None and _has(form, place)):
            continue
        message = f"There is no question “{name}” in {form.form} version {form.version}."
        mend = did_you_mean(name, _names(form))
        yield _problem(source, "unknown_question", pointer, message, mend)


def _named(case: Mapping[str, Json]) -> Iterator[tuple[str, str]]:
    expect = case["expect"]
    for name, answer in case["answers"].items():
        yield f"/answers/{escape(name)}", name
        yield from _cells(f"/answers/{escape(name)}", name, answer)
    for key in ("shown", "includes", "hides"):
        yield from ((f"/expect/{key}/{index}", str(name)) for index, name in enumerate(expect.get(key, ())))
    for index, each in enumerate(expect.get("problems", ())):
        yield f"/expect/problems/{index}/question", str(each.get("question"))
    yield from ((f"/expect/record/{escape(name)}", name) for name in expect.get("record", ()))


def _cells(pointer: str, name: str, answer: Json) -> Iterator[tuple[str, str]]:
    """The columns named in a question's rows, also where they are written down for each child."""
    if isinstance(answer, dict):
        for child, one in answer.items():
            if isinstance(one, list):
                yield from _cells(f"{pointer}/{escape(child)}", name, one)
    elif isinstance(answer, list):
        rows = ((index, row) for index, row in enumerate(answer) if isinstance(row, dict))
        cells = ((index, column) for index, row in rows for column in row if column != "id")
        yield from ((f"{pointer}/{index}/{escape(column)}", f"{name}.{column}") for index, column in cells)


def _has(form: Definition, place: Place) -> bool:
    return form.find(f"{place.question}.{place.column}" if place.column else place.question) is not None


def _names(form: Definition) -> list[str]:
    columns = [f"{question.id}.{column.id}" for question in form.questions for column in question.columns]
    return [*form.by_id, *columns]


def _problem(source: Source, code: str, pointer: str, message: str, mend: str) -> Problem:
    return Problem(code, "error", pointer, message, mend, source.line(pointer))
