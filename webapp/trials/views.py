"""The pages of this room; importing them puts them on the blueprint."""

from webapp.trials import (
    cards,
    new,
    plan_page,
    registering,
    result,
    scoring,
)
from webapp.trials.blueprint import blueprint

__all__ = [
    "blueprint",
    "cards",
    "new",
    "plan_page",
    "registering",
    "result",
    "scoring",
]
