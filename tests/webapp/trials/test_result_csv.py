"""The figures that are taken away: by team, nothing small, nothing that a spreadsheet would run."""

import csv
import io
from typing import Any

import pytest

from webapp.trials.results.figures_csv import FEW, WITHHELD, figures_csv, safe

Json = Any


def lines_of(*teams: dict[str, Json], units: dict[str, Json], measure: str = "mean") -> list[dict[str, str]]:
    """The lines of a result with one outcome."""
    finding = {"kind": "answer", "label": "Seen alone?", "measure": measure, "analysis": {"units": units}}
    arms = {"control": "Present", "under_test": "Short"}
    text = figures_csv({"teams": list(teams), "arms": arms, "findings": [finding]})
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def team(name: str, begun: int, finished: int) -> dict[str, Json]:
    """A team of the control."""
    return {"name": name, "arm": "control", "late": False, "begun": begun, "finished": finished}


def values(line: dict[str, str]) -> list[str]:
    """What stands from the counts on."""
    return list(line.values())[3:]


def test_a_line_holds_a_team_and_its_figure() -> None:
    """Alphabetical, with the form’s name, counts and the team’s figure."""
    units = {"Beck": {"n": 40, "summary": 2.5}, "Ash": {"n": 30, "summary": 3.125}}
    found = lines_of(team("Beck", 60, 40), team("ash", 55, 30), units={**units, "ash": units["Ash"]})
    assert [each["Team"] for each in found] == ["ash", "Beck"]
    assert values(found[1]) == ["60", "40", "2.5", "40"]
    assert values(found[0])[2] == "3.12"


def test_counts_under_ten_are_not_told() -> None:
    """Nor is the figure that rests on so few."""
    (found,) = lines_of(team("Beck", 9, 7), units={"Beck": {"n": 7, "summary": 2.5}})
    assert values(found) == [FEW, FEW, "", FEW]


def test_a_count_that_gives_a_small_one_away_is_withheld() -> None:
    """Of 40 begun, 35 finished tells that 5 were not: the second is withheld."""
    (found,) = lines_of(team("Beck", 40, 35), units={"Beck": {"n": 34, "summary": 2.5}})
    assert values(found) == ["40", WITHHELD, "2.5", WITHHELD]


def test_no_two_counts_of_a_line_differ_by_less_than_ten() -> None:
    """Whatever the counts are, taking one from another gives nothing small away."""
    for begun in range(0, 60, 3):
        for finished in range(0, begun + 1, 2):
            (found,) = lines_of(team("Beck", begun, finished), units={"Beck": {"n": finished, "summary": 1.0}})
            told = [int(each) for each in (values(found)[0], values(found)[1], values(found)[3]) if each.isdigit()]
            assert all(each >= 10 for each in told)
            assert all(one == two or abs(one - two) >= 10 for one in told for two in told)


def test_a_share_that_gives_a_small_count_away_is_withheld() -> None:
    """6 of 13 is 46 of 100: who knows the 13 knows the 6."""
    (found,) = lines_of(team("B", 13, 13), units={"B": {"n": 13, "summary": 6 / 13}}, measure="proportion")
    assert values(found)[2] == WITHHELD
    (all_yes,) = lines_of(team("B", 13, 13), units={"B": {"n": 13, "summary": 1.0}}, measure="proportion")
    assert values(all_yes)[2] == "100.0"
    (many,) = lines_of(team("B", 90, 90), units={"B": {"n": 90, "summary": 0.5}}, measure="proportion")
    assert values(many)[2] == "50.0"


@pytest.mark.parametrize("words", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =cmd|'/c calc'!A0", "|x", "%x"])
def test_names_are_never_formulas(words: str) -> None:
    """What a spreadsheet would run begins with an apostrophe."""
    assert safe(words).startswith("'")
    (found,) = lines_of(team(words, 40, 40), units={words: {"n": 40, "summary": 1.0}})
    assert found["Team"].startswith("'")
    assert "\n" not in found["Team"]


def test_plain_names_stay_as_they_are() -> None:
    """Commas and quotation marks are for the format to keep."""
    assert safe('Beck, "north" – team 2') == 'Beck, "north" – team 2'
