"""Which shipped version a form of an authority's own was made from, and whether a newer one ships."""

from collections.abc import Sequence

from sqlalchemy import bindparam, select

from webapp.access import FORMS, Viewer
from webapp.store.database import Connection
from webapp.store.drafts import IS_OPEN, draft_revisions, drafts, refuse_unless
from webapp.store.withdrawals import Published

_NEWEST = draft_revisions.alias()
_SHOWN = (
    select(_NEWEST.c.shows)
    .where(_NEWEST.c.draft_id == drafts.c.id)
    .order_by(_NEWEST.c.number.desc())
    .limit(1)
    .correlate(drafts)
    .scalar_subquery()
)
_OF_OPEN = (
    select(drafts.c.form, draft_revisions.c.base_id)
    .select_from(drafts)
    .join(draft_revisions, (draft_revisions.c.draft_id == drafts.c.id) & (draft_revisions.c.number == _SHOWN))
    .where(drafts.c.authority_id == bindparam("authority"), IS_OPEN)
)


def bases_of_drafts(connection: Connection, viewer: Viewer) -> dict[str, int | None]:
    """For each form with an open draft the definition (its id) that the draft is a change of. Raises NotYours."""
    refuse_unless(FORMS, viewer)
    return bases_known(connection, viewer)


def bases_known(connection: Connection, viewer: Viewer) -> dict[str, int | None]:
    """The same for whom the caller has let through, such as one who was sent a draft to read."""
    return {form: base for form, base in connection.execute(_OF_OPEN, {"authority": viewer.authority})}  # noqa: C416


def base_of(version: Published) -> int | None:
    """The definition (its id) that a version is a change of: itself where it ships, None for nothing of the kind."""
    return version.base if version.own else version.edition.id


def shipped_with_id(versions: Sequence[Published], definition: int | None) -> Published | None:
    """The one that ships among the versions of a form, by its id; None where none has it."""
    return next((each for each in versions if each.edition.id == definition and not each.own), None)


def newest_shipped(versions: Sequence[Published]) -> Published | None:
    """The newest that ships: one that can still be begun before one that was withdrawn."""
    found = sorted((each for each in versions if not each.own), key=lambda each: each.edition.version, reverse=True)
    return next((each for each in found if each.withdrawn_at is None), found[0] if found else None)


def newer_than(versions: Sequence[Published], base: Published | None) -> Published | None:
    """The newest that ships and can be begun, where it is newer than a base; None where none is."""
    newest = newest_shipped(versions)
    if base is None or newest is None or newest.withdrawn_at is not None:
        return None
    return newest if newest.edition.version > base.edition.version else None
