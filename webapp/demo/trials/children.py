"""The children whom the simulated forms are about: each of a family of its own, in the teams under trial."""

from datetime import date, timedelta
from random import Random

from webapp.demo.trials.names import name
from webapp.store.children import NewChild
from webapp.store.keys import key_made_from

YOUNGEST, OLDEST = 5, 14


def child_of_trials(number: int, today: date) -> tuple[str, NewChild]:
    """A child by number, with its key; its two names have been given to no other, nor its reference."""
    chance = Random(f"child/{number}")
    born = today - timedelta(days=round(365.25 * chance.uniform(YOUNGEST, OLDEST)))
    return key_made_from("child under trial", str(number)), NewChild(f"N-3{number:04}", *name("children", number), born)
