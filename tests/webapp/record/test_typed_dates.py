"""A date is taken as far as it is known, and refused in words where it cannot be."""

from datetime import date

import pytest

from webapp.record.typed_dates import TypedDate, about_so_old, born_problem, expected_problem, months_on

TODAY = date(2026, 3, 12)


def typed(day: str = "", month: str = "", year: str = "") -> TypedDate:
    """What stands in the boxes."""
    return TypedDate({"day": day, "month": month, "year": year})


@pytest.mark.parametrize(
    ("parts", "span"),
    [
        (("4", "3", "2019"), (date(2019, 3, 4), date(2019, 3, 4))),
        (("04", "March", "2019"), (date(2019, 3, 4), date(2019, 3, 4))),
        (("", "2", "2020"), (date(2020, 2, 1), date(2020, 2, 29))),
        (("", "", "2019"), (date(2019, 1, 1), date(2019, 12, 31))),
        (("", "12", "2019"), (date(2019, 12, 1), date(2019, 12, 31))),
        (("29", "2", "2019"), None),
        (("4", "", "2019"), None),
        (("4", "3", "19"), None),
        (("4", "3", "1866"), None),
        (("x", "3", "2019"), None),
        (("", "", ""), None),
    ],
)
def test_a_date_means_some_days(parts: tuple[str, str, str], span: tuple[date, date] | None) -> None:
    """One day, those of a month or of a year, or none."""
    found = typed(*parts)
    assert found.span == span
    assert found.day == (span[0] if span and span[0] == span[1] else None)


@pytest.mark.parametrize(
    ("parts", "begins"),
    [
        (("12", "3", "2026"), ""),
        (("", "", "2026"), ""),
        (("", "", ""), ""),
        (("13", "3", "2026"), "Birth date must be in the past"),
        (("", "4", "2026"), "Birth date must be in the past"),
        (("30", "2", "2019"), "Birth date must be a real date"),
    ],
)
def test_a_child_is_born_today_or_before(parts: tuple[str, str, str], begins: str) -> None:
    """A year that has begun may be meant."""
    problem = born_problem(typed(*parts), TODAY)
    assert problem.startswith(begins)
    assert bool(problem) == bool(begins)


@pytest.mark.parametrize(
    ("parts", "begins"),
    [
        (("12", "1", "2027"), ""),
        (("13", "1", "2027"), "Expected date must be within the next 10 months"),
        (("9", "2", "2026"), ""),
        (("8", "2", "2026"), "Expected date is more than a month past"),
        (("", "2", "2026"), ""),
        (("", "", "2025"), "Expected date is more than a month past"),
        (("", "5", "2026"), ""),
        (("", "", ""), ""),
        (("31", "4", "2026"), "Expected date must be a real date"),
    ],
)
def test_a_child_is_expected_soon(parts: tuple[str, str, str], begins: str) -> None:
    """At most ten months on and a month past."""
    problem = expected_problem(typed(*parts), TODAY)
    assert problem.startswith(begins)
    assert bool(problem) == bool(begins)


def test_about_so_old_leaves_a_year_on_either_side() -> None:
    """About five may be four or six."""
    first, last = about_so_old(5, TODAY)
    assert (first, last) == (date(2019, 3, 13), date(2022, 3, 12))
    assert about_so_old(0, TODAY)[1] == TODAY


def test_months_end_where_they_end() -> None:
    """A month on from the last of January is the last of February."""
    assert months_on(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert months_on(date(2024, 2, 29), -12) == date(2023, 2, 28)
