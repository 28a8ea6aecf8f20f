"""Dates: the calendar, what people type, and the days between."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from holidays import country_holidays
from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict
from wtforms.form import BaseForm

from engine.dates import FULL, whole_years, working_days
from engine.question_types._texts import anchored
from tests.engine.question_types.questions import asked, read_or_none

BANK_HOLIDAYS = country_holidays("GB", subdiv="ENG", years=range(1990, 2063))

any_day = st.dates(date(1990, 1, 1), date(2060, 12, 31))


@pytest.mark.parametrize("year", [1899, 1900, 1999, 2000, 2024, 2026, 2100, 2199, 2200])
def test_the_pattern_is_the_calendar(year: int) -> None:
    """Exactly the days of a year from 1900 to 2199 are read, whatever digits stand there."""
    question = asked("date")
    for month in range(14):
        for day in range(33):
            text = f"{year}-{month:02}-{day:02}"
            assert (read_or_none(question, text) is not None) == (1900 <= year <= 2199 and _in_calendar(text))


def _in_calendar(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False


def test_no_line_end_slips_in_behind_a_date() -> None:
    """The published pattern ends where the date does."""
    assert re.search(anchored(FULL), "2026-03-02")
    assert not re.search(anchored(FULL), "2026-03-02\n")
    assert read_or_none(asked("date"), "2026-03-02\n") is None


TYPED: list[tuple[dict[str, Any], dict[str, str], Any]] = [
    ({}, {"day": "2", "month": "3", "year": "2026"}, "2026-03-02"),
    ({}, {"day": " 02 ", "month": "March", "year": "2026 "}, "2026-03-02"),
    ({}, {"day": "2", "month": "mar", "year": "2026"}, "2026-03-02"),
    ({}, {"day": "2", "month": "Mawrth", "year": "2026"}, "2026-03-02"),
    ({}, {"day": "31", "month": "2", "year": "2026"}, "2026-02-31"),
    ({}, {"day": "2", "month": "Mrch", "year": "2026"}, {"day": "2", "month": "Mrch", "year": "2026"}),
    ({}, {"day": "2", "year": "2026"}, {"day": "2", "year": "2026"}),
    ({}, {"day": "2", "month": "3", "year": "26"}, {"day": "2", "month": "3", "year": "26"}),
    ({}, {}, None),
    ({}, {"day": " ", "month": "", "year": ""}, None),
    ({"partial": True}, {"month": "3", "year": "2026"}, "2026-03"),
    ({"partial": True}, {"year": "2026"}, "2026"),
    ({"time": True}, {"day": "2", "month": "3", "year": "2026", "time": "14:30"}, "2026-03-02T14:30"),
    ({"time": True}, {"day": "2", "month": "3", "year": "2026", "time": "2.30pm"}, "2026-03-02T14:30"),
    ({"time": True}, {"day": "2", "month": "3", "year": "2026", "time": "12 am"}, "2026-03-02T00:00"),
    ({"time": True}, {"day": "2", "month": "3", "year": "2026"}, "2026-03-02"),
    (
        {"time": True},
        {"day": "2", "month": "3", "year": "2026", "time": "teatime"},
        {"day": "2", "month": "3", "year": "2026", "time": "teatime"},
    ),
]


@pytest.mark.parametrize(("given_settings", "typed", "stored"), TYPED)
def test_what_is_typed_becomes_a_date_or_is_kept(
    given_settings: dict[str, Any], typed: dict[str, str], stored: Any
) -> None:
    """Names of months and ways to write a time are understood; what is not a date is kept and shown again."""
    question = asked("date", given_settings)
    form = BaseForm([("q-asked", question.handler.field(question, "en"))])
    form.process(formdata=MultiDict({f"q-asked-{part}": text for part, text in typed.items()}))
    assert question.handler.from_field(question, form["q-asked"]) == stored
    if isinstance(stored, dict):
        assert question.handler.to_field(question, stored) == stored
        assert read_or_none(question, stored) is None


@settings(max_examples=40)
@given(start=any_day, length=st.integers(0, 400))
def test_working_days_are_counted_one_by_one(start: date, length: int) -> None:
    """The count agrees with walking the days, backwards too."""
    end = start + timedelta(days=length)
    walked = [start + timedelta(days=n) for n in range(1, length + 1)]
    assert working_days(start, end) == sum(day.weekday() < 5 and day not in BANK_HOLIDAYS for day in walked)
    assert working_days(end, start) == -working_days(start, end)


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        ("2026-03-02", "2026-03-06", 4),
        ("2026-03-06", "2026-03-09", 1),
        ("2026-04-02", "2026-04-08", 2),
        ("2022-06-01", "2022-06-06", 1),
        ("2023-05-05", "2023-05-09", 1),
        ("2026-12-24", "2026-12-29", 1),
        ("2026-03-02", "2026-03-02", 0),
    ],
)
def test_weekends_and_bank_holidays_in_england_do_not_count(start: str, end: str, days: int) -> None:
    """Easter, jubilee, coronation and Christmas with its substitute day are left out."""
    assert working_days(date.fromisoformat(start), date.fromisoformat(end)) == days


@pytest.mark.parametrize(
    ("born", "at", "years"),
    [
        ("2020-02-29", "2021-02-28", 0),
        ("2020-02-29", "2021-03-01", 1),
        ("2019-06-30", "2026-06-29", 6),
        ("2019-06-30", "2026-06-30", 7),
        ("2026-03-05", "2026-03-05", 0),
        ("2026-03-06", "2026-03-05", None),
    ],
)
def test_age_in_whole_years(born: str, at: str, years: int | None) -> None:
    """A birthday counts from its day on, a leap day's from the first of March."""
    assert whole_years(date.fromisoformat(born), date.fromisoformat(at)) == years


def test_a_limit_is_told_in_words() -> None:
    """The finding names the limit as a person reads it and as a date."""
    question = asked("date", {"not_before": "visited_on"})
    assert question.handler.reads(question) == ("visited_on",)
    earlier: dict[str, Any] = {"visited_on": "2026-03-02T14:30"}
    finding = question.handler.limit(question, "2026-03-01", earlier.get, None)
    assert finding is not None
    assert finding.code == "too_early"
    assert finding.detail == {"limit": "2 March 2026, 14:30", "date": "2026-03-02T14:30"}


def test_a_limit_that_is_not_there_is_not_checked() -> None:
    """Without today, or without the other answer, nothing is too early or too late."""
    question = asked("date", {"not_before": "visited_on", "not_after": "today"})
    assert question.handler.limit(question, "1999-01-01", lambda _name: None, None) is None
    assert question.handler.limit(question, "2099-01-01", lambda _name: None, None) is None


def test_dates_are_read_out_in_welsh() -> None:
    """The month has its Welsh name."""
    question = asked("date")
    assert question.handler.display(question, "2026-03-02", "cy") == "2 Mawrth 2026"
