"""Looks for a child across the whole authority, and tells of a record beyond reach only whom to ask about it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Date,
    Select,
    Text,
    and_,
    bindparam,
    case,
    func,
    select,
    union,
)

from webapp.access import CASEWORK, Viewer, reach
from webapp.store.access_log import log_act
from webapp.store.allocations import Allocated, allocated_to, reach_parameters, within_reach
from webapp.store.authorities import teams
from webapp.store.children import CHILD_COLUMNS, Child, children, families, name_sounds
from webapp.store.database import Connection
from webapp.store.errors import NotYours
from webapp.store.matching import WEEKS_FROM_EXPECTED_TO_BORN, Likeness, OnRecord, Sought, likeness
from webapp.store.particulars_history import Name, former_names
from webapp.store.people import people
from webapp.store.sounds import heard

MOST = 20
"""Matches that are told at most, the surest of them."""


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to ask about a record: a person with job and phone, or `name` "" where a team has nobody to name."""

    name: str
    job: str
    team: str
    phone: str


@dataclass(frozen=True, slots=True)
class Match:
    """A record that may be that of the child sought: `child` where it is within the viewer's reach, else `contacts`.

    `formerly` is the former name of a child within reach, where that is more like the name sought than the one that
    stands. No contacts for a record beyond reach: nobody works with the child now.
    """

    likeness: Likeness
    child: Child | None
    contacts: Sequence[Contact] = ()
    formerly: str = ""


@dataclass(frozen=True, slots=True)
class Matches:
    """The matches, surest first; `more` says that there were too many to tell."""

    found: Sequence[Match]
    more: bool = False


def _sounding(names: str) -> ColumnElement[bool]:
    return name_sounds.c.sound.in_(bindparam(names, type_=Text, expanding=True))


_heard = and_(name_sounds.c.authority_id == bindparam("authority"), _sounding("sounds"))
_both_names = (
    select(name_sounds.c.child_id)
    .where(_heard)
    .group_by(name_sounds.c.child_id)
    .having(
        func.max(case((_sounding("given_sounds"), 1), else_=0)) == 1,
        func.max(case((_sounding("family_sounds"), 1), else_=0)) == 1,
    )
)
_one_name = select(name_sounds.c.child_id).join(children, children.c.id == name_sounds.c.child_id).where(_heard)
_one_name_and_a_date = _one_name.where(
    children.c.authority_id == bindparam("authority"),
    children.c.born.between(bindparam("born_from", type_=Date), bindparam("born_to", type_=Date)),
)
_one_name_before_birth = _one_name.where(children.c.authority_id == bindparam("authority"), children.c.unborn)
_HEARD: CompoundSelect[tuple[int]] = union(_both_names, _one_name_and_a_date, _one_name_before_birth)
_heard_of = _HEARD.subquery()
_CANDIDATES: Select[Any] = (
    select(*CHILD_COLUMNS)
    .select_from(_heard_of)
    .join(children, children.c.id == _heard_of.c.child_id)
    .join(families, families.c.id == children.c.family_id)
    .order_by(children.c.id)
)
_WITHIN_REACH = select(children.c.id).where(
    children.c.id.in_(bindparam("children", expanding=True)), within_reach(children.c.id)
)
_MANAGERS = (
    select(people.c.team_id, people.c.name, people.c.job, teams.c.name, people.c.phone)
    .join(teams, teams.c.id == people.c.team_id)
    .where(
        people.c.team_id.in_(bindparam("teams", expanding=True)),
        people.c.role == "manager",
        people.c.ended_at.is_(None),
    )
    .order_by(people.c.id)
)


def look_for(connection: Connection, viewer: Viewer, sought: Sought, at: datetime) -> Matches:
    """The records in the viewer's authority that may be those of a child, each beyond reach written in the access log.

    Raises NotYours. Needs a writing transaction.
    """
    if not CASEWORK.allows(viewer):
        raise NotYours(who=CASEWORK.words)
    alike = sorted(_alike(connection, _candidates(connection, viewer, sought), sought), key=lambda each: each[0].rank)
    told = alike[:MOST]
    mine = _within_reach(connection, viewer, [child.id for _, child, _ in told])
    beyond = [child.id for _, child, _ in told if child.id not in mine]
    contacts = _contacts(connection, beyond)
    log_act(connection, viewer, "child", beyond, "matched", at)
    found = [
        Match(like, child, formerly=formerly) if child.id in mine else Match(like, None, contacts.get(child.id, ()))
        for like, child, formerly in told
    ]
    return Matches(found, len(alike) > MOST)


def _candidates(connection: Connection, viewer: Viewer, sought: Sought) -> list[Child]:
    rows = connection.execute(_CANDIDATES, candidate_parameters(viewer.authority, sought))
    return [Child(*row) for row in rows]


def candidate_parameters(authority: int, sought: Sought) -> dict[str, Any]:
    """The values of the parameters of the search: more children than the rules take, none that they would."""
    given, family = list(heard(sought.given_name)), list(heard(sought.family_name))
    born_from, born_to = _born_between(sought)
    return {
        "authority": authority,
        "given_sounds": given,
        "family_sounds": family,
        "sounds": list(dict.fromkeys((*given, *family))),
        "born_from": born_from,
        "born_to": born_to,
    }


def _born_between(sought: Sought) -> tuple[date | None, date | None]:
    """When a child is born whom one sounding name is enough to find."""
    if sought.unborn and sought.earliest and sought.latest:
        leeway = timedelta(weeks=WEEKS_FROM_EXPECTED_TO_BORN)
        return sought.earliest - leeway, sought.latest + leeway
    return sought.day, sought.day


def _alike(
    connection: Connection, candidates: Sequence[Child], sought: Sought
) -> Iterator[tuple[Likeness, Child, str]]:
    """The candidates like the child sought, each with the former name that is more so than the one that stands."""
    former = former_names(connection, [child.id for child in candidates])
    for child in candidates:
        found = list(_likenesses(child, former.get(child.id, ()), sought))
        if found:
            surest, formerly = min(found, key=lambda each: each[0].rank)
            yield surest, child, formerly


def _likenesses(child: Child, former: Iterable[Name], sought: Sought) -> Iterator[tuple[Likeness, str]]:
    """How a child is like the one sought by the names that stand, then by each former pair of names."""
    now = OnRecord(child.given_name, child.family_name, child.unborn, child.born, child.expected)
    then = ((replace(now, given_name=each.given_name, family_name=each.family_name), str(each)) for each in former)
    for on_record, formerly in ((now, ""), *then):
        like = likeness(sought, on_record)
        if like is not None:
            yield like, formerly


def _within_reach(connection: Connection, viewer: Viewer, ids: Sequence[int]) -> set[int]:
    if not ids:
        return set()
    return set(connection.execute(_WITHIN_REACH, reach_parameters(reach(viewer)) | {"children": ids}).scalars())


def _contacts(connection: Connection, ids: Sequence[int]) -> dict[int, list[Contact]]:
    """Whom to ask about each child: its workers, and the managers where it is a team's or its worker has left."""
    allocated = allocated_to(connection, ids) if ids else ()
    managers = _managers(connection, {each.team_id for each in allocated if _is_the_teams(each)})
    found: dict[int, list[Contact]] = {}
    for each in allocated:
        contacts = found.setdefault(each.child, [])
        if _is_the_teams(each):
            contacts += managers.get(each.team_id) or [Contact("", "", each.team, "")]
        else:
            contacts.append(Contact(each.name, each.job, each.team, each.phone))
    return {child: list(dict.fromkeys(contacts)) for child, contacts in found.items()}


def _is_the_teams(allocated: Allocated) -> bool:
    return allocated.left or not allocated.person


def _managers(connection: Connection, of_teams: set[int]) -> dict[int, list[Contact]]:
    found: dict[int, list[Contact]] = {}
    if of_teams:
        for team, *contact in connection.execute(_MANAGERS, {"teams": sorted(of_teams)}):
            found.setdefault(team, []).append(Contact(*contact))
    return found
