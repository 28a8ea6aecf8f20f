"""Drafts about several children: whether anybody still works with all of them, so that it can be finished."""

from collections.abc import Iterable, Sequence, Set

from sqlalchemy import bindparam, select

from webapp.store.allocations import Allocated, allocated_to
from webapp.store.assessments import Assessment, assessment_children
from webapp.store.database import Connection

_CHILDREN = (
    select(assessment_children.c.assessment_id, assessment_children.c.child_id)
    .where(assessment_children.c.assessment_id.in_(bindparam("assessments", expanding=True)))
    .order_by(assessment_children.c.assessment_id, assessment_children.c.child_id)
)


def is_shared(draft: Assessment) -> bool:
    """Whether only who works with several children can go on with it."""
    return len(draft.children) > 1 or not draft.whole


def parted(connection: Connection, drafts: Iterable[Assessment]) -> Set[int]:
    """The ids of those drafts, which the caller was given, whose children nobody works with all of any more."""
    about: dict[int, list[int]] = {}
    shared = [draft.id for draft in drafts if draft.draft and is_shared(draft)]
    if shared:
        for draft, child in connection.execute(_CHILDREN, {"assessments": shared}):
            about.setdefault(draft, []).append(child)
    having: dict[int, list[Allocated]] = {child: [] for children in about.values() for child in children}
    for each in allocated_to(connection, list(having)) if having else ():
        if not each.left:
            having[each.child].append(each)
    return {draft for draft, children in about.items() if not _has_one([having[child] for child in children])}


def _has_one(workers: Sequence[Sequence[Allocated]]) -> bool:
    """Whether somebody, or a whole team, works with each of several children."""
    everybody = [each for of_child in workers for each in of_child]
    return any(all(any(_works_as(each, other) for other in of_child) for of_child in workers) for each in everybody)


def _works_as(worker: Allocated, given: Allocated) -> bool:
    """Whether what is given to somebody, or to a whole team, is a worker's: their own or their team's."""
    return given.same_as(worker) or (not given.person and given.team_id == worker.team_id)
