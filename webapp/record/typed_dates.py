"""A birth or expected date as somebody typed it, and the days it may mean."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from engine.dates import is_date
from engine.question_types import date_in_words, typed_date

MONTHS_AHEAD = 10
DAYS_PAST = 31

Span = tuple[date, date]
"""The first and the last day of a time."""


@dataclass(frozen=True, slots=True)
class TypedDate:
    """A day, a month or a year as it stands in three boxes."""

    parts: Mapping[str, str]

    @property
    def blank(self) -> bool:
        """Whether nothing was typed."""
        return not any(each.strip() for each in self.parts.values())

    @property
    def iso(self) -> str:
        """The date as far as it goes, such as 2019-03; "" where it is none."""
        typed = typed_date({name: each for name, each in self.parts.items() if each.strip()})
        return typed if isinstance(typed, str) and is_date(typed) else ""

    @property
    def words(self) -> str:
        """The date as it is read, such as 4 March 2019 or March 2019; "" where it is none."""
        return date_in_words(self.iso, "en") if self.iso else ""

    @property
    def span(self) -> Span | None:
        """The days it may mean; None where it is no date."""
        if not self.iso:
            return None
        year, month, day = (int(each) for each in f"{self.iso}-0-0".split("-")[:3])
        last_month = month or 12
        last = date(year, last_month, day or monthrange(year, last_month)[1])
        return date(year, month or 1, day or 1), last

    @property
    def day(self) -> date | None:
        """The day it means; None for a month, a year or no date."""
        span = self.span
        return span[0] if span and span[0] == span[1] else None


def born_problem(typed: TypedDate, today: date) -> str:
    """What is wrong with a birth date, "" for nothing."""
    if typed.blank:
        return ""
    span = typed.span
    if span is None:
        return "Birth date must be a real date, such as 4 3 2019"
    if span[0] > today:
        return "Birth date must be in the past. If the child is not yet born, choose “Not yet”"
    return ""


def expected_problem(typed: TypedDate, today: date) -> str:
    """What is wrong with an expected date, "" for nothing."""
    if typed.blank:
        return ""
    span = typed.span
    if span is None:
        return "Expected date must be a real date, such as 4 3 2026"
    if span[0] > months_on(today, MONTHS_AHEAD):
        return f"Expected date must be within the next {MONTHS_AHEAD} months"
    if span[1] < today - timedelta(days=DAYS_PAST):
        return "Expected date is more than a month past. If the child has been born, choose “Yes”"
    return ""


def months_on(day: date, months: int) -> date:
    """The same day some months on (back where below 0), the last of a month that is too short for it."""
    month = day.year * 12 + day.month - 1 + months
    year, number = month // 12, month % 12 + 1
    return date(year, number, min(day.day, monthrange(year, number)[1]))


def about_so_old(years: int, today: date) -> Span:
    """When a child is born of whom somebody says that they are about so many years old: a year more or less."""
    first = months_on(today, -12 * (years + 2)) + timedelta(days=1)
    return first, min(months_on(today, -12 * (years - 1)), today)
