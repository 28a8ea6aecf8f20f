"""A case as it is written: whether it has the shape of one, and names only what its form has."""

from collections.abc import Iterator, Mapping
from typing import Any

from engine.checks import Problem
from engine.definition import Definition
from engine.overlays.faults import did_you_mean
from engine.places import Place, parse_place
from engine.source import Source, escape

Json = Any
KEYS = frozenset({"title", "context", "answers", "expect"})
EXPECTED = {"shown": str, "includes": str, "hides": str, "problems": dict, "record": dict}
"""What a case can expect: a list of places or of problems, or the record."""


def misshapen(source: Source) -> Iterator[Problem]:
    """Where something is not written as a case is."""
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


def unknown_names(source: Source, form: Definition) -> Iterator[Problem]:
    """Names in the answers and expectations that the form does not have, those that the case is about left out."""
    for pointer, name in names_not_in(form, source.value):
        message = f"There is no question “{name}” in {form.form} version {form.version}."
        mend = did_you_mean(name, _names(form))
        yield _problem(source, "unknown_question", pointer, message, mend)


def names_not_in(form: Definition, case: Mapping[str, Json]) -> Iterator[tuple[str, str]]:
    """Each name in a well-formed case that leads nowhere in a form, with the pointer to where it stands.

    Those that the case is about are left out.
    """
    listed = case["expect"].get("problems", ())
    told = {str(each.get("question")) for each in listed if each.get("code") == "unknown_question"}
    for pointer, name in _named(case):
        if name not in told and not has_place(form, name):
            yield pointer, name


def has_place(form: Definition, name: str) -> bool:
    """Whether a name such as `seen[c1]` or `people[0].name` leads to a question or a column of a form."""
    place = parse_place(name)
    return place is not None and _has(form, place)


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
