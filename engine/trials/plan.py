"""The plan of a trial as frozen values: what it asks, which arms, which teams, what is measured, what keeps it safe."""

import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from engine.trials.plan_outcomes import (
    BETTER,
    DIRECTIONS,
    KINDS,
    KNOWN_BEFORE,
    MOST_DAYS,
    NO_HARM_SAID,
    Harm,
    Kind,
    Outcome,
    Typed,
    harm_read,
    outcome_read,
)
from engine.trials.plan_reading import Reader
from engine.trials.plan_teams import Part, Team, part_read, team_read

__all__ = [
    "BALANCES",
    "BETTER",
    "DIRECTIONS",
    "KINDS",
    "KNOWN_BEFORE",
    "LEVEL",
    "MOST_DAYS",
    "SCHEMES",
    "Arm",
    "Harm",
    "Kind",
    "Outcome",
    "Part",
    "Plan",
    "Team",
    "Typed",
    "day_from",
    "number",
    "plan_from_json",
]

Json = Any
SCHEMES = ("complete", "stratified", "paired", "constrained")
"""The ways of drawing teams by lot: all together, within groups, within pairs, or the balanced drawings alone."""
BALANCES: Mapping[str, str] = {
    "workers": "social workers in the team",
    "forms": "forms of this kind that the team submitted in the year before",
}
"""What a constrained drawing can be balanced on: figures that are known of every team."""
LEVEL = 0.05


@dataclass(frozen=True, slots=True)
class Arm:
    """A variant of the form: its id, its name in words, whether it is the control, and what is served.

    `definition` is an edition's key ("own-2", "shipped-1", "" for none yet) or an overlay as its JSON.
    """

    id: str
    name: str = ""
    control: bool = False
    definition: str | Mapping[str, Json] = ""

    def to_json(self) -> Json:
        """As the plan holds it."""
        definition = self.definition if isinstance(self.definition, str) else {"overlay": dict(self.definition)}
        return {"id": self.id, "name": self.name, "control": self.control, "definition": definition}


@dataclass(frozen=True)
class Plan:
    """A trial's plan, whole or half written; `problems` says what it still lacks.

    Days are ISO dates as they were typed, numbers as `Typed`; `scorers` are people's keys, `openers` those of whoever
    may open the results before the end, `sample` the forms of each team that are scored, `smallest` the least
    difference in the primary outcome that would be worth a change. `baseline` says that the primary outcome is adjusted
    for each team's own figure before the trial. `parts` are what other authorities bring, `led_by` is the name of the
    one that plans it for all, "" where it is alone.
    """

    question: str = ""
    form: str = ""
    arms: tuple[Arm, ...] = ()
    teams: tuple[Team, ...] = ()
    scheme: str = "complete"
    balance_on: tuple[str, ...] = ()
    begins: str = ""
    ends: str = ""
    forms_needed: Typed = None
    primary: Outcome | None = None
    co_primary: Outcome | None = None
    secondary: tuple[Outcome, ...] = ()
    baseline: bool = False
    smallest: Typed = None
    level: Typed = LEVEL
    sample: Typed = None
    scorers: tuple[str, ...] = ()
    openers: tuple[str, ...] = ()
    harm: Harm = NO_HARM_SAID
    approval: str = ""
    data_protection: str = ""
    for_families: str = ""
    for_staff: str = ""
    opt_out: str = ""
    whom_to_ask: str = ""
    led_by: str = ""
    parts: tuple[Part, ...] = ()

    @property
    def control(self) -> Arm | None:
        """The control; None where there is none or more than one."""
        found = [arm for arm in self.arms if arm.control]
        return found[0] if len(found) == 1 else None

    @property
    def under_test(self) -> Arm | None:
        """The arm under test; None where there is none or more than one."""
        found = [arm for arm in self.arms if not arm.control]
        return found[0] if len(found) == 1 else None

    def arm(self, arm_id: str) -> Arm | None:
        """An arm by its id."""
        return next((arm for arm in self.arms if arm.id == arm_id), None)

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """Every outcome: the primary, the co-primary, then the others."""
        first = tuple(each for each in (self.primary, self.co_primary) if each is not None)
        return (*first, *self.secondary)

    def asks_for(self, kind: str) -> bool:
        """Whether an outcome of a kind is among its outcomes."""
        return any(outcome.kind == kind for outcome in self.outcomes)

    @property
    def begins_on(self) -> date | None:
        """The first day on which a form is begun in it; None where it is no date."""
        return day_from(self.begins)

    @property
    def ends_on(self) -> date | None:
        """The last day; None where it is no date."""
        return day_from(self.ends)

    @cached_property
    def text(self) -> str:
        """The canonical text that registration freezes: the same for the same plan, on every machine."""
        return json.dumps(self.to_json(), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)

    @cached_property
    def hash(self) -> str:
        """SHA-256 of the canonical text, in hexadecimal."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    def to_json(self) -> dict[str, Json]:
        """The plan as it is kept; `plan_from_json` reads it back to an equal one."""
        return {
            "question": self.question,
            "form": self.form,
            "arms": [arm.to_json() for arm in self.arms],
            "teams": [team.to_json() for team in self.teams],
            "scheme": self.scheme,
            "balance_on": list(self.balance_on),
            "begins": self.begins,
            "ends": self.ends,
            "forms_needed": self.forms_needed,
            "primary": None if self.primary is None else self.primary.to_json(),
            "co_primary": None if self.co_primary is None else self.co_primary.to_json(),
            "secondary": [outcome.to_json() for outcome in self.secondary],
            "baseline": self.baseline,
            "smallest": self.smallest,
            "level": self.level,
            "sample": self.sample,
            "scorers": list(self.scorers),
            "openers": list(self.openers),
            "harm": self.harm.to_json(),
            "approval": self.approval,
            "data_protection": self.data_protection,
            "for_families": self.for_families,
            "for_staff": self.for_staff,
            "opt_out": self.opt_out,
            "whom_to_ask": self.whom_to_ask,
            **self._together(),
        }

    def _together(self) -> dict[str, Json]:
        """Nothing for the plan of one authority, whose text and hash stay what they were."""
        parts = {"parts": [part.to_json() for part in self.parts]} if self.parts else {}
        return {"led_by": self.led_by, **parts} if self.led_by else parts


def day_from(typed: str) -> date | None:
    """The day that was typed as an ISO date; None where it is none."""
    try:
        return date.fromisoformat(typed) if len(typed) == len("2026-01-31") else None
    except ValueError:
        return None


def number(typed: Typed) -> float | None:
    """The number that was typed; None where it is none, or larger than a float can hold."""
    if isinstance(typed, str) or typed is None:
        return None
    try:
        found = float(typed)
    except OverflowError:
        return None
    return found if math.isfinite(found) else None


def plan_from_json(value: Json) -> Plan:
    """The plan of its JSON; what is left out is empty. Raises PlanUnreadable, with the place, for another shape."""
    reader = Reader(value)
    plan = Plan(
        question=reader.text("question"),
        form=reader.text("form"),
        arms=tuple(_arm(each) for each in reader.each("arms")),
        teams=tuple(team_read(each) for each in reader.each("teams")),
        scheme=reader.text("scheme", "complete"),
        balance_on=reader.texts("balance_on"),
        begins=reader.text("begins"),
        ends=reader.text("ends"),
        forms_needed=reader.typed("forms_needed"),
        primary=outcome_read(reader.inner("primary")),
        co_primary=outcome_read(reader.inner("co_primary")),
        secondary=tuple(filter(None, (outcome_read(each) for each in reader.each("secondary")))),
        baseline=reader.flag("baseline"),
        smallest=reader.typed("smallest"),
        level=reader.typed("level", LEVEL),
        sample=reader.typed("sample"),
        scorers=reader.texts("scorers"),
        openers=reader.texts("openers"),
        harm=harm_read(reader.inner("harm")),
        approval=reader.text("approval"),
        data_protection=reader.text("data_protection"),
        for_families=reader.text("for_families"),
        for_staff=reader.text("for_staff"),
        opt_out=reader.text("opt_out"),
        whom_to_ask=reader.text("whom_to_ask"),
        led_by=reader.text("led_by"),
        parts=tuple(part_read(each) for each in reader.each("parts")),
    )
    reader.nothing_else()
    return plan


def _arm(reader: Reader) -> Arm:
    arm = Arm(
        id=reader.text("id"),
        name=reader.text("name"),
        control=reader.flag("control"),
        definition=reader.definition("definition"),
    )
    reader.nothing_else()
    return arm
