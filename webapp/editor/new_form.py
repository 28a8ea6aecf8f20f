"""A new form is begun: from nothing, or as a copy of a form in use."""

import re
from dataclasses import dataclass

from flask import current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.schema.parts import FORM_ID
from engine.text import in_language
from webapp import current
from webapp.access import ADMIN, needs
from webapp.config import LANGUAGE
from webapp.drawing.values import Control, Item, Link
from webapp.editor.blank_form import blank
from webapp.editor.blueprint import blueprint
from webapp.editor.layout import laid_out
from webapp.navigation import SEE_OTHER
from webapp.store.contents import code_lists_of, content_of
from webapp.store.database import Connection
from webapp.store.definitions import forms_in_use
from webapp.store.drafts import Beginning, begin_draft, open_draft
from webapp.store.withdrawals import published

NOTHING = ""
LONGEST_TITLE = 300
_FORMS = "/forms/"


@dataclass(frozen=True, slots=True)
class Typed:
    """What was written: the form to copy ("" for none), the title, the id, and what is wrong with each."""

    copied: str = NOTHING
    title: str = ""
    form: str = ""
    no_title: str = ""
    no_form: str = ""


@blueprint.get("/forms/new")
@needs(ADMIN)
def new() -> str:
    """What the new form is called, and what it begins as."""
    return _page(Typed())


@blueprint.post("/forms/new")
@needs(ADMIN)
def begin_new() -> Response | tuple[str, int]:
    """Begin the draft of a form under an id that nothing here has."""
    with current.writing() as connection:
        typed = _typed(connection)
        if not (typed.no_title or typed.no_form):
            begin_draft(connection, current.viewer(), _beginning(connection, typed), current.now())
            return redirect(url_for("editor.draft", form=typed.form), SEE_OTHER)
    return _page(typed), 400


def _typed(connection: Connection) -> Typed:
    title = " ".join(request.form.get("title", "").split())
    form = request.form.get("form", "").strip() or id_from(title)
    no_title = "" if title else "Write what the form is called"
    if len(title) > LONGEST_TITLE:
        no_title = f"A title has at most {LONGEST_TITLE} characters"
    return Typed(request.form.get("copied", NOTHING), title, form, no_title, wrong_id(connection, form))


def id_from(title: str) -> str:
    """An id made of a title: “Early help plan” becomes early-help-plan."""
    return re.sub(r"[^a-z0-9]+", "-", title.lower().replace("’", "")).strip("-")[:63].strip("-")


def wrong_id(connection: Connection, form: str) -> str:
    """What is wrong with the id of a new form; "" for nothing."""
    if not re.fullmatch(FORM_ID, form):
        return "An id begins with a small letter and goes on with small letters, digits and hyphens: early-help-plan"
    if form in first_words():
        return f"Pith has a page of its own called {form}: choose another id"
    viewer = current.viewer()
    taken = any(each.edition.form == form for each in published(connection, viewer, current.today()))
    if taken or open_draft(connection, viewer, form) is not None:
        return f"There is a form with the id {form} already: choose another"
    return ""


def first_words() -> frozenset[str]:
    """What addresses under /forms/ begin with that are not those of a form."""
    parts = [rule.rule.split("/") for rule in current_app.url_map.iter_rules() if rule.rule.startswith(_FORMS)]
    return frozenset(each[2] for each in parts if "<" not in each[2])


def _beginning(connection: Connection, typed: Typed) -> Beginning:
    which = next(
        (e for e in forms_in_use(connection, current.viewer(), current.today()) if e.form == typed.copied), None
    )
    if which is None:
        return Beginning(typed.form, None, laid_out(blank(typed.form, typed.title)))
    copied = {**content_of(connection, which), "form": typed.form, "version": 1, "title": typed.title}
    return Beginning(typed.form, None, laid_out(copied), code_lists_of(connection, which))


def _page(typed: Typed) -> str:
    with current.reading() as connection:
        found = forms_in_use(connection, current.viewer(), current.today())
    items = [Item("copied", NOTHING, "Nothing: one section with one question", checked=typed.copied == NOTHING)] + [
        Item(f"copied-{e.form}", e.form, f"A copy of {in_language(e.title, LANGUAGE)}", checked=typed.copied == e.form)
        for e in found
    ]
    hint = "Its name in addresses and files; it stays. Left empty, it is made from the title"
    controls = (
        Control(id="title", name="title", label="What is it called?", error=typed.no_title, value=typed.title),
        Control(id="form", name="form", label="Its id", hint=hint, error=typed.no_form, value=typed.form),
    )
    return render_template(
        "editor/new_form.html",
        controls=controls,
        copied=Control(id="copied", name="copied", label="What does it begin as?", items=items),
        problems=[Link(f"#{each.id}", each.error) for each in controls if each.error],
    )
