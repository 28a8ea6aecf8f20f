"""The two questions of a form under trial, each answered from 1 to 5 in words: the worker's, and the family's."""

from collections.abc import Mapping

from webapp.drawing.values import Control, Item

HELPED: Mapping[int, str] = {1: "Not at all", 2: "A little", 3: "To some extent", 4: "Well", 5: "Very well"}
WORKER = "How well did this form help you think about this child?"
WORKER_HINT = "You may leave it. Your answer is counted with those of your team, and nobody sees it with your name"
FAMILY = "How well does what was written say what life is like for the family?"
FAMILY_HINT = "Ask it in these words, or on paper, once they have read it. Enter what they said, not what you think"


def worker_rating(chosen: int | None = None, error: str = "") -> Control:
    """The one question to whoever submitted a form."""
    return _rating("worker", WORKER, WORKER_HINT, chosen, error)


def family_rating(chosen: int | None = None, error: str = "") -> Control:
    """The question to the family."""
    return _rating("family", FAMILY, FAMILY_HINT, chosen, error)


def _rating(name: str, label: str, hint: str, chosen: int | None, error: str) -> Control:
    items = [
        Item(name if value == 1 else f"{name}-{value}", str(value), f"{value}. {words}", checked=value == chosen)
        for value, words in HELPED.items()
    ]
    return Control(name, name, label, hint, error, items=items, classes="govuk-radios--small")
