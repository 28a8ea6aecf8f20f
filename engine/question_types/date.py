"""A date: a day, or a month or year where partial dates are allowed, or a day with its time."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from wtforms import Field
from wtforms.fields.core import UnboundField

from engine import dates
from engine.question_types import _settings
from engine.question_types._fields import Part, PartsField
from engine.question_types._options import unbound
from engine.question_types._texts import anchored
from engine.question_types._typed_dates import date_in_words, parts_of, typed_date
from engine.question_types._words import word
from engine.question_types.base import (
    Asked,
    Example,
    Fault,
    Finding,
    InvalidAnswer,
    Lookup,
    QuestionType,
    is_blank,
)

Json = Any
_LIMITS = {"not_before": (-1, "too_early"), "not_after": (1, "too_late")}
_SOME_DAY = "2020-01-01"


def _limit_setting(title: str, description: str) -> dict[str, Json]:
    pattern = anchored(f"{dates.PARTIAL}|{dates.TIMED}|[a-z][a-z0-9_]{{0,62}}")
    return {
        "title": title,
        "description": f"{description} A date, the id of an earlier date question, or today.",
        "type": "string",
        "pattern": pattern,
    }


class DateType(QuestionType):
    """A date; stored as ISO text."""

    name = "date"
    measure = "date"
    summary = "A date, of a day, a month or a year, or with a time"
    settings: ClassVar[Mapping[str, Json]] = {
        "partial": _settings.truth("A month or a year alone will do", "For what nobody remembers to the day."),
        "time": _settings.truth("The time of day is asked too", "Hours and minutes stand beside the date."),
        "not_before": _limit_setting("Earliest date", "The earliest date that is accepted."),
        "not_after": _limit_setting("Latest date", "The latest date that is accepted."),
    }
    defaults: ClassVar[Mapping[str, Json]] = {"partial": False, "time": False}
    examples = (
        Example({}, "2026-03-02", "2026-03-02", display="2 March 2026"),
        Example({"partial": True}, "2026-03", "2026-03", display="March 2026"),
        Example({"partial": True}, "2026", "2026", display="2026"),
        Example({"time": True}, "2026-03-02T14:30", "2026-03-02T14:30", display="2 March 2026, 14:30"),
        Example({}, None),
        Example({}, " "),
        Example({}, "2026-02-29", code="not_a_date"),
        Example({}, "2026-03", code="not_a_date"),
        Example({}, "2026-03-02T14:30", code="not_a_date"),
        Example({"time": True}, "2026-03-02", code="not_a_date"),
        Example({}, "1066-10-14", code="not_a_date"),
        Example({}, {"day": "2", "month": "Mrch", "year": "2026"}, code="not_a_date"),
        Example({"not_before": "2026-01-01"}, "2025-12-31", code="too_early"),
        Example({"not_after": "today"}, "2026-03-06", code="too_late", today="2026-03-05"),
        Example({"not_after": "today"}, "2026-03-06", "2026-03-06"),
        Example({"not_before": "seen_on"}, "2026-03-01", code="too_early", earlier={"seen_on": "2026-03-02"}),
        Example({"not_before": "seen_on", "partial": True}, "2026", code="too_early", earlier={"seen_on": "2026-02"}),
    )

    def read(self, question: Asked, value: Json) -> Json:
        """The date as ISO text; raises InvalidAnswer not_a_date, also for years outside 1900 to 2199."""
        if is_blank(value):
            return None
        if not isinstance(value, str) or not self._pattern(question).fullmatch(value):
            raise InvalidAnswer("not_a_date", time=bool(question.settings["time"]))
        return value

    def _pattern(self, question: Asked) -> re.Pattern[str]:
        return dates.pattern(bool(question.settings["partial"]), bool(question.settings["time"]))

    def reads(self, question: Asked) -> tuple[str, ...]:
        """The questions its limits name."""
        limits = (question.settings.get(name, "today") for name in _LIMITS)
        return tuple(limit for limit in limits if limit != "today" and not dates.is_date(limit))

    def takes(self, question: Asked) -> Sequence[frozenset[str]]:
        """Dates."""
        return (frozenset({"date"}),)

    def limit(self, question: Asked, answer: Json, look_up: Lookup, today: str | None) -> Finding | None:
        """too_early or too_late (limit, in words), compared at the precision both dates share."""
        for name, (side, code) in _LIMITS.items():
            bound = self._bound(question.settings.get(name), look_up, today)
            if bound is not None and dates.compare(answer, bound) * side > 0:
                return Finding(code, {"limit": date_in_words(bound, "en"), "date": bound})
        return None

    def _bound(self, named: str | None, look_up: Lookup, today: str | None) -> str | None:
        if named is None or named == "today":
            return today if named else None
        bound = named if dates.is_date(named) else look_up(named)
        return bound if dates.is_date(bound) else None

    def check(self, question: Asked) -> Sequence[Fault]:
        """A partial date has no time, and its two limits must leave a day between them."""
        if question.settings["partial"] and question.settings["time"]:
            words = "A date is asked with its time, yet may be partial"
            return (
                Fault("/partial", "partial_with_time", words, "Ask for the time, or let the date be partial, not both"),
            )
        bounds = [question.settings.get(name, "today") for name in _LIMITS]
        if all(map(dates.is_date, bounds)) and dates.compare(*bounds) > 0:
            words = f"No date is both on or after {bounds[0]} and on or before {bounds[1]}"
            return (Fault("/not_before", "limits_crossed", words, "Make the earliest date earlier"),)
        return ()

    def answer_schema(self, question: Asked) -> dict[str, Json]:
        """The calendar as a pattern; the limits, which change with other answers and the day, in `$comment`."""
        schema: dict[str, Json] = {"type": "string", "pattern": anchored(self._pattern(question).pattern)}
        limits = [f"{name} {question.settings[name]}" for name in _LIMITS if name in question.settings]
        return {**schema, "$comment": ", ".join(limits)} if limits else schema

    def samples(self, question: Asked, literals: Sequence[Json]) -> Sequence[Json]:
        """The literals and limits, and on either side of each days, minutes where a time is asked, and months."""
        limits = (question.settings.get(name) for name in _LIMITS)
        given = [each for each in (*literals, *limits) if dates.is_date(each)]
        near = {sample for each in given or [_SOME_DAY] for sample in dates.near(str(each))}
        if question.settings["partial"]:
            near |= {month for each in given or [_SOME_DAY] for month in dates.months_beside(str(each))}
        return tuple(sorted(sample for sample in near if self._accepts(question, sample)))

    def _accepts(self, question: Asked, sample: str) -> bool:
        matches = self._pattern(question).fullmatch(sample) is not None
        return matches and self.limit(question, sample, lambda _name: None, None) is None

    def field(self, question: Asked, language: str) -> "UnboundField[Field]":
        """Three text inputs, day, month and year, and one for the time where it is asked."""
        names = ("day", "month", "year", "time") if question.settings["time"] else ("day", "month", "year")
        parts = [Part(name, word(name, language)) for name in names]
        return unbound(PartsField, question, language, parts=parts)

    def to_field(self, question: Asked, answer: Json) -> Any:
        """The parts of a stored date, or what was typed into each."""
        return parts_of(answer)

    def from_field(self, question: Asked, field: Field) -> Json:
        """The date the parts make, in ISO form also where no calendar has it (such as 2026-02-31).

        What cannot be written so is kept as typed, as an object of the filled parts; `read` refuses it as
        not_a_date and `to_field` shows it again.
        """
        return typed_date({name: text for name, text in field.data.items() if not is_blank(text)})

    def display(self, question: Asked, answer: Json, language: str) -> str:
        """The date in words, such as 2 March 2026."""
        return date_in_words(answer, language)


TYPE = DateType()
