"""pith import and pith export carry forms between Pith and spreadsheets, and say what did not fit."""

import json
from pathlib import Path

import pytest

from tests.engine.exports.workbooks import HEAD, TITLED, YES_NO, workbook
from tests.webapp.commands import Pith
from webapp.library import LIBRARY

VISIT = LIBRARY / "visit" / "1.json"


@pytest.fixture
def foreign(tmp_path: Path) -> Path:
    """A small form from elsewhere, with one question that has no place here."""
    path = tmp_path / "family.xlsx"
    rows = (
        ("begin_group", "g", "Home"),
        ("select_one yn", "seen", "Seen?"),
        ("geopoint", "at", "Where?"),
        ("end_group",),
    )
    path.write_bytes(workbook({"survey": [HEAD, *rows], "choices": YES_NO, "settings": TITLED}))
    return path


def test_a_form_goes_out_and_comes_back(pith: Pith, tmp_path: Path) -> None:
    """The file holds the whole form; nothing is left to write."""
    out = tmp_path / "visit.xlsx"
    went = pith("export", VISIT, "--format", "xlsform", out)
    assert (went.code, went.err) == (0, "")
    assert went.out.startswith(f"{out} is written. What other tools would lose: ")
    came = pith("import", out)
    assert json.loads(came.out) == json.loads(VISIT.read_bytes())
    assert came.err.startswith("Did not fit: 0.\nNothing is left to write; `pith check` says more.\n")


def test_what_is_lost_elsewhere_for_other_programs(pith: Pith, tmp_path: Path) -> None:
    """Each line with its place and what to do."""
    told = json.loads(pith("export", VISIT, "--format", "xlsform", tmp_path / "visit.xlsx", "--json").out)
    assert all(list(each) == ["sheet", "row", "column", "name", "outcome", "message", "mend"] for each in told)
    assert {"sheet": "survey", "row": 0, "column": "pith::why"}.items() <= next(
        each.items() for each in told if each["column"] == "pith::why"
    )


def test_what_did_not_fit_and_what_is_left_to_write(pith: Pith, foreign: Path) -> None:
    """For people: the place, the mend, and that nobody has said yet why anything is asked."""
    ran = pith("import", foreign)
    assert ran.code == 0
    assert [each["id"] for each in json.loads(ran.out)["sections"][0]["questions"]] == ["seen"]
    assert "survey row 4, type (at): “geopoint” has no place in a form of Pith.\n    Pith asks for no" in ran.err
    assert "Left to write before it can be published:" in ran.err
    assert "why" in ran.err


def test_the_same_for_other_programs(pith: Pith, foreign: Path) -> None:
    """The definition, what did not fit, and what the check says of it."""
    found = json.loads(pith("import", foreign, "--json").out)
    assert list(found) == ["definition", "unfit", "problems"]
    assert [(each["row"], each["outcome"]) for each in found["unfit"]] == [(4, "left_out")]
    assert {each["severity"] for each in found["problems"]} >= {"error"}


def test_an_import_can_be_checked_as_a_file(pith: Pith, foreign: Path, tmp_path: Path) -> None:
    """What is missing is told by the check too, and bars publishing."""
    path = tmp_path / "1.json"
    path.write_text(pith("import", foreign).out, encoding="utf-8")
    ran = pith("check", path)
    assert ran.code == 1
    assert "why" in ran.out


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("a.txt", b"{}", "reads files that end with .json, .xlsx"),
        ("a.json", b"{}", "neither a form nor a bundle of one"),
        ("a.xlsx", b"{}", "This is no spreadsheet"),
        ("a.xlsx", None, "no such file"),
    ],
)
def test_what_cannot_be_read_is_refused(pith: Pith, tmp_path: Path, name: str, content: bytes | None, why: str) -> None:
    """In words, with the exit code of what was not done."""
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    ran = pith("import", path, "--json")
    assert (ran.code, ran.out) == (2, "")
    assert why in ran.err


def test_what_cannot_be_written_is_refused(pith: Pith, tmp_path: Path) -> None:
    """A folder that is not there; and a form with errors is not carried anywhere."""
    ran = pith("export", VISIT, "--format", "xlsform", tmp_path / "nowhere" / "visit.xlsx")
    assert (ran.code, ran.out) == (2, "")
    assert "no such file" in ran.err
    unsound = LIBRARY / "_features" / "broken" / "forward-reference.json"
    assert pith("export", unsound, "--format", "xlsform", tmp_path / "x.xlsx").code == 1
    assert not (tmp_path / "x.xlsx").exists()


def test_a_bundle_goes_out_and_comes_back_the_same(pith: Pith, tmp_path: Path) -> None:
    """With the code lists it names and its mark; what was changed since is told."""
    out = tmp_path / "visit.json"
    assert pith("export", VISIT, "--format", "bundle", out).code == 0
    came = pith("import", out)
    assert json.loads(came.out) == json.loads(VISIT.read_bytes())
    assert "It is the same as visit version 1, which comes with Pith." in came.err
    out.write_text(
        out.read_text(encoding="utf-8").replace('"title": "The visit"', '"title": "Other"'), encoding="utf-8"
    )
    came = pith("import", out)
    assert "it was changed after it left its Pith" in came.err
    assert "It is the same as" not in came.err
