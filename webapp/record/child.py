"""A child's page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import render_template, request

from webapp import current
from webapp.access import CASEWORK, MANAGER, may_write, needs
from webapp.dates import age
from webapp.record.blueprint import blueprint
from webapp.record.life import life_of
from webapp.record.newer import moves_offered
from webapp.store.allocations import allocated_to
from webapp.store.assessments import Assessment, assessments_in_part
from webapp.store.brothers_and_sisters import beyond_reach
from webapp.store.children import Child, family_of, open_child
from webapp.store.database import Connection
from webapp.store.set_asides import set_aside_about
from webapp.store.shared_drafts import parted
from webapp.store.submissions import handed_in

FACTS = "facts"
"""What the page's address says was changed where it is more than a name: forms ask by it."""


@dataclass(frozen=True, slots=True)
class Form:
    """A form on the child's page: by whom it was submitted and when, or begun while it is a draft."""

    of: Assessment
    by: str
    at: datetime


@blueprint.get("/children/<key>")
@needs(CASEWORK)
def child(key: str) -> str:
    """A child: who they are, life at the moment, brothers and sisters, and the forms about them."""
    viewer = current.viewer()
    with current.writing() as connection:
        found = open_child(connection, viewer, key, current.now())
        family = [each for each in family_of(connection, viewer, found) if each.id != found.id]
        forms = _forms(connection, found)
        elsewhere = beyond_reach(connection, viewer, found, current.now())
        life = life_of(connection, found, [form.of for form in forms])
        aside = set_aside_about(connection, viewer, found)
        with_whom = allocated_to(connection, [found.id])
        drafts = [form.of for form in forms if form.of.draft]
        newer = moves_offered(connection, [draft for draft in drafts if draft.whole and may_write(viewer)])
        of_nobody = parted(connection, drafts) if "allocated" in request.args else ()
    today = current.today()
    return render_template(
        "record/child.html",
        child=found,
        age=age(found, today),
        family=[(each, age(each, today)) for each in family],
        elsewhere=elsewhere,
        forms=forms,
        newer=newer,
        life=life,
        with_whom=with_whom,
        aside=aside,
        may_write=may_write(viewer),
        may_allocate=MANAGER.allows(viewer),
        drafts=[draft for draft in drafts if draft.whole and may_write(viewer)],
        just_made="made" in request.args,
        just_allocated="allocated" in request.args,
        just_changed="changed" in request.args,
        asked_anew=drafts if request.args.get("changed") == FACTS else (),
        parted=[draft for draft in drafts if draft.id in of_nobody],
    )


def _forms(connection: Connection, child: Child) -> Sequence[Form]:
    """The forms about a child, that of the latest day first: submitted, or begun while it is a draft."""
    about = assessments_in_part(connection, current.viewer(), child)
    submitted = handed_in(connection, about)
    forms = [Form(each, *submitted.get(each.id, (each.begun_by, each.begun_at))) for each in about]
    return sorted(forms, key=lambda form: form.at, reverse=True)
