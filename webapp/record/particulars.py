"""Changing what is kept of a child: names, dates and facts, as when a child who was expected is born."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from webapp import current
from webapp.access import CASEWORK, needs
from webapp.navigation import SEE_OTHER
from webapp.record.blueprint import blueprint
from webapp.record.child import FACTS
from webapp.record.contact_forms import ChangeForm, as_kept, changed_in_words, in_words
from webapp.record.controls import controls_of, links_to
from webapp.store.children import Child, open_child
from webapp.store.database import Connection
from webapp.store.errors import StaleParticulars
from webapp.store.particulars import change_particulars, particulars_of
from webapp.store.particulars_history import Particulars, Past, past_of

HINTS = {
    "given_name": "For a child not yet born, leave it blank if there is no name",
    "dated": "For example, 4 3 2019. Only a whole date can be kept: leave it blank until it is known",
}


@blueprint.get("/children/<key>/particulars")
@needs(CASEWORK)
def particulars(key: str) -> str:
    """What is kept of a child, to be changed, and what was changed before."""
    with current.writing() as connection:
        child = open_child(connection, current.viewer(), key, current.now())
        past = past_of(connection, child.id)
    return _page(child, past, ChangeForm(data=as_kept(particulars_of(child))), {})


@blueprint.post("/children/<key>/particulars")
@needs(CASEWORK)
def change(key: str) -> Response | tuple[str, int]:
    """Change what is kept of a child; where somebody else did meanwhile, what stands now is shown above it."""
    form = ChangeForm(request.form)
    with current.writing() as connection:
        child = open_child(connection, current.viewer(), key, current.now())
        past = past_of(connection, child.id)
        problems = form.problems(current.today())
        if problems:
            return _page(child, past, form, problems, request.form.get("seen", "")), 400
        try:
            _change(connection, key, form)
        except StaleParticulars as refused:
            return _page(child, past, form, {}, told=refused.message), 409
    return redirect(url_for("record.child", key=key, changed=_what_changed(child, form)), SEE_OTHER)


def _what_changed(child: Child, form: ChangeForm) -> str:
    """Whether it is more than the name, by which no form asks."""
    now, new = particulars_of(child), form.particulars
    return "name" if replace(now, given_name=new.given_name, family_name=new.family_name) == new else FACTS


def _change(connection: Connection, key: str, form: ChangeForm) -> None:
    viewer, seen, mistaken = current.viewer(), request.form.get("seen", ""), bool(form.name_mistaken.data)
    change_particulars(connection, viewer, key, seen, form.particulars, current.now(), name_mistaken=mistaken)


def _page(
    child: Child, past: Sequence[Past], form: ChangeForm, problems: Mapping[str, str], seen: str = "", told: str = ""
) -> str:
    """The form; `seen` is the mark it was opened with, `told` what somebody else's change has to say."""
    now = particulars_of(child)
    controls = controls_of(form, problems, {**HINTS, **(_stands_now(child, form) if told else {})})
    return render_template(
        "record/particulars.html",
        child=child,
        controls=controls,
        problems=links_to(problems, controls),
        seen=seen or now.mark,
        told=told,
        changes=list(_changes(past, now)),
    )


def _changes(past: Sequence[Past], now: Particulars) -> Iterator[tuple[Past, Sequence[tuple[str, str, str]]]]:
    """Each change, the newest first, with what it changed in words."""
    for each, became in zip(past, (now, *(later.stood for later in past)), strict=False):
        yield each, changed_in_words(each.stood, became)


def _stands_now(child: Child, form: ChangeForm) -> Mapping[str, str]:
    """A hint at each field that somebody else has filled otherwise than it was sent."""
    now, sent = in_words(particulars_of(child)), in_words(form.particulars)
    return {name: f"Now: {words}" for name, words in now.items() if words != sent[name]}
