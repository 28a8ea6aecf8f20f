"""Dates as answers hold them: their patterns, their order, the days between them and the working days."""

import re
from datetime import date, datetime, timedelta
from functools import cache
from math import floor

_YEAR = "(?:19|20|21)[0-9]{2}"
_LEAP_YEAR = "(?:(?:19|20|21)(?:0[48]|[2468][048]|[13579][26])|2000)"
_DAY_OF_MONTH = (
    "(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8])"
)
FULL = f"(?:{_YEAR}-(?:{_DAY_OF_MONTH})|{_LEAP_YEAR}-02-29)"
"""A day from 1900 to 2199 that is in the calendar; the patterns are not anchored."""
PARTIAL = f"(?:{FULL}|{_YEAR}(?:-(?:0[1-9]|1[0-2]))?)"
"""A day, a month or a year."""
TIMED = f"{FULL}T(?:[01][0-9]|2[0-3]):[0-5][0-9]"
"""A day with a time."""

_ANY_DATE = re.compile(f"{TIMED}|{PARTIAL}")
_PATTERNS = {(False, False): FULL, (True, False): PARTIAL, (False, True): TIMED, (True, True): PARTIAL}
_FIRST_DAY = "0000-01-01"


def is_date(text: object) -> bool:
    """Whether a value is a date literal of any precision."""
    return isinstance(text, str) and _ANY_DATE.fullmatch(text) is not None


@cache
def pattern(partial: bool, time: bool) -> re.Pattern[str]:
    """The pattern of the dates a question takes, not anchored."""
    return re.compile(_PATTERNS[partial, time])


def compare(first: str, second: str) -> int:
    """Below, at or above 0 as `first` is earlier, the same or later, at the precision both share.

    A partial date stands for its first day; against a date without a time, times do not count.
    """
    first, second = first_day(first), first_day(second)
    shared = min(len(first), len(second))
    return (first[:shared] > second[:shared]) - (first[:shared] < second[:shared])


def first_day(text: str) -> str:
    """The date a partial date stands for, its first day; other dates as they are."""
    return text + _FIRST_DAY[len(text) :] if len(text) < len(_FIRST_DAY) else text


def full_day(text: object) -> date | None:
    """The day of a full date or date with time, None for anything else."""
    if not isinstance(text, str) or len(text) < len(_FIRST_DAY) or not is_date(text):
        return None
    return date.fromisoformat(text[:10])


def add_days(day: date, days: float) -> str | None:
    """The date some days on (part days left out), None where no calendar goes."""
    try:
        return (day + timedelta(days=floor(days))).isoformat()
    except OverflowError:
        return None


def whole_years(born: date, at: date) -> int | None:
    """Age in whole years, None before birth."""
    if at < born:
        return None
    return at.year - born.year - ((at.month, at.day) < (born.month, born.day))


def working_days(start: date, end: date) -> int:
    """Days after `start` up to and including `end` that are neither weekend nor bank holiday in England.

    Below 0 where `end` is the earlier of the two.
    """
    if end < start:
        return -working_days(end, start)
    weekdays = _weekdays_up_to(end) - _weekdays_up_to(start)
    years = range(start.year, end.year + 1)
    return weekdays - sum(1 for year in years for day in _bank_holidays(year) if start < day <= end)


def _weekdays_up_to(day: date) -> int:
    weeks, left = divmod(day.toordinal(), 7)
    return weeks * 5 + min(left, 5)


@cache
def _bank_holidays(year: int) -> frozenset[date]:
    # Importing it takes longer than starting the engine, and few forms count working days.
    from holidays import country_holidays

    found = country_holidays("GB", subdiv="ENG", years=year)
    return frozenset(day for day in found if day.year == year and day.weekday() < 5)


def near(text: str) -> frozenset[str]:
    """Dates around a date literal: the days beside it, minutes beside its time, and partial dates that equal it."""
    first = first_day(text)
    day, noon = date.fromisoformat(first[:10]), "T12:00"
    days = [(day + timedelta(days=offset)).isoformat() for offset in (-1, 0, 1)]
    found = {text, *days, *(each + noon for each in days)}
    found |= {first[:length] for length in (4, 7) if first[length:10] in ("-01-01", "-01")}
    if "T" in first:
        moment = datetime.fromisoformat(first)
        found |= {(moment + timedelta(minutes=offset)).isoformat(timespec="minutes") for offset in (-1, 1)}
    return frozenset(found)


def months_beside(text: str) -> frozenset[str]:
    """The months, as partial dates, that begin before and after a date literal with no other between."""
    day = date.fromisoformat(first_day(text)[:10])
    before, after = day - timedelta(days=1), day.replace(day=28) + timedelta(days=4)
    return frozenset(each.isoformat()[:7] for each in (before, after))
