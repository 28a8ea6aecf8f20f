"""The JSON that asks for a draw: the trial's name, a seed, arms and units, read key by key."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from engine.trials import allocation_faults as faults
from engine.trials.allocation import Unit

Json = Any

KEYS = ("trial", "seed", "arms", "units", "scheme", "control")
UNIT_KEYS = ("id", "stratum", "pair", "covariates")


@dataclass(frozen=True, slots=True)
class AllocationDesign:
    """What is drawn; `control` is "" where nobody said which arm it is."""

    trial: str
    seed: str
    arms: tuple[str, ...]
    units: tuple[Unit, ...]
    scheme: str
    control: str = ""

    @property
    def sizes(self) -> tuple[int, ...]:
        """How many units each stratum or pair has, in order of their names; all units where there are none."""
        names = [unit.stratum or unit.pair or "" for unit in self.units]
        return tuple(names.count(name) for name in sorted(set(names)))


def allocation_design(given: Json) -> AllocationDesign:
    """The design in a JSON value; raises the AllocationFault that names the place and how to mend it.

    Without "scheme", units with a stratum are stratified, with a pair paired, with covariates constrained, otherwise
    drawn from all. A whole number stands for its digits wherever a name does.
    """
    whole = _object("", given, KEYS)
    arms = tuple(_text(f"/arms/{at}", "arm", each) for at, each in enumerate(_list("/arms", whole, "arms")))
    units = tuple(_unit(f"/units/{at}", each) for at, each in enumerate(_list("/units", whole, "units")))
    control = _text("/control", "control", whole["control"]) if whole.get("control") is not None else ""
    if control and control not in arms:
        raise faults.NoSuchArm("/control", name=control, known=", ".join(arms))
    return AllocationDesign(
        trial=_text("/trial", "trial", _there("", whole, "trial", "the trial's name")),
        seed=_text("/seed", "seed", _there("", whole, "seed", "a long random text")),
        arms=arms,
        units=units,
        scheme=_text("/scheme", "scheme", whole["scheme"]) if whole.get("scheme") is not None else _scheme(units),
        control=control,
    )


def _scheme(units: Iterable[Unit]) -> str:
    """The scheme that what is known of the units asks for."""
    every = list(units)
    if any(unit.covariates for unit in every):
        return "constrained"
    if any(unit.pair is not None for unit in every):
        return "paired"
    return "stratified" if any(unit.stratum is not None for unit in every) else "complete"


def _unit(place: str, given: Json) -> Unit:
    keys = _object(place, given, UNIT_KEYS)
    groups = {key: _text(f"{place}/{key}", key, keys[key]) for key in ("stratum", "pair") if keys.get(key) is not None}
    covariates = _object(f"{place}/covariates", keys.get("covariates") or {}, None)
    return Unit(
        id=_text(f"{place}/id", "id", _there(place, keys, "id", "the unit's name")),
        covariates={key: _number(f"{place}/covariates/{key}", key, value) for key, value in covariates.items()},
        **groups,
    )


def _object(place: str, given: Json, known: Iterable[str] | None) -> Mapping[str, Json]:
    name = place.rpartition("/")[2] or "the whole"
    if not isinstance(given, Mapping):
        raise faults.WrongType(place, key=name, wanted="an object", found=_kind(given))
    for key in given if known is not None else ():
        if key not in known:  # type: ignore[operator]
            raise faults.KeyUnknown(f"{place}/{key}", key=key, known=", ".join(known or ()))
    return given


def _list(place: str, whole: Mapping[str, Json], key: str) -> list[Json]:
    found = _there("", whole, key, "a list")
    if not isinstance(found, list):
        raise faults.WrongType(place, key=key, wanted="a list", found=_kind(found))
    return found


def _there(place: str, keys: Mapping[str, Json], key: str, wanted: str) -> Json:
    if keys.get(key) is None:
        raise faults.KeyMissing(place, key=key, wanted=wanted)
    return keys[key]


def _text(place: str, key: str, value: Json) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise faults.WrongType(place, key=key, wanted="a text", found=_kind(value))
    text = str(value)
    if not text.strip():
        raise faults.Blank(place, key=key, wanted="what it is called")
    return text


def _number(place: str, key: str, value: Json) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise faults.WrongType(place, key=key, wanted="a number", found=_kind(value))
    return float(value)


def _kind(value: Json) -> str:
    """What a JSON value is, in words."""
    if value is None:
        return "null"
    kinds = {bool: "true or false", str: "a text", list: "a list", int: "a number", float: "a number"}
    return next((words for kind, words in kinds.items() if isinstance(value, kind)), "an object")
