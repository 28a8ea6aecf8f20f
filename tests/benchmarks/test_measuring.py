"""What is measured is what is said: figures know their bar, and the pages measured are pages that work."""

import json
from pathlib import Path

import pytest

from benchmarks import __main__ as bench
from benchmarks.editor import ADMIN, Draft, sound
from benchmarks.floors import closures, plain_answers
from benchmarks.generate import form_json
from benchmarks.measure import Figure
from benchmarks.pages import saver
from benchmarks.server import Browser, one_page, served
from engine.checks import check_definition


@pytest.mark.parametrize(
    ("figure", "ratio", "met"),
    [
        (Figure("alone", 5, "ms"), None, None),
        (Figure("within", 5, "ms", bar=5), None, True),
        (Figure("over", 6, "ms", bar=5), None, False),
        (Figure("against a floor", 6, "ms", 2, 3), 3, True),
        (Figure("too many floors", 7, "ms", 2, 3), 3.5, False),
    ],
)
def test_a_figure_is_held_against_its_bar(figure: Figure, ratio: float | None, met: bool | None) -> None:
    """A bar is a number of floors where there is a floor, else a value."""
    assert (figure.ratio, figure.met) == (ratio, met)


def test_figures_are_printed_and_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The table names what is over its bar; the file holds every figure with its ratio."""
    found = [Figure("change", 7, "ms", 2, 3), Figure("static files", 31.4, "kB", bar=60)]
    monkeypatch.setattr(bench, "PARTS", {"some": lambda: iter(found)})
    assert bench.main(["some", "--json", str(tmp_path / "results.json")]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[-1] for line in lines[1:3]] == ["over", "kB"]
    written = json.loads((tmp_path / "results.json").read_text())["figures"]
    assert [(each["name"], each["ratio"], each["met"]) for each in written] == [
        ("change", 3.5, False),
        ("static files", None, True),
    ]


def test_what_takes_minutes_is_measured_only_where_it_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A plain run leaves it out; counts are printed whole."""
    parts = {
        "short": lambda: iter([Figure("quick", 1.5, "ms")]),
        "crash": lambda: iter([Figure("lost", 1200, "", bar=0)]),
    }
    monkeypatch.setattr(bench, "PARTS", parts)
    file = ["--json", str(tmp_path / "results.json")]
    assert bench.main(file) == 0
    assert "lost" not in capsys.readouterr().out
    assert bench.main(["crash", *file]) == 0
    assert capsys.readouterr().out.splitlines()[1].split() == ["lost", "1,200", "0", "over"]


def test_generated_forms_are_written_as_forms_are() -> None:
    """Chance may close a question for ever, as a person may; nothing else is wrong with what is measured."""
    for form in (form_json(25, 1), form_json(120, 1), one_page(10)):
        codes = {problem.code for problem in check_definition(form) if problem.severity == "error"}
        assert codes <= {"never_shown"}


def test_the_floor_asks_every_condition() -> None:
    """One closure for each condition of a section or question."""
    form = form_json(120, 1)
    holders = [*form["sections"], *(question for section in form["sections"] for question in section["questions"])]
    tests = closures(form)
    assert len(tests) == sum("show_when" in holder for holder in holders)
    assert {test(plain_answers({"q1": "yes", "q2": 4})) for test in tests} == {True, False}


def test_the_page_that_is_measured_is_shown_and_saves() -> None:
    """Ten questions on the page, and an answer saved twice in a row."""
    with served(one_page(10)) as app:
        browser = Browser(app.test_client())
        browser.sign_in()
        address = browser.begin("page-10")
        assert browser.get(address).count(" data-question") == 10
        save = saver(browser, address)
        assert save() + 1 == save()


def test_the_draft_that_is_measured_is_sound_and_changes() -> None:
    """Nothing is wrong with it, its page shows the question, and each change is another step."""
    form = sound(form_json(25, 1))
    assert not [problem for problem in check_definition(form) if problem.severity == "error"]
    with served(form) as app:
        browser = Browser(app.test_client())
        browser.sign_in(ADMIN)
        draft = Draft(browser, form)
        draft.walk()
        draft.relabelled()
        draft.section_moved()
        assert draft.revision == 3
        assert "About that: 0?" in browser.get(f"{draft.address}?at={draft.question}")
