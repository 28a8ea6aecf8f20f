"""The last step of a plan: all that registering freezes, in words, and all that is still to do."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from webapp import current
from webapp.store.database import Connection
from webapp.store.trial_earlier import earlier_trials
from webapp.trials.plan_words import told
from webapp.trials.planning.chances import chances
from webapp.trials.planning.desk import Desk
from webapp.trials.planning.steps import STEPS, box_of, step_of
from webapp.trials.planning.typed import Wrong


@dataclass(frozen=True, slots=True)
class ToDo:
    """Something that keeps a plan from being registered, and where it is mended."""

    words: str
    step: str
    title: str
    box: str


def page(connection: Connection, desk: Desk, wrong: Wrong) -> dict[str, Any]:
    """What the page of this step shows."""
    return {
        "told": told(connection, desk),
        "to_do": _to_do(desk),
        "chances": chances(connection, desk),
        "without_workers": [each.name for each in desk.plan.teams if each.name in desk.around.without_workers],
        "earlier": earlier_trials(connection, current.viewer(), desk.trial, current.now()),
    }


def _to_do(desk: Desk) -> Sequence[ToDo]:
    found = [(each, step_of(each.place)) for each in desk.problems]
    found.sort(key=lambda each: STEPS.index(each[1]))
    return [
        ToDo(f"{each.message} {each.mend}".strip(), step.id, step.title, box_of(desk.plan, each.place))
        for each, step in found
    ]
