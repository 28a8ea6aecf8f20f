"""The data of a trial from CSV files: read as people save them, refused with the line and the column."""

from math import isnan

import pytest

from engine.trials.analysis import analyse
from engine.trials.csv_rows import MOST_BYTES
from engine.trials.data import read_allocations, read_table
from engine.trials.errors import BadData
from engine.trials.table import Table
from tests.engine.trials.small_trials import LISTED, STRATIFIED, design

TIME = {"column": "minutes", "kind": "time", "event": "done", "cap": 100, "better": "lower"}
PLAIN = "team,arm,minutes\nEast,long,104\nWest,short,88.5\n"


def _read(text: str | bytes, scheme: object = None, outcome: object = None) -> Table:
    chosen = design(**({"scheme": scheme} if scheme else {}), **({"outcome": outcome} if outcome else {}))
    return read_table(text if isinstance(text, bytes) else text.encode(), chosen, "data.csv")


@pytest.mark.parametrize(
    "text",
    [
        PLAIN,
        "\ufeff" + PLAIN,
        PLAIN.replace("\n", "\r\n"),
        PLAIN.replace(",", ";"),
        PLAIN.replace(",", "\t"),
        PLAIN.removesuffix("\n"),
        PLAIN.replace(",", " , "),
        "\n\n" + PLAIN.replace("\n", "\n\n"),
        PLAIN.replace("\n", ",\n"),
        PLAIN.replace("East", '"East"').replace("104", '"104"'),
        'note,minutes,arm,team\n"a, b\n""c""",104,long,East\n,88.5,short,West\n',
    ],
)
def test_it_is_read_however_a_spreadsheet_saved_it(text: str) -> None:
    """Byte order mark, line ends, semicolons, tabs, blank lines, quotation marks, columns in any order."""
    found = _read(text)
    assert (list(found.units), list(found.arms)) == (["East", "West"], ["long", "short"])
    assert found.values.tolist() == [104, 88.5]
    assert found.events is None


def test_a_blank_outcome_is_missing() -> None:
    """It is no zero."""
    values = _read("team,arm,minutes\nEast,long,\nWest,short, \nNorth,short,-1e2\n").values
    assert [isnan(value) for value in values] == [True, True, False]
    assert values[2] == -100


@pytest.mark.parametrize(
    ("text", "place", "told"),
    [
        ("", "data.csv", "it is empty"),
        (" \r\n\n", "data.csv", "it is empty"),
        (b"team,arm,minutes\nEast,long,1\nW\xe9st,short,2\n", "data.csv, line 3", "not written in UTF-8"),
        ("team,arm\n".encode("utf-16"), "data.csv", "not written in UTF-8"),
        ("team,arm,minutes\nEast\0,long,1\n", "data.csv, line 2", "not text"),
        ("team,arm,minutes,team\nEast,long,1,x\n", "data.csv, line 1", "two columns are named “team”"),
        ("team,arm,hours\nEast,long,1\n", "data.csv, line 1", "no column “minutes”; there is “team”, “arm”, “hours”"),
        (PLAIN + "North,short\n", "data.csv, line 4", "it has 2 cells, and the first line names 3 columns"),
        (PLAIN + "North,short,1,2\n", "data.csv, line 4", "it has 4 cells"),
        (PLAIN + 'North,short,"1\n', "data.csv, line 4", "cannot be told apart"),
        (PLAIN + "North,short,n/a\n", "data.csv, line 4, column “minutes”", "“n/a” is not a number"),
        ('team,arm,minutes\n"a\nb",long,1\nWest,short,x\n', "data.csv, line 4, column “minutes”", "“x” is not"),
        (PLAIN.replace(",", ";").replace(".", ","), "data.csv, line 3, column “minutes”", "“88,5” is not a number"),
        (PLAIN + "North,short,nan\n", "data.csv, line 4, column “minutes”", "“nan” is not a number"),
        (PLAIN + "North,short,1_0\n", "data.csv, line 4, column “minutes”", "“1_0” is not a number"),
        (PLAIN + "North,short,1e300\n", "data.csv, line 4, column “minutes”", "“1e300” is not a number"),
        (PLAIN + "North,short,1e999\n", "data.csv, line 4, column “minutes”", "“1e999” is not a number"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(text: str | bytes, place: str, told: str) -> None:
    """File, line and column, what is wrong, and what to do."""
    with pytest.raises(BadData) as refused:
        _read(text)
    assert refused.value.detail["place"] == place
    assert told in refused.value.detail["why"]
    assert refused.value.detail["mend"].endswith(".")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (PLAIN + ",short,3\n", "line 4, column “team”"),
        (PLAIN + "North,,3\n", "line 4, column “arm”"),
        (PLAIN + "East,short,3\n", "line 4, column “arm”"),
    ],
)
def test_rows_that_contradict_the_trial_are_refused_by_their_line(text: str, place: str) -> None:
    """A blank team, a blank arm, a team in both arms: found by the analysis, told by the line of the file."""
    with pytest.raises(BadData, match=f"data.csv, {place}"):
        analyse(design(), _read(text))


def test_a_file_that_is_too_large_is_refused() -> None:
    """50 MB are read, not more."""
    with pytest.raises(BadData, match="larger than 50 MB"):
        _read(b" " * (MOST_BYTES + 1))


def test_what_the_design_names_must_be_there() -> None:
    """Strata and events are columns too."""
    with pytest.raises(BadData, match="no column “group”"):
        _read(PLAIN, scheme=STRATIFIED)
    with pytest.raises(BadData, match="no column “done”"):
        _read(PLAIN, outcome=TIME)


def test_a_list_is_ordered_by_the_names_of_its_units() -> None:
    """However its columns stand, those of the result are in the order of the units' names."""
    found = read_allocations(b"West,East,North\n1,0,0\n0,1,0\n", ["East", "North", "West"], "list.csv")
    assert found.matrix.tolist() == [[0, 0, 1], [1, 0, 0]]
    assert (found.exact, found.possible) == (True, 2)


@pytest.mark.parametrize(
    "text", ["b,a\r\n1,0\r\n0,1", "\ufeffb;a\n1;0\n0;1\n", 'b,a\n"1",0\n 0 ,1\n', '"b",a\n1,0\n\n0,1\n']
)
def test_a_list_is_read_however_a_spreadsheet_saved_it(text: str) -> None:
    """Quickly where there is nothing but digits, cell by cell where there is more."""
    assert read_allocations(text.encode(), ["a", "b"], "list.csv").matrix.tolist() == [[0, 1], [1, 0]]


@pytest.mark.parametrize(
    ("text", "place", "told"),
    [
        ("a,b\n", "list.csv", "it lists no allocation"),
        ("a,b\n1,0\n2,0\n", "list.csv, line 3, column “a”", "“2” is neither 0 nor 1"),
        ("a,b\n1,0\n01,0\n", "list.csv, line 3, column “a”", "“01” is neither"),
        ("a,b\n1,0\n1\n", "list.csv, line 3", "it has 1 cells"),
        ("a,b\n1,0\n1,\n", "list.csv, line 3, column “b”", "“” is neither"),
        ("a,b,c\n1,0,0\n", "list.csv, line 1", "the unit “c”, of which the data have no row"),
        ("a\n1\n", "list.csv, line 1", "no column for the unit “b”"),
        ("a,a\n1,0\n", "list.csv, line 1", "two columns are named “a”"),
    ],
)
def test_a_list_that_is_not_one_is_refused_with_its_place(text: str, place: str, told: str) -> None:
    """The line and the column, and what stands there."""
    with pytest.raises(BadData) as refused:
        read_allocations(text.encode(), ["a", "b"], "list.csv")
    assert refused.value.detail["place"] == place
    assert told in refused.value.detail["why"]


def test_a_stored_list_is_what_the_result_rests_on() -> None:
    """From two files to a p over the three allocations that were possible."""
    rows = read_table(b"team,arm,minutes\nd,long,1\nc,long,2\nb,short,9\na,short,8\n", design(LISTED), "data.csv")
    stored = read_allocations(b"d,c,b,a\n0,0,1,1\n1,0,0,1\n0,1,0,1\n", rows.units, "list.csv")
    found = analyse(design(LISTED), rows, stored)
    assert (found.hits, found.allocations, found.estimate) == (1, 3, 7)
