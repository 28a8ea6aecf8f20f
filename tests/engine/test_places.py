"""Places in answers are written and read back the same."""

from hypothesis import given
from hypothesis import strategies as st

from engine.places import Place, parse_place

_ids = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True)
_children = st.none() | st.from_regex(r"[A-Za-z][A-Za-z0-9_-]{0,8}", fullmatch=True)
_rows = st.none() | st.tuples(st.integers(0, 40), st.none() | _ids)


@given(_ids, _children, _rows)
def test_a_place_reads_back_as_it_was_written(
    name: str, child: str | None, cell: tuple[int, str | None] | None
) -> None:
    row, column = cell or (None, None)
    place = Place(name, child, row, column)
    assert parse_place(str(place)) == place


def test_what_is_no_place_is_none() -> None:
    assert parse_place("people[0") is None
    assert parse_place("") is None
    assert parse_place("people[0].who[1]") is None
