"""Whatever is put into a draft: told with its place within seconds, kept or refused, and nobody else is disturbed."""

import json
import re
from time import process_time
from typing import Any

import pytest

from tests.webapp.assessments.desk import Page
from tests.webapp.editor.drafting import Drafting
from tests.webapp.editor.test_draft import SAW, ines

__all__ = ["ines"]

QUESTION = {"id": "q", "type": "short_text", "kind": "fact", "label": "L", "why": "W"}


def _many(count: int) -> str:
    """A visit of so many questions, as short as they can be written."""
    questions = [{**QUESTION, "id": f"q{number}"} for number in range(count)]
    form: dict[str, Any] = {"form": "visit", "version": 1, "title": "T", "purpose": "P"}
    return json.dumps({**form, "sections": [{"id": "s", "title": "S", "questions": questions}]})


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "Line 1:"),
        ("not JSON at all", "Line 1:"),
        ('"\\ud83d"', "Line 1:"),
        ("[" * 2_000 + "]" * 2_000, "Line 1: Brackets stand inside brackets here, more than 64 deep."),
        ('{"form": "visit",\n"form": "visit"}', "Line 2:"),
        ('{"form": "visit", "version": 1e999}', "Line 1:"),
        (_many(6_000), "Line 1: The form has more than 5,000 questions"),
        ("[" + "1," * 300_000 + "1]", "Line 1:"),
        ("null", "Line 1:"),
        ('{"sections": [{"questions": [{"show_when": {"question": {}}}]}]}', "Line 1:"),
    ],
    ids=["nothing", "words", "half a character", "deep", "twice", "infinite", "many", "values", "null", "not a form"],
)
def test_it_is_told_within_seconds_with_its_place_and_kept(ines: Drafting, text: str, told: str) -> None:
    """Saved to the letter, one step to undo, and nothing of it can be published."""
    before, based = ines.text(), ines.based()
    begun = process_time()
    saved = ines.save(text, **based)
    assert saved.status_code == 303
    assert process_time() - begun < 5
    page = ines.look()
    assert told in page.text
    assert "to mend before it can be published" in page.text
    assert ines.publish(reason="All the same").status_code in (400, 409)
    ines.press("/undo", **ines.based())
    assert ines.text() == before


def test_a_hundred_thousand_questions_and_fifty_megabytes_are_refused(ines: Drafting) -> None:
    """Pith takes no request of that size: the limit is named, and the draft stays as it was."""
    before = ines.text()
    for text in (_many(100_000), "x" * 50_000_000):
        refused = ines.save(text)
        assert refused.status_code == 413
        assert "Pith takes at most 1.5 MB at once" in Page(refused).text
    assert ines.text() == before


def test_a_script_in_a_label_is_only_words(ines: Drafting) -> None:
    """On every page that tells of it."""
    attack = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    assert ines.change(SAW, attack).status_code == 303
    for address in (ines.address, ines.text_address, "/forms/visit/publish", "/forms/visit/versions", "/forms"):
        text = ines.visitor.get(address).text
        assert "<script>alert" not in text
        assert "<img src=x" not in text
    assert "&lt;script&gt;alert" in ines.visitor.get(ines.text_address).text


def test_others_work_on_while_a_draft_is_broken(ines: Drafting) -> None:
    """What is begun is the version in use, whatever stands in the draft."""
    ines.save("{")
    worker = ines.visitor.sign_in("Adaeze Finch")
    assert "Wren Tallowby" in worker.get("/").text
    page = Page(worker.sign_in("Rowan Tideswell").get("/forms"))
    assert "22 at most, 12 at least" in page.text
    assert "Read the draft" in page.text


def test_a_text_outlives_the_session_and_the_draft(ines: Drafting) -> None:
    """Signed out meanwhile, or the draft ended by somebody else: the words are given back to copy."""
    based, mine = ines.based(), ines.text().replace(SAW, "Words that nobody kept yet?")
    writer = re.search(r'name="writer" value="([^"]+)"', ines.visitor.get(ines.text_address).text)
    assert writer is not None
    sent = {**based, "writer": writer[1], "definition": mine}
    ines.press("/discard", **based)
    ended = ines.visitor.send(ines.text_address, sent)
    assert ended.status_code == 409
    assert "This draft was published or discarded meanwhile" in ended.text
    assert "Words that nobody kept yet?" in ended.text
    ines.visitor.send("/sign-out")
    signed_out = ines.visitor.post(ines.text_address, data=sent)
    assert signed_out.status_code == 401
    assert "Words that nobody kept yet?" in signed_out.text
