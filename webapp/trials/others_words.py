"""How far another authority is that was asked to take part in a trial, in words."""

from collections.abc import Iterable
from dataclasses import dataclass

from webapp.dates import day_in_words
from webapp.store.trial_parts import Invitation


@dataclass(frozen=True, slots=True)
class Answered:
    """An authority that was asked: its name, the key of its part, how far it is, and why it declined ("" if not)."""

    name: str
    key: str
    words: str
    reason: str


def answered(each: Invitation) -> Answered:
    """What an invitation has come to."""
    return Answered(each.authority_name, each.key, _so_far(each), each.words if each.state == "declined" else "")


def _so_far(each: Invitation) -> str:
    when = "" if each.answered_at is None else f" on {day_in_words(each.answered_at)}"
    if each.state == "joined":
        return f"joined{when} with {teams_in_words(each.part.teams)}"
    if each.state == "declined":
        return f"declined{when}"
    return f"asked on {day_in_words(each.invited_at)}, has not answered yet"


def teams_in_words(teams: Iterable[object]) -> str:
    """How many teams."""
    number = len(list(teams))
    return "1 team" if number == 1 else f"{number} teams"
