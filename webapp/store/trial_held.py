"""The plan of a trial with the parts of other authorities, and everything that both are held against."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import bindparam

from engine.trials.part_problems import Standing, together_problems
from engine.trials.plan import Plan
from engine.trials.plan_problems import Around, PlanProblem, problems
from engine.trials.together import agreed, within
from webapp.access import FORMS, Viewer
from webapp.store.database import Connection
from webapp.store.people import people, viewer_from_row, viewers
from webapp.store.trial_around import around
from webapp.store.trial_part_forms import fitting
from webapp.store.trial_parts import Invitation, invitations_of
from webapp.store.trial_variants import Variant, variants_of
from webapp.store.trials import Trial

Served = tuple[Viewer, tuple[Variant, ...]]
"""What an authority serves in each arm, and who joined for it, in whose name that is."""


@dataclass(frozen=True, slots=True)
class Held:
    """A plan with its parts and what both are held against: `plan` holds the parts of those that joined.

    `invitations` are all that were not taken off, `sides` what each one that joined serves, by the part's key.
    """

    plan: Plan
    around: Around
    variants: tuple[Variant, ...]
    invitations: tuple[Invitation, ...] = ()
    standings: Mapping[str, Standing] | None = None
    sides: Mapping[str, Served] | None = None

    @property
    def problems(self) -> tuple[PlanProblem, ...]:
        """Everything that keeps the plan from being registered."""
        return (*problems(self.plan, self.around), *together_problems(self.plan, self.standings or {}))


_JOINERS = viewers().where(people.c.id.in_(bindparam("ids", expanding=True)))


def held_against(connection: Connection, viewer: Viewer, trial: Trial, day: date) -> Held:
    """The plan of a trial of the viewer's authority with its parts, and all that it is held against on a day.

    Of another authority nothing is given but what it brings and what that still lacks. The caller has let the viewer
    through.
    """
    variants = variants_of(connection, viewer, trial.plan, day)
    found = invitations_of(connection, viewer, trial)
    joined = tuple(each.part for each in found if each.state == "joined")
    plan = replace(trial.plan, parts=joined, led_by=viewer.authority_name) if joined else trial.plan
    held = Held(plan, around(connection, viewer, plan, variants, day), variants, found)
    if not found:
        return held
    joiners = joiners_of(connection, found)
    told = {each.key: _standing(connection, held, each, joiners.get(each.answered_by or 0), day) for each in found}
    sides = {key: side for key, (_, side) in told.items() if side is not None}
    return replace(held, standings={key: standing for key, (standing, _) in told.items()}, sides=sides)


def joiners_of(connection: Connection, found: Sequence[Invitation]) -> dict[int, Viewer]:
    """Who answered for each authority, as long as they may: what is served there is served in their name."""
    rows = connection.execute(_JOINERS, {"ids": [each.answered_by for each in found if each.answered_by]})
    joiners = map(viewer_from_row, rows)
    return {each.id: each for each in joiners if FORMS.allows(each)}


def _standing(
    connection: Connection, held: Held, invitation: Invitation, joiner: Viewer | None, day: date
) -> tuple[Standing, Served | None]:
    if invitation.state != "joined" or joiner is None:
        return Standing(invitation.state, invitation.part, looked=False), None
    fits = fitting(connection, joiner, held.plan.form, held.variants, day)
    here = around(connection, joiner, within(held.plan, invitation.key), fits.variants, day)
    looked = invitation.agreed == agreed(held.plan)
    return Standing("joined", invitation.part, looked, fits.unfit, here), (joiner, fits.variants)
