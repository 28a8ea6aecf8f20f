"""The rules by which a child on record may be the one sought."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from webapp.store.matching import SUREST_FIRST, Likeness, OnRecord, Sought, likeness
from webapp.store.sounds import heard

BORN = date(2019, 5, 12)
EXPECTED = date(2026, 5, 2)
WREN = OnRecord("Wren", "Tallowby", False, BORN, None)
TOBI = OnRecord("Tobi", "Penhallow-Ode", False, BORN, None)
BABY = OnRecord("Baby", "Quayle-Marsh", True, None, EXPECTED)
NEVER_DATED = OnRecord("Wren", "Tallowby", False, None, None)


def on(day: date, weeks: int = 0, days: int = 0) -> tuple[date, date]:
    """A date sought, known to the day."""
    moved = day + timedelta(weeks=weeks, days=days)
    return moved, moved


YEAR = (date(2019, 1, 1), date(2019, 12, 31))


@pytest.mark.parametrize(
    ("sought", "found", "like"),
    [
        (Sought("Wren", "Tallowby", False, *on(BORN)), WREN, ("same", "same")),
        (Sought("WRÉN", "tallowby", False, *on(BORN)), WREN, ("same", "same")),
        (Sought("Ren", "Talobi", False, *on(BORN)), WREN, ("alike", "same")),
        (Sought("Tallowby", "Wren", False, *on(BORN)), WREN, ("alike", "same")),
        (Sought("Wren", "Ottaway", False, *on(BORN)), WREN, ("one", "same")),
        (Sought("", "Tallowby", False, *on(BORN)), WREN, ("one", "same")),
        (Sought("Ren", "", False, *on(BORN)), WREN, ("one", "same")),
        (Sought("Toby", "Ode", False, *on(BORN)), TOBI, ("alike", "same")),
        (Sought("Toby", "Penhalow", False, *on(BORN)), TOBI, ("alike", "same")),
        (Sought("Wren", "Tallowby", False, *YEAR), WREN, ("same", "fits")),
        (Sought("Ren", "Tallowby", False, *YEAR), WREN, ("alike", "fits")),
        (Sought("Wren", "Tallowby"), WREN, ("same", "unknown")),
        (Sought("Ren", "Tallowby", False, *on(BORN)), NEVER_DATED, ("alike", "unknown")),
        (Sought("Wren", "Tallowby", False, *on(BORN, days=1)), WREN, ("same", "other")),
        (Sought("Ren", "Tallowby", False, *on(BORN, days=1)), WREN, ("alike", "other")),
        (Sought("", "Quayle-Marsh", True, *on(EXPECTED, weeks=3)), BABY, ("same", "near")),
        (Sought("Ann", "Marsh", True, *on(EXPECTED, weeks=-3)), BABY, ("alike", "near")),
        (Sought("", "Quayle-Marsh", True), BABY, ("same", "unknown")),
        (Sought("", "Tallowby", True, *on(BORN, weeks=6)), WREN, ("same", "born_since")),
        (Sought("", "Talobi", True, *on(BORN, weeks=-6)), WREN, ("alike", "born_since")),
        (Sought("Kit", "Quayle-Marsh", False, *on(EXPECTED, weeks=6)), BABY, ("same", "before_birth")),
        (Sought("Kit", "Marsh", False, *on(EXPECTED, weeks=-6)), BABY, ("alike", "before_birth")),
    ],
)  # fmt: skip
def test_a_record_is_like_the_child_sought(sought: Sought, found: OnRecord, like: tuple[str, str]) -> None:
    """By both names, by one with the date, before birth by the family name and the time."""
    got = likeness(sought, found)
    assert got is not None
    assert (got.names, got.dates) == like


@pytest.mark.parametrize(
    ("sought", "found"),
    [
        (Sought("Wren", "Ottaway"), WREN),
        (Sought("Wren", "Ottaway", False, *YEAR), WREN),
        (Sought("Wren", "Ottaway", False, *on(BORN, days=1)), WREN),
        (Sought("Ossie", "Ottaway", False, *on(BORN)), WREN),
        (Sought("", "Quayle-Marsh", True, *on(EXPECTED, weeks=3, days=1)), BABY),
        (Sought("Baby", "Ottaway", True, *on(EXPECTED)), BABY),
        (Sought("", "Tallowby", True, *on(BORN, weeks=6, days=1)), WREN),
        (Sought("", "Tallowby", True), WREN),
        (Sought("Kit", "Quayle-Marsh", False, *on(EXPECTED, weeks=6, days=1)), BABY),
        (Sought("Kit", "Quayle-Marsh"), BABY),
        (Sought("Unknown", "Unknown", True, *on(EXPECTED)), OnRecord("Baby", "Unknown", True, None, EXPECTED)),
        (Sought("", ""), WREN),
    ],
)  # fmt: skip
def test_two_children_stay_two(sought: Sought, found: OnRecord) -> None:
    """One name alone, a date alone, brothers and sisters of one not yet born."""
    assert likeness(sought, found) is None


def test_the_surest_come_first() -> None:
    """What both names and the date say stands before what one of them says."""
    ranks = [Likeness(names, dates).rank for names, dates in SUREST_FIRST]
    assert ranks == sorted(ranks) == list(range(len(SUREST_FIRST)))
    assert Likeness("same", "same").rank < Likeness("alike", "same").rank < Likeness("one", "same").rank
    assert Likeness("same", "fits").rank < Likeness("same", "unknown").rank < Likeness("same", "other").rank


NAMES = st.text(st.characters(categories=["Lu", "Ll"], max_codepoint=0x17F), min_size=1, max_size=12)


@given(NAMES, NAMES)
def test_a_child_is_like_its_own_record_in_whatever_letters(given_name: str, family_name: str) -> None:
    """Shouted or whispered, the other way round too."""
    assume(any(heard(given_name)) and any(heard(family_name)))
    found = OnRecord(given_name, family_name, False, BORN, None)
    same = likeness(Sought(given_name.upper(), family_name.lower(), False, *on(BORN)), found)
    assert same is not None
    assert (same.names, same.dates) == ("same", "same")
    turned = likeness(Sought(family_name, given_name), found)
    assert turned is not None
    assert turned.names in ("same", "alike")
