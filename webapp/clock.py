"""Moments in UTC, and what day and time it is for the people who use Pith."""

from datetime import UTC, date, datetime
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
