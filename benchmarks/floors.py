"""The least that any engine must do: one closure for each conditional question over a dict, all of them run."""

from collections.abc import Callable, Mapping
from typing import Any

Json = Any
Test = Callable[[Mapping[str, Json]], bool]

TESTS: Mapping[str, Callable[[Json, Json], bool]] = {
    "is": lambda answer, literal: answer == literal,
    "is_not": lambda answer, literal: answer != literal,
    "in": lambda answer, literal: answer in literal,
    "includes": lambda answer, literal: literal in answer,
    "includes_any": lambda answer, literal: any(each in answer for each in literal),
    "includes_group": lambda answer, literal: literal in answer,
    "answered": lambda answer, literal: True,
    "not_known": lambda answer, literal: answer == literal,
    "more_than": lambda answer, literal: answer > literal,
    "at_least": lambda answer, literal: answer >= literal,
    "less_than": lambda answer, literal: answer < literal,
    "at_most": lambda answer, literal: answer <= literal,
    "before": lambda answer, literal: answer < literal,
    "after": lambda answer, literal: answer > literal,
    "any_row": lambda answer, literal: bool(answer),
}


def closures(form: Mapping[str, Json]) -> list[Test]:
    """One for the condition of each section and question, blind to children, rows and what is hidden."""
    holders = [*form["sections"], *(question for section in form["sections"] for question in section["questions"])]
    return [_closure(holder["show_when"]) for holder in holders if "show_when" in holder]


def plain_answers(draft: Mapping[str, Json]) -> dict[str, Json]:
    """The answers of a draft that the closures can compare as they are: one for all children, none of them odd."""
    return {name: value for name, value in draft.items() if isinstance(value, str)}


def _closure(condition: Json) -> Test:
    if "all" in condition:
        parts = [_closure(part) for part in condition["all"]]
        return lambda answers: all(part(answers) for part in parts)
    if "any" in condition:
        parts = [_closure(part) for part in condition["any"]]
        return lambda answers: any(part(answers) for part in parts)
    if "not" in condition:
        inner = _closure(condition["not"])
        return lambda answers: not inner(answers)
    return _leaf(condition)


def _leaf(leaf: Mapping[str, Json]) -> Test:
    (_, name), (operator, literal) = leaf.items()
    test = TESTS[operator]

    def holds(answers: Mapping[str, Json]) -> bool:
        answer = answers.get(name)
        return answer is not None and type(answer) is type(literal) and test(answer, literal)

    return holds
