"""A section as a worker sees it: the same questions, fit to stand beside the form that changes them."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from engine.definition import Definition, definition_from_json
from engine.journey import context_from_json
from tests.html_lint import faults
from webapp.editor.invented import ONE_CHILD, SISTERS_AND_UNBORN, context_for, invented_children
from webapp.editor.preview import PREFIX, section_as_seen
from webapp.library import LIBRARY, read_definition, read_file, shipped_definitions

DAY = date(2026, 3, 12)
ONE = context_for(ONE_CHILD, DAY)
THREE = context_for(SISTERS_AND_UNBORN, DAY)
VISIT = read_definition(LIBRARY / "visit" / "1.json")[0]
CASES = sorted((LIBRARY / "visit" / "cases").glob("*.json"))


def page(seen: str) -> str:
    """A page on which the form's own fields stand beside the preview, with the names that they have."""
    fields = "".join(
        f'<label for="q-{each.id}">Words</label><input id="q-{each.id}" name="q-{each.id}">' for each in VISIT.questions
    )
    head = '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Draft</title></head><body>'
    editor = f'<main id="questions"><h1>Draft</h1><form action="#">{fields}</form><h2>Seen</h2>'
    return f"{head}{editor}{seen}</main></body></html>"


def asked(seen: str) -> list[str]:
    """The names of the questions of a preview, in order."""
    return re.findall(rf'<div class="pith-q[^"]*" id="{PREFIX}q-([^"]+)-question"', seen)


def previews(definition: Definition, **given: Any) -> Iterator[str]:
    """Every section, drawn."""
    for section in definition.sections:
        yield str(section_as_seen(definition, section.id, given.get("answers", {}), given.get("context", ONE)).html())


@pytest.mark.parametrize("path", list(shipped_definitions()), ids=lambda path: path.parent.name)
def test_every_section_can_stand_beside_what_changes_it(path: Path, app: Flask) -> None:
    """Of every shipped form, for one child and for three: no id stands twice, every label is a control's."""
    definition = read_definition(path)[0]
    with app.app_context():
        for context in (ONE, THREE):
            for seen in previews(definition, context=context):
                assert faults(page(seen)) == []


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_it_asks_what_a_worker_is_asked(path: Path, app: Flask) -> None:
    """With the answers of any case: the places that the journey shows, and no other; lint finds nothing."""
    case = read_file(path).value
    context = context_from_json(case["context"]) if case.get("context") else ONE
    with app.app_context():
        for section in VISIT.sections:
            preview = section_as_seen(VISIT, section.id, case["answers"], context)
            seen = str(preview.html())
            assert faults(page(seen)) == []
            assert asked(seen) == [each.name.removeprefix("q-") for group in preview.groups for each in group.questions]


def test_a_follow_up_says_why_it_was_added(app: Flask) -> None:
    """In the words of the answer that opened it."""
    with app.app_context():
        before = str(section_as_seen(VISIT, "visit", {}, ONE).html())
        after = str(section_as_seen(VISIT, "visit", {"contact": "in_person"}, ONE).html())
    assert "place" not in asked(before)
    assert "place" in asked(after)
    assert "Added because you chose “In person”" in after


def test_each_invented_child_has_a_part_of_its_own(app: Flask) -> None:
    """Under names that nobody has; what is asked before birth is asked about the baby to come."""
    with app.app_context():
        seen = str(section_as_seen(VISIT, "each_child", {"contact": "in_person"}, THREE).html())
    headings = re.findall(r'<h4 class="pith-h3" id="[^"]+">([^<]+)</h4>', seen)
    assert headings == ["Ada, 8", "Nell, 3", "Baby, expected 20 June 2026"]
    names = asked(seen)
    assert "seen-c-c1" in names
    assert "seen-c-c3" not in names


def test_nothing_in_it_sends_or_leads_away(app: Flask) -> None:
    """No form, no button that sends, no hidden input, no link into the section of a record."""
    answers = {"saw": "It was quiet. " * 40, "people": [{"id": "r1", "who": {"name": "Dana"}}]}
    with app.app_context():
        for seen in previews(VISIT, answers=answers):
            assert "<form" not in seen
            assert 'type="submit"' not in seen
            assert 'type="hidden"' not in seen
            assert "autofocus" not in seen
            assert not re.findall(r'href="(?!https?:)', seen)
            assert all(f' id="{PREFIX}' in found for found in re.findall(r' id="[^"]*"', seen))


def test_a_section_that_is_not_asked_says_so(app: Flask) -> None:
    """It shows its title, so that whoever changes it knows where they are; one that is not there is no section."""
    on_a_call = {"show_when": {"question": "contact", "is": "phone"}}
    sections = [{**each, **on_a_call} if each["id"] == "each_child" else each for each in VISIT.given["sections"]]
    definition = definition_from_json({**VISIT.given, "sections": sections})
    with app.app_context():
        seen = str(section_as_seen(definition, "each_child", {}, ONE).html())
    assert "With these answers nothing is asked in this section." in seen
    with pytest.raises(KeyError):
        section_as_seen(definition, "nowhere", {}, ONE)


def test_words_of_the_form_stay_words(app: Flask) -> None:
    """Also where they look like what the page is made of."""
    attack = 'x" id="y"><button type="submit" name="z"> <a class="govuk-link" href="a#b">c</a>'
    question = {"id": "q", "type": "short_text", "kind": "fact", "label": attack, "why": attack, "guidance": attack}
    section = {"id": "s", "title": attack, "intro": attack, "questions": [question]}
    data = {"form": "f", "version": 1, "title": attack, "purpose": "P", "sections": [section]}
    with app.app_context():
        seen = str(section_as_seen(definition_from_json(data), "s", {}, ONE).html())
    assert faults(page(seen)) == []
    assert "&lt;button type=&#34;submit&#34;" in seen


def test_in_another_language_of_the_form(app: Flask) -> None:
    """Its words say which language they are in; a language that the form does not have is not shown."""
    words = {"en": "Words", "cy": "Geiriau"}
    question = {"id": "q", "type": "short_text", "kind": "fact", "label": words, "why": words}
    section = {"id": "s", "title": words, "questions": [question]}
    form = {"form": "f", "version": 1, "title": words, "purpose": words, "languages": ["en", "cy"]}
    definition = definition_from_json({**form, "sections": [section]})
    with app.app_context():
        assert '<span lang="cy">Geiriau</span>' in section_as_seen(definition, "s", {}, ONE, "cy").html()
        assert "Geiriau" not in section_as_seen(definition, "s", {}, ONE, "fr").html()


def test_invented_children_are_as_old_as_they_are_said_to_be() -> None:
    """On every day, also the last of February, and never older than the day allows."""
    for day in (DAY, date(2024, 2, 29), date(2026, 6, 8), date(2025, 1, 1)):
        context = context_for((8, 0, 25, None, 1, 2), day)
        facts = [child.facts(day.isoformat()) for child in context.children]
        assert [each.get("age") for each in facts] == [8, 0, 25, None, 1, 2]
        assert [each["unborn"] for each in facts] == [False, False, False, True, False, False]
    names = [child.name for child in invented_children(THREE).values()]
    assert names == ["Ada Example", "Nell Example", "Baby Example"]
