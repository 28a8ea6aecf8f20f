"""The list of one's children, by family."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from flask import render_template, request

from webapp import current
from webapp.access import CASEWORK, Viewer, may_write, needs
from webapp.dates import age
from webapp.navigation import whose_children
from webapp.record.blueprint import blueprint
from webapp.record.newer import moves_offered
from webapp.store.allocations import allocated_to
from webapp.store.assessments import Assessment, assessments_about
from webapp.store.children import Child, children_called
from webapp.store.database import Connection


@dataclass(frozen=True, slots=True)
class Listed:
    """A child on the list: age in words, who else works with them, and what has been begun about them.

    `newer` has the drafts of which a move to a version (in words) is offered; `formerly` is the former name by which
    the child was found, "" for none.
    """

    child: Child
    age: str
    formerly: str
    others: Sequence[str]
    begun: Sequence[Assessment]
    newer: Sequence[tuple[Assessment, str]]


@dataclass(frozen=True, slots=True)
class Family:
    """A family and its children on the list."""

    id: int
    name: str
    children: Sequence[Listed]


@blueprint.get("/")
@needs(CASEWORK)
def home() -> str:
    """The children within one's reach, by family."""
    return _list("")


@blueprint.post("/")
@needs(CASEWORK)
def find() -> str:
    """Those of a name or a reference; it is posted, so that no name stands in an address."""
    return _list(request.form.get("find", "").replace("\0", "").strip()[:100])


def _list(sought: str) -> str:
    viewer = current.viewer()
    with current.reading() as connection:
        listed = _listed(connection, viewer, children_called(connection, viewer, sought))
    families = [
        Family(family, found[0].child.family_title, found)
        for family, group in groupby(listed, key=lambda each: each.child.family)
        if (found := list(group))
    ]
    return render_template(
        "record/home.html",
        families=families,
        sought=sought,
        heading=whose_children(viewer),
        given_away="given" in request.args,
        parted=request.args.get("given") == "parted",
    )


def _listed(connection: Connection, viewer: Viewer, found: Mapping[Child, str]) -> list[Listed]:
    children = list(found)
    others: dict[int, list[str]] = {}
    for each in allocated_to(connection, [child.id for child in children]):
        if each.person != viewer.key:
            others.setdefault(each.child, []).append(f"{each.name}, {each.job}" if each.job else each.name)
    begun = _begun(connection, viewer, children) if may_write(viewer) else {}
    today = current.today()
    offered = moves_offered(connection, (draft for drafts in begun.values() for draft in drafts))
    return [
        Listed(c, age(c, today), formerly, others.get(c.id, ()), drafts := begun.get(c.id, ()), _newer(drafts, offered))
        for c, formerly in found.items()
    ]


def _newer(begun: Sequence[Assessment], offered: Mapping[str, str]) -> list[tuple[Assessment, str]]:
    return [(draft, offered[draft.key]) for draft in begun if draft.key in offered]


def _begun(connection: Connection, viewer: Viewer, children: Sequence[Child]) -> Mapping[int, list[Assessment]]:
    found: dict[int, list[Assessment]] = {}
    for assessment in assessments_about(connection, viewer, children):
        if assessment.draft:
            for child in assessment.children:
                found.setdefault(child.id, []).append(assessment)
    return found
