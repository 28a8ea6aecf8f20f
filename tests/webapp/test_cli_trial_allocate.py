"""pith trial allocate: the fixed interface, the list for the analysis, and refusals that name their line."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from engine.trials.allocation import Unit, allocate
from tests.webapp.commands import Pith

Json = Any


def _asked(folder: Path, **changed: Json) -> Path:
    asked = {"trial": "t", "seed": "s", "arms": ["long", "short"], "units": [{"id": name} for name in "ABCDEFGH"]}
    path = folder / "design.json"
    path.write_text(json.dumps({**asked, **changed}, indent=1), encoding="utf-8")
    return path


def test_json_is_what_other_tools_were_promised(pith: Pith, tmp_path: Path) -> None:
    """Allocation, possible and digest, the same as the engine draws, whatever the order of units and keys."""
    drawn = allocate("t", "s", ["long", "short"], [Unit(name) for name in "ABCDEFGH"], "complete")
    expected = {"allocation": dict(drawn.by_unit), "possible": 70, "digest": drawn.digest}
    first = pith("trial", "allocate", _asked(tmp_path), "--json")
    assert (first.code, json.loads(first.out)) == (0, expected)
    turned = _asked(tmp_path, arms=["short", "long"], units=[{"id": name} for name in "HGFEDCBA"])
    assert pith("trial", "allocate", turned, "--json").out == first.out


def test_strata_and_pairs(pith: Pith, tmp_path: Path) -> None:
    """They need only stand with each unit."""
    strata = [{"stratum": "N" if name < "D" else "S", "id": name} for name in "ABCDEFGH"]
    pairs = [{"pair": at // 2, "id": name} for at, name in enumerate("ABCDEFGH")]
    ways = [
        json.loads(pith("trial", "allocate", _asked(tmp_path, units=units), "--json").out)["possible"]
        for units in (strata, pairs)
    ]
    assert ways == [2 * 3 * 10, 16]


def test_it_speaks_to_people_too(pith: Pith, tmp_path: Path) -> None:
    """A line for each team, in how many ways, and the digest."""
    lines = pith("trial", "allocate", _asked(tmp_path)).out.splitlines()
    assert [line[:3] for line in lines[:8]] == [f"{name}: " for name in "ABCDEFGH"]
    assert lines[8].startswith("One of 70 allocations")
    assert lines[9].startswith("Digest: ")


def test_a_constrained_draw_gives_the_list_that_its_analysis_needs(pith: Pith, tmp_path: Path) -> None:
    """One column a unit, one line an allocation, 1 for the arm that is not the control; and the analysis takes it."""
    units = [{"id": f"T{at:02}", "covariates": {"referrals": at * at % 17}} for at in range(12)]
    asked, listed = _asked(tmp_path, units=units, control="short"), tmp_path / "list.csv"
    drawn = json.loads(pith("trial", "allocate", asked, "--list", listed, "--json").out)
    with listed.open(encoding="utf-8", newline="") as file:
        names, *lines = csv.reader(file)
    assert len(lines) == drawn["possible"]
    assert [str(int(drawn["allocation"][name] == "long")) for name in names] in lines
    data = tmp_path / "data.csv"
    rows = [f"{name},{arm},{at}" for at, (name, arm) in enumerate(drawn["allocation"].items())]
    data.write_text("\n".join(["team,arm,minutes", *rows]), encoding="utf-8")
    design = tmp_path / "analysis.json"
    outcome = {"column": "minutes", "kind": "mean", "better": "lower"}
    scheme = {"kind": "listed", "allocations": "list.csv"}
    analysis = {"unit": "team", "arm": "arm", "control": "short", "outcome": outcome, "scheme": scheme}
    design.write_text(json.dumps(analysis), encoding="utf-8")
    found = pith("trial", "analyse", data, "--design", design, "--json")
    assert found.code == 0, found.err
    assert json.loads(found.out)["allocations"] == drawn["possible"]


def test_teams_that_cannot_give_a_verdict_are_told(pith: Pith, tmp_path: Path) -> None:
    """The draw is made, and beside it stands that it is for nothing and what would do; eight teams are silent."""
    few = pith("trial", "allocate", _asked(tmp_path, units=[{"id": name} for name in "ABCDEF"]), "--json")
    assert (few.code, json.loads(few.out)["possible"]) == (0, 20)
    assert "smallest p there can be is 0.1, and the level is 0.05. 1 more team would do." in few.err
    pairs = [{"pair": at // 2, "id": name} for at, name in enumerate("ABCDEFGH")]
    assert "4 more teams would do." in pith("trial", "allocate", _asked(tmp_path, units=pairs)).err
    assert pith("trial", "allocate", _asked(tmp_path)).err == ""


def test_a_list_needs_a_constrained_draw(pith: Pith, tmp_path: Path) -> None:
    """Otherwise there is none, and nothing is written."""
    ran = pith("trial", "allocate", _asked(tmp_path), "--list", tmp_path / "list.csv")
    assert (ran.code, (tmp_path / "list.csv").exists()) == (2, False)
    assert "constrained" in ran.err


@pytest.mark.parametrize(
    ("changed", "line", "words"),
    [
        ({"units": [{"id": "A"}, {"id": "B"}, {"id": "A"}]}, 15, "stands twice"),
        ({"units": [{"id": "A", "pair": 1}, {"id": "B", "pair": 2}]}, 9, "A pair is two units"),
        ({"arms": ["long"]}, 4, "at least two arms"),
        ({"seed": ""}, 3, "“seed” is blank"),
        ({"units": 8}, 8, "must be a list"),
        ({"unit": []}, 34, "no key “unit”"),
    ],
)
def test_refusals_name_their_line(changed: Json, line: int, words: str, pith: Pith, tmp_path: Path) -> None:
    """File, line, place, and what to do."""
    path = _asked(tmp_path, **changed)
    ran = pith("trial", "allocate", path)
    assert ran.code == 2
    assert ran.err.startswith(f"pith trial: {path}:{line}: /")
    assert words in ran.err


def test_what_is_no_json_is_refused(pith: Pith, tmp_path: Path) -> None:
    """Like every other file."""
    path = tmp_path / "design.json"
    path.write_text("{", encoding="utf-8")
    assert pith("trial", "allocate", path).code == 2
    assert pith("trial", "allocate", tmp_path / "none.json").code == 2
    assert pith("trial").code == 2
