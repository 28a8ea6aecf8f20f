"""Everybody of an authority, as those who look after people see them: working here, invited, or gone."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, cast

from sqlalchemy import bindparam, func, select, update

from webapp.access import Role, Viewer, may_look_after_people
from webapp.store.account_links import account_links, void_links
from webapp.store.accounts import accounts, change_email
from webapp.store.authorities import hold_authorities, teams
from webapp.store.database import Connection, UtcTime
from webapp.store.errors import NoAdminLeft, NoSuchRecord
from webapp.store.people import people
from webapp.store.sessions import end_sessions_of

_LINK_UNTIL = (
    select(func.max(account_links.c.ends_at, type_=UtcTime))
    .where(
        account_links.c.person_id == people.c.id,
        account_links.c.used_at.is_(None),
        account_links.c.ends_at > bindparam("now", type_=UtcTime),
    )
    .scalar_subquery()
)
_COLLEAGUES = (
    select(
        people.c.id,
        people.c.key,
        people.c.name,
        people.c.job,
        people.c.role,
        people.c.phone,
        teams.c.name,
        accounts.c.email,
        accounts.c.password_hash.is_not(None),
        _LINK_UNTIL,
        people.c.ended_at,
    )
    .join(teams, teams.c.id == people.c.team_id)
    .outerjoin(accounts, accounts.c.person_id == people.c.id)
    .where(people.c.authority_id == bindparam("authority"))
)
_ALL = _COLLEAGUES.order_by(teams.c.name, people.c.name, people.c.id)
_ONE = _COLLEAGUES.where(people.c.key == bindparam("key"))
_ADMINS = (
    select(func.count())
    .select_from(people)
    .where(people.c.authority_id == bindparam("authority"), people.c.role == "admin", people.c.ended_at.is_(None))
)


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody of the authority; `email` is "" without an account, `link_until` None without an open link."""

    id: int
    key: str
    name: str
    job: str
    role: Role
    phone: str
    team: str
    email: str
    has_password: bool
    link_until: datetime | None
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class Particulars:
    """What can be changed of somebody; `team` is the id of one of the authority's teams."""

    name: str
    job: str
    role: Role
    phone: str
    team: int
    email: str


def colleagues_of(connection: Connection, viewer: Viewer, at: datetime) -> tuple[Colleague, ...]:
    """Everybody there ever was in the viewer's authority, by team and name; raises NoSuchRecord for who may not ask."""
    return tuple(_read(row) for row in connection.execute(_ALL, _asked_by(viewer, at)))


def colleague_by_key(connection: Connection, viewer: Viewer, key: str, at: datetime) -> Colleague:
    """One of them; raises NoSuchRecord."""
    row = connection.execute(_ONE, _asked_by(viewer, at) | {"key": key}).one_or_none()
    if row is None:
        raise NoSuchRecord
    return _read(row)


def change_colleague(connection: Connection, viewer: Viewer, colleague: Colleague, to: Particulars) -> None:
    """Other particulars; raises NoAdminLeft where no admin would be left."""
    if to.role != "admin":
        _leave_an_admin(connection, viewer, colleague)
    connection.execute(
        update(people)
        .where(people.c.id == colleague.id)
        .values(name=to.name, job=to.job, role=to.role, phone=to.phone, team_id=to.team)
    )
    change_email(connection, viewer.authority, colleague.id, to.email)


def end_colleague(connection: Connection, viewer: Viewer, colleague: Colleague, at: datetime) -> None:
    """Somebody works here no longer: signed out everywhere, their links void, their name left on what they wrote.

    Raises NoAdminLeft where no admin would be left.
    """
    _leave_an_admin(connection, viewer, colleague)
    connection.execute(
        update(people).where(people.c.id == colleague.id, people.c.ended_at.is_(None)).values(ended_at=at)
    )
    end_sessions_of(connection, colleague.id, at)
    void_links(connection, colleague.id, at)


def bring_back(connection: Connection, colleague: Colleague) -> Colleague:
    """Somebody works here again, with the password they had."""
    connection.execute(update(people).where(people.c.id == colleague.id).values(ended_at=None))
    return replace(colleague, ended_at=None)


def _leave_an_admin(connection: Connection, viewer: Viewer, colleague: Colleague) -> None:
    """Two admins who end each other at once must not both succeed."""
    hold_authorities(connection)
    only = connection.execute(_ADMINS, {"authority": viewer.authority}).scalar_one() <= 1
    if only and colleague.role == "admin" and colleague.ended_at is None:
        raise NoAdminLeft(authority=viewer.authority_name)


def _asked_by(viewer: Viewer, at: datetime) -> dict[str, Any]:
    if not may_look_after_people(viewer):
        raise NoSuchRecord
    return {"authority": viewer.authority, "now": at}


def _read(row: Any) -> Colleague:
    person, key, name, job, role, phone, team, email, has_password, link_until, ended_at = row
    return Colleague(
        person, key, name, job, cast("Role", role), phone, team, email or "", bool(has_password), link_until, ended_at
    )
