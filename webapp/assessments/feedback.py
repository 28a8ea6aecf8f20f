"""Saying which question of a section does not help, and why: about the form, never about a family."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.definition import Question, Section
from webapp import current
from webapp.access import PRACTITIONER, needs
from webapp.assessments.blueprint import blueprint
from webapp.assessments.drafts import writing
from webapp.assessments.languages import in_chosen_language
from webapp.assessments.writer import refuse_another_writer
from webapp.assessments.writing import Writing
from webapp.drawing.values import Control, Item, Link
from webapp.navigation import SEE_OTHER
from webapp.store.assessments import open_assessment
from webapp.store.database import Connection
from webapp.store.errors import NoSuchRecord
from webapp.store.feedback import Word, leave_word
from webapp.store.feedback_answers import Replied, replied
from webapp.words import form_words

FEEDBACK = "feedback"
"""The value of a section's button that leads here once the page is saved."""

LONGEST = 2000
NEWEST = 3
"""Answers to earlier remarks on the form that are shown."""

WHOLE = "whole"
"""Stands for the section as a whole; no question can have it as its field's value, which begins with "q-"."""


@dataclass(frozen=True, slots=True)
class Written:
    """What the page holds: the choice as it was posted, the words, and what is wrong with either."""

    choice: str = ""
    words: str = ""
    no_choice: str = ""
    bad_words: str = ""


@blueprint.get("/assessments/<key>/sections/<section_id>/feedback")
@needs(PRACTITIONER)
def feedback(key: str, section_id: str) -> str:
    """Where a worker says which question of a section does not help."""
    with current.writing() as connection:
        assessment = open_assessment(connection, current.viewer(), key, current.now())
        draft = in_chosen_language(connection, current.viewer(), writing(connection, assessment, current.today()))
        return _page(connection, draft, _section_of(draft, section_id), Written())


@blueprint.post("/assessments/<key>/sections/<section_id>/feedback")
@needs(PRACTITIONER)
def say(key: str, section_id: str) -> Response | tuple[str, int]:
    """Keep what was said with the form's version, and thank for it."""
    refuse_another_writer()
    with current.writing() as connection:
        assessment = open_assessment(connection, current.viewer(), key, current.now())
        draft = in_chosen_language(connection, current.viewer(), writing(connection, assessment, current.today()))
        section = _section_of(draft, section_id)
        written = _written(_asked(draft, section))
        if written.no_choice or written.bad_words:
            return _page(connection, draft, section, written), 400
        question = None if written.choice == WHOLE else written.choice.removeprefix("q-")
        word = Word(section.id, question, written.words)
        leave_word(connection, current.viewer(), assessment.edition, word, current.now())
    return redirect(url_for("assessments.feedback", key=key, section_id=section_id, thanks=1), SEE_OTHER)


def _section_of(draft: Writing, section_id: str) -> Section:
    found = draft.section(section_id)
    if found is None:
        raise NoSuchRecord
    return found


def _asked(draft: Writing, section: Section) -> list[Question]:
    """The questions that a section asks now, each once."""
    shown = {place.question for place in draft.journey.shown_in(section.id)}
    return [question for question in section.questions if question.id in shown]


def _written(asked: Sequence[Question]) -> Written:
    """What was posted, and what is wrong with it."""
    choice = request.form.get("question", "")
    words = request.form.get("words", "").replace("\0", "").replace("\r\n", "\n").strip()
    known = choice == WHOLE or choice in {f"q-{question.id}" for question in asked}
    return Written(choice, words, "" if known else "Choose a question, or the section as a whole", _wrong_with(words))


def _wrong_with(words: str) -> str:
    if not words:
        return "Write why it does not help"
    if len(words) > LONGEST:
        return f"This has {len(words):,} characters; {LONGEST:,} is the most. Shorten it"
    return ""


def _page(connection: Connection, draft: Writing, section: Section, written: Written) -> str:
    thanked = "thanks" in request.args and request.method == "GET"
    title = form_words(section.title, draft.language)
    choice, words = _choice(draft, section, written), _words(written)
    wrong = [Link(f"#{each.first}", each.error) for each in (choice, words) if each.error]
    return render_template(
        "assessments/feedback.html",
        thanked=thanked,
        section_title=title,
        form_title=form_words(draft.definition.title, draft.language),
        back=url_for("assessments.section", key=draft.assessment.key, section_id=section.id),
        choice=choice,
        words=words,
        problems=wrong,
        answered=_answered(connection, draft),
    )


def _answered(connection: Connection, draft: Writing) -> list[tuple[str, Replied]]:
    """What was answered last, each with the question or section it is about; "" for one that is no longer asked."""
    found = replied(connection, current.viewer(), draft.definition.form, NEWEST)
    return [(_about(draft, each), each) for each in found]


def _about(draft: Writing, each: Replied) -> str:
    question, section = draft.definition.by_id.get(each.word.question or ""), draft.section(each.word.section)
    if each.word.question:
        return form_words(question.label, draft.language) if question else ""
    return form_words(section.title, draft.language) if section else ""


def _choice(draft: Writing, section: Section, written: Written) -> Control:
    asked = _asked(draft, section)
    found = [(f"q-{question.id}", form_words(question.label, draft.language)) for question in asked]
    items = [
        Item("question" if number == 0 else f"question-{number + 1}", value, label, checked=value == written.choice)
        for number, (value, label) in enumerate([*found, (WHOLE, "The section as a whole")])
    ]
    label = "Which question does not help?"
    return Control("question", "question", label, "", written.no_choice, items=items, classes="govuk-radios--small")


def _words(written: Written) -> Control:
    hint = (
        "Write nothing about a family: this is read by those who look after the form and, once it is answered, by your"
        " colleagues, without your name."
    )
    return Control("words", "words", "Why does it not help?", hint, written.bad_words, written.words, rows=5)
