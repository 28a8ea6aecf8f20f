"""The working days of a trial, and moments on them."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from webapp.clock import LONDON
from webapp.demo.trials.use import Supposed

FIRST_HOUR = 9
MINUTES_OF_DAY = 6 * 60
"""A form is begun between nine and three, so that it is written by the evening."""
WEEKEND = 5


@dataclass(frozen=True, slots=True)
class Days:
    """The working days on which forms may be begun, in order, and the last on which one was handed in."""

    of_trial: tuple[date, ...]
    last: date

    def begun(self, form: Supposed) -> datetime:
        """When a form was begun."""
        at = form.begun * len(self.of_trial)
        minute = FIRST_HOUR * 60 + round((at % 1) * MINUTES_OF_DAY)
        return _moment(self.of_trial[int(at)], minute)

    def handed_in(self, form: Supposed) -> datetime | None:
        """When it was handed in; None where nobody did so in time."""
        if form.days is None:
            return None
        day = self.begun(form).astimezone(LONDON).date()
        for _ in range(form.days):
            day = _next(day)
        if day > self.last:
            return None
        return (
            self.begun(form) + (day - self.begun(form).astimezone(LONDON).date()) + timedelta(minutes=form.minutes + 15)
        )


def days_between(first: date, last: date, today: date) -> Days:
    """Those from the first to the last day of a trial, and before today."""
    up_to = min(last, today - timedelta(days=1))
    every = (first + timedelta(days=count) for count in range((up_to - first).days + 1))
    return Days(tuple(day for day in every if day.weekday() < WEEKEND), up_to)


def _next(day: date) -> date:
    day += timedelta(days=1)
    while day.weekday() >= WEEKEND:
        day += timedelta(days=1)
    return day


def _moment(day: date, minute: int) -> datetime:
    return datetime.combine(day, time(minute // 60, minute % 60), LONDON).astimezone(UTC)
