"""Moments in UTC, and what day and time it is for the people who use Pith."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def utc_now() -> datetime:
    """This moment."""
    return datetime.now(UTC)


def in_london(moment: datetime) -> datetime:
    """The same moment as clocks in the United Kingdom show it."""
    return moment.astimezone(LONDON)


def london_day(moment: datetime) -> date:
    """The day it is in the United Kingdom at a moment."""
    return in_london(moment).date()


def day_begins(day: date) -> datetime:
    """The first moment of a day in the United Kingdom."""
    return datetime.combine(day, time.min, LONDON).astimezone(UTC)


def day_ends(day: date) -> datetime:
    """The last moment of a day in the United Kingdom."""
    return datetime.combine(day, time.max, LONDON).astimezone(UTC)
