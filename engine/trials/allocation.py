"""Which team gets which arm: drawn by lot from a seed, the same on every machine and in any order of input."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from math import comb, factorial, prod

from engine.trials import allocation_faults as faults
from engine.trials.errors import statistics_needed

METHOD = "pith allocation 1"
"""Stands in everything that is hashed; another way of drawing would have another name."""

SCHEMES: Mapping[str, str] = {"complete": "", "stratified": "stratum", "paired": "pair", "constrained": "covariates"}
"""Each scheme with what it needs to know of every unit."""

USED: Mapping[str, frozenset[str]] = {
    "complete": frozenset(),
    "stratified": frozenset({"stratum"}),
    "paired": frozenset({"pair"}),
    "constrained": frozenset({"stratum"}),
}
"""Of the groups, those that a scheme can use."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A team that is drawn, with what the scheme needs to know of it."""

    id: str
    stratum: str | None = None
    pair: str | None = None
    covariates: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Allocation:
    """The arm of each unit, in the order of the units' names; how many allocations could have been drawn; a digest.

    `kept`: of a constrained draw each acceptable allocation as a text with one figure a unit, the number of its arm.
    """

    by_unit: Mapping[str, str]
    possible: int
    digest: str
    arms: tuple[str, ...]
    kept: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lot:
    """What is hashed with every name: drawing twice from the same lot gives the same."""

    trial: str
    seed: str
    scheme: str

    def key(self, purpose: str, group: str, name: str) -> str:
        """SHA-256 over a JSON list of texts, in which no two lists look alike."""
        words = [METHOD, purpose, self.scheme, self.seed, self.trial, group, name]
        return sha256(json.dumps(words, separators=(",", ":")).encode()).hexdigest()

    def shuffled(self, purpose: str, group: str, names: Iterable[str]) -> list[str]:
        """The names in the order of their keys."""
        return sorted(names, key=lambda name: (self.key(purpose, group, name), name))


def allocate(trial: str, seed: str, arms: Sequence[str], units: Sequence[Unit], scheme: str) -> Allocation:
    """Draw an arm for each unit: within one of each other in every stratum and in all, one of each in a pair.

    Neither the order of the arms nor that of the units has any effect. Which arm gets the odd unit of a stratum is
    drawn too. Raises an AllocationFault; for "constrained" StatisticsMissing where numpy is not installed.
    """
    _refuse_what_cannot_be_drawn(trial, seed, arms, units, scheme)
    lot, groups = Lot(trial, seed, scheme), _groups(units, scheme)
    in_order = sorted(arms)
    if scheme == "constrained":
        return _constrained(lot, in_order, units)
    by_unit: dict[str, str] = {}
    extras = dict.fromkeys(in_order, 0)
    ways = 1
    for name, members in sorted(groups.items()):
        quotas, choices = _quotas(lot, name, len(members), extras)
        ways *= choices * _ways_of(quotas.values())
        dealt = [arm for arm in in_order for _ in range(quotas[arm])]
        by_unit.update(zip(lot.shuffled("unit", name, members), dealt, strict=True))
    return _allocation(dict(sorted(by_unit.items())), ways, in_order)


def late(trial: str, seed: str, arms: Sequence[str], unit: str) -> str:
    """The arm of a unit that joins after the draw: by the same seed, each arm as likely."""
    return Lot(trial, seed, "late").shuffled("arm", unit, sorted(set(arms)))[0]


def digest_of(by_unit: Mapping[str, str], possible: int) -> str:
    """SHA-256 over the result as JSON with sorted keys and no spaces."""
    result = {"allocation": dict(by_unit), "possible": possible}
    return sha256(json.dumps(result, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def _allocation(by_unit: Mapping[str, str], ways: int, arms: Sequence[str]) -> Allocation:
    return Allocation(by_unit, ways, digest_of(by_unit, ways), tuple(arms))


def _constrained(lot: Lot, arms: Sequence[str], units: Sequence[Unit]) -> Allocation:
    """One of the acceptable allocations, each as likely, chosen by its key; the list goes with it."""
    with statistics_needed():
        from engine.trials.constrained import acceptable
    in_order = sorted(units, key=lambda unit: unit.id)
    extras = dict.fromkeys(arms, 0)
    groups = _groups(in_order, "stratified")
    second = {name: _quotas(lot, name, len(groups[name]), extras)[0][arms[1]] for name in sorted(groups)}
    kept, warnings = acceptable(lot, in_order, second)
    chosen = lot.shuffled("acceptable", "", kept)[0]
    drawn = _allocation({unit.id: arms[int(arm)] for unit, arm in zip(in_order, chosen, strict=True)}, len(kept), arms)
    return replace(drawn, kept=kept, warnings=warnings)


def _groups(units: Iterable[Unit], scheme: str) -> Mapping[str, list[str]]:
    """The units by name of what they are drawn in."""
    groups: dict[str, list[str]] = {}
    for unit in units:
        group = {"stratified": unit.stratum, "paired": unit.pair}.get(scheme)
        groups.setdefault(group or "", []).append(unit.id)
    return groups


def _quotas(lot: Lot, group: str, size: int, extras: dict[str, int]) -> tuple[dict[str, int], int]:
    """How many of a group each arm gets, and in how many ways that could have been drawn.

    What cannot be shared evenly goes to the arms that had fewest such extras so far; `extras` is brought up to date.
    """
    each, over = divmod(size, len(extras))
    fewest = min(extras.values())
    low = sum(number == fewest for number in extras.values())
    order = sorted(lot.shuffled("extra", group, extras), key=lambda arm: extras[arm])
    lucky = order[:over]
    for arm in lucky:
        extras[arm] += 1
    ways = comb(low, over) if over <= low else comb(len(extras) - low, over - low)
    return {arm: each + (arm in lucky) for arm in extras}, ways


def _ways_of(quotas: Iterable[int]) -> int:
    sizes = list(quotas)
    return factorial(sum(sizes)) // prod(map(factorial, sizes))


def _refuse_what_cannot_be_drawn(
    trial: str, seed: str, arms: Sequence[str], units: Sequence[Unit], scheme: str
) -> None:
    for key, text, wanted in (("trial", trial, "the trial's name"), ("seed", seed, "a long random text")):
        if not text.strip():
            raise faults.Blank(f"/{key}", key=key, wanted=wanted)
    if scheme not in SCHEMES:
        raise faults.UnknownScheme("/scheme", name=scheme, known=", ".join(SCHEMES))
    _refuse_arms(arms)
    _refuse_units(units)
    if len(units) < len(arms):
        raise faults.TooFewUnits("/units", units=len(units), arms=len(arms))
    for number, unit in enumerate(units):
        _refuse_group(f"/units/{number}", unit, scheme)
    if scheme == "paired":
        _refuse_pairs(arms, units)
    if scheme == "constrained":
        _refuse_covariates(arms, units)


def _refuse_arms(arms: Sequence[str]) -> None:
    for number, arm in enumerate(arms):
        if not arm.strip():
            raise faults.Blank(f"/arms/{number}", key="arm", wanted="the arm's name")
        if arm in arms[:number]:
            raise faults.ArmTwice(f"/arms/{number}", name=arm)
    if len(arms) < 2:
        raise faults.TooFewArms("/arms", number=len(arms))


def _refuse_units(units: Sequence[Unit]) -> None:
    seen: dict[str, int] = {}
    for number, unit in enumerate(units):
        if not unit.id.strip():
            raise faults.Blank(f"/units/{number}/id", key="id", wanted="the unit's name")
        if unit.id in seen:
            raise faults.UnitTwice(f"/units/{number}", name=unit.id, first=f"/units/{seen[unit.id]}")
        seen[unit.id] = number


def _refuse_group(place: str, unit: Unit, scheme: str) -> None:
    """What the scheme needs of a unit must be there, and no other grouping that it would leave aside unsaid."""
    for key, value in (("stratum", unit.stratum), ("pair", unit.pair)):
        if key == SCHEMES[scheme] and (value is None or not value.strip()):
            raise faults.HalfGrouped(place, name=unit.id, key=key, scheme=scheme)
        if key not in USED[scheme] and value is not None:
            raise faults.OtherGroup(place, name=unit.id, key=key, scheme=scheme)


def _refuse_pairs(arms: Sequence[str], units: Sequence[Unit]) -> None:
    if len(arms) != 2:
        raise faults.PairsOfTwoArms("/arms", number=len(arms))
    for name, members in _groups(units, "paired").items():
        if len(members) != 2:
            place = next(f"/units/{number}" for number, unit in enumerate(units) if unit.pair == name)
            raise faults.NotAPair(place, name=name, number=len(members), units=", ".join(members))


def _refuse_covariates(arms: Sequence[str], units: Sequence[Unit]) -> None:
    """Every unit has the same covariates, all have a stratum or none has, and something differs."""
    if len(arms) != 2:
        raise faults.ConstrainedArms("/arms", number=len(arms))
    names = sorted({name for unit in units for name in unit.covariates})
    for number, unit in enumerate(units):
        for name in names:
            if name not in unit.covariates:
                raise faults.CovariateMissing(f"/units/{number}", name=unit.id, key=name)
        if (unit.stratum is None) != (units[0].stratum is None):
            odd = unit if unit.stratum is None else units[0]
            place = f"/units/{number if odd is unit else 0}"
            raise faults.HalfGrouped(place, name=odd.id, key="stratum", scheme="constrained")
    if all(len({unit.covariates[name] for unit in units}) == 1 for name in names):
        raise faults.NothingToBalance("/units")
