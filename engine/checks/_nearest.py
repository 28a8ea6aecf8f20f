"""What a person probably meant by a name that does not exist."""

from collections.abc import Iterable
from difflib import get_close_matches
from itertools import islice

from engine.checks.base import Words, listed

_MOST_COMPARED = 20_000
_MOST_LISTED = 8


class Nearest:
    """Suggests names; after many suggestions it stops comparing, so that no form makes a check slow."""

    def __init__(self) -> None:
        """Start with the whole allowance of comparisons."""
        self.left = _MOST_COMPARED

    def mend(self, word: str, known: Iterable[str], what: str) -> Words:
        """A sentence with the nearest name, else the names there are, else that there are none; `what` is plural."""
        names = [name for name in known if name] if self.left > 0 else list(islice(known, _MOST_LISTED + 1))
        self.left -= len(names)
        close = get_close_matches(word[:64], names, n=1, cutoff=0.6) if self.left > 0 else []
        if close:
            return Words("Did you mean “{name}”?", {"name": close[0]})
        if not names:
            return Words(f"There are no {what} here: take it out.")
        others = " and others" if len(names) > _MOST_LISTED else ""
        return Words(f"The {what} here are {{names}}{others}.", {"names": listed(names[:_MOST_LISTED])})
