"""A form is brought from a file: read within limits, set beside what is here, and taken over as its person decides."""

from collections.abc import Callable, Mapping

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.errors import BadInput
from engine.exports import bundle, formats
from engine.source import Unreadable
from webapp import current
from webapp.access import ADMIN, needs, takes_up_to
from webapp.drawing.values import Link
from webapp.editor.beside import Beside, beside, piece_keys
from webapp.editor.blueprint import blueprint
from webapp.editor.layout import laid_out
from webapp.editor.new_form import wrong_id
from webapp.editor.taking import take_all, take_as_new, take_pieces
from webapp.editor.unfit_to_bring import name_of_file, not_from_pith, refuse_unfit
from webapp.library import code_list_files, code_lists
from webapp.navigation import SEE_OTHER
from webapp.store.brought import Brought, brought_by_key, keep_brought
from webapp.store.database import Connection
from webapp.store.errors import DraftEnded, StaleDraft

MOST_BYTES = 5_000_000
ENVELOPE = 100_000
"""Bytes that a browser may send around the file."""

NO_FILE = "Choose a file first"
TOO_LONG = "The file is larger than 5 MB, more than any form is. Is it the right one?"


@blueprint.get("/forms/bring")
@needs(ADMIN)
def bring() -> str:
    """Choose the file."""
    return _choose("")


@blueprint.post("/forms/bring")
@needs(ADMIN)
@takes_up_to(MOST_BYTES + ENVELOPE)
def bring_file() -> Response | tuple[str, int]:
    """Read the file; what cannot be read is told with its place, and nothing is kept of it."""
    sent = request.files.get("file")
    content = b"" if sent is None else sent.read(MOST_BYTES + 1)
    if sent is not None:
        sent.close()
    if sent is None or not sent.filename or not content:
        return _choose(NO_FILE), 400
    if len(content) > MOST_BYTES:
        return _choose(TOO_LONG), 413
    try:
        found = _read(sent.filename, content)
    except Unreadable as fault:
        return _choose(not_from_pith(sent.filename, content, fault)), 400
    except BadInput as fault:
        return _choose(fault.message), 400
    with current.writing() as connection:
        key = keep_brought(connection, current.viewer(), found, current.now())
    return redirect(url_for("editor.brought", key=key), SEE_OTHER)


def _read(name: str, content: bytes) -> Brought:
    """A file's form as text, with the code lists that came with it and what did not fit. Raises BadInput."""
    called = name_of_file(name)
    ending = called.lower().rpartition(".")[2]
    if ending == "json":
        found = bundle.read(content)
        refuse_unfit(found.definition, content)
        odd = () if found.mark_holds else (CHANGED_SINCE,)
        return Brought(called, laid_out(found.definition), dict(found.code_lists), tuple(found.cases.values()), odd)
    if ending != "xlsx":
        raise OtherEnding
    read = formats()["xlsform"].read(content, code_lists(code_list_files()))
    refuse_unfit(read.definition)
    return Brought(called, laid_out(read.definition), {}, (), [each.in_words() for each in read.unfit])


CHANGED_SINCE = "The file’s mark is not that of the form in it: it was changed after it left its Pith, or has errors."


class OtherEnding(BadInput):
    """Pith brings files that end with .json (from Pith) or .xlsx (XLSForm)."""

    code = "other_ending"


@blueprint.get("/forms/bring/<key>")
@needs(ADMIN)
def brought(key: str) -> str:
    """What was brought beside what is here, and what can become of it."""
    return _page(key, "", "")


@blueprint.post("/forms/bring/<key>")
@needs(ADMIN)
def take(key: str) -> Response | tuple[str, int]:
    """Take it over: in place of the draft, as a form of its own, or piece by piece."""
    act, form = request.form.get("act", ""), request.form.get("form", "").strip()
    try:
        with current.writing() as connection:
            found = beside(connection, brought_by_key(connection, current.viewer(), key))
            wrong = _wrong(connection, found, act, form)
            if not wrong:
                _ACTS[act](connection, found)
                return redirect(url_for("editor.draft", form=form if act == "both" else found.form), SEE_OTHER)
    except (StaleDraft, DraftEnded) as refused:
        return _page(key, "", form, act, refused), 409
    return _page(key, wrong, form, act), 400


def _wrong(connection: Connection, found: Beside, act: str, form: str) -> str:
    if act == "both" or (act == "all" and found.ground.new and found.standing is None):
        return wrong_id(connection, form if act == "both" else found.form)
    if act == "pieces" and not piece_keys(found, request.form.getlist("piece")):
        return "Tick at least one piece"
    return "" if act in _ACTS and not found.same_draft else "Choose what shall become of it"


def _take_pieces(connection: Connection, found: Beside) -> None:
    take_pieces(connection, found, request.form.getlist("piece"))


def _take_both(connection: Connection, found: Beside) -> None:
    take_as_new(connection, found, request.form.get("form", "").strip())


_ACTS: Mapping[str, Callable[[Connection, Beside], None]] = {
    "all": take_all,
    "both": _take_both,
    "pieces": _take_pieces,
}


def _choose(wrong: str) -> str:
    return render_template("editor/bring.html", wrong=wrong, problems=[Link("#file", wrong)] if wrong else [])


def _page(key: str, wrong: str, form: str, act: str = "", refused: StaleDraft | DraftEnded | None = None) -> str:
    with current.reading() as connection:
        found = beside(connection, brought_by_key(connection, current.viewer(), key))
    at = {"both": "#form", "pieces": "#pieces" if found.pieces else "#main"}.get(act, "#main")
    return render_template(
        "editor/brought.html",
        found=found,
        key=key,
        typed=form,
        wrong=wrong,
        act=act,
        refused=refused,
        ticked=request.form.getlist("piece"),
        problems=[Link(at, wrong)] if wrong else [],
    )
