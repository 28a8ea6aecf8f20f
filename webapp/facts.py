"""What conditions may read besides answers: the day and the facts of the children."""

from collections.abc import Sequence
from datetime import date

from engine.journey import Child, Context
from webapp.store import children


def context_of(about: Sequence[children.Child], day: date) -> Context:
    """What a form about some children is evaluated with on a day."""
    return Context(day.isoformat(), tuple(map(_facts_of, about)))


def _facts_of(child: children.Child) -> Child:
    born = child.born.isoformat() if child.born else None
    return Child(child.key, born, child.unborn, child.disabled, child.interpreter)
