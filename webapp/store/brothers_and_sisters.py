"""Brothers and sisters whose records are beyond the viewer's reach: that they are there, and whom to ask."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, not_, select

from webapp.access import Viewer, reach
from webapp.store.access_log import log_act
from webapp.store.allocations import Allocated, allocated_to, reach_parameters, within_reach
from webapp.store.children import Child, children
from webapp.store.database import Connection

_BEYOND_REACH = (
    select(children.c.id)
    .where(children.c.family_id == bindparam("family"), not_(within_reach(children.c.id)))
    .order_by(children.c.id)
)


def beyond_reach(
    connection: Connection, viewer: Viewer, child: Child, at: datetime
) -> tuple[tuple[Allocated, ...], ...]:
    """Who works with each brother or sister of a child within reach whose own record is not; nothing of the child.

    That it was told is written in the access log. Needs a writing transaction.
    """
    asked = reach_parameters(reach(viewer)) | {"family": child.family}
    found: Sequence[int] = connection.execute(_BEYOND_REACH, asked).scalars().all()
    if not found:
        return ()
    log_act(connection, viewer, "child", found, "matched", at)
    with_whom = allocated_to(connection, found)
    return tuple(tuple(each for each in with_whom if each.child == sibling) for sibling in found)
