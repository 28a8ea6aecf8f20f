"""The pages of this room; importing them puts them on the blueprint."""

from webapp.trials import about, cards, harm, opening, running, scoring, trial_page, worker_side
from webapp.trials.blueprint import blueprint
from webapp.trials.planning import new, plan_page, registering
from webapp.trials.results import result
from webapp.trials.together import invitation, others

__all__ = [
    "about",
    "blueprint",
    "cards",
    "harm",
    "invitation",
    "new",
    "opening",
    "others",
    "plan_page",
    "registering",
    "result",
    "running",
    "scoring",
    "trial_page",
    "worker_side",
]
