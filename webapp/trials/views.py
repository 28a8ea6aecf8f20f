"""The pages of this room; importing them puts them on the blueprint."""

from webapp.trials import (
    cards,
    harm,
    new,
    opening,
    plan_page,
    registering,
    result,
    running,
    scoring,
    trial_page,
)
from webapp.trials.blueprint import blueprint

__all__ = [
    "blueprint",
    "cards",
    "harm",
    "new",
    "opening",
    "plan_page",
    "registering",
    "result",
    "running",
    "scoring",
    "trial_page",
]
