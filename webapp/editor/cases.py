"""The cases of a form held against its draft: which it keeps, what differs, one made of what was tried."""

import re
from collections.abc import Mapping, Sequence

from flask import Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from engine.cases import case_of
from engine.definition import Definition
from webapp import current
from webapp.access import ADMIN, FORMS, needs
from webapp.editor.blueprint import blueprint
from webapp.editor.case_files import FormCase, Outcome, cases_of, find_case, held_against
from webapp.editor.ground import ground_of
from webapp.editor.layout import laid_out
from webapp.editor.try_it import filled_as_posted
from webapp.editor.try_page import check_tried
from webapp.editor.try_stage import Stage, draft_stage
from webapp.navigation import SEE_OTHER
from webapp.store import cases as store
from webapp.store.contents import definition_of
from webapp.store.errors import DraftEnded

_NOT_IN_A_NAME = re.compile(r"[^a-z0-9]+")


@blueprint.get("/forms/<form>/draft/cases")
@needs(FORMS)
def cases(form: str) -> str | Answer:
    """Every case of a form with what its draft does with it."""
    try:
        stage = draft_stage(form)
    except DraftEnded:
        return redirect(url_for("editor.draft", form=form))
    return _page(stage)


@blueprint.post("/forms/<form>/draft/cases")
@needs(ADMIN)
def keep_case(form: str) -> str | Answer | tuple[str, int]:
    """Keep what was tried as a case of the form, with what it asks and what is missing now."""
    stage = draft_stage(form)
    if stage.definition is None:
        raise DraftEnded
    filling = filled_as_posted(stage.definition)
    title = " ".join(request.form.get("case_title", "").split())
    if not title or len(title) > store.LONGEST_TITLE:
        too_long = f"A sentence of at most {store.LONGEST_TITLE} characters; this one has {len(title)}"
        return check_tried(stage, filling, too_long if title else "Say what the case shows", title), 400
    case = store.NewCase(form, title, laid_out(case_of(title, filling.journey)))
    with current.writing() as connection:
        key = store.keep_case(connection, current.viewer(), case, current.now())
    return redirect(url_for("editor.cases", form=form, _anchor=key), SEE_OTHER)


@blueprint.get("/forms/<form>/draft/cases/<key>")
@needs(FORMS)
def case_file(form: str, key: str) -> Response:
    """A case as a file, such as `pith check` reads beside the form."""
    with current.reading() as connection:
        ground_of(connection, form)
    case = find_case(form, key)
    response = Response(laid_out(case.source.value), content_type="application/json; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{_file_name(case)}"'
    return response


@blueprint.post("/forms/<form>/draft/cases/<key>/take-out")
@needs(ADMIN)
def take_out_case(form: str, key: str) -> Answer:
    """Hold drafts against a case no longer."""
    with current.writing() as connection:
        store.take_out_case(connection, current.viewer(), form, key, current.now())
    return redirect(url_for("editor.cases", form=form), SEE_OTHER)


@blueprint.post("/forms/<form>/draft/cases/<key>/bring-back")
@needs(ADMIN)
def bring_back_case(form: str, key: str) -> Answer:
    """Hold drafts against a case again."""
    with current.writing() as connection:
        store.bring_back_case(connection, current.viewer(), form, key, current.now())
    return redirect(url_for("editor.cases", form=form, _anchor=key), SEE_OTHER)


def _page(stage: Stage) -> str:
    with current.reading() as connection:
        found = cases_of(connection, stage.form)
    standing = [each for each in found if each.removed_at is None]
    outcomes = _outcomes(stage, standing)
    return render_template(
        "editor/cases.html",
        stage=stage,
        outcomes=outcomes,
        shared=_shared(outcomes),
        failed=[each for each in outcomes if each.differences],
        waiting=standing if stage.definition is None else (),
        removed=[each for each in found if each.removed_at is not None],
        writes=ADMIN.allows(current.viewer()),
    )


def _outcomes(stage: Stage, found: Sequence[FormCase]) -> list[Outcome]:
    """Those that the draft does not keep first; none while it has errors."""
    if stage.definition is None:
        return []
    before = _before(stage.form)
    outcomes = [held_against(each, stage.definition, before) for each in found]
    return sorted(outcomes, key=lambda each: not each.differences)


def _before(form: str) -> tuple[Definition, ...]:
    """The forms that a draft comes from: the version in use and the one that ships."""
    with current.reading() as connection:
        ground = ground_of(connection, form)
        base = (definition_of(connection, ground.base.edition, current.today()),) if ground.base else ()
    return (ground.before, *base)


def _shared(outcomes: Sequence[Outcome]) -> Mapping[str, Sequence[FormCase]]:
    """What the draft does otherwise with several cases, each with these: a page tells it once."""
    found: dict[str, list[FormCase]] = {}
    for each in outcomes:
        for words in dict.fromkeys(each.differences):
            found.setdefault(words, []).append(each.case)
    return {words: cases for words, cases in found.items() if len(cases) > 1}


def _file_name(case: FormCase) -> str:
    """A name for the file, of small letters, such as stand in the folder of a form's cases."""
    return f"{_NOT_IN_A_NAME.sub('-', case.title.lower())[:60].strip('-') or 'case'}.json"
