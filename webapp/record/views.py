"""The list of one's children, a child's page, and help."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from flask import Blueprint, render_template, request

from webapp import current
from webapp.access import CASEWORK, Viewer, may_write, needs, open_to_all, reach
from webapp.dates import age
from webapp.store.allocations import allocated_to
from webapp.store.assessments import Assessment, assessments_about
from webapp.store.children import Child, children_of, family_of, open_child
from webapp.store.database import Connection
from webapp.store.definitions import forms_in_use

blueprint = Blueprint("record", __name__)


@dataclass(frozen=True, slots=True)
class Listed:
    """A child on the list: age in words, who else works with them, and what has been begun about them."""

    child: Child
    age: str
    others: Sequence[str]
    begun: Sequence[Assessment]


@dataclass(frozen=True, slots=True)
class Family:
    """A family and its children on the list."""

    id: int
    name: str
    children: Sequence[Listed]


@blueprint.get("/")
@needs(CASEWORK)
def home() -> str:
    """The children within one's reach, by family; `find` narrows them to a name or a reference."""
    sought = request.args.get("find", "").strip()[:100]
    viewer = current.viewer()
    with current.reading() as connection:
        children = children_of(connection, viewer, sought)
        listed = _listed(connection, viewer, children)
    families = [
        Family(family, found[0].child.family_title, found)
        for family, group in groupby(listed, key=lambda each: each.child.family)
        if (found := list(group))
    ]
    heading = "Your team’s children" if reach(viewer).colleagues else "Your children"
    return render_template("record/home.html", families=families, sought=sought, heading=heading)


def _listed(connection: Connection, viewer: Viewer, children: Sequence[Child]) -> list[Listed]:
    others: dict[int, list[str]] = {}
    for each in allocated_to(connection, [child.id for child in children]):
        if each.name != viewer.name:
            others.setdefault(each.child, []).append(f"{each.name}, {each.job}" if each.job else each.name)
    begun = _begun(connection, viewer, children) if may_write(viewer) else {}
    today = current.today()
    return [Listed(c, age(c, today), others.get(c.id, ()), begun.get(c.id, ())) for c in children]


def _begun(connection: Connection, viewer: Viewer, children: Sequence[Child]) -> Mapping[int, list[Assessment]]:
    found: dict[int, list[Assessment]] = {}
    for assessment in assessments_about(connection, viewer, children):
        if assessment.draft:
            for child in assessment.children:
                found.setdefault(child.id, []).append(assessment)
    return found


@blueprint.get("/children/<key>")
@needs(CASEWORK)
def child(key: str) -> str:
    """A child: who they are, their brothers and sisters, and the forms about them."""
    viewer = current.viewer()
    with current.writing() as connection:
        found = open_child(connection, viewer, key, current.now())
        family = [each for each in family_of(connection, viewer, found) if each.id != found.id]
        forms = assessments_about(connection, viewer, [found])
        with_whom = allocated_to(connection, [found.id])
        begin = forms_in_use(connection, viewer) if may_write(viewer) else ()
    today = current.today()
    return render_template(
        "record/child.html",
        child=found,
        age=age(found, today),
        family=[(each, age(each, today)) for each in family],
        forms=forms,
        with_whom=with_whom,
        begin=begin,
        may_write=may_write(viewer),
        drafts=[form for form in forms if form.draft and may_write(viewer)],
    )


@blueprint.get("/help", endpoint="help")
@open_to_all("help says nothing about anybody")
def help_page() -> str:
    """How the pages work, and what to do when something does not."""
    return render_template("record/help.html")
