"""Moments, days and ages in the words of a page."""

from datetime import date, datetime

from webapp.clock import in_london
from webapp.store.children import Child

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_DAYS_BEFORE_WEEKS = 14


def clock_time(moment: datetime) -> str:
    """The time of day, such as 14:32."""
    return f"{in_london(moment):%H:%M}"


def day_in_words(moment: datetime | date) -> str:
    """The day, such as 4 March 2026."""
    local = in_london(moment) if isinstance(moment, datetime) else moment
    return f"{local.day} {_MONTHS[local.month - 1]} {local.year}"


def moment_in_words(moment: datetime, now: datetime) -> str:
    """A moment within a sentence: "today at 09:05", "on Tuesday 10 March at 14:32", with the year if another."""
    local, today = in_london(moment), in_london(now)
    if local.date() == today.date():
        return f"today at {local:%H:%M}"
    year = "" if local.year == today.year else f" {local.year}"
    return f"on {_DAYS[local.weekday()]} {local.day} {_MONTHS[local.month - 1]}{year} at {local:%H:%M}"


def age(child: Child, on: date) -> str:
    """How old a child is, in the words people use: days, then weeks, months to the second birthday, then years.

    "expected 2 May 2026" before birth, "" where no date is known.
    """
    if child.unborn:
        return f"expected {day_in_words(child.expected)}" if child.expected else "not yet born"
    if child.born is None or child.born > on:
        return ""
    months = (on.year - child.born.year) * 12 + on.month - child.born.month - (on.day < child.born.day)
    if months >= 24:
        return f"{months // 12} years"
    if months >= 3:
        return f"{months} months"
    days = (on - child.born).days
    if days >= _DAYS_BEFORE_WEEKS:
        return f"{days // 7} weeks"
    return "1 day" if days == 1 else f"{days} days" if days else "under a day"


def short_age(child: Child, on: date) -> str:
    """The age as it stands beside a name: years as a bare number, such as 6."""
    return age(child, on).removesuffix(" years")
