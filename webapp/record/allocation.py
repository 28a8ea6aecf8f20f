"""Who works with a child: a manager gives the child to somebody or takes the child from one, having talked about it."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from webapp import current
from webapp.access import MANAGER, needs
from webapp.dates import age
from webapp.navigation import SEE_OTHER
from webapp.record.blueprint import blueprint
from webapp.store.allocations import Allocated, allocated_to, were_allocated_to
from webapp.store.assessments import Assessment, assessments_in_part
from webapp.store.children import Child, family_of, find_child, hold_child, open_child
from webapp.store.database import Connection
from webapp.store.errors import AllocatedAlready, NobodyLeft, NoSuchRecord
from webapp.store.handovers import Handover, Taker, hand_over_family, takers
from webapp.store.shared_drafts import is_shared, parted

LONGEST = 2000

Answer = Response | tuple[str, int]


@blueprint.get("/children/<key>/allocation")
@needs(MANAGER)
def allocation(key: str) -> str:
    """Who works with a child and who did before, and the form that changes it."""
    with current.writing() as connection:
        return _page(connection, open_child(connection, current.viewer(), key, current.now()), {})


@blueprint.post("/children/<key>/allocation")
@needs(MANAGER)
def reallocate(key: str) -> Answer:
    """Change who works with a child, and with the brothers and sisters ticked; whoever lost it no longer finds it."""
    with current.writing() as connection:
        child, also = _held(connection, key)
        shared = _shared(connection, child)
        parted_before = parted(connection, shared)
        handover = _handover(connection, child)
        problems = _problems(handover) or _handed_over(connection, child, also, handover)
        if problems:
            open_child(connection, current.viewer(), key, current.now())
            return _page(connection, child, problems), 400
        newly_parted = parted(connection, shared) - parted_before
    return redirect(_next(key, bool(newly_parted)), SEE_OTHER)


def _held(connection: Connection, key: str) -> tuple[Child, list[Child]]:
    """The child and the brothers and sisters ticked, held in an order that is the same whoever asks."""
    viewer, ticked = current.viewer(), request.form.getlist("also")
    family = family_of(connection, viewer, find_child(connection, viewer, key))
    keys = sorted(each.key for each in family if each.key == key or each.key in ticked)
    held = {each: hold_child(connection, viewer, each) for each in keys}
    return held.pop(key), list(held.values())


def _handed_over(connection: Connection, child: Child, also: Sequence[Child], handover: Handover) -> dict[str, str]:
    try:
        hand_over_family(connection, current.viewer(), child, also, handover, current.now())
    except (AllocatedAlready, NobodyLeft) as refused:
        return {"to": refused.message.rstrip(".")}
    return {}


def _next(key: str, newly_parted: bool) -> str:
    """The child's page while it is within the manager's reach, else the list, which is told of a draft of nobody's."""
    try:
        with current.reading() as connection:
            find_child(connection, current.viewer(), key)
    except NoSuchRecord:
        return url_for("record.home", given="parted" if newly_parted else 1)
    return url_for("record.child", key=key, allocated=1)


def _handover(connection: Connection, child: Child) -> Handover:
    """What was chosen; a name that is not among those to choose from counts as none."""
    chosen, ticked = request.form.get("to", ""), request.form.getlist("ended")
    to = next((taker for taker in takers(connection, current.viewer()) if value_of(taker) == chosen), None)
    ended = [each for each in allocated_to(connection, [child.id]) if value_of(each) in ticked]
    return Handover(to, ended, request.form.get("conversation", "").replace("\0", "").strip())


def value_of(whom: Taker | Allocated) -> str:
    """How a person or a whole team is named in the form."""
    key = whom.key if isinstance(whom, Taker) else whom.person
    return f"person {key}" if key else f"team {whom.team}"


def _problems(handover: Handover) -> dict[str, str]:
    found: dict[str, str] = {}
    if handover.to is None and not handover.ended:
        found["to"] = "Choose who is to work with the child, or who no longer does"
    if not handover.conversation:
        found["conversation"] = "Write a line about what was talked about, and with whom"
    if len(handover.conversation) > LONGEST:
        found["conversation"] = f"What was talked about must be {LONGEST:,} characters or fewer"
    return found


def _page(connection: Connection, child: Child, problems: Mapping[str, str]) -> str:
    now = allocated_to(connection, [child.id])
    viewer, shared = current.viewer(), _shared(connection, child)
    siblings = [each for each in family_of(connection, viewer, child) if each.id != child.id]
    having = {value_of(each) for each in now}
    to_choose = [taker for taker in takers(connection, viewer) if value_of(taker) not in having]
    return render_template(
        "record/allocation.html",
        child=child,
        now=[(value_of(each), each) for each in now],
        before=were_allocated_to(connection, [child.id])[::-1],
        by_team=_by_team(to_choose),
        shared=shared,
        parted=parted(connection, shared),
        siblings=[(each, age(each, current.today()), _with_whom(connection, each)) for each in siblings],
        also=request.form.getlist("also"),
        chosen=request.form.get("to", ""),
        ticked=request.form.getlist("ended"),
        conversation=request.form.get("conversation", ""),
        problems=[{"href": f"#{name}", "message": message} for name, message in problems.items()],
        wrong=problems,
    )


def _shared(connection: Connection, child: Child) -> list[Assessment]:
    """The drafts about the child and others."""
    return [each for each in assessments_in_part(connection, current.viewer(), child) if each.draft and is_shared(each)]


def _with_whom(connection: Connection, child: Child) -> str:
    return ", ".join(each.name for each in allocated_to(connection, [child.id]))


def _by_team(found: Sequence[Taker]) -> Mapping[str, list[tuple[str, Any]]]:
    teams: dict[str, list[tuple[str, Any]]] = {}
    for taker in found:
        teams.setdefault(taker.team, []).append((value_of(taker), taker))
    return teams
