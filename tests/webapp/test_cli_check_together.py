"""pith check looks across files: cases against their form, forms against each other, code lists against the day."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.webapp.commands import Pith

QUESTIONS: list[dict[str, Any]] = [
    {
        "id": "seen",
        "type": "choice",
        "kind": "fact",
        "label": "Was the child seen?",
        "why": "To know",
        "options": [{"value": "yes", "label": "Yes"}, {"value": "no", "label": "No"}],
    },
    {
        "id": "people",
        "type": "rows",
        "kind": "fact",
        "label": "Who was there?",
        "why": "To know",
        "show_when": {"question": "seen", "is": "yes"},
        "columns": [{"id": "who", "type": "short_text", "kind": "fact", "label": "Name", "why": "To know"}],
    },
]
FORM: dict[str, Any] = {
    "form": "note",
    "version": 1,
    "title": "Note",
    "purpose": "To try",
    "sections": [{"id": "s", "title": "Section", "questions": QUESTIONS}],
}
KEPT: dict[str, Any] = {
    "title": "Who was there is asked once the child was seen",
    "answers": {"seen": "yes", "people": [{"id": "r1", "who": "Nan"}]},
    "expect": {
        "shown": ["seen", "people", "people[0].who"],
        "problems": [],
        "record": {"seen": "yes", "people": [{"id": "r1", "who": "Nan"}]},
    },
}


def _write(path: Path, value: Any) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, indent=1, ensure_ascii=False), encoding="utf-8")
    return path


def _told(pith: Pith, *paths: Path) -> list[tuple[str, str]]:
    """The code and the place of each problem."""
    return [(each["code"], each["pointer"]) for each in json.loads(pith("check", *paths, "--json").out)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A form with one case that it keeps."""
    _write(tmp_path / "note" / "1.json", FORM)
    _write(tmp_path / "note" / "cases" / "kept.json", KEPT)
    return tmp_path


def _case(folder: Path, **changed: Any) -> Path:
    return _write(folder / "note" / "cases" / "other.json", {**KEPT, **changed})


def test_a_case_that_is_kept_is_no_problem(pith: Pith, folder: Path) -> None:
    """It is counted among the files that were checked."""
    ran = pith("check", folder)
    assert (ran.code, ran.err) == (0, "2 files checked: 0 errors, 0 warnings.\n")


@pytest.mark.parametrize(
    ("changed", "pointer"),
    [
        ({"answers": {"sen": "yes"}}, "/answers/sen"),
        ({"answers": {"people": [{"id": "r1", "whom": "Nan"}]}}, "/answers/people/0/whom"),
        ({"answers": {"people": {"c1": [{"whom": "Nan"}]}}}, "/answers/people/c1/0/whom"),
        ({"expect": {"shown": ["seen", "sen"]}}, "/expect/shown/1"),
        ({"expect": {"includes": ["people[0].whom"]}}, "/expect/includes/0"),
        ({"expect": {"hides": ["not a place"]}}, "/expect/hides/0"),
        ({"expect": {"problems": [{"question": "sen", "code": "required"}]}}, "/expect/problems/0/question"),
        ({"expect": {"record": {"sen": "yes"}}}, "/expect/record/sen"),
    ],
)
def test_a_case_that_names_no_question_of_its_form(
    changed: dict[str, Any], pointer: str, pith: Pith, folder: Path
) -> None:
    """Wherever in the case the name stands, it is told there, with the nearest that there is."""
    path = _case(folder, **changed)
    assert _told(pith, folder) == _told(pith, path) == [("unknown_question", pointer)]
    ran = pith("check", path)
    assert ran.code == 1
    assert "in note version 1." in ran.out
    line = int(ran.out.split(".json:")[1].split(":")[0])
    last = pointer.rsplit("/", 1)[-1]
    assert last.isdecimal() or last in path.read_text(encoding="utf-8").splitlines()[line - 1]


def test_the_nearest_name_is_offered(pith: Pith, folder: Path) -> None:
    """A slip of the finger is mended by reading on."""
    assert "Did you mean “seen”?" in pith("check", _case(folder, answers={"sen": "yes"})).out


def test_a_case_about_an_unknown_question_may_name_it(pith: Pith, folder: Path) -> None:
    """That the form refuses the name is then what the case says."""
    problem = {"question": "mood", "code": "unknown_question"}
    _case(folder, answers={"mood": "low"}, expect={"problems": [problem], "record": {}})
    assert _told(pith, folder) == []


@pytest.mark.parametrize(
    ("expect", "pointer", "words"),
    [
        ({"shown": ["seen", "people"]}, "/expect/shown", "“people[0].who” is shown, and the case does not expect it"),
        ({"shown": ["people", "seen", "people[0].who"]}, "/expect/shown", "another order"),
        ({"includes": ["people[1].who"]}, "/expect/includes/0", "expects “people[1].who” to be shown"),
        ({"hides": ["people"]}, "/expect/hides/0", "expects “people” to be hidden"),
        ({"problems": [{"question": "seen", "code": "required"}]}, "/expect/problems", "the form tells none"),
        ({"record": {"seen": "no"}}, "/expect/record/seen", 'the form’s holds "yes"'),
    ],
)
def test_a_case_that_its_form_does_not_keep(
    expect: dict[str, Any], pointer: str, words: str, pith: Pith, folder: Path
) -> None:
    """Each difference stands where it is expected, with what the form does instead."""
    path = _case(folder, expect=expect)
    assert ("case_not_kept", pointer) in _told(pith, folder)
    ran = pith("check", path)
    assert (ran.code, words in ran.out) == (1, True)


def test_a_case_is_held_against_the_newest_version(pith: Pith, folder: Path) -> None:
    """The tenth version is newer than the ninth."""
    other = {**QUESTIONS[0], "id": "met"}
    _write(folder / "note" / "9.json", {**FORM, "version": 9})
    newest = {**FORM, "version": 10, "sections": [{**FORM["sections"][0], "questions": [other]}]}
    _write(folder / "note" / "10.json", newest)
    assert ("unknown_question", "/answers/seen") in _told(pith, folder)


@pytest.mark.parametrize(
    ("case", "code"),
    [
        ([], "not_a_case"),
        ({"title": "No answers", "expect": {}}, "not_a_case"),
        ({**KEPT, "expect": {}}, "not_a_case"),
        ({**KEPT, "title": None}, "not_a_case"),
        ({**KEPT, "expect": {"shown": "seen"}}, "not_a_case"),
        ({**KEPT, "expect": {"shown": [1]}}, "not_a_case"),
        ({**KEPT, "expect": {"problems": ["seen"]}}, "not_a_case"),
        ({**KEPT, "expect": {"record": []}}, "not_a_case"),
        ({**KEPT, "answer": {}}, "unknown_key"),
        ({**KEPT, "expect": {"show": []}}, "unknown_key"),
        ({**KEPT, "context": {"children": "two"}}, "bad_context"),
    ],
)
def test_a_case_that_is_not_written_as_one(case: Any, code: str, pith: Pith, folder: Path) -> None:
    """A misspelt case would promise nothing and never be missed."""
    _write(folder / "note" / "cases" / "other.json", case)
    assert [told for told, _ in _told(pith, folder)] == [code]


def test_a_case_that_is_no_json_or_has_no_form(pith: Pith, folder: Path) -> None:
    """Each is told as what it is."""
    (folder / "note" / "cases" / "other.json").write_text("{", encoding="utf-8")
    _write(folder / "elsewhere" / "cases" / "kept.json", KEPT)
    assert sorted(code for code, _ in _told(pith, folder)) == ["case_without_a_form", "not_json"]


def test_a_form_with_errors_is_mended_before_its_cases(pith: Pith, folder: Path) -> None:
    """What its cases would say of it is not told yet."""
    _write(folder / "note" / "1.json", {**FORM, "titel": "x"})
    _case(folder, answers={"sen": "yes"})
    assert _told(pith, folder) == [("unknown_key", "/titel")]


def test_two_files_of_one_form_and_version(pith: Pith, folder: Path) -> None:
    """The second says where the first is; only one of them could ever be published."""
    first, second = folder / "note" / "1.json", _write(folder / "note" / "again.json", FORM)
    assert _told(pith, folder) == _told(pith, first, second) == [("form_twice", "/version")]
    ran = pith("check", folder)
    assert ran.code == 1
    assert f"{second}:" in ran.out
    assert f"also lies in {first}." in ran.out
    assert _told(pith, second) == []


def test_one_form_in_two_folders(pith: Pith, folder: Path) -> None:
    """Other versions in the same folder are what versions are for; in another folder they are told."""
    _write(folder / "note" / "2.json", {**FORM, "version": 2})
    assert _told(pith, folder) == []
    _write(folder / "visit" / "3.json", {**FORM, "version": 3})
    assert _told(pith, folder) == [("form_elsewhere", "/form")]
    assert f"also lies in {folder / 'note'}." in pith("check", folder).out


CODES = {"code_list": "ours", "title": "Ours", "options": [{"value": "a", "label": "A"}]}


def test_a_code_list_past_its_last_day(pith: Pith, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Told at the list and at each question that takes its options from it, from the day after, as a warning."""
    dated = {**CODES, "valid": {"from": "2025-04-01", "to": "2026-03-31"}}
    listed = _write(tmp_path / "code_lists" / "ours.json", dated)
    asked = {key: value for key, value in QUESTIONS[0].items() if key != "options"}
    section = {**FORM["sections"][0], "questions": [{**asked, "code_list": "ours"}]}
    form = _write(tmp_path / "1.json", {**FORM, "sections": [section]})

    def on(moment: datetime) -> list[tuple[str, str]]:
        monkeypatch.setattr("webapp.clock.utc_now", lambda: moment)
        return _told(pith, form, listed)

    assert on(datetime(2026, 3, 31, 22, 59, tzinfo=UTC)) == []
    assert on(datetime(2026, 3, 31, 23, 1, tzinfo=UTC)) == [
        ("code_list_ended", "/sections/0/questions/0/code_list"),
        ("code_list_ended", "/valid/to"),
    ]
    ran = pith("check", form, listed)
    assert (ran.code, ran.out.count("stands until 2026-03-31")) == (0, 2)


def test_an_unfinished_translation(pith: Pith, tmp_path: Path) -> None:
    """Which text, in which language, and how to write it."""
    labelled = {**QUESTIONS[0], "why": {"en": "To know", "cy": "I wybod"}}
    words = {"en": "Note", "cy": "Nodyn"}
    section = {"id": "s", "title": words, "questions": [{**labelled, "options": []}]}
    options = [{"value": "yes", "label": words}, {"value": "no", "label": {"en": "No, not yet"}}]
    section["questions"] = [{**labelled, "options": options}]
    form = {**FORM, "title": words, "purpose": words, "languages": ["en", "cy"], "sections": [section]}
    ran = pith("check", _write(tmp_path / "1.json", form))
    assert ran.code == 1
    assert (
        "/sections/0/questions/0/label: The form is in cy, and this text is not yet: “Was the child seen?”." in ran.out
    )
    assert "/options/1/label: The form is in cy, and this text is not yet: “No, not yet”." in ran.out
    assert 'Write it as {"en": "…", "cy": "…"}.' in ran.out
    assert "2 errors" in ran.err
