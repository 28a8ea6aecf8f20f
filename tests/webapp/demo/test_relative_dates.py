"""Dates of the stories count from the day the demonstration is filled."""

from datetime import UTC, date, datetime

import pytest

from webapp.demo.relative_dates import moment, resolved

THURSDAY = date(2026, 3, 12)


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("-1w", "2026-03-11"),
        ("-4w", "2026-03-06"),
        ("+2w", "2026-03-16"),
        ("+0w", "2026-03-12"),
        ("-4w 10:30", "2026-03-06T10:30"),
        ("-5d", "2026-03-07"),
        ("-4sat", "2026-02-28"),
        ("-2m", "2026-01"),
        ("-3m", "2025-12"),
        ("-2y", "2024"),
    ],
)
def test_a_relative_date_becomes_a_date_as_answers_hold_it(written: str, iso: str) -> None:
    """Working days pass over weekends; a month or a year alone stays one."""
    assert resolved(written, THURSDAY) == iso


def test_nobody_works_at_christmas_or_on_new_years_day() -> None:
    """A demonstration begun in January tells of no visit on those days."""
    assert resolved("-1w", date(2027, 1, 4)) == "2026-12-31"
    assert resolved("-5w", date(2027, 1, 4)) == "2026-12-24"


def test_dates_within_a_text_are_told_in_words() -> None:
    """The day and the month, wherever it stands in an answer."""
    told = resolved({"r": [{"said": "He came on {-4w}, late."}], "n": 4, "known": True, "none": None}, THURSDAY)
    assert told == {"r": [{"said": "He came on 6 March, late."}], "n": 4, "known": True, "none": None}


def test_a_moment_is_told_by_clocks_in_the_united_kingdom() -> None:
    """Half past nine in summer is half past eight in UTC."""
    assert moment("-1w 09:30", date(2026, 7, 2)) == datetime(2026, 7, 1, 8, 30, tzinfo=UTC)
    assert moment("-1w 09:30", THURSDAY) == datetime(2026, 3, 11, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize("written", ["-1w", "-1m 09:30", "yesterday", "-1sat 09:30", ""])
def test_what_is_no_moment_is_refused(written: str) -> None:
    """A story with a mistake in it is told at once."""
    with pytest.raises(ValueError, match="is no moment"):
        moment(written, THURSDAY)
