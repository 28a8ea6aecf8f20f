"""Taking a published version out of use, and all that an authority has or had, with why."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, bindparam, func, insert, select
from sqlalchemy.exc import IntegrityError

from webapp.access import Viewer
from webapp.store.approvals import approval_requests
from webapp.store.database import Connection
from webapp.store.definitions import (
    EDITION_COLUMNS,
    FOR_ALL,
    LIBRARY,
    OF_AUTHORITY,
    TAKEN,
    WITHDRAWN,
    Edition,
    as_sentence,
    definitions,
    forms_in_use,
    withdrawals,
)
from webapp.store.errors import NoSuchVersion
from webapp.store.people import people


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A version to be withdrawn and why; `owner` and `by` as in `Publication`."""

    form: str
    version: int
    reason: str
    owner: int | None = None
    by: int | None = None


@dataclass(frozen=True, slots=True)
class Published:
    """An edition, whether it is begun on the day asked of, and when and by whom it was published ("" if it ships).

    `withdrawn_at` and `reason`, a sentence, are None and "" for one that was not withdrawn. `own` says that it is the
    authority's and does not ship; `why` and `budget_why` are the reasons given at publication, "" for none.
    `begins_on` is the day it was published for, None for at once; `approved_by` who agreed, "" where nobody was asked.
    `waits` says that this day is still to come. `base` is the definition that
    ships (its id) that one of an authority's own was made from, None for none.
    """

    edition: Edition
    in_use: bool
    published_at: datetime
    published_by: str
    withdrawn_at: datetime | None
    reason: str
    own: bool
    why: str
    budget_why: str
    begins_on: date | None = None
    approved_by: str = ""
    base: int | None = None
    waits: bool = False

    @property
    def key(self) -> str:
        """Its edition's, as a posted form names it."""
        return self.edition.key


_approver = people.alias("approver")
_PUBLISHED = (
    select(
        *EDITION_COLUMNS,
        definitions.c.published_at,
        func.coalesce(people.c.name, ""),
        withdrawals.c.withdrawn_at,
        func.coalesce(withdrawals.c.reason, ""),
        definitions.c.authority_id.is_not(None),
        definitions.c.reason,
        definitions.c.budget_reason,
        definitions.c.begins_on,
        func.coalesce(_approver.c.name, ""),
        definitions.c.base_id,
    )
    .outerjoin(people, people.c.id == definitions.c.published_by)
    .outerjoin(
        approval_requests,
        and_(approval_requests.c.definition_id == definitions.c.id, approval_requests.c.outcome == "approved"),
    )
    .outerjoin(_approver, _approver.c.id == approval_requests.c.ended_by)
    .outerjoin(withdrawals, WITHDRAWN)
    .where(OF_AUTHORITY, FOR_ALL)
    .order_by(definitions.c.form, definitions.c.id.desc())
)


_REASON = select(withdrawals.c.reason).where(
    withdrawals.c.definition_id == bindparam("definition"),
    func.coalesce(withdrawals.c.authority_id, LIBRARY) == bindparam("owner"),
)


def withdraw(connection: Connection, withdrawal: Withdrawal, at: datetime) -> str:
    """Let nobody begin a version any more; what was begun on it goes on. Withdrawn already, nothing happens.

    Gives the reason that stands: the first that was given. Raises NoSuchVersion where this owner has no such version.
    """
    of_owner = {"owner": withdrawal.owner or 0, "form": withdrawal.form, "version": withdrawal.version}
    found = connection.execute(TAKEN, of_owner).one_or_none()
    if found is None:
        raise NoSuchVersion(form=withdrawal.form, version=withdrawal.version)
    row = {
        "authority_id": withdrawal.owner,
        "definition_id": found.id,
        "reason": withdrawal.reason,
        "withdrawn_by": withdrawal.by,
        "withdrawn_at": at,
    }
    try:
        with connection.begin_nested():
            connection.execute(insert(withdrawals), row)
    except IntegrityError:
        standing = connection.execute(_REASON, {"definition": found.id, "owner": withdrawal.owner or 0})
        return str(standing.scalar_one())
    return withdrawal.reason


def published(connection: Connection, viewer: Viewer, day: date) -> tuple[Published, ...]:
    """Every edition that the viewer's authority has, had or will have, by form, newest first, as it is on a day."""
    in_use = {each.id for each in forms_in_use(connection, viewer, day)}
    rows: Iterable[Sequence[Any]] = connection.execute(_PUBLISHED, {"authority": viewer.authority})
    return tuple(_published(row, row[0] in in_use, day) for row in rows)


def _published(row: Sequence[Any], in_use: bool, day: date) -> Published:
    at, by, withdrawn_at, reason, *rest = row[len(EDITION_COLUMNS) :]
    edition = Edition(*row[: len(EDITION_COLUMNS)])
    own, why, budget_why, begins_on, approved_by, base = rest
    waits = begins_on is not None and begins_on > day and withdrawn_at is None
    why_gone = as_sentence(reason) if reason else ""
    told = (own, why, budget_why, begins_on, approved_by, base, waits)
    return Published(edition, in_use, at, by, withdrawn_at, why_gone, *told)
