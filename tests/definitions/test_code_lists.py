"""The dated code lists: their shape, their dates and what became of withdrawn codes."""

import re
from datetime import date
from pathlib import Path

import pytest

from tests.definitions.library import LIBRARY, code_lists, name, read

FILES = sorted((LIBRARY / "code_lists").glob("*.json"))
VALUE = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,62}")
USABLE = {
    "assessment_factors": 42,
    "category_of_abuse": 5,
    "disability": 13,
    "ethnicity": 20,
    "primary_need": 10,
    "reason_for_closure": 9,
    "referral_source": 22,
    "sex": 3,
    "upn_unknown": 7,
}
"""Codes that can be chosen in the return of 2025-26, counted in its schema."""


@pytest.mark.parametrize("path", FILES, ids=name)
def test_a_list_is_named_by_its_file_and_says_where_it_comes_from(path: Path) -> None:
    """The id is the file's name; source and status let a reader judge what the list is worth."""
    data = read(path)
    assert data["code_list"] == path.stem
    assert "2025-26" in data["source"]
    assert "not opened" in data["status"]


@pytest.mark.parametrize("path", FILES, ids=name)
def test_codes_are_option_values_with_words_of_their_own(path: Path) -> None:
    """Each code can be an option, stands once, and has a label no other has."""
    options = read(path)["options"]
    assert all(VALUE.fullmatch(option["value"]) for option in options)
    assert all(option["label"].strip() for option in options)
    for key in ("value", "label"):
        assert len({option[key] for option in options}) == len(options)


@pytest.mark.parametrize("path", FILES, ids=name)
def test_codes_that_stand_alone_are_in_their_list(path: Path) -> None:
    """`exclusive` names codes of the list."""
    data = read(path)
    assert set(data["exclusive"]) <= {option["value"] for option in data["options"]}


@pytest.mark.parametrize("path", FILES, ids=name)
def test_days_are_dates_in_order(path: Path) -> None:
    """The first day of a list or a code is not after its last."""
    data = read(path)
    for span in (data["valid"], *data["options"]):
        first, last = span.get("from"), span.get("to")
        days = [date.fromisoformat(day) for day in (first, last) if day is not None]
        assert days == sorted(days)


def test_as_many_codes_can_be_chosen_as_the_return_has() -> None:
    """On a day in the year of the return every list offers the codes of its schema, withdrawn ones left out."""
    assert {each: len(found.valid_codes("2025-09-01")) for each, found in code_lists().items()} == USABLE


def test_a_withdrawn_code_keeps_its_words_and_is_offered_no_more() -> None:
    """18A was in use until the codes for who did the harm took its place."""
    factors = code_lists()["assessment_factors"]
    assert "18A" in {code.value for code in factors.valid_codes("2019-09-01")}
    assert "18A" not in {code.value for code in factors.valid_codes("2020-04-01")}
    assert "18A" not in {code.value for code in factors.valid_codes()}
    assert next(code.label for code in factors.codes if code.value == "18A")


def test_a_new_code_is_offered_from_its_first_day() -> None:
    """Closing after an assessment with early help became a reason of its own in 2022."""
    reasons = code_lists()["reason_for_closure"]
    assert "RC9" not in {code.value for code in reasons.valid_codes("2022-03-31")}
    assert "RC9" in {code.value for code in reasons.valid_codes("2022-04-01")}
