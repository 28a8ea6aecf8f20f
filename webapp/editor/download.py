"""A version of a form, or its draft, as one file to take elsewhere: with its code lists, its cases and its mark."""

from typing import Any

from flask import Response

from engine.exports.bundle import bundle
from engine.source import read_json
from webapp import current
from webapp.access import FORMS, needs
from webapp.editor.blueprint import blueprint
from webapp.editor.case_files import SHIPPED, cases_of
from webapp.editor.ground import ground_of
from webapp.editor.judging import judged
from webapp.store.contents import code_lists_of, content_of
from webapp.store.database import Connection
from webapp.store.drafts import open_draft
from webapp.store.errors import NoSuchRecord
from webapp.store.publishing import versions_of

Json = Any


@blueprint.get("/forms/<form>/versions/<version>/download")
@needs(FORMS)
def download(form: str, version: str) -> Response:
    """A published version, with where and when it was published; nobody is named."""
    viewer = current.viewer()
    with current.reading() as connection:
        found = versions_of(connection, viewer, form, current.today())
        which = next((each for each in found if each.key == version), None)
        if which is None:
            raise NoSuchRecord
        content, lists = content_of(connection, which.edition), code_lists_of(connection, which.edition)
        cases = _cases(connection, form)
    origin = {
        "authority": viewer.authority_name if which.own else "as it comes with Pith",
        "published": which.published_at.date().isoformat(),
        "why": which.why,
    }
    written = bundle(content, which.edition.content_hash, lists, cases, origin)
    return _file(written.content, f"{form}-{version}.json")


@blueprint.get("/forms/<form>/draft/download")
@needs(FORMS)
def download_draft(form: str) -> Response:
    """The draft as it stands; raises Unreadable where it is not JSON, which the draft's own page tells by its line."""
    viewer = current.viewer()
    with current.reading() as connection:
        standing = open_draft(connection, viewer, form)
        if standing is None:
            raise NoSuchRecord
        ground, cases = ground_of(connection, form), _cases(connection, form)
    judgement = judged(standing.content, ground)
    mark = judgement.definition.content_hash if judgement.definition else ""
    origin = {"authority": viewer.authority_name, "draft": standing.newest.at.date().isoformat()}
    content = read_json(standing.content).value
    return _file(bundle(content, mark, judgement.code_lists, cases, origin).content, f"{form}-draft.json")


def _cases(connection: Connection, form: str) -> dict[str, Json]:
    """The cases that stand, by name: those that ship by that of their file, those that were kept by their key."""
    standing = [each for each in cases_of(connection, form) if each.removed_at is None]
    return {each.key.removeprefix(SHIPPED): each.source.value for each in standing}


def _file(content: bytes, name: str) -> Response:
    response = Response(content, mimetype="application/json")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
