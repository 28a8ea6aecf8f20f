"""When a child somebody asks about may be one on record, and how sure that is: the rules, as one table."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from webapp.store.sounds import heard, plain

Names = Literal["same", "alike", "one"]
"""Both names the same; both sound alike, in either order; one of them sounds alike. Before birth the family name."""

Dates = Literal["same", "fits", "unknown", "other", "near", "born_since", "before_birth"]
"""What the dates say, the last three where one of both was not born yet: `near` compares two expected dates."""

WEEKS_BETWEEN_EXPECTED = 3
"""How far apart two expected dates of one child may lie."""

WEEKS_FROM_EXPECTED_TO_BORN = 6
"""How far from the expected date a child may be born."""

SUREST_FIRST: tuple[tuple[Names, Dates], ...] = (
    ("same", "same"),
    ("alike", "same"),
    ("same", "near"),
    ("same", "born_since"),
    ("same", "before_birth"),
    ("alike", "near"),
    ("alike", "born_since"),
    ("alike", "before_birth"),
    ("one", "same"),
    ("same", "fits"),
    ("alike", "fits"),
    ("same", "unknown"),
    ("alike", "unknown"),
    ("same", "other"),
    ("alike", "other"),
)
"""What counts as a match, the surest first; whatever is not here does not."""

_RANKS: Mapping[tuple[Names, Dates], int] = {pair: rank for rank, pair in enumerate(SUREST_FIRST)}


@dataclass(frozen=True, slots=True)
class Sought:
    """A child somebody asks about: `given_name` or `family_name` may be "".

    The birth date, or the expected date where `unborn`, lies from `earliest` to `latest`: one day where it is known,
    both None where nothing is.
    """

    given_name: str
    family_name: str
    unborn: bool = False
    earliest: date | None = None
    latest: date | None = None

    @property
    def day(self) -> date | None:
        """The date where it is known to the day."""
        return self.earliest if self.earliest == self.latest else None


@dataclass(frozen=True, slots=True)
class OnRecord:
    """What the rules compare of a child on record."""

    given_name: str
    family_name: str
    unborn: bool
    born: date | None
    expected: date | None


@dataclass(frozen=True, slots=True)
class Likeness:
    """How a child on record is like the one sought."""

    names: Names
    dates: Dates

    @property
    def rank(self) -> int:
        """Its place among all likenesses, 0 for the surest."""
        return _RANKS[self.names, self.dates]


def likeness(sought: Sought, found: OnRecord) -> Likeness | None:
    """How a child on record is like the one sought; None where they are taken for two children."""
    dates = _dates(sought, found)
    before_birth = sought.unborn or found.unborn
    names = _family_names(sought, found) if before_birth else _names(sought, found)
    if names is None or dates is None or (names, dates) not in _RANKS:
        return None
    return Likeness(names, dates)


def _names(sought: Sought, found: OnRecord) -> Names | None:
    theirs = (plain(found.given_name), plain(found.family_name))
    if (plain(sought.given_name), plain(sought.family_name)) == theirs and all(theirs):
        return "same"
    given, family = set(heard(sought.given_name)), set(heard(sought.family_name))
    their_given, their_family = set(heard(found.given_name)), set(heard(found.family_name))
    if (given & their_given and family & their_family) or (given & their_family and family & their_given):
        return "alike"
    return "one" if (given | family) & (their_given | their_family) else None


def _family_names(sought: Sought, found: OnRecord) -> Names | None:
    if not set(heard(sought.family_name)) & set(heard(found.family_name)):
        return None
    return "same" if plain(sought.family_name) == plain(found.family_name) else "alike"


def _dates(sought: Sought, found: OnRecord) -> Dates | None:
    if sought.unborn and found.unborn:
        return _expected(sought, found)
    if sought.unborn:
        return "born_since" if _within(sought, found.born, WEEKS_FROM_EXPECTED_TO_BORN) else None
    if found.unborn:
        return "before_birth" if _within(sought, found.expected, WEEKS_FROM_EXPECTED_TO_BORN) else None
    return _born(sought, found)


def _expected(sought: Sought, found: OnRecord) -> Dates | None:
    if sought.earliest is None or found.expected is None:
        return "unknown"
    return "near" if _within(sought, found.expected, WEEKS_BETWEEN_EXPECTED) else None


def _born(sought: Sought, found: OnRecord) -> Dates:
    if sought.earliest is None or found.born is None:
        return "unknown"
    if sought.day is not None:
        return "same" if sought.day == found.born else "other"
    return "fits" if _within(sought, found.born, 0) else "other"


def _within(sought: Sought, day: date | None, weeks: int) -> bool:
    """Whether a day lies in the time sought, or at most so many weeks outside it."""
    if day is None or sought.earliest is None or sought.latest is None:
        return False
    leeway = timedelta(weeks=weeks)
    return sought.earliest - leeway <= day <= sought.latest + leeway
