"""A value worked out from earlier answers, such as an age or a date some days on."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, ClassVar

from engine import dates
from engine.question_types import _settings
from engine.question_types._numbers import exact, plain, written_number
from engine.question_types._typed_dates import date_in_words
from engine.question_types._unanswered import Unanswered
from engine.question_types.base import Asked, Example, Fault, Lookup, NotKnown

Json = Any
_REVIEW = {"function": "add_days", "of": ["visited_on", "days_to_review"]}


def _age(inputs: Sequence[Json], today: str | None) -> Json:
    born, at = dates.full_day(inputs[0]), dates.full_day(inputs[1] if len(inputs) > 1 else today)
    return None if born is None or at is None else dates.whole_years(born, at)


def _days_between(inputs: Sequence[Json], _today: str | None) -> Json:
    start, end = map(dates.full_day, inputs)
    return None if start is None or end is None else (end - start).days


def _working_days_between(inputs: Sequence[Json], _today: str | None) -> Json:
    start, end = map(dates.full_day, inputs)
    return None if start is None or end is None else dates.working_days(start, end)


def _add_days(inputs: Sequence[Json], _today: str | None) -> Json:
    day = dates.full_day(inputs[0])
    return None if day is None else dates.add_days(day, inputs[1])


def _count(inputs: Sequence[Json], _today: str | None) -> Json:
    return len(inputs[0])


def _sum(inputs: Sequence[Json], _today: str | None) -> Json:
    numbers = [number for value in inputs for number in (value if isinstance(value, list) else [value])]
    return plain(sum(map(exact, numbers), start=Fraction(0)))


@dataclass(frozen=True, slots=True)
class Function:
    """One way to work a value out: what measures each input may have, how many inputs, and the work itself.

    A column, as `people.age`, is given as the list of its cells; the last entry of `inputs` stands for all further
    ones.
    """

    inputs: Sequence[frozenset[str]]
    least: int
    most: int
    work: Callable[[Sequence[Json], str | None], Json]


_DATE, _NUMBER = frozenset({"date"}), frozenset({"number"})
_LISTS = frozenset({"rows", "choices", "column"})
_MOST_SUMMED = 50

FUNCTIONS: Mapping[str, Function] = {
    "age": Function((_DATE, _DATE), 1, 2, _age),
    "days_between": Function((_DATE, _DATE), 2, 2, _days_between),
    "working_days_between": Function((_DATE, _DATE), 2, 2, _working_days_between),
    "add_days": Function((_DATE, _NUMBER), 2, 2, _add_days),
    "count": Function((_LISTS,), 1, 1, _count),
    "sum": Function((_NUMBER,), 1, _MOST_SUMMED, _sum),
}


class WorkedOutType(Unanswered):
    """A value worked out once all that it is worked out from is answered."""

    name = "worked_out"
    summary = "A value worked out from earlier answers, such as an age or a date some days on"
    settings: ClassVar[Mapping[str, Json]] = {
        "function": _settings.one_of(
            "What is worked out",
            "age (whole years, of a date, today or at a second date), days_between, working_days_between (England's "
            "bank holidays left out), add_days (a date and a number), count (rows, a column's answers or options "
            "chosen), sum (numbers or a column of them).",
            list(FUNCTIONS),
        ),
        "of": {
            "title": "Worked out from",
            "description": "The earlier questions it is worked out from; a column of rows as people.age.",
            "type": "array",
            "minItems": 1,
            "maxItems": _MOST_SUMMED,
            "items": {
                "type": "string",
                "pattern": "^[a-z][a-z0-9_]{0,62}(\\.[a-z][a-z0-9_]{0,62})?$",
                "format": "question",
            },
        },
    }
    required_settings = ("function", "of")
    examples = (
        Example(
            _REVIEW,
            None,
            "2026-03-16",
            display="16 March 2026",
            earlier={"visited_on": "2026-03-02", "days_to_review": 14},
        ),
        Example(_REVIEW, None, earlier={"visited_on": "2026-03-02"}),
        Example(_REVIEW, "2026-03-16", code="worked_out_posted"),
        Example(
            {"function": "age", "of": ["born"]},
            None,
            6,
            display="6",
            earlier={"born": "2019-06-30"},
            today="2026-03-05",
        ),
        Example({"function": "age", "of": ["born"]}, None, earlier={"born": "2019"}, today="2026-03-05"),
        Example(
            {"function": "age", "of": ["born", "seen_on"]},
            None,
            6,
            earlier={"born": "2019-06-30", "seen_on": "2025-06-30"},
        ),
        Example(
            {"function": "days_between", "of": ["told", "seen_on"]},
            None,
            2,
            earlier={"told": "2026-03-02T16:00", "seen_on": "2026-03-04"},
        ),
        Example(
            {"function": "working_days_between", "of": ["told", "seen_on"]},
            None,
            2,
            earlier={"told": "2026-04-02", "seen_on": "2026-04-08"},
        ),
        Example({"function": "count", "of": ["people"]}, None, 2, earlier={"people": [{"id": "r1"}, {"id": "r2"}]}),
        Example({"function": "sum", "of": ["people.hours"]}, None, 0.3, earlier={"people.hours": [0.1, 0.2]}),
        Example({"function": "sum", "of": ["day", "night"]}, None, 12, earlier={"day": 4, "night": 8}),
    )

    def reads(self, question: Asked) -> tuple[str, ...]:
        """What it is worked out from."""
        return tuple(question.settings["of"])

    def takes(self, question: Asked) -> Sequence[frozenset[str]]:
        """What the function takes."""
        return FUNCTIONS[question.settings["function"]].inputs

    def work_out(self, question: Asked, look_up: Lookup, today: str | None) -> Json:
        """The value, None while an input is missing or only partly known."""
        inputs = [look_up(name) for name in question.settings["of"]]
        if any(value is None or value == [] or isinstance(value, NotKnown) for value in inputs):
            return None
        return FUNCTIONS[question.settings["function"]].work(inputs, today)

    def check(self, question: Asked) -> Sequence[Fault]:
        """As many inputs as the function takes; what they measure is the definition's check to say."""
        function = FUNCTIONS[question.settings["function"]]
        given = len(question.settings["of"])
        if function.least <= given <= function.most:
            return ()
        takes = str(function.least) if function.least == function.most else f"{function.least} to {function.most}"
        words = f"This takes {takes} of the form’s answers to work out, not {given}"
        return (Fault("/of", "wrong_number_of_inputs", words, "Name as many earlier questions as it takes"),)

    def display(self, question: Asked, answer: Json, language: str) -> str:
        """A date in words or a number in digits."""
        return date_in_words(answer, language) if isinstance(answer, str) else written_number(answer)


TYPE = WorkedOutType()
