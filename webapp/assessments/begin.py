"""Beginning an assessment: which form, about which brothers and sisters."""

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from webapp import current
from webapp.access import PRACTITIONER, needs
from webapp.assessments.blueprint import blueprint
from webapp.dates import age
from webapp.navigation import SEE_OTHER
from webapp.store.assessments import begin_assessment
from webapp.store.children import family_of, find_child, find_children, open_child
from webapp.store.definitions import edition


@blueprint.get("/children/<child_key>/begin/<form>")
@needs(PRACTITIONER)
def choose_children(child_key: str, form: str) -> str:
    """Choose whom a form is about: the child, and any brothers and sisters."""
    return _choose(child_key, form, "")


@blueprint.post("/children/<child_key>/begin/<form>")
@needs(PRACTITIONER)
def begin(child_key: str, form: str) -> Response | tuple[str, int]:
    """Begin a form about the children ticked and open its first section; the same page sent twice begins one."""
    ticked = request.form.getlist("children")
    if not ticked:
        return _choose(child_key, form, "Choose at least one child"), 400
    viewer, now = current.viewer(), current.now()
    with current.writing() as connection:
        family = {child.key for child in family_of(connection, viewer, find_child(connection, viewer, child_key))}
        children = find_children(connection, viewer, [key for key in ticked if key in family])
        sent = request.form.get("key", "")[:64]
        key = begin_assessment(connection, viewer, edition(connection, viewer, form), children, now, sent)
    return redirect(url_for("assessments.carry_on", key=key), SEE_OTHER)


def _choose(child_key: str, form: str, problem: str) -> str:
    viewer = current.viewer()
    with current.writing() as connection:
        child = open_child(connection, viewer, child_key, current.now())
        family = family_of(connection, viewer, child)
        which = edition(connection, viewer, form)
    ages = {each.key: age(each, current.today()) for each in family}
    return render_template(
        "assessments/begin.html", child=child, family=family, ages=ages, edition=which, problem=problem
    )
