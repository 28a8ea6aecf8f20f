"""The pages on which a form is tried: a section, the check before submission, the record as it would be read."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import render_template
from markupsafe import Markup

from engine.definition import Section
from webapp.drawing.checking import Missing, check_page
from webapp.drawing.filling import about
from webapp.drawing.languages import languages_of
from webapp.drawing.macros import macro
from webapp.drawing.questions import Drawn
from webapp.drawing.reading import reading
from webapp.drawing.sections import View, section_page, steps
from webapp.drawing.swaps import said
from webapp.drawing.values import Control, Item, Link
from webapp.editor.invented import ONE_CHILD, SISTERS_AND_UNBORN, Ages, ages_in
from webapp.editor.sheet import Taken, sheet_of
from webapp.editor.tried import Tried
from webapp.editor.try_stage import Stage
from webapp.editor.try_turn import Changed
from webapp.telling import telling
from webapp.words import form_words, language_name, rich_words

_TO_A_SECTION = re.compile(
    r'<a class="govuk-link" href="([a-z][a-z0-9_]*)(#[A-Za-z0-9_-]*)">(.*?)</a>',
    re.DOTALL,
)
_BUTTON = r'<button type="submit" class="pith-link" name="do" value="go \1">\3</button>'
"""What leads to another section takes the answers along."""

WHOM = {"one": "One child", "sisters": "Two sisters and a baby to come", "": "Those it is about now"}


@dataclass(frozen=True, slots=True)
class Company:
    """For whom a form is tried, as the page asks it."""

    whom: Control
    elder: int
    younger: int
    disabled: bool
    interpreter: bool
    day: str
    languages: Sequence[Item]


def section_tried(
    stage: Stage,
    filling: Tried,
    section: Section,
    view: View,
    stays: bool = False,
    added: Sequence[str] = (),
    taken: Taken | None = None,
) -> str:
    """A section; `stays` says that it is shown again, since there is something to mend or was `added` (fields)."""
    page = section_page(filling, section, view)
    return _drawn(
        "editor/try_section.html",
        stage,
        filling,
        taken,
        page=page,
        groups=[(group, [_html(each) for each in group.questions]) for group in page.groups],
        heading=form_words(section.title, filling.language),
        intro=rich_words(section.intro, filling.language),
        problems=page.problems if stays else (),
        added=[found for found in page.questions if found.name in added],
        added_words=said(len(added), 0),
        steps=page.steps,
    )


def _html(question: Drawn) -> Markup:
    return Markup(_TO_A_SECTION.sub(_BUTTON, question.html))


def check_tried(stage: Stage, filling: Tried, case_error: str = "", case_title: str = "") -> str:
    """All answers by section with what must still be said; there, a case can be made of them."""
    page = check_page(filling)
    title = Control(
        id="case_title",
        name="case_title",
        label="What does it show?",
        hint="In one sentence, such as “A child who was not seen is asked about again”",
        error=case_error,
        value=case_title,
    )
    problems = [Link("#case_title", case_error)] if case_error else ()
    return _drawn(
        "editor/try_check.html", stage, filling, page=page, steps=steps(filling, None), case=title, problems=problems
    )


def read_tried(stage: Stage, filling: Tried) -> str:
    """The record as it would be read, were it submitted now."""
    names = {key: child.given_name for key, child in filling.children.items()}
    told = telling(filling.journey, names, filling.language)
    found = reading(told)
    written = found.thinking or found.standing_out or found.pairs or found.voices or found.facts or found.unknown
    return _drawn(
        "editor/try_read.html", stage, filling, reading=found, nothing=not written, steps=steps(filling, None)
    )


def place_of(missing: Missing) -> str:
    """The value of a button that leads to what is missing."""
    return f"mend {missing.section} {missing.row}".rstrip()


def _drawn(template: str, stage: Stage, filling: Tried, taken: Taken | None = None, **shown: Any) -> str:
    return render_template(
        template,
        stage=stage,
        sheet=sheet_of(filling, taken).written(),
        about=about(list(filling.children.values()), filling.day),
        form_title=form_words(filling.definition.title, filling.language),
        day=filling.day,
        company=company_of(filling),
        place_of=place_of,
        **shown,
    )


def company_of(filling: Tried) -> Company:
    """For whom the form is tried now."""
    context = filling.journey.context
    ages = ages_in(context)
    chosen = _named(ages)
    whom = [Item(f"whom-{name or 'same'}", name, words, checked=name == chosen) for name, words in WHOM.items()]
    first = context.children[0]
    known = [age for age in ages if age is not None]
    return Company(
        Control(id="whom", name="whom", label="Whom it is about", items=whom if chosen == "" else whom[:2]),
        known[0] if known else 8,
        known[1] if len(known) > 1 else 3,
        bool(first.disabled),
        bool(first.interpreter),
        filling.day.isoformat(),
        [
            Item("", each.code, language_name(each.code), checked=each.here)
            for each in languages_of(filling.definition, filling.language)
        ],
    )


def _named(ages: Ages) -> str:
    """Which of the families to choose from it is, "" for another one."""
    unborn = [age is None for age in ages]
    if unborn == [age is None for age in ONE_CHILD]:
        return "one"
    return "sisters" if unborn == [age is None for age in SISTERS_AND_UNBORN] else ""


def swapped(filling: Tried, changed: Changed) -> str:
    """What an open page changes, with what it carries from then on."""
    return str(macro("editor/_try.html", "swapped")(changed, sheet_of(filling).written()))
