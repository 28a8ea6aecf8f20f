"""Dates of the demonstration, counted from the day it is filled, so that nobody in it grows old."""

from datetime import date, timedelta


def born(age: tuple[int, int], today: date) -> date:
    """The birth date of a child who is so many years and months old today, and a few days."""
    years, months = age
    month = today.year * 12 + today.month - 1 - years * 12 - months
    return date(month // 12, month % 12 + 1, 1) + timedelta(days=min(today.day, 28) - 1) - timedelta(days=3)


def expected(days: int, today: date) -> date:
    """The date a child is expected."""
    return today + timedelta(days=days)
