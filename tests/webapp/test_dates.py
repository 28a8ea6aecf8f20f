"""Moments, days and ages stand on pages in the words people use."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from webapp.dates import age, clock_time, day_in_words, moment_in_words, short_age
from webapp.store.children import Child

TODAY = date(2026, 3, 12)
WREN = Child(1, "w", 1, "Tallowby family", "N-1", "Wren", "Tallowby", None, None, False, None, None)


@pytest.mark.parametrize(
    ("born", "words"),
    [
        (date(2026, 3, 12), "under a day"),
        (date(2026, 3, 11), "1 day"),
        (date(2026, 3, 10), "2 days"),
        (date(2026, 2, 27), "13 days"),
        (date(2026, 2, 26), "2 weeks"),
        (date(2025, 12, 13), "12 weeks"),
        (date(2025, 12, 12), "3 months"),
        (date(2024, 3, 13), "23 months"),
        (date(2024, 3, 12), "2 years"),
        (date(2019, 5, 9), "6 years"),
        (date(2026, 3, 13), ""),
        (None, ""),
    ],
)
def test_an_age_is_told_as_people_tell_it(born: date | None, words: str) -> None:
    """Days for two weeks, then weeks, months to the second birthday, then years; nothing where it is not known."""
    assert age(replace(WREN, born=born), TODAY) == words


def test_a_child_not_yet_born_is_expected() -> None:
    """On a day, where it is known."""
    assert age(replace(WREN, unborn=True, expected=date(2026, 5, 2)), TODAY) == "expected 2 May 2026"
    assert age(replace(WREN, unborn=True), TODAY) == "not yet born"


def test_beside_a_name_years_are_a_bare_number() -> None:
    """Months keep their word."""
    assert short_age(replace(WREN, born=date(2019, 5, 9)), TODAY) == "6"
    assert short_age(replace(WREN, born=date(2025, 8, 1)), TODAY) == "7 months"


def test_moments_are_shown_by_the_clock_in_london() -> None:
    """Also in summer, and across midnight."""
    moment = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)
    assert clock_time(moment) == "00:30"
    assert day_in_words(moment) == "2 July 2026"
    assert day_in_words(date(2026, 7, 1)) == "1 July 2026"


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (datetime(2026, 3, 12, 9, 5, tzinfo=UTC), "today at 09:05"),
        (datetime(2026, 3, 10, 14, 32, tzinfo=UTC), "on Tuesday 10 March at 14:32"),
        (datetime(2025, 8, 1, 14, 32, tzinfo=UTC), "on Friday 1 August 2025 at 15:32"),
    ],
)
def test_a_moment_stands_in_a_sentence(moment: datetime, words: str) -> None:
    """In London's time; the year only where it is another."""
    assert moment_in_words(moment, datetime(2026, 3, 12, 16, 0, tzinfo=UTC)) == words
