"""The authorities that take part in a registered trial, as each may know them: teams, forms begun, who left."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Select, bindparam, func, select

from webapp.access import Viewer
from webapp.store.database import Connection
from webapp.store.trial_tables import trial_forms, trials
from webapp.store.trials import Stopping, Trial, all_parts, must_try_forms


@dataclass(frozen=True, slots=True)
class TakingPart:
    """An authority by name: the number of its teams, whether it leads, and that it withdrew them.

    `begun` are its forms, which only the one that leads is told, over both arms; None to the others.
    """

    name: str
    teams: int
    leads: bool
    own: bool
    withdrew: Stopping | None
    begun: int | None


_BEGUN: Select[Any] = (
    select(trial_forms.c.trial_id, func.count())
    .where(trial_forms.c.trial_id.in_(select(trials.c.id).where(trials.c.part_of == bindparam("lead"))))
    .group_by(trial_forms.c.trial_id)
)


def taking_part(connection: Connection, viewer: Viewer, trial: Trial) -> tuple[TakingPart, ...]:
    """Every authority of a registered trial, the one that leads first; none where one is alone. Raises NotYours."""
    must_try_forms(viewer)
    if not trial.together:
        return ()
    begun: Mapping[int, int] = {}
    if trial.part_of is None:
        begun = {row[0]: int(row[1]) for row in connection.execute(_BEGUN, {"lead": trial.lead})}
    found = sorted(all_parts(connection, trial), key=lambda each: each.id)
    return tuple(_taking_part(trial, each, begun) for each in found)


def stopped_for_all(connection: Connection, trial: Trial) -> Stopping | None:
    """That the authority that leads stopped a trial, whatever another one did with its part; None where it did not."""
    leading = next((each for each in all_parts(connection, trial) if each.part_of is None), trial)
    if leading.stopping is None or leading.id == trial.id:
        return leading.stopping
    return replace(leading.stopping, by=trial.whole.led_by)


def _taking_part(seen_by: Trial, each: Trial, begun: Mapping[int, int]) -> TakingPart:
    told = begun.get(each.id, 0) if seen_by.part_of is None and each.part_of is not None else None
    withdrew = each.stopping if each.withdrawn else None
    own = each.id == seen_by.id
    return TakingPart(each.authority_name, len(each.plan.teams), each.part_of is None, own, withdrew, told)
