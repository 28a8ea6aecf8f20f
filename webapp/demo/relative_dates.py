"""Dates of the demonstration, counted from the day it is filled, so that nobody in it grows old.

Written as "-12w" (working days), "-12d" (days), "-3m" (a month), "-2y" (a year), with a time as in "-12w 10:30";
"-12sat" is the Saturday before "-12w".
"""

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from webapp.clock import LONDON
from webapp.dates import day_in_words

Json = Any
_RELATIVE = r"(?P<count>[+-]\d+)(?P<unit>[wdmy]|sat)(?: (?P<time>\d\d:\d\d))?"
_WHOLE = re.compile(_RELATIVE)
_WITHIN = re.compile(rf"\{{{_RELATIVE}\}}")
SATURDAY = 5
_NOBODY_WORKS = frozenset({(12, 25), (12, 26), (1, 1)})


def born(age: tuple[int, int], today: date) -> date:
    """The birth date of a child who is so many years and months old today, and a few days."""
    years, months = age
    month = today.year * 12 + today.month - 1 - years * 12 - months
    return date(month // 12, month % 12 + 1, 1) + timedelta(days=min(today.day, 28) - 1) - timedelta(days=3)


def expected(days: int, today: date) -> date:
    """The date a child is expected."""
    return today + timedelta(days=days)


def moment(written: str, today: date) -> datetime:
    """The moment of something like "-12w 10:30", by clocks in the United Kingdom; raises ValueError."""
    found = _WHOLE.fullmatch(written)
    if found is None or found["time"] is None or found["unit"] not in "wd":
        raise ValueError(f"{written} is no moment such as -12w 10:30")
    return datetime.combine(_day(found, today), time.fromisoformat(found["time"]), LONDON).astimezone(UTC)


def resolved(value: Json, today: date) -> Json:
    """An answer with its relative dates as answers hold dates, and those within texts ("{-12w}") in words."""
    if isinstance(value, dict):
        return {key: resolved(each, today) for key, each in value.items()}
    if isinstance(value, list):
        return [resolved(each, today) for each in value]
    if not isinstance(value, str):
        return value
    whole = _WHOLE.fullmatch(value)
    return _iso(whole, today) if whole else in_words(value, today)


def in_words(text: str, today: date) -> str:
    """A text with its relative dates as people write them: "4 March"."""
    return _WITHIN.sub(lambda found: day_in_words(_day(found, today)).rsplit(" ", 1)[0], text)


def _iso(found: re.Match[str], today: date) -> str:
    count, unit = int(found["count"]), found["unit"]
    if unit == "y":
        return str(today.year + count)
    if unit == "m":
        year, month = divmod(today.year * 12 + today.month - 1 + count, 12)
        return f"{year}-{month + 1:02}"
    day = _day(found, today).isoformat()
    return f"{day}T{found['time']}" if found["time"] else day


def _day(found: re.Match[str], today: date) -> date:
    count = int(found["count"])
    if found["unit"] == "d":
        return today + timedelta(days=count)
    day = working_day(count, today)
    return day - timedelta(days=(day.weekday() - SATURDAY - 1) % 7 + 1) if found["unit"] == "sat" else day


def working_day(count: int, today: date) -> date:
    """The day so many working days from today, before it where the count is below 0."""
    step, day = timedelta(days=1 if count > 0 else -1), today
    left = abs(count)
    while left:
        day += step
        left -= day.weekday() < 5 and (day.month, day.day) not in _NOBODY_WORKS
    return day
