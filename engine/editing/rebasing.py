"""A local change kept on a newer version of its base: each operation judged, and decided where the two disagree."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from engine.editing.adapting import Fitted, fitted
from engine.editing.applying import Operation, refuse_malformed
from engine.editing.differing import Base, Differing, differing
from engine.editing.renaming import renamed
from engine.overlays.applying import run
from engine.overlays.state import State

Json = Any
Status = Literal["applied", "already_so", "conflicting", "obsolete"]
Decision = Literal["mine", "base", "drop"]

CHOICES: Mapping[Status, tuple[Decision, ...]] = {
    "applied": ("mine", "drop"),
    "already_so": ("base",),
    "conflicting": ("mine", "base", "drop"),
    "obsolete": ("drop",),
}
"""What can be decided about an operation of each status; the first is taken where nobody has to decide."""

_NOTHING_DECIDED: Mapping[int, Decision] = {}


@dataclass(frozen=True, slots=True)
class Judged:
    """One operation of the overlay (counted from 1) against the newer base.

    `applied`: it can be done as it is. `already_so`: the base now says the same. `conflicting`: the base has changed
    what it changes, or what it needs besides, as `differing` says. `obsolete`: what it changes is gone. `reason` says
    why it cannot be done as it is, "" where it can; `decision` is None while somebody has to decide.
    """

    number: int
    operation: Operation
    status: Status
    differing: tuple[Differing, ...] = ()
    reason: str = ""
    decision: Decision | None = None

    @property
    def choices(self) -> tuple[Decision, ...]:
        """What can be decided."""
        return CHOICES[self.status]


@dataclass(frozen=True, slots=True)
class Rebase:
    """The operations as they were judged, and the overlay on the newer base, None while something is undecided."""

    judged: tuple[Judged, ...]
    overlay: dict[str, Json] | None

    @property
    def undecided(self) -> tuple[Judged, ...]:
        """What somebody has to decide."""
        return tuple(each for each in self.judged if each.decision is None)


def rebased(
    overlay: Mapping[str, Json],
    old_base: Base,
    new_base: Base,
    decisions: Mapping[int, Decision] = _NOTHING_DECIDED,
) -> Rebase:
    """Judge an overlay of an older base against a newer version of it; nothing given is changed.

    `decisions` say by the number of an operation what becomes of it: `mine` keeps it (at the end of where it was to
    stand, waiting for what is left, or with a free id, where the base leaves no other way), `base` keeps what the
    base says in the keys that differ and the rest of the operation, `drop` leaves it out. One that is no choice is as
    none. Later operations are judged as though undecided ones were kept. The overlay follows its schema, else
    OperationFault is raised; whether the result may be published is for its check to say.
    """
    refuse_malformed(overlay["changes"])
    before = run(old_base, overlay)
    undone = {problem.operation: problem.message for problem in before.problems if problem.code != "never_shown"}
    state = State({**new_base, "form": overlay["form"], "version": overlay["version"]})
    walk = _Walk(_Bases(old_base, new_base), before.states, decisions, state)
    judged = tuple(
        walk.take(number, operation, undone.get(number)) for number, operation in enumerate(overlay["changes"], start=1)
    )
    settled = all(each.decision for each in judged)
    return Rebase(judged, _on(overlay, new_base, walk.kept) if settled else None)


@dataclass(slots=True)
class _Walk:
    """The operations one after the other: the state of the newer base so far, what is kept, what has another name."""

    bases: "_Bases"
    before: Sequence[State]
    decisions: Mapping[int, Decision]
    state: State
    kept: list[Operation] = field(default_factory=list)
    names: list[tuple[str, str]] = field(default_factory=list)

    def take(self, number: int, given: Operation, undone: str | None) -> Judged:
        """Judge one operation and do what was decided; `undone` says why it could not be done before, if so."""
        operation, before = given, self.before[number - 1]
        for old, new in self.names:
            operation = renamed(operation, old, new)
        state = replace(self.state, operation=number)
        judged, fit = Judged(number, given, "obsolete", (), undone or ""), Fitted(None, state)
        if undone is None:
            fit = fitted(operation, before, state)
            judged = self.bases.judge(judged, operation, fit, state)
        judged = replace(judged, decision=_decision(judged, self.decisions.get(number)))
        result = _result(judged, operation, fit, before, state)
        self.state = result.state
        if result.operation is not None:
            self.names += result.renamed
            self.kept.append(result.operation)
        return judged


def _decision(judged: Judged, wanted: Decision | None) -> Decision | None:
    if wanted in judged.choices:
        return wanted
    return None if judged.status == "conflicting" else judged.choices[0]


def _on(overlay: Mapping[str, Json], base: Base, changes: Sequence[Operation]) -> dict[str, Json]:
    named = {**overlay["base"], "form": base["form"], "version": base["version"]}
    return {**overlay, "base": named, "changes": list(changes)}


@dataclass(frozen=True, slots=True)
class _Bases:
    """The two versions of the base."""

    old: Base
    new: Base

    def judge(self, judged: Judged, operation: Operation, fit: Fitted, state: State) -> Judged:
        """What there is to say of an operation that could be done on the older base."""
        if fit.operation is None:
            status: Status = "already_so" if fit.same else "obsolete"
            return replace(judged, status=status, reason="" if fit.same else fit.reason)
        if fit.state.form == state.form:
            return replace(judged, status="already_so", reason="")
        found = (*differing(operation, self.old, self.new), *fit.differing)
        return replace(
            judged, status="conflicting" if found else "applied", differing=found, reason=fit.reason if found else ""
        )


def _result(judged: Judged, operation: Operation, fit: Fitted, before: State, state: State) -> Fitted:
    """What is done in the end, and the state after it."""
    nothing = Fitted(None, state)
    if judged.decision in ("mine", None) and fit.operation is not None:
        return fit
    if judged.decision != "base" or judged.status != "conflicting":
        return nothing
    left = _without_keys(operation, [each.key for each in judged.differing])
    return nothing if left is None else fitted(left, before, state)


def _without_keys(operation: Operation, keys: Sequence[str]) -> Operation | None:
    """An operation that leaves some keys as the base has them; None where nothing else is left of it."""
    if operation["op"] == "reword":
        left = {key: value for key, value in operation.items() if key not in keys}
        return left if left.keys() - {"op", "question", "section", "note"} else None
    if operation["op"] in ("set", "set_form"):
        settings = {key: value for key, value in operation["settings"].items() if key not in keys}
        return {**operation, "settings": settings} if settings else None
    if operation["op"] == "options" and "after" not in keys:
        return _without_options(operation, keys)
    return None


def _without_options(operation: Operation, keys: Sequence[str]) -> Operation | None:
    parts = [key.split("/")[1:] for key in keys]
    whole = {part[0] for part in parts if len(part) == 1}
    reworded = []
    for words in operation.get("reword", ()):
        gone = {part[1] for part in parts if len(part) > 1 and part[0] == words["value"]}
        left = {key: value for key, value in words.items() if key not in gone}
        if len(left) > 1 and words["value"] not in whole:
            reworded.append(left)
    added = [option for option in operation.get("add", ()) if option["value"] not in whole]
    lists = {**operation, "reword": reworded, "add": added}
    kept = {key: value for key, value in lists.items() if value != []}
    return kept if kept.keys() & {"add", "remove", "move", "reword"} else None
