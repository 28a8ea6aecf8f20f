"""pith trial simulate: figures for people and for tools, designs from a file, and options that make no sense."""

import json
import sys
from pathlib import Path

import pytest

from engine.trials.simulation import simulate
from engine.trials.supposed import Supposed
from tests.webapp.commands import Pith


def test_each_design_that_is_asked_for_is_run(pith: Pith) -> None:
    """Every number of teams with every scheme and likeness, by the seed, as the engine runs it."""
    asked = ["--teams", 8, 12, "--scheme", "complete", "paired", "--icc", 0.1, 0.2, "--repetitions", 300, "--seed", 4]
    ran = pith("trial", "simulate", *asked, "--json")
    found = json.loads(ran.out)
    assert [len(each["supposed"]["groups"]) for each in found] == [1, 1, 4, 4, 1, 1, 6, 6]
    assert found[1] == simulate(Supposed((8,), 0.2), 300, 4).to_json()
    assert pith("trial", "simulate", *asked, "--json").out == ran.out
    assert ran.err == ""


def test_it_speaks_to_people_too(pith: Pith) -> None:
    """With the test that ignores teams beside ours."""
    lines = pith("trial", "simulate", "--teams", 8, "--repetitions", 300).out.splitlines()
    assert lines[0] == "8 teams drawn from all, ICC 0.1, 300 repetitions, all 70 allocations compared"
    assert [line.partition(":")[0].strip() for line in lines[1:3]] == [
        "False alarms",
        "Interval holds the true difference",
    ]
    assert "ignores teams" in lines[-1]
    pairs = pith("trial", "simulate", "--teams", 8, "--scheme", "paired", "--repetitions", 100).out
    assert pairs.endswith("smallest p there can be is 0.125, and the level is 0.05. 4 more teams would do.\n")


def test_a_declared_design_is_run_as_it_will_be_drawn(pith: Pith, tmp_path: Path) -> None:
    """The file that `allocate` takes says the strata; a difference is in the outcome's own unit."""
    units = [{"id": f"T{at}", "stratum": "N" if at < 5 else "S"} for at in range(11)]
    path = tmp_path / "design.json"
    path.write_text(json.dumps({"trial": "t", "seed": "s", "arms": ["a", "b"], "units": units}), encoding="utf-8")
    ran = pith("trial", "simulate", path, "--difference", 18, "--sd", 40, "--repetitions", 100, "--json")
    found = json.loads(ran.out)[0]
    assert found["supposed"]["groups"] == [5, 6]
    assert found["supposed"]["difference"] == pytest.approx(0.45)
    assert found["allocations"] == 10 * 20
    path.write_text(path.read_text(encoding="utf-8").replace('"T3"', '""'), encoding="utf-8")
    refused = pith("trial", "simulate", path)
    assert refused.code == 2
    assert f"{path}:1: /units/3/id" in refused.err


def test_designs_that_it_would_run_otherwise_than_they_are_drawn_are_refused(pith: Pith, tmp_path: Path) -> None:
    """Three arms, and balancing on covariates: figures for another design would mislead."""
    path = tmp_path / "design.json"
    units = [{"id": name, "covariates": {"x": at}} for at, name in enumerate("ABCDEFGH")]
    for arms, of_units, words in (
        (["a", "b"], units, "constrained"),
        (["a", "b", "c"], [{"id": "A"}], "arms must be two"),
    ):
        path.write_text(json.dumps({"trial": "t", "seed": "s", "arms": arms, "units": of_units}), encoding="utf-8")
        ran = pith("trial", "simulate", path)
        assert (ran.code, ran.out) == (2, "")
        assert words in ran.err


@pytest.mark.parametrize(
    "options",
    [
        ["--teams", 7, "--scheme", "paired"],
        ["--teams", 1],
        ["--icc", 1.5],
        ["--icc", "nan"],
        ["--forms", 0],
        ["--repetitions", 0],
        ["--seed", -1],
        ["--level", 0],
        ["--sd", 0],
        ["--outcome", "yes_no", "--rate", 0.9, "--difference", 0.2],
        ["--outcome", "bimodal"],
        ["--scheme", "none"],
    ],
)
def test_options_that_make_no_sense_are_refused(options: list[object], pith: Pith) -> None:
    """In words, before anything is run."""
    ran = pith("trial", "simulate", *options)
    assert ran.code == 2
    assert ran.out == ""
    assert "Traceback" not in ran.err


def test_without_numpy_it_says_what_to_install(pith: Pith, monkeypatch: pytest.MonkeyPatch) -> None:
    """The rest of Pith works without; this names the extra."""
    monkeypatch.setitem(sys.modules, "numpy", None)
    for name in [name for name in sys.modules if name.startswith("engine.trials.")]:
        if name in {"engine.trials.simulation", "engine.trials.supposed", "engine.trials.repeated"}:
            monkeypatch.delitem(sys.modules, name)
    ran = pith("trial", "simulate")
    assert ran.code == 2
    assert "pith[trials]" in ran.err
