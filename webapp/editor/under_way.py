"""The assessments being written on versions no longer begun: how many, what a move would mean, and offering it."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.text import in_language
from engine.versions import Change, compare
from webapp import current
from webapp.access import ADMIN, FORMS, needs
from webapp.config import LANGUAGE
from webapp.editor.blueprint import blueprint
from webapp.navigation import SEE_OTHER
from webapp.store.contents import definition_of
from webapp.store.database import Connection
from webapp.store.errors import OtherInUse
from webapp.store.move_offers import offer_move, offers, withdraw_offer
from webapp.store.publishing import under_way as counted
from webapp.store.publishing import versions_of
from webapp.store.withdrawals import Published


@dataclass(frozen=True, slots=True)
class Behind:
    """A version that is not in use and on which assessments are written: how many, and what a move would change."""

    version: Published
    count: int
    changes: Sequence[Change]


@blueprint.get("/forms/<form>/under-way")
@needs(FORMS)
def under_way(form: str) -> str:
    """By version how many assessments are being written; of none of them a name or a word."""
    viewer = current.viewer()
    with current.reading() as connection:
        versions = versions_of(connection, viewer, form, current.today())
        counts = counted(connection, viewer, form, current.today())
        in_use = next((each for each in versions if each.in_use), None)
        behind = [
            Behind(each, counts[each.edition.id], _changes(connection, each, in_use))
            for each in versions
            if each.edition.id in counts and each != in_use
        ]
        tried = sum(counts.values()) - sum(counts.get(each.edition.id, 0) for each in versions)
        offer = offers(connection, viewer, current.today()).get(form)
    return render_template(
        "editor/under_way.html",
        form=form,
        title=in_language(versions[0].edition.title, LANGUAGE),
        in_use=in_use,
        on_it=counts.get(in_use.edition.id, 0) if in_use else 0,
        behind=behind,
        tried=tried,
        offer=offer,
        writes=ADMIN.allows(viewer),
        done=request.args.get("done", ""),
    )


def _changes(connection: Connection, old: Published, new: Published | None) -> Sequence[Change]:
    if new is None:
        return ()
    before, after = (definition_of(connection, each.edition, current.today()) for each in (old, new))
    return compare(before, after)


@blueprint.post("/forms/<form>/under-way")
@needs(ADMIN)
def offer(form: str) -> Response:
    """Offer the writers to move to the version in use that the page showed, or offer it no longer."""
    withdrawn = request.form.get("do") == "withdraw"
    with current.writing() as connection:
        versions = versions_of(connection, current.viewer(), form, current.today())
        to = next((each for each in versions if each.in_use and each.key == request.form.get("in_use")), None)
        if to is None:
            raise OtherInUse
        (withdraw_offer if withdrawn else offer_move)(connection, current.viewer(), to.edition, current.now())
    return redirect(url_for("editor.under_way", form=form, done="withdrawn" if withdrawn else "offered"), SEE_OTHER)
