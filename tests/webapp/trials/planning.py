"""A policy officer at the plan of a trial: eight teams to draw, and what is typed into each step."""

import json
import re
from dataclasses import dataclass, field
from typing import Any

from werkzeug.test import TestResponse

from tests.webapp.assessments.desk import Page
from tests.webapp.conftest import NOW
from tests.webapp.visitor import Visitor
from webapp.access import Viewer
from webapp.store.authorities import add_team
from webapp.store.database import Database, reading, writing
from webapp.store.people import NewPerson, add_person, everyone
from webapp.store.trials import Trial, find_trial

QUESTION = "Does a plainer question take less time, without saying less about the child?"
TEAMS = tuple(
    f"{name} team" for name in ("Ashgrove", "Birchway", "Cobden", "Dunmere", "Elmbank", "Fernhill", "Garth", "Holm")
)
PLAINER = {
    "owner": "authority",
    "form": "visit",
    "version": 1,
    "base": {"owner": "library", "form": "visit", "version": 1},
    "changes": [{"op": "reword", "question": "meaning", "label": "So what is life like for this child?"}],
}
"""The visit with one question worded otherwise."""
WEAKER = {**PLAINER, "changes": [{"op": "hide", "question": "manager_today"}]}
"""The visit without a question that it protects."""
SAFETY: dict[str, Any] = {
    "harm": "A child at risk is not followed up",
    "approval": "Research governance, RG/2026/14",
    "data_protection": "DPIA 2026-31",
    "for_families": "Two wordings are compared.",
    "for_staff": "Time is measured by team, never by person.",
    "opt_out": "Say so to your worker.",
    "whom_to_ask": "Rowan Tideswell, 01632 960111",
}


def people(database: Database) -> dict[str, Viewer]:
    """Everybody, by name."""
    with reading(database) as connection:
        return {each.name: each for each in everyone(connection)}


def add_teams(database: Database, names: tuple[str, ...] = TEAMS) -> None:
    """Teams of Northshire, with a social worker each."""
    authority = people(database)["Rowan Tideswell"].authority
    with writing(database) as connection:
        for number, name in enumerate(names):
            team = add_team(connection, authority, name)
            worker = NewPerson(f"Worker of {name}", "social worker", "practitioner", f"01632 9602{number:02}")
            add_person(connection, authority, team, worker)


@dataclass
class Planning:
    """Somebody at a plan, by its key."""

    visitor: Visitor
    database: Database
    key: str = field(default="")

    def begin(self, question: str = QUESTION, form: str = "visit") -> "Planning":
        """Begin the plan."""
        self.visitor.get("/trials/new")
        response = self.visitor.send("/trials/new", {"question": question, "form": form})
        assert response.status_code == 303
        self.key = response.location.split("/")[2]
        return self

    def address(self, step: str) -> str:
        """Where a step is."""
        return f"/trials/{self.key}/plan/{step}"

    def look(self, step: str, query: str = "") -> Page:
        """Load a step."""
        response = self.visitor.get(self.address(step) + query)
        assert response.status_code == 200
        return Page(response)

    def save(self, step: str, page: Page | None = None, **typed: Any) -> TestResponse:
        """Type into the boxes of a step, by their names with _ for -, and press Save; `page` was loaded earlier."""
        sent = {**(page or self.look(step)).filled("plan"), **typed}
        return self.visitor.send(self.address(step), sent)

    def day(self, name: str, day: int, month: int, year: int) -> dict[str, Any]:
        """The boxes of a day."""
        return {f"{name}-day": str(day), f"{name}-month": str(month), f"{name}-year": str(year)}

    def fill_in(self, **safety: str) -> "Planning":
        """Fill in every step such that nothing is left to do."""
        arms: dict[str, Any] = {"control": "shipped-1", "control_name": "Present form", "tested": "changes"}
        arms |= {"tested_name": "Plainer form", "changes": json.dumps(PLAINER)}
        assert self.save("arms", **arms).status_code == 303
        assert self.save("teams", team=list(TEAMS)).status_code == 303
        period = self.day("begins", 12, 3, 2026) | self.day("ends", 30, 6, 2026)
        outcome: dict[str, Any] = {"primary": "minutes", "co_primary": "worker_rating", "smallest": "10"}
        assert self.save("outcome", **outcome, **period).status_code == 303
        here = people(self.database)
        named = {"watcher": here["Petra Oakenfull"].key, "openers": here["Rowan Tideswell"].key}
        assert self.save("safety", **{**SAFETY, **named, **safety}).status_code == 303
        return self

    def register(self) -> TestResponse:
        """Press the button of the last step."""
        page = self.look("register").response.text
        revision = re.search(r'name="revision" value="(\d+)"', page)
        assert revision
        return self.visitor.send(f"/trials/{self.key}/register", {"revision": revision[1]})

    def trial(self) -> Trial:
        """The trial as it stands."""
        rowan = people(self.database)["Rowan Tideswell"]
        with reading(self.database) as connection:
            return find_trial(connection, rowan, self.key)


__all__ = ["NOW", "PLAINER", "QUESTION", "SAFETY", "TEAMS", "WEAKER", "Planning", "add_teams", "people"]
