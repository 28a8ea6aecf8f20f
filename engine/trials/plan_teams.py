"""The teams of a plan: those of the authority that plans it, and what each further authority brings."""

from dataclasses import dataclass
from typing import Any

from engine.trials.plan_reading import Reader

Json = Any


@dataclass(frozen=True, slots=True)
class Team:
    """A team that takes part, by name, and the group (stratum or pair) it is drawn in; "" for none."""

    name: str
    group: str = ""

    def to_json(self) -> Json:
        """As the plan holds it."""
        return {"name": self.name, "group": self.group}


@dataclass(frozen=True, slots=True)
class Part:
    """What another authority brings to a plan: its teams, and who there watches, scores, approved and is asked.

    `key` tells the part from others; `authority` is the authority's name. `watcher` and `scorers` are people's keys.
    """

    key: str
    authority: str = ""
    teams: tuple[Team, ...] = ()
    watcher: str = ""
    scorers: tuple[str, ...] = ()
    approval: str = ""
    data_protection: str = ""
    whom_to_ask: str = ""

    def to_json(self) -> Json:
        """As the plan holds it."""
        return {
            "key": self.key,
            "authority": self.authority,
            "teams": [team.to_json() for team in self.teams],
            "watcher": self.watcher,
            "scorers": list(self.scorers),
            "approval": self.approval,
            "data_protection": self.data_protection,
            "whom_to_ask": self.whom_to_ask,
        }


def part_from_json(value: Json) -> Part:
    """The part of its JSON; what is left out is empty. Raises PlanUnreadable for another shape."""
    return part_read(Reader(value))


def part_read(reader: Reader) -> Part:
    """The part that a reader stands at."""
    part = Part(
        key=reader.text("key"),
        authority=reader.text("authority"),
        teams=tuple(team_read(each) for each in reader.each("teams")),
        watcher=reader.text("watcher"),
        scorers=reader.texts("scorers"),
        approval=reader.text("approval"),
        data_protection=reader.text("data_protection"),
        whom_to_ask=reader.text("whom_to_ask"),
    )
    reader.nothing_else()
    return part


def team_read(reader: Reader) -> Team:
    """The team that a reader stands at."""
    team = Team(reader.text("name"), reader.text("group"))
    reader.nothing_else()
    return team
