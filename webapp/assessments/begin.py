"""Beginning an assessment: which form, about which brothers and sisters."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.text import Text, in_language
from webapp import current
from webapp.access import PRACTITIONER, needs
from webapp.assessments.blueprint import blueprint
from webapp.assessments.trial_notice import refusing, trial_notice
from webapp.config import LANGUAGE
from webapp.dates import age
from webapp.navigation import SEE_OTHER
from webapp.store.assessments import Assessment, assessments_in_part, find_assessment
from webapp.store.beginning import begin_assessment
from webapp.store.children import Child, family_of, find_child, find_children, open_child
from webapp.store.contents import definition_of
from webapp.store.database import Connection
from webapp.store.definitions import Edition, edition, forms_in_use, no_longer_begun
from webapp.store.last_begun import last_begun
from webapp.store.trial_serving import arm_for, enrol, forms_tried
from webapp.store.under_trial import take_out

REFUSED = "The family did not want to take part when a form was begun"


@dataclass(frozen=True, slots=True)
class Choice:
    """A form that can be begun: what it is for, and what is being written of it about the child already."""

    edition: Edition
    purpose: Text | None
    drafts: Sequence[Assessment]


@blueprint.get("/children/<child_key>/begin")
@needs(PRACTITIONER)
def choose_form(child_key: str) -> str:
    """Choose the form to begin about a child."""
    viewer = current.viewer()
    with current.writing() as connection:
        child = open_child(connection, viewer, child_key, current.now())
        return render_template(
            "assessments/choose_form.html",
            child=child,
            alone=len(family_of(connection, viewer, child)) == 1,
            choices=_choices(connection, child),
            gone=no_longer_begun(connection, viewer, current.today()),
            tried=forms_tried(connection, viewer, current.today(), [child]),
        )


def _choices(connection: Connection, child: Child) -> list[Choice]:
    """The forms in use: those that the viewer began last first, the others by title."""
    viewer, last = current.viewer(), last_begun(connection, current.viewer())
    drafts = [each for each in assessments_in_part(connection, viewer, child) if each.draft]
    editions = sorted(
        forms_in_use(connection, viewer, current.today()), key=lambda each: in_language(each.title, LANGUAGE).lower()
    )
    editions.sort(key=lambda each: last[each.form].timestamp() if each.form in last else 0, reverse=True)
    return [
        Choice(
            each,
            definition_of(connection, each, current.today()).purpose,
            [draft for draft in drafts if draft.edition.form == each.form],
        )
        for each in editions
    ]


@blueprint.get("/children/<child_key>/begin/<form>")
@needs(PRACTITIONER)
def choose_children(child_key: str, form: str) -> str:
    """Choose whom a form is about: the child, and any brothers and sisters."""
    return _choose(child_key, form, "")


@blueprint.post("/children/<child_key>/begin/<form>")
@needs(PRACTITIONER)
def begin(child_key: str, form: str) -> Response | tuple[str, int]:
    """Begin a form about the children ticked and open its first section; the same page sent twice begins one.

    Where their family does not want to take part in a trial of it, the usual form is begun and the family is out.
    """
    ticked, refused = request.form.getlist("children"), request.form.get("refused") == "yes"
    if not ticked:
        return _choose(child_key, form, "Choose at least one child"), 400
    viewer, now = current.viewer(), current.now()
    with current.writing() as connection:
        family = {child.key for child in family_of(connection, viewer, find_child(connection, viewer, child_key))}
        children = find_children(connection, viewer, [key for key in ticked if key in family])
        sent = request.form.get("key", "")[:64]
        serving = arm_for(connection, viewer, form, current.today(), children, refused)
        which = serving.edition if serving else edition(connection, viewer, form, current.today())
        key = begin_assessment(connection, viewer, which, children, now, sent)
        if serving:
            enrol(connection, viewer, key, serving, now)
        if serving and refused:
            take_out(connection, viewer, find_assessment(connection, viewer, key), "family", REFUSED, now)
    return redirect(url_for("assessments.carry_on", key=key), SEE_OTHER)


def _choose(child_key: str, form: str, problem: str) -> str:
    viewer = current.viewer()
    with current.writing() as connection:
        child = open_child(connection, viewer, child_key, current.now())
        family = family_of(connection, viewer, child)
        serving = arm_for(connection, viewer, form, current.today(), [child])
        which = serving.edition if serving else edition(connection, viewer, form, current.today())
    ages = {each.key: age(each, current.today()) for each in family}
    shown = {"child": child, "family": family, "ages": ages, "edition": which, "trial": trial_notice(serving)}
    shown["refused"] = refusing(serving, request.form.get("refused") == "yes")
    return render_template("assessments/begin.html", problem=problem, **shown)
