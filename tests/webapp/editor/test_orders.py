"""The order of one form given to another keeps everything, and stands as the other has it."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.editor.orders import in_order_of, merged, ordered_alike

Json = Any
NAMES = st.permutations(["a", "b", "c", "d", "e"]).flatmap(lambda names: st.integers(0, 5).map(lambda n: names[:n]))


def form(told: str) -> list[Json]:
    """Sections as "s: a b, t: c"."""
    sections = []
    for each in told.split(","):
        name, _, questions = each.strip().partition(":")
        sections.append({"id": name, "questions": [{"id": one} for one in questions.split()]})
    return sections


def told(sections: list[Json]) -> str:
    """The other way round."""
    return ", ".join(f"{each['id']}: {' '.join(one['id'] for one in each['questions'])}" for each in sections)


@pytest.mark.parametrize(
    ("here", "other", "expected"),
    [
        ("s: a b, t: c", "t: c, s: b a", "t: c, s: b a"),
        ("s: a b, t: c", "s: a, t: c b", "s: a, t: c b"),
        ("s: a mine b, t: c", "t: c, s: b a", "t: c, s: b a mine"),
        ("s: a, mine: m, t: c", "t: c, s: a", "t: c, s: a, mine: m"),
        ("s: a b, t: c", "s: a b c, u: z", "s: a b, t: c"),
        ("s: a, t: c", "s: c, t: a", "s: c, t: a"),
        ("s: a b, t: c", "u: a b c", "s: a b, t: c"),
    ],
    ids=["turned round", "moved", "own questions", "own sections", "none is left empty", "exchanged", "no home here"],
)
def test_it_stands_as_the_other_has_it(here: str, other: str, expected: str) -> None:
    """What only this form has stays after what it stood after; no section loses its last question."""
    found = in_order_of(form(here), form(other))
    assert told(found) == expected
    assert ordered_alike(found, form(other))
    assert ordered_alike(form(here), form(other)) == (here == expected)


@given(NAMES, NAMES)
def test_an_order_keeps_everything_once(mine: list[str], theirs: list[str]) -> None:
    """And what both have stands as theirs."""
    found = merged(mine, theirs)
    assert sorted(found) == sorted(mine)
    assert [each for each in found if each in theirs] == [each for each in theirs if each in mine]
