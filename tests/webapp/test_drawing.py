"""Every type of question can be drawn, and drawn from a stencil it is the same as drawn afresh."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from engine.forms import Address, Standing, page_form
from engine.places import Place
from engine.question_types.base import Example, QuestionType
from tests.engine.question_types.questions import EXAMPLE_IDS, EXAMPLES, asked
from tests.html_lint import faults
from webapp.drawing.beside import words_in
from webapp.drawing.filters import FILTERS
from webapp.drawing.questions import Around, asked_question
from webapp.drawing.stencils import Beside, Stencils
from webapp.drawing.values import Control

Json = Any

PAGES = Flask("webapp")
"""The templates alone."""
PAGES.jinja_env.filters.update(FILTERS)

HOSTILE = "</textarea><script>alert('1')</script>\"&'"
ANSWERED = [
    (each, example_id)
    for each, example_id in zip(EXAMPLES, EXAMPLE_IDS, strict=True)
    if each[0].takes_answer and each[0].name != "rows"
]
each_answered = pytest.mark.parametrize(
    ("question_type", "example"), [each for each, _ in ANSWERED], ids=[example_id for _, example_id in ANSWERED]
)


def standings(question: Any, stored: Json) -> Iterator[tuple[Standing, dict[str, Json]]]:
    """A question alone, asked for one child, and in a row of a list, each with a draft that holds a value there."""
    yield Standing(question, Place(question.id), Address(question.id)), {question.id: stored}
    child = "k-9_x"
    yield Standing(question, Place(question.id, child), Address(question.id, child)), {question.id: {child: stored}}
    row = {"id": "r_1-a", question.id: stored}
    address = Address("list", None, "r_1-a", question.id)
    yield Standing(question, Place("list", None, 0, question.id), address), {"list": [row]}


def beside(question_type: QuestionType) -> Beside | None:
    """What analytic writing is given besides its field, as its page would."""
    if question_type.name != "analysis":
        return None
    values = {"count": "nothing written yet", "evidence": ""}
    return Beside(lambda value: {"count": value("count"), "evidence": value("evidence"), "prompts": ["Why?"]}, values)


@each_answered
def test_a_stencil_draws_what_drawing_afresh_does(question_type: QuestionType, example: Example) -> None:
    """With any value stored, valid or not, "not known yet" too; alone, for a child and in a row; with a message."""
    question = asked(question_type.name, example.settings)
    stencils = Stencils("en")
    values = [example.value, {"not_known": True, "doing": HOSTILE}, {"not_known": True}, None]
    with PAGES.app_context():
        for stored in (*values, *values):
            for standing, draft in standings(question, stored):
                about = "Wren" if standing.address.child else ""
                around = Around("en", 3, about, mark="Added because <you> chose it")
                drawn = stencils.draw(standing, stored, around, "Mend <this>", beside(question_type))
                entry = page_form([standing], draft, "en").entries[0]
                entry.field.errors = ["Mend <this>"]
                now = beside(question_type)
                afresh = asked_question(entry, Around("en", 3, about, True, around.mark, None, now and now.now()))
                assert drawn == afresh.drawn()


@each_answered
def test_a_question_is_drawn_fit_for_a_page(question_type: QuestionType, example: Example) -> None:
    """Valid HTML whose controls all have labels, whatever is stored."""
    question = asked(question_type.name, example.settings)
    with PAGES.app_context():
        for standing, _ in standings(question, example.value):
            drawn = Stencils("en").draw(standing, example.value, Around("en", 0), "", beside(question_type))
            assert faults(str(drawn.html), whole_page=False) == []
            assert f'value="{drawn.name}"' in drawn.html


@pytest.mark.parametrize("type_name", ["short_text", "long_text"])
def test_what_is_filled_in_is_escaped(type_name: str) -> None:
    """Also names and what is being done about what is not known."""
    question = asked(type_name)
    with PAGES.app_context():
        for stored in (HOSTILE, {"not_known": True, "doing": HOSTILE}):
            for standing, _ in standings(question, stored):
                html = Stencils("en").draw(standing, stored, Around("en", 0, HOSTILE, mark=HOSTILE), HOSTILE).html
                assert "<script>" not in html


def test_a_text_is_drawn_to_the_letter() -> None:
    """A text that begins with a line break, or looks like a gap, comes out as it went in."""
    question, stencils = asked("long_text"), Stencils("en")
    with PAGES.app_context():
        for text in ("\nsecond line", "text", "child", "{{ text }}", "%(text)s"):
            for standing, _ in standings(question, text):
                assert f">\n{text}</textarea>" in stencils.draw(standing, text, Around("en", 0), "").html


@pytest.mark.parametrize("type_name", ["short_text", "long_text", "choice", "choices", "number", "date", "person"])
def test_what_is_kept_holds_nobodys_words_and_does_not_grow_with_them(type_name: str) -> None:
    """Answers, messages, reasons and names are filled in; of what was picked, only options of the form are kept."""
    options = {"options": [{"value": value, "label": value} for value in "ab"]}
    question = asked(type_name, options if type_name.startswith("choice") else {})
    stencils, kept = Stencils("en"), set()
    with PAGES.app_context():
        for word in ("canary-wren", "canary-ossie"):
            for stored in (word, ["b", word, "a"], {"name": word, "text": word}, {"not_known": True, "doing": word}):
                for standing, _ in standings(question, stored):
                    drawn = stencils.draw(standing, stored, Around("en", 1, word, mark=word), f"Mend {word}")
                    assert f"Mend {word}" in drawn.html
            kept.add(repr(vars(stencils)))
    assert len(kept) == 1
    assert "canary" not in kept.pop()


def test_a_long_list_of_options_is_a_select() -> None:
    """Beyond twenty options; one choice of none stands first."""
    options = [{"value": f"v{number}", "label": f"Option {number}"} for number in range(21)]
    question = asked("choice", {"options": options})
    with PAGES.app_context():
        standing, _ = next(standings(question, "v7"))
        html = Stencils("en").draw(standing, "v7", Around("en", 0), "").html
    assert '<option value="">Choose one</option>' in html
    assert '<option value="v7" selected>Option 7</option>' in html


@pytest.mark.parametrize(
    ("label", "called"),
    [
        ("Is the weight <below> 3 kg?", "Is the weight &lt;below&gt; 3 kg?"),
        ({"cy": "Pwysau <3 kg & llai?"}, "Pwysau &lt;3 kg &amp; llai?"),
    ],
)
def test_a_refused_text_keeps_the_whole_name_of_its_question(label: Json, called: str) -> None:
    """What looks like a tag is words; only the mark of another language is left out."""
    with PAGES.app_context():
        standing, _ = next(standings(asked("long_text", {"label": label}), None))
        html = Stencils("en").draw(standing, None, Around("en", 0), "").html
    assert f'name="called" value="q-asked {called}">' in html


def test_a_control_names_what_describes_it_in_reading_order() -> None:
    """Why it was added, then the hint, then the message."""
    control = Control("a", "a", "A", hint="Hint", error="Wrong", mark="a-mark")
    assert control.described_by == "a-mark a-hint a-error"
    assert Control("a", "a", "A").described_by == ""


@pytest.mark.parametrize(
    ("text", "told"),
    [("", "nothing written yet"), ("One", "about 1 word"), ("One two", "about 2 words"), ("a " * 38, "about 40 words")],
)
def test_how_long_a_text_is_is_said_in_words(text: str, told: str) -> None:
    """One word is no words, and long texts are rounded."""
    assert words_in(text) == told
