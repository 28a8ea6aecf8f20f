"""The teams that only take part in trials, and who works in them; nobody here has ever lived.

Nobody looks through their names: one worker and one manager can be chosen at the sign-in page, most have left since.
"""

from dataclasses import dataclass

from webapp.demo.trials.names import name
from webapp.store.people import NewPerson

TEAMS = (
    "Withyholt team",
    "Bramblecote team",
    "Copperidge team",
    "Dunmallow team",
    "Elmsworthy team",
    "Fernacre team",
    "Gorsebury team",
    "Hollinmere team",
    "Inkpenny team",
    "Juniperby team",
    "Kestrelwater team",
    "Lindenshaw team",
)
LATE = "Mossgarth team"
"""It joins a trial that is under way."""
WORKERS = 2
"""Social workers in each team."""
OFFERED = ("Sorrel Hathersedge", "Bettany Vantongeren")
"""Of all these, whom one can be in the demonstration: who writes in a trial that is running, and her manager."""


@dataclass(frozen=True, slots=True)
class TeamUnderTrial:
    """A team by name with its social workers, the first of whom is there to this day, and its manager."""

    name: str
    workers: tuple[NewPerson, ...]
    manager: NewPerson


def teams_under_trial() -> tuple[TeamUnderTrial, ...]:
    """Every team, the late one last."""
    return tuple(_team(number, name) for number, name in enumerate((*TEAMS, LATE)))


def _team(number: int, name: str) -> TeamUnderTrial:
    each = 1 + WORKERS
    workers = tuple(
        NewPerson(_called(number * each + index), "social worker", "practitioner", "01632 960130")
        for index in range(WORKERS)
    )
    return TeamUnderTrial(name, workers, NewPerson(_called(number * each + WORKERS), "team manager", "manager"))


def _called(number: int) -> str:
    return " ".join(name("workers", number))
