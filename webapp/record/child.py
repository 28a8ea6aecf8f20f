"""A child's page."""

from flask import render_template, request

from webapp import current
from webapp.access import CASEWORK, MANAGER, may_write, needs
from webapp.dates import age
from webapp.record.blueprint import blueprint
from webapp.record.life import life_of
from webapp.store.allocations import allocated_to
from webapp.store.assessments import assessments_in_part
from webapp.store.children import family_of, open_child
from webapp.store.definitions import forms_in_use, no_longer_begun


@blueprint.get("/children/<key>")
@needs(CASEWORK)
def child(key: str) -> str:
    """A child: who they are, life at the moment, brothers and sisters, and the forms about them."""
    viewer = current.viewer()
    with current.writing() as connection:
        found = open_child(connection, viewer, key, current.now())
        family = [each for each in family_of(connection, viewer, found) if each.id != found.id]
        forms = assessments_in_part(connection, viewer, found)
        life = life_of(connection, found, forms)
        with_whom = allocated_to(connection, [found.id])
        begin = forms_in_use(connection, viewer) if may_write(viewer) else ()
        gone = no_longer_begun(connection, viewer) if may_write(viewer) else ()
    today = current.today()
    return render_template(
        "record/child.html",
        child=found,
        age=age(found, today),
        family=[(each, age(each, today)) for each in family],
        forms=forms,
        life=life,
        with_whom=with_whom,
        begin=begin,
        gone=gone,
        may_write=may_write(viewer),
        may_allocate=MANAGER.allows(viewer),
        drafts=[form for form in forms if form.draft and form.whole and may_write(viewer)],
        just_made="made" in request.args,
        just_allocated="allocated" in request.args,
        just_changed="changed" in request.args,
    )
