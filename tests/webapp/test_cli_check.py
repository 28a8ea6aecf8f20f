"""pith check tells everything that is wrong, with file, line, place and mend, and says so by its exit code."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.webapp.commands import Pith
from webapp.commands.progress import Progress
from webapp.library import LIBRARY

QUESTION = {"id": "q", "type": "choice", "kind": "fact", "label": "Which?", "why": "To know"}
OPTIONS = [{"value": "a", "label": "A"}, {"value": "b", "label": "B"}]
FOLLOW_UP = {"id": "f", "type": "short_text", "kind": "fact", "label": "What else?", "why": "To know"}
LINE = re.compile(r"^(?P<path>.+?):(?P<line>\d+): (?P<code>[a-z_]+)( (?P<pointer>/\S*))?: (?P<message>.+)$")


def _form(form: str, *questions: dict[str, Any]) -> dict[str, Any]:
    section = {"id": "s", "title": "Section", "questions": list(questions)}
    return {"form": form, "version": 1, "title": form, "purpose": "To try", "sections": [section]}


def _write(path: Path, value: Any) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, indent=1, ensure_ascii=False), encoding="utf-8")
    return path


SOUND = _form("note", {**QUESTION, "options": OPTIONS}, {**FOLLOW_UP, "show_when": {"question": "q", "is": "a"}})


def test_everything_that_ships_is_sound(pith: Pith) -> None:
    """The library, its features and its code lists have no errors; forms broken on purpose are passed over."""
    ran = pith("check", LIBRARY, "--json")
    assert ran.code == 0
    assert [each for each in json.loads(ran.out) if each["severity"] == "error"] == []


def test_each_problem_names_file_line_place_and_mend(pith: Pith, tmp_path: Path) -> None:
    """One line for each, which editors can follow, and what to do below it."""
    wrong = json.loads(json.dumps(SOUND))
    wrong["sections"][0]["questions"][1]["show_when"]["is"] = "z"
    path = _write(tmp_path / "note" / "1.json", wrong)
    ran = pith("check", path)
    assert ran.code == 1
    first, mend = ran.out.splitlines()[:2]
    found = LINE.match(first)
    assert found is not None
    assert found["path"] == str(path)
    assert found["pointer"] == "/sections/0/questions/1/show_when/is"
    assert '"is": "z"' in path.read_text(encoding="utf-8").splitlines()[int(found["line"]) - 1]
    assert mend.startswith("    ")
    assert "1 file checked: 1 error, 0 warnings." in ran.err


def test_json_holds_the_same(pith: Pith, tmp_path: Path) -> None:
    """Another tool gets every part on its own."""
    path = _write(tmp_path / "1.json", {**SOUND, "titel": "x"})
    ran = pith("check", path, "--json")
    (problem,) = json.loads(ran.out)
    assert (problem["path"], problem["code"], problem["severity"]) == (str(path), "unknown_key", "error")
    assert {"line", "pointer", "message", "mend"} <= problem.keys()


def test_a_warning_does_not_fail_the_check(pith: Pith, tmp_path: Path) -> None:
    """What a person should think about is told and marked as a warning."""
    decision = {**QUESTION, "kind": "decision", "options": OPTIONS}
    ran = pith("check", _write(tmp_path / "1.json", _form("note", decision)))
    assert ran.code == 0
    assert ": warning: " in ran.out


def test_a_folder_is_walked_and_other_files_in_it_passed_over(pith: Pith, tmp_path: Path) -> None:
    """Drafts and the like lie beside forms by right; what is no JSON at all is told."""
    _write(tmp_path / "note" / "1.json", SOUND)
    _write(tmp_path / "note" / "answers.json", {"q": "a"})
    assert pith("check", tmp_path).err == "1 file checked: 0 errors, 0 warnings.\n"
    (tmp_path / "note" / "2.json").write_text('{"form": "note",\n', encoding="utf-8")
    ran = pith("check", tmp_path)
    assert ran.code == 1
    assert "2.json:" in ran.out


def test_code_lists_beside_a_form_are_found_and_checked(pith: Pith, tmp_path: Path) -> None:
    """A form may name a list that lies in the code_lists folder beside it; the list is held to its shape."""
    form = _write(tmp_path / "1.json", _form("note", {**QUESTION, "code_list": "ours"}))
    assert pith("check", form).code == 1
    options = [{"value": "a", "label": "A"}, {"value": "a", "label": "B", "from": "2026-02-01", "to": "2026-01-01"}]
    path = _write(tmp_path / "code_lists" / "ours.json", {"code_list": "other", "title": "Ours", "options": OPTIONS})
    assert [each["code"] for each in json.loads(pith("check", path, "--json").out)] == ["name_differs"]
    _write(path, {"code_list": "ours", "title": "Ours", "options": OPTIONS})
    assert pith("check", tmp_path).code == 0
    _write(path, {"code_list": "ours", "title": "Ours", "options": options})
    codes = [(each["code"], each["line"]) for each in json.loads(pith("check", path, "--json").out)]
    assert [code for code, _ in codes] == ["duplicate_code", "duplicate_code", "days_crossed"]
    assert codes[0][1] < codes[1][1] == codes[2][1]
    _write(path, {"options": "none"})
    assert "not_a_code_list" in pith("check", path).out
    path.write_text("{", encoding="utf-8")
    assert "not_json" in pith("check", path).out
    assert "unknown_code_list" in pith("check", form).out


OVERLAY = {
    "owner": "northshire",
    "form": "note-northshire",
    "version": 1,
    "base": {"owner": "library", "form": "note", "version": 1},
    "changes": [{"op": "reword", "question": "q", "label": "Which of them?"}],
}


def test_an_overlay_is_held_against_its_base(pith: Pith, tmp_path: Path) -> None:
    """The base is sought among the files given, in the overlay's folder and in the library."""
    _write(tmp_path / "forms" / "1.json", SOUND)
    beside = _write(tmp_path / "forms" / "overlay.json", OVERLAY)
    elsewhere = _write(tmp_path / "changes" / "overlay.json", OVERLAY)
    assert pith("check", beside).code == 0
    assert pith("check", elsewhere, tmp_path / "forms" / "1.json").code == 0
    ran = pith("check", elsewhere)
    assert ran.code == 1
    assert "base_not_found /base" in ran.out
    shipped = {**OVERLAY, "base": {"form": "visit", "version": 1, "owner": "library"}, "changes": []}
    assert "base_not_found" not in pith("check", _write(elsewhere, shipped)).out


def test_what_an_overlay_breaks_is_told_at_its_operation(pith: Pith, tmp_path: Path) -> None:
    """Hiding what another question depends on names the operation and both questions, once."""
    _write(tmp_path / "1.json", SOUND)
    hiding = {**OVERLAY, "changes": [OVERLAY["changes"][0], {"op": "hide", "question": "q"}]}  # type: ignore[index]
    path = _write(tmp_path / "overlay.json", hiding)
    ran = pith("check", path, "--json")
    (problem,) = json.loads(ran.out)
    assert (ran.code, problem["code"], problem["pointer"]) == (1, "never_shown", "/changes/1")
    assert '"op": "hide"' in "".join(path.read_text(encoding="utf-8").splitlines()[problem["line"] - 1 :][:2])


def test_what_the_changed_form_gets_wrong_is_told_too(pith: Pith, tmp_path: Path) -> None:
    """An operation that can be done may still make a form that cannot be used."""
    _write(tmp_path / "1.json", SOUND)
    change = {"op": "options", "question": "q", "remove": ["a"]}
    ran = pith("check", _write(tmp_path / "overlay.json", {**OVERLAY, "changes": [change]}))
    assert ran.code == 1
    assert "/changes" in ran.out


def test_an_overlay_over_a_broken_base_says_so(pith: Pith, tmp_path: Path) -> None:
    """The base is to be mended first."""
    _write(tmp_path / "1.json", {**SOUND, "titel": "x"})
    assert "base_unsound /base" in pith("check", _write(tmp_path / "overlay.json", OVERLAY)).out


@pytest.mark.parametrize("base", [None, "note", {"form": ["note"]}])
def test_an_overlay_without_a_proper_base_is_told(base: Any, pith: Pith, tmp_path: Path) -> None:
    """Whatever stands in the place of the base, there is no traceback."""
    ran = pith("check", _write(tmp_path / "overlay.json", {**OVERLAY, "base": base}))
    assert (ran.code, "base_not_found" in ran.out) == (1, True)


def test_a_path_that_leads_nowhere_is_a_mistake_in_the_command(pith: Pith, tmp_path: Path) -> None:
    """Exit code 2 sets it apart from a form with errors."""
    for path in (tmp_path / "nowhere", tmp_path):
        ran = pith("check", path)
        assert (ran.code, ran.out) == (2, "")
        assert str(path) in ran.err


class _Terminal:
    """An error stream somebody watches."""

    def __init__(self) -> None:
        self.text = ""

    def isatty(self) -> bool:
        return True

    def write(self, text: str) -> int:
        self.text += text
        return len(text)

    def flush(self) -> None:
        pass


def test_long_work_says_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a terminal, once half a second has gone by, and the line is left empty at the end."""
    terminal, moments = _Terminal(), iter([0.0, 0.1, 9.0])
    monkeypatch.setattr("sys.stderr", terminal)
    monkeypatch.setattr("webapp.commands.progress.monotonic", lambda: next(moments))
    with Progress(2, "files checked") as progress:
        progress.step()
        assert terminal.text == ""
        progress.step()
        assert terminal.text == "\r2 of 2 files checked"
    assert terminal.text.endswith("\r\x1b[K")


def test_nothing_in_a_file_can_steer_a_terminal(pith: Pith, tmp_path: Path) -> None:
    """A key or a file's name is told on one line, without what a terminal would obey."""
    path = _write(tmp_path / "one\n\x1b[2J.json", {**SOUND, "\x1b[31m\nred": 1})
    ran = pith("check", path)
    assert "unknown_key" in ran.out
    assert "\x1b" not in ran.out
    assert len(ran.out.splitlines()) == 2


def test_a_file_too_large_to_be_a_form_is_not_read_whole(pith: Pith, tmp_path: Path) -> None:
    """What is read of it is enough to say so."""
    path = tmp_path / "1.json"
    with path.open("wb") as file:
        file.truncate(10_000_000_000)
    assert "too_large_to_read" in pith("check", path).out
