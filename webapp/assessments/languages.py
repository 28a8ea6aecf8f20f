"""The language an assessment's form is shown in: chosen on its pages, kept for this person and this assessment."""

from dataclasses import replace

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from engine.definition import Definition
from webapp import current
from webapp.access import CASEWORK, Viewer, needs
from webapp.assessments.blueprint import blueprint
from webapp.assessments.writing import Writing
from webapp.config import LANGUAGE
from webapp.navigation import SEE_OTHER
from webapp.store.assessments import Assessment, find_submitted
from webapp.store.contents import definition_of
from webapp.store.database import Connection
from webapp.store.languages import choose_language, language_chosen

SPEAK = "speak "
"""What the value of a section's button begins with that changes the language once the page is saved."""


def language_from(do: str) -> str:
    """The language that a section's button asks for; "" for any other button."""
    return do.removeprefix(SPEAK) if do.startswith(SPEAK) else ""


def language_for(
    connection: Connection, viewer: Viewer, definition: Definition, assessment: Assessment, asked: str = ""
) -> str:
    """The language to show an assessment's form in: the one asked for now, which is kept, or chosen before.

    Without either, English where the form has it. Keeping needs a writing transaction.
    """
    listed = definition.languages
    first = LANGUAGE if LANGUAGE in listed else listed[0]
    if len(listed) < 2:
        return first
    if asked in listed:
        choose_language(connection, viewer, assessment, asked)
        return asked
    chosen = language_chosen(connection, viewer, assessment)
    return chosen if chosen in listed else first


def in_chosen_language(connection: Connection, viewer: Viewer, draft: Writing, asked: str = "") -> Writing:
    """A draft as the viewer is shown it; `asked` as for `language_for`."""
    language = language_for(connection, viewer, draft.definition, draft.assessment, asked)
    return draft if language == draft.language else replace(draft, language=language)


def as_page_shows(draft: Writing, language: str) -> Writing:
    """A draft in the language that an open page says it is in: another window may have chosen another since."""
    return replace(draft, language=language) if language in draft.definition.languages else draft


@blueprint.post("/assessments/<key>/language")
@needs(CASEWORK)
def choose(key: str) -> Response:
    """Change the language of what was submitted, where it is read, and show it again."""
    with current.writing() as connection:
        assessment = find_submitted(connection, current.viewer(), key)
        definition = definition_of(connection, assessment.edition, current.today())
        language_for(connection, current.viewer(), definition, assessment, request.form.get("language", ""))
    return redirect(url_for("assessments.read", key=key, child=request.form.get("child") or None), SEE_OTHER)
