"""What registering a trial writes down, in each authority that takes part: the plan, the drawing, what is served."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import insert

from engine.trials.allocation import Allocation
from engine.trials.plan import Plan
from engine.trials.together import part_of, unit_name, units, within
from webapp.access import Viewer
from webapp.clock import day_begins, london_day
from webapp.store.access_log import log_act
from webapp.store.authorities import teams_of
from webapp.store.database import Connection, new_id
from webapp.store.definitions import Publication, publish
from webapp.store.trial_held import Held
from webapp.store.trial_past import baseline_of
from webapp.store.trial_tables import trial_arms, trial_registrations, trial_teams, trials
from webapp.store.trial_variants import Variant
from webapp.store.trials import Trial

FOR_TRIAL = "Served in the trial “{question}”"
"""Why a variant is published, as its version says."""


@dataclass(frozen=True, slots=True)
class Frozen:
    """What registration freezes for all that take part: the leading trial with the whole plan, the seed, the draw."""

    trial: Trial
    seed: str
    commitment: str
    drawn: Allocation
    at: datetime


@dataclass(frozen=True, slots=True)
class _Side:
    """An authority's own trial (its id), in whose name it is kept there, its plan, and what its teams are told from."""

    trial: int
    by: Viewer
    plan: Plan
    suffix: str


def freeze(connection: Connection, viewer: Viewer, frozen: Frozen, held: Held) -> None:
    """Write it all down for the authority that leads, then for each part, in the caller's transaction.

    In the log of a part it stands in the name of whoever joined for it, as what is served there.
    """
    plan = frozen.trial.plan
    own = _Side(frozen.trial.id, viewer, plan, plan.led_by)
    _freeze_side(connection, viewer, frozen, own, held.variants)
    for key, (joiner, variants) in (held.sides or {}).items():
        part = part_of(plan, key)
        assert part is not None
        side = _Side(_add_part(connection, frozen, key, joiner), joiner, within(plan, key), part.authority)
        _freeze_side(connection, viewer, frozen, side, variants)
        log_act(connection, joiner, "trial", [side.trial], "registered", frozen.at)


def _add_part(connection: Connection, frozen: Frozen, key: str, joiner: Viewer) -> int:
    """The trial of another authority, in the name of whoever joined for it; gives its id."""
    plan, at = within(frozen.trial.plan, key), frozen.at
    values = {"authority_id": joiner.authority, "key": key, "form": plan.form, "state": "registered", "revision": 1}
    who = {"planned_by": joiner.id, "planned_at": at, "saved_by": joiner.id, "saved_at": at}
    return new_id(connection, insert(trials).values(**values, **who, plan=plan.to_json(), part_of=frozen.trial.id))


def _freeze_side(
    connection: Connection, viewer: Viewer, frozen: Frozen, side: _Side, variants: Sequence[Variant]
) -> None:
    _freeze_plan(connection, viewer, frozen, side)
    _store_teams(connection, frozen, side)
    _store_arms(connection, frozen, side, variants)


def _freeze_plan(connection: Connection, viewer: Viewer, frozen: Frozen, side: _Side) -> None:
    """The same plan for all of them; the list of drawings is kept by the one that leads."""
    plan, drawn = frozen.trial.plan, frozen.drawn
    kept = {"teams": list(drawn.by_unit), "arms": list(drawn.arms), "lines": list(drawn.kept)}
    row = {
        "trial_id": side.trial,
        "authority_id": side.by.authority,
        "registered_by": viewer.id,
        "registered_at": frozen.at,
        "plan_text": plan.text,
        "plan_hash": plan.hash,
        "seed": frozen.seed,
        "seed_commitment": frozen.commitment,
        "begins_on": plan.begins_on,
        "ends_on": plan.ends_on,
        "digest": drawn.digest,
        "possible": str(drawn.possible),
        "acceptable": kept if drawn.kept and side.trial == frozen.trial.id else None,
        "baseline": _baseline(connection, frozen, side),
    }
    connection.execute(insert(trial_registrations), row)


def _baseline(connection: Connection, frozen: Frozen, side: _Side) -> dict[str, float] | None:
    """The figure before the trial of each team of one authority, by the name that it was drawn by."""
    if not side.plan.baseline:
        return None
    found = baseline_of(connection, side.by, side.plan, day_begins(london_day(frozen.at)))
    return {unit_name(team.name, side.suffix): found[team.name] for team in side.plan.teams}


def _store_teams(connection: Connection, frozen: Frozen, side: _Side) -> None:
    """The teams of one authority, each under the name and in the group that it was drawn by."""
    ids = {name: team for team, name in teams_of(connection, side.by.authority)}
    groups = {unit.name: unit.group for unit in units(frozen.trial.plan)}
    rows = []
    for team in side.plan.teams:
        name = unit_name(team.name, side.suffix)
        row = {"trial_id": side.trial, "team_id": ids[team.name], "authority_id": side.by.authority, "name": name}
        drawn = {"arm": frozen.drawn.by_unit[name], "stratum": groups[name], "late": False, "at": frozen.at}
        rows.append(row | drawn)
    connection.execute(insert(trial_teams), rows)


def _store_arms(connection: Connection, frozen: Frozen, side: _Side, variants: Sequence[Variant]) -> None:
    rows = [
        {"trial_id": side.trial, "arm": each.arm.id, "authority_id": side.by.authority, "name": each.arm.name}
        | {"control": each.arm.control, "definition_id": _definition(connection, frozen, side, each)}
        for each in variants
    ]
    connection.execute(insert(trial_arms), rows)


def _definition(connection: Connection, frozen: Frozen, side: _Side, variant: Variant) -> int:
    """What an arm serves, by its id; a variant becomes a version that is there for the trial alone."""
    if variant.edition is not None:
        return variant.edition.id
    assert variant.definition is not None
    reason = FOR_TRIAL.format(question=frozen.trial.plan.question)
    made = Publication(variant.definition, variant.code_lists or {}, side.by.authority, side.by.id, reason)
    return publish(connection, replace(made, base=variant.base, for_trial=True), frozen.at)
