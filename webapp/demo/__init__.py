"""The demonstration: two invented authorities with their people and children, their dates relative to today."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from engine.definition import Definition
from webapp.clock import london_day
from webapp.demo.deeds import deeds
from webapp.demo.forms import FIRST_DAY
from webapp.demo.people import ASKED, AUTHORITIES, NEWCOMERS, NORTHSHIRE, SOUTHMERE, Authority, Family, Team
from webapp.demo.relative_dates import born, expected, moment
from webapp.demo.stage import stage
from webapp.demo.trials import add_teams_under_trial
from webapp.library import read_definition, shipped_definitions
from webapp.store.accounts import add_account
from webapp.store.allocations import allocate
from webapp.store.authorities import add_authority, add_team, authority_named, team_named
from webapp.store.children import NewChild, add_child, add_family
from webapp.store.database import Connection
from webapp.store.definitions import Publication, publish
from webapp.store.errors import VersionTaken
from webapp.store.people import add_person, everyone

__all__ = ["fill", "first_day", "publish_library", "stories_to_tell"]


def fill(connection: Connection, at: datetime) -> bool:
    """Add the invented people and children to an empty database; False if somebody is there already."""
    if everyone(connection):
        return False
    for authority in AUTHORITIES:
        _add(connection, authority, at)
    return True


def first_day(at: datetime) -> datetime:
    """When the shipped forms came into use in the demonstration, before the first story begins."""
    return moment(FIRST_DAY, london_day(at))


def publish_library(connection: Connection, at: datetime) -> tuple[Definition, ...]:
    """Publish the shipped definitions that are not published yet.

    Gives those that cannot be, since their number was published before with other content; that stays in use.
    """
    read = [Publication(*read_definition(path)) for path in shipped_definitions()]
    return tuple(each.definition for each in read if not _is_published(connection, each, at))


def _is_published(connection: Connection, publication: Publication, at: datetime) -> bool:
    try:
        publish(connection, publication, at)
    except VersionTaken:
        return False
    return True


def stories_to_tell(connection: Connection, at: datetime) -> Sequence[Callable[[], object]]:
    """What the people of a demonstration just filled have done and written up to a moment, to be done in this order."""
    authority = authority_named(connection, NORTHSHIRE.name) or 0
    for its_name, newcomers in ((NORTHSHIRE.name, NEWCOMERS), (SOUTHMERE.name, ASKED)):
        to = authority_named(connection, its_name) or 0
        for team in newcomers:
            _add_people(connection, to, team_named(connection, to, team.name), team)
    add_teams_under_trial(connection, authority)
    today = london_day(at)
    on = stage(connection, today)
    return [partial(deed.do, on) for deed in deeds(today)]


def _add(connection: Connection, authority: Authority, at: datetime) -> None:
    authority_id = add_authority(connection, authority.name)
    who: dict[str, dict[str, int]] = {}
    for team in authority.teams:
        who |= _add_team(connection, authority_id, team)
    for family in authority.families:
        _add_family(connection, authority_id, family, who[family.allocated_to], at)


def _add_team(connection: Connection, authority: int, team: Team) -> dict[str, dict[str, int]]:
    """How children are allocated to the team and to each person in it, by name."""
    team_id = add_team(connection, authority, team.name)
    people = _add_people(connection, authority, team_id, team)
    return {team.name: {"team": team_id}} | {name: {"person": person} for name, person in people.items()}


def _add_people(connection: Connection, authority: int, team_id: int, team: Team) -> dict[str, int]:
    """The ids of a team's people by name, each with an account."""
    people = {person.name: add_person(connection, authority, team_id, person) for person in team.people}
    for name, person in people.items():
        add_account(connection, authority, person, f"{name.lower().replace(' ', '.')}@council.example")
    return people


def _add_family(connection: Connection, authority: int, family: Family, to: dict[str, int], at: datetime) -> None:
    today = london_day(at)
    family_id = add_family(connection, authority, family.name)
    for child in family.children:
        new = NewChild(
            reference=child.reference,
            given_name=child.given_name,
            family_name=child.family_name,
            born=born(child.age, today) if child.age else None,
            expected=expected(child.expected_in_days, today) if child.expected_in_days else None,
            unborn=child.expected_in_days is not None,
            disabled=child.disabled,
            interpreter=child.interpreter,
        )
        added = add_child(connection, authority, family_id, new)
        allocate(connection, authority, added, at=at, person=to.get("person"), team=to.get("team"))
