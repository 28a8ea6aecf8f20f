"""The figures of a result team by team, to be taken away: no form, no person, no small count, nothing a sheet runs."""

import csv
import io
from collections.abc import Mapping
from typing import Any

from webapp.trials.results.amounts import unit_of
from webapp.trials.results.verdict_words import measured

Json = Any

FEWEST = 10
FEW, WITHHELD = "fewer than 10", "withheld"
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")


def figures_csv(result: Mapping[str, Json]) -> str:
    """One line a team, in alphabetical order, with a byte order mark for spreadsheets.

    A count under ten is not told, nor the figure that rests on it; a count from which another one under ten could be
    reckoned by taking it from its neighbours is withheld.
    """
    written = io.StringIO()
    lines = csv.writer(written, lineterminator="\r\n")
    lines.writerow([safe(each) for each in _header(result)])
    for team in sorted(result["teams"], key=lambda each: each["name"].casefold()):
        lines.writerow(_line(team, result))
    return f"\ufeff{written.getvalue()}"


def _header(result: Mapping[str, Json]) -> list[str]:
    titles = ["Team", "Form", "Joined late", "Forms begun", "Forms finished"]
    for finding in result["findings"]:
        name, unit = measured(finding), unit_of(finding)
        titles += [f"{name} ({unit.each})", f"{name}: forms counted"]
    return titles


def _line(team: Mapping[str, Json], result: Mapping[str, Json]) -> list[str | float]:
    told: list[int] = []
    line: list[str | float] = [safe(team["name"]), safe(result["arms"][team["arm"]]), "yes" if team["late"] else "no"]
    line += [_count(team["begun"], told), _count(team["finished"], told)]
    for finding in result["findings"]:
        unit = (finding["analysis"] or {"units": {}})["units"].get(team["name"])
        if unit is None:
            line += ["", ""]
            continue
        line += [_figure(unit, finding), _count(unit["n"], told)]
    return line


def _figure(unit: Mapping[str, Json], finding: Mapping[str, Json]) -> str | float:
    """A team's figure, unless it rests on few forms or gives a small count away: 6 of 13 is 46 of 100."""
    if unit["summary"] is None or unit["n"] < FEWEST:
        return ""
    with_it = round(unit["summary"] * unit["n"])
    if finding["measure"] == "proportion" and any(0 < each < FEWEST for each in (with_it, unit["n"] - with_it)):
        return WITHHELD
    return round(float(unit["summary"]) * unit_of(finding).scale, 2)


def _count(number: int, told: list[int]) -> str | int:
    """A count, unless it is small or the difference to one that was told already is."""
    if number < FEWEST:
        return FEW
    if any(0 < abs(number - each) < FEWEST for each in told):
        return WITHHELD
    told.append(number)
    return number


def safe(words: str) -> str:
    """Words that a spreadsheet takes for words: what it would run as a formula begins with an apostrophe."""
    plain = " ".join(words.split()) if any(each in words for each in "\r\n\t") else words
    return f"'{plain}" if plain.lstrip().startswith(_FORMULA) else plain
