"""Every setting of every form that ships is drawn from its schema alone, and read back as it was."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from werkzeug.datastructures import MultiDict

from engine.question_types import question_types
from webapp.editor.panel.boxes import Drawn, Setting
from webapp.editor.panel.keys import settings_of
from webapp.editor.panel.options import Options
from webapp.editor.panel.panels import Panel, around, panel_of, read_panel
from webapp.editor.panel.settings import read
from webapp.editor.panel.subjects import Kind, Subject, names_in, subject_of
from webapp.editor.panel.words import SAID, VALUES
from webapp.library import LIBRARY, code_list_files, shipped_definitions

FEATURES = sorted(path for path in (LIBRARY / "_features").glob("*/*.json") if path.parent.name != "broken")
FORMS = [*shipped_definitions(), *(path for path in FEATURES if "sections" in json.loads(path.read_bytes()))]
LISTS = sorted(code_list_files())


def sent(panel: Panel) -> MultiDict[str, str]:
    """What a browser sends of a panel that nobody touched."""
    posted: MultiDict[str, str] = MultiDict()
    for part in panel.parts:
        _send(posted, part.controls)
    if panel.options:
        _send_options(posted, panel.options)
    return posted


def _send(posted: MultiDict[str, str], controls: Any) -> None:
    for each in controls:
        for value in _values(each):
            posted.add(each.control.name, value)


def _send_options(posted: MultiDict[str, str], options: Options) -> None:
    chosen = [item.value for item in options.code_list.items if item.checked]
    posted.add("code_list", chosen[0] if chosen else "")
    for row in options.rows:
        posted.add("option", row.value)
        _send(posted, [*row.words, *row.more])


def _values(one: Drawn) -> list[str]:
    if one.macro == "select":
        return [next((item.value for item in one.control.items if item.checked), one.control.items[0].value)]
    if one.control.items:
        return [item.value for item in one.control.items if item.checked]
    return [one.control.value.replace("\n", "\r\n")]


@pytest.mark.parametrize("path", FORMS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_panel_that_nobody_touched_changes_nothing(path: Any) -> None:
    """The form, each section, question and column: the same JSON, its keys in the same order."""
    form = json.loads(path.read_bytes())
    for name in ["", *dict(names_in(form)).values()]:
        subject = subject_of(form, name)
        assert subject is not None
        value, wrong = read_panel(form, subject, sent(panel_of(form, subject, LISTS)))
        assert not wrong
        assert json.dumps(value) == json.dumps(dict(subject.value)), name


@pytest.mark.parametrize("path", FORMS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_what_stands_in_the_boxes_is_the_whole_of_each_setting(path: Any) -> None:
    """Read without knowing what was there before, a setting is the same; but for one that says what goes without."""
    form = json.loads(path.read_bytes())
    for name in ["", *dict(names_in(form)).values()]:
        subject = subject_of(form, name)
        assert subject is not None
        posted, among = sent(panel_of(form, subject, LISTS)), around(form, subject)
        for setting in settings_of(subject):
            value = _less_defaults(subject.value.get(setting.key), setting.schema)
            if value not in (None, setting.schema.get("default"), [], {}):
                assert read(setting, posted, None, among) == value, (name, setting.key)


def _less_defaults(value: Any, schema: Any) -> Any:
    """A setting of several keys without those that say what goes without saying."""
    if not isinstance(value, dict) or "properties" not in schema:
        return value
    return {key: each for key, each in value.items() if each != schema["properties"][key].get("default")}


def _changed(form: Any, name: str, **boxes: str) -> Any:
    """A part's JSON after some of its boxes were written in, by what follows `set-` in their names."""
    subject = subject_of(form, name)
    assert subject is not None
    posted = sent(panel_of(form, subject, LISTS))
    for box, words in boxes.items():
        posted.setlist(f"set-{box.replace('__', ':')}", [words])
    value, wrong = read_panel(form, subject, posted)
    assert not wrong
    return value


TWO = {
    "form": "f",
    "version": 1,
    "title": "T",
    "purpose": "P",
    "languages": ["en", "cy"],
    "sections": [
        {
            "id": "s",
            "title": "S",
            "questions": [
                {
                    "id": "think",
                    "type": "analysis",
                    "kind": "analysis",
                    "label": {"en": "Think", "cy": "Meddwl"},
                    "why": "To know",
                    "prompts": ["One", {"en": "Two", "cy": "Dau"}],
                }
            ],
        }
    ],
}


def test_a_box_belongs_to_its_language_whatever_the_order_meanwhile() -> None:
    """A page that was loaded before somebody put Welsh first writes English into English."""
    subject = subject_of(TWO, "think")
    assert subject is not None
    posted = sent(panel_of(TWO, subject, LISTS))
    posted.setlist("set-label", ["Think!"])
    other = {**TWO, "languages": ["cy", "en"]}
    now = subject_of(other, "think")
    assert now is not None
    value, _ = read_panel(other, now, posted)
    assert value["label"] == {"en": "Think!", "cy": "Meddwl"}


def test_words_in_a_language_that_the_form_no_longer_has_stay() -> None:
    """No box shows them; when the language comes back, so do they."""
    value = _changed({**TWO, "languages": ["en"]}, "think", label="Think!")
    assert value["label"] == {"en": "Think!", "cy": "Meddwl"}
    assert value["prompts"] == TWO["sections"][0]["questions"][0]["prompts"]  # type: ignore[index]


def test_lines_of_two_languages_stay_together() -> None:
    """Though the first has no words in one of them."""
    value = _changed(TWO, "think", prompts="First\nTwo")
    assert value["prompts"] == ["First", {"en": "Two", "cy": "Dau"}]


def _every_setting() -> Iterator[Setting]:
    """Every setting of every panel there is, with what stands within another."""
    kinds: tuple[Kind, ...] = ("form", "section")
    for kind in kinds:
        yield from _with_inner(settings_of(Subject(kind, "", {}, "")))
    for name in question_types():
        yield from _with_inner(settings_of(Subject("question", name, {"type": name}, "")))


def _with_inner(found: Iterable[Setting]) -> Iterator[Setting]:
    for each in found:
        yield each
        for key, schema in each.schema.get("properties", {}).items():
            yield Setting(f"{each.key}.{key}", "", "", schema)


def test_what_a_menu_says_is_said_of_every_word_of_the_schema() -> None:
    """A word that is added is added there too; and nothing is said of a setting that is none."""
    settings = {each.key: each for each in _every_setting()}
    for key, words in VALUES.items():
        assert set(words) == set(settings[key].schema["enum"]), key
    assert SAID.keys() <= settings.keys()
    titles = [each.title for each in settings.values()]
    assert not [title for title in titles if "_" in title]
