"""What is tried, and from where: the draft of a form, or one of its published versions."""

from dataclasses import dataclass

from flask import request, url_for

from engine.definition import Definition
from engine.text import in_language
from webapp import current
from webapp.access import ADMIN
from webapp.config import LANGUAGE
from webapp.editor.ground import Ground, ground_of
from webapp.editor.judging import judged
from webapp.editor.origins import edition_words
from webapp.store.contents import definition_of
from webapp.store.drafts import Standing, open_draft
from webapp.store.errors import DraftEnded, NoSuchRecord
from webapp.store.publishing import versions_of


@dataclass(frozen=True, slots=True)
class Stage:
    """A form to be tried: `words` say which, as in "the draft"; `address` is where its pages are posted to.

    `definition` is None while the draft has errors: how many, `errors` says. `back` is the page to go back to, and
    `cases` where a case is made of what was tried: "" where none can be.
    """

    form: str
    title: str
    words: str
    definition: Definition | None
    errors: int
    address: str
    back: str
    cases: str = ""


def stage_of(form: str) -> Stage:
    """The draft of a form, or the version that the page's address names. Raises NoSuchRecord, DraftEnded."""
    version = request.args.get("version")
    return draft_stage(form) if version is None else _version_stage(form, version)


def draft_stage(form: str) -> Stage:
    """The draft of a form. Raises NoSuchRecord, DraftEnded."""
    with current.reading() as connection:
        ground = ground_of(connection, form)
        standing = open_draft(connection, current.viewer(), form)
    if standing is None:
        raise DraftEnded
    address, back = url_for("editor.try_draft", form=form), url_for("editor.draft", form=form)
    cases = url_for("editor.keep_case", form=form) if ADMIN.allows(current.viewer()) else ""
    return of_draft(ground, standing, address, back, cases)


def of_draft(ground: Ground, standing: Standing, address: str, back: str, cases: str = "") -> Stage:
    """A draft to be tried, judged; `address`, `back` and `cases` as in a `Stage`."""
    judgement = judged(standing.content, ground)
    definition = judgement.definition
    title = in_language(definition.title if definition else ground.published.edition.title, LANGUAGE)
    return Stage(ground.form, title, "the draft", definition, len(judgement.errors), address, back, cases)


def _version_stage(form: str, key: str) -> Stage:
    with current.reading() as connection:
        found = next(
            (each for each in versions_of(connection, current.viewer(), form, current.today()) if each.key == key), None
        )
        if found is None:
            raise NoSuchRecord
        definition = definition_of(connection, found.edition, current.today())
    return Stage(
        form,
        in_language(definition.title, LANGUAGE),
        edition_words(found.edition),
        definition,
        0,
        url_for("editor.try_draft", form=form, version=key),
        url_for("editor.versions", form=form),
    )
