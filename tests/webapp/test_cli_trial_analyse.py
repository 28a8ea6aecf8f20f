"""pith trial analyse says what came of a trial, exactly and for tools, and refuses what it cannot use."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.webapp.commands import Pith
from workshop.steps import ROOT

Json = Any
DATA = """team,arm,minutes,done,pair,before
Eastmoor,long,104,1,1,50
Eastmoor,long,110,0,1,52
Larkfield,short,88,1,1,48
Fell Road,long,126,1,2,61
Northgate,short,93,1,2,60
Harbour,long,118,1,3,70
Quarry Hill,short,80,1,3,69
Saltmere,long,110,1,4,44
Sedge Lane,short,97,1,4,47
"""
DESIGN: dict[str, Json] = {
    "unit": "team",
    "arm": "arm",
    "control": "long",
    "outcome": {"column": "minutes", "kind": "mean", "better": "lower"},
    "scheme": {"kind": "complete"},
}
PAIRED = {"scheme": {"kind": "paired", "pairs": "pair"}}
TIME = {"column": "minutes", "kind": "time", "event": "done", "cap": 120, "better": "lower"}


def _ran(pith: Pith, folder: Path, data: str | bytes = DATA, more: Json = None, arguments: tuple[str, ...] = ()) -> Any:
    rows, design = folder / "data.csv", folder / "design.json"
    rows.write_bytes(data if isinstance(data, bytes) else data.encode())
    design.write_text(json.dumps({**DESIGN, **(more or {})}, indent=1), encoding="utf-8")
    return pith("trial", "analyse", rows, "--design", design, *arguments)


def test_it_gives_the_fixed_object(pith: Pith, tmp_path: Path) -> None:
    """Every key that other tools read, each worked out from the teams’ means."""
    ran = _ran(pith, tmp_path, arguments=("--json",))
    found = json.loads(ran.out)
    assert (ran.code, ran.err) == (0, "")
    assert found["estimate"] == pytest.approx((88 + 93 + 80 + 97) / 4 - (107 + 126 + 118 + 110) / 4)
    assert (found["p_as_fraction"], found["p"], found["allocations"], found["exact"]) == ([2, 70], 2 / 70, 70, True)
    assert found["interval"][0] < found["estimate"] < found["interval"][1] < 0
    assert found["units"]["Eastmoor"] == {"arm": "long", "n": 2, "summary": 107.0}
    assert (found["verdict"], found["warnings"]) == ("better", [])


@pytest.mark.parametrize(
    ("more", "allocations"),
    [
        ({"scheme": {"kind": "paired", "pairs": "pair"}}, 16),
        ({"scheme": {"kind": "stratified", "strata": "pair"}}, 16),
        ({"outcome": TIME}, 70),
        ({"covariates": ["before"]}, 70),
        ({"categorical": ["done"], "level": 0.2}, 70),
    ],
)
def test_each_kind_of_design_is_heeded(more: Json, allocations: int, pith: Pith, tmp_path: Path) -> None:
    """Pairs and strata have their own allocations; a cap, covariates and a level change the rest."""
    plain = json.loads(_ran(pith, tmp_path, arguments=("--json",)).out)
    found = json.loads(_ran(pith, tmp_path, more=more, arguments=("--json",)).out)
    assert found["allocations"] == allocations
    assert {**found, "warnings": []} != {**plain, "warnings": []}


def test_abandoned_forms_stay_at_risk_to_the_cap(pith: Pith, tmp_path: Path) -> None:
    """Eastmoor’s second form was given up: it counts as the cap’s 120 minutes."""
    found = json.loads(_ran(pith, tmp_path, more={"outcome": TIME}, arguments=("--json",)).out)
    assert found["units"]["Eastmoor"]["summary"] == pytest.approx((104 + 120) / 2)
    assert found["units"]["Fell Road"]["summary"] == 120


def test_a_stored_list_lies_beside_the_design(pith: Pith, tmp_path: Path) -> None:
    """Its path is taken from the design’s folder; the p is a share of it."""
    names = ["Sedge Lane", "Saltmere", "Quarry Hill", "Northgate", "Larkfield", "Harbour", "Fell Road", "Eastmoor"]
    tested = [1, 0, 1, 1, 1, 0, 0, 0]
    lines = [tested, [1 - each for each in tested], [1, 1, 1, 1, 0, 0, 0, 0], [0, 1, 0, 1, 0, 1, 0, 1]]
    written = [",".join(names), *(",".join(map(str, line)) for line in lines)]
    (tmp_path / "possible.csv").write_text("\n".join(written), encoding="utf-8")
    more = {"scheme": {"kind": "listed", "allocations": "possible.csv"}}
    found = json.loads(_ran(pith, tmp_path, more=more, arguments=("--json",)).out)
    assert (found["p_as_fraction"], found["allocations"], found["exact"]) == ([2, 4], 4, True)
    assert "at least 20 allocations" in found["warnings"][0]


def test_without_json_it_speaks_to_people(pith: Pith, tmp_path: Path) -> None:
    """The verdict first; what rests on it below; cautions last."""
    lines = _ran(pith, tmp_path, more={"typo": 1}).out.splitlines()
    assert lines[0] == "short against long, minutes: better."
    assert lines[1] == "Difference: -25.75 (long 115.2, short 89.5)."
    assert lines[3] == "p 0.02857: 2 of 70 allocations, all there are."
    assert "  Eastmoor (long): 107, rows 2" in lines
    assert lines[-1].startswith("Caution: The design’s “typo” was not used")


def test_not_enough_evidence_is_no_failure(pith: Pith, tmp_path: Path) -> None:
    """An honest answer ends with 0; nowhere does it say that there is no difference."""
    ran = _ran(pith, tmp_path, DATA.replace("Saltmere,long,110", "Saltmere,long,60"))
    assert ran.code == 0
    assert "not enough evidence to tell" in ran.out
    assert "no difference" not in ran.out.lower()


@pytest.mark.parametrize(
    ("data", "more", "told"),
    [
        (DATA.replace("Eastmoor,long,110", "Eastmoor,short,110"), None, "data.csv, line 3, column “arm”"),
        (DATA.replace("short", "long"), None, "data.csv, column “arm”: every row has the control"),
        (DATA.replace("97,", "ninety,"), None, "data.csv, line 10, column “minutes”: “ninety” is not a number"),
        (DATA.replace("Saltmere,long", "Saltmere,other"), None, "line 9, column “arm”: “other” is a third arm"),
        (DATA.replace("110,0", "110,2"), {"outcome": TIME}, "line 3, column “done”: it is neither 0 nor 1"),
        (DATA.replace("47\n", "47,\n8\n"), None, "line 11: it has 1 cells"),
        ("", None, "data.csv: it is empty"),
        ("team,arm,minutes\na,long,1\nb,short,2\n", None, "one unit in each arm"),
        (DATA, {"control": "short form"}, "no row has the control, “short form”"),
        (DATA, {"unit": "teams"}, "there is no column “teams”; there is “team”, “arm”"),
        (DATA, {"scheme": {"kind": "paired", "pairs": "before"}}, "A unit has one “before” in all its rows"),
        (DATA.replace("97,1,4", "97,1,5"), PAIRED, "line 9, column “pair”: the pair “4” has “Saltmere” (long)."),
        (DATA, {"scheme": {"kind": "listed", "allocations": "none.csv"}}, "none.csv: no such file"),
        (DATA, {"scheme": {"kind": "listed", "allocations": "a\0b"}}, "b: it cannot be read"),
        (DATA, {"level": 2}, "design.json:13: level: it is not a number between 0 and 0.5"),
        (DATA, {"outcome": {"column": "minutes", "kind": "mean"}}, "design.json:5: outcome.better: it is missing"),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_place(
    data: str, more: Json, told: str, pith: Pith, tmp_path: Path
) -> None:
    """The file, the line, the column or key, and what to do; exit code 2 and nothing on standard output."""
    ran = _ran(pith, tmp_path, data, more)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("pith trial: ")
    assert told in ran.err
    assert "Traceback" not in ran.err


def test_a_missing_file_is_named(pith: Pith, tmp_path: Path) -> None:
    """A wrong path is said back."""
    design = tmp_path / "design.json"
    design.write_text(json.dumps(DESIGN), encoding="utf-8")
    ran = pith("trial", "analyse", tmp_path / "nowhere.csv", "--design", design)
    assert ran.code == 2
    assert "nowhere.csv: no such file" in ran.err


@pytest.mark.parametrize("seed", ["-1", "x", "1.5"])
def test_a_seed_is_a_whole_number(seed: str, pith: Pith, tmp_path: Path) -> None:
    """Anything else is refused with the usage."""
    ran = _ran(pith, tmp_path, arguments=("--seed", seed))
    assert ran.code == 2
    assert "argument --seed" in ran.err


def test_without_numpy_only_the_analysis_is_missing(tmp_path: Path) -> None:
    """The other commands do not load it; this one says which extra to install."""
    (tmp_path / "design.json").write_text(json.dumps(DESIGN), encoding="utf-8")
    (tmp_path / "data.csv").write_text(DATA, encoding="utf-8")
    script = (
        "import sys; sys.modules['numpy'] = None; from webapp.cli import main; "
        f"sys.exit(main(['trial', 'analyse', {str(tmp_path / 'data.csv')!r}, "
        f"'--design', {str(tmp_path / 'design.json')!r}]))"
    )
    ran = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, timeout=60, check=False)
    assert ran.returncode == 2
    assert b"pith[trials]" in ran.stderr
    assert b"Traceback" not in ran.stderr


def test_only_the_analysis_loads_numpy() -> None:
    """Its help does not, and no other command does."""
    script = (
        "import sys; from webapp.cli import main; main(['definition-schema'])\n"
        "try: main(['trial', 'analyse', '--help'])\n"
        "except SystemExit: pass\n"
        "sys.exit(bool({'numpy', 'scipy'} & sys.modules.keys()))"
    )
    ran = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, timeout=60, check=False)
    assert (ran.returncode, ran.stderr) == (0, b"")
