"""What the plan of a trial is held against, and how a fault of it is told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from engine.definition import Definition


@dataclass(frozen=True, slots=True)
class PlanProblem:
    """One fault: a stable code, its place in the plan ("arms[1].definition", "primary.question"), words and a mend.

    A message is one sentence and so is a mend; neither names an arm's results.
    """

    code: str
    place: str
    message: str
    mend: str


@dataclass(frozen=True, slots=True)
class Around:
    """What a plan is held against: what only the store knows.

    `arms` are the definitions of the arms by id, as far as they could be made; `arm_faults` what kept one from being
    made, each as a message and a mend, by arm id; `base` the shipped form that the control comes from, None where it
    is no change of one. `teams` are the authority's; `busy` those that are in another running or waiting trial on this
    form, with its question; `without_workers` those in which no social worker is now. `people` are the keys of those
    who may watch, each with the name of their team; `caseworkers` those of them who may read records, and so score;
    `readers` those who may read results, and so open them. `known_before` are the teams that have a figure before the
    trial, where the plan adjusts for it.
    """

    today: date
    arms: Mapping[str, Definition] = field(default_factory=dict)
    arm_faults: Mapping[str, Sequence[tuple[str, str]]] = field(default_factory=dict)
    base: Definition | None = None
    teams: frozenset[str] = frozenset()
    busy: Mapping[str, str] = field(default_factory=dict)
    people: Mapping[str, str] = field(default_factory=dict)
    caseworkers: frozenset[str] = frozenset()
    readers: frozenset[str] = frozenset()
    without_workers: frozenset[str] = frozenset()
    known_before: frozenset[str] = frozenset()
