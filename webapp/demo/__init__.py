"""The demonstration: two invented authorities with their people and children, their dates relative to today."""

from datetime import datetime

from webapp.clock import london_day
from webapp.demo.people import AUTHORITIES, Authority, Family, Team
from webapp.demo.relative_dates import born, expected
from webapp.library import read_definition, shipped_definitions
from webapp.store.accounts import add_account
from webapp.store.allocations import allocate
from webapp.store.authorities import add_authority, add_team
from webapp.store.children import NewChild, add_child, add_family
from webapp.store.database import Connection
from webapp.store.definitions import Publication, publish
from webapp.store.people import add_person, everyone

__all__ = ["fill", "publish_library"]


def fill(connection: Connection, at: datetime) -> bool:
    """Add the invented people and children to an empty database; False if somebody is there already."""
    if everyone(connection):
        return False
    for authority in AUTHORITIES:
        _add(connection, authority, at)
    return True


def publish_library(connection: Connection, at: datetime) -> None:
    """Publish the shipped definitions that are not published yet."""
    for path in shipped_definitions():
        publish(connection, Publication(*read_definition(path)), at)


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
    people = {person.name: add_person(connection, authority, team_id, person) for person in team.people}
    for name, person in people.items():
        add_account(connection, authority, person, f"{name.lower().replace(' ', '.')}@council.example")
    return {team.name: {"team": team_id}} | {name: {"person": person} for name, person in people.items()}


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
