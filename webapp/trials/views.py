"""The pages of this room; importing them puts them on the blueprint."""

from webapp.trials import (
    cards,
    new,
    plan_page,
    registering,
)
from webapp.trials.blueprint import blueprint

__all__ = [
    "blueprint",
    "cards",
    "new",
    "plan_page",
    "registering",
]
