"""The children whom the simulated forms are about: each of a family of its own, in the teams under trial."""

from datetime import date, timedelta
from random import Random

from webapp.store.children import NewChild
from webapp.store.keys import key_made_from

_GIVEN = (
    "Abernathy Bluebell Clementine Dashiell Eglantine Florizel Gulliver Hyacinth Ignatius Jessamy Kerensa Lysander "
    "Marigold Nehemiah Octavian Peregrine Quintus Rosalba Septimus Tamsin Ursuline Valerian Wilfreda"
).split()
_FAMILY = (
    "Appledram Bickerdyke Chanterelle Duckenfield Eskdaleby Fiddlewood Grimsargh Hobblethwaite Ivelchester Jackdawson "
    "Kettlebury Lavenstock Muckleford Nutbourne Oxspringer Pepperharrow Quickswood Rumblebridge Swaddlestone "
    "Thimblewick Uffcastle Vexington Whimbrell Yaddlethorpe"
).split()
YOUNGEST, OLDEST = 5, 14


def child_of_trials(number: int, today: date) -> tuple[str, NewChild]:
    """A child by number, with its key; its two names have been given to no other, nor its reference."""
    chance = Random(f"child/{number}")
    born = today - timedelta(days=round(365.25 * chance.uniform(YOUNGEST, OLDEST)))
    names = _GIVEN[number % len(_GIVEN)], _FAMILY[number % len(_FAMILY)]
    return key_made_from("child under trial", str(number)), NewChild(f"N-3{number:04}", *names, born)
