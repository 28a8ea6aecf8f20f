"""What a trial of so many teams can find and what it cannot, in sentences."""

from collections.abc import Sequence
from dataclasses import dataclass

from webapp.store.database import Connection
from webapp.trials.desk import Desk


@dataclass(frozen=True, slots=True)
class Chances:
    """Sentences on what a plan can find; `too_few` says why no claim can be made with so few teams, "" where one can.

    `assumed` says on what the figures rest.
    """

    sentences: Sequence[str]
    too_few: str = ""
    assumed: str = ""


def chances(connection: Connection, desk: Desk) -> Chances:
    """What the teams of a plan can find."""
    too_few = [each for each in desk.problems if each.code in ("too_few_teams", "cannot_attain")]
    if too_few:
        return Chances((), f"{too_few[0].message} {too_few[0].mend}")
    return Chances(())
