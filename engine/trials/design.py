"""How a trial is analysed: its columns, outcome, scheme of allocation, covariates and level, read from JSON."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, cast, get_args

from engine.trials.errors import BadDesign

Json = Any
Kind = Literal["mean", "proportion", "time"]
Better = Literal["lower", "higher"]
SchemeKind = Literal["complete", "stratified", "paired", "listed"]
HIGHEST_LEVEL = 0.5


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is compared: a column, how it is summed up for a team, and which direction is the better one.

    For "time", `event` is the column that says whether a form was finished (1) or abandoned (0), None if all were,
    and `cap` is the most that counts, in the column's unit.
    """

    column: str
    kind: Kind
    better: Better
    event: str | None = None
    cap: float | None = None


@dataclass(frozen=True, slots=True)
class SchemeKept:
    """How the arms were drawn: within which strata or pairs, or from which list of possible allocations."""

    kind: SchemeKind
    strata: str | None = None
    pairs: str | None = None
    allocations: str | None = None

    @property
    def groups(self) -> str | None:
        """The column within whose values the arms were drawn."""
        return {"stratified": self.strata, "paired": self.pairs}.get(self.kind)


@dataclass(frozen=True, slots=True)
class Design:
    """A trial's analysis as it was laid down; the arm that is not `control` is the one under test.

    `unused` are keys that the JSON had and nothing reads.
    """

    unit: str
    arm: str
    control: str
    outcome: Outcome
    scheme: SchemeKept
    covariates: tuple[str, ...] = ()
    categorical: tuple[str, ...] = ()
    level: float = 0.05
    unused: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that are read as text, beside unit, arm and outcome."""
        groups = (self.scheme.groups,) if self.scheme.groups else ()
        return tuple(dict.fromkeys((*groups, *self.covariates, *self.categorical)))


def design_from_json(given: Json) -> Design:
    """The design that a JSON value holds; raises BadDesign with the key that cannot be used, and how to mend it."""
    keys = _Keys(given, "")
    outcome, scheme = _outcome(keys.under("outcome")), _scheme(keys.under("scheme"))
    covariates, categorical = keys.names("covariates"), keys.names("categorical")
    both = sorted({*covariates} & {*categorical})
    if both:
        raise BadDesign(place="categorical", why=f"“{both[0]}” is a covariate too.", mend="Leave it in one of the two.")
    design = Design(
        unit=keys.text("unit"),
        arm=keys.text("arm"),
        control=keys.text("control"),
        outcome=outcome,
        scheme=scheme,
        covariates=covariates,
        categorical=categorical,
        level=keys.number("level", 0.05, HIGHEST_LEVEL),
        unused=_unused(keys.given),
    )
    _refuse_a_column_with_two_parts(design)
    return design


def _outcome(keys: "_Keys") -> Outcome:
    kind = cast("Kind", keys.choice("kind", get_args(Kind)))
    is_time = kind == "time"
    return Outcome(
        column=keys.text("column"),
        kind=kind,
        better=cast("Better", keys.choice("better", get_args(Better))),
        event=keys.text("event") if is_time and keys.given.get("event") is not None else None,
        cap=keys.number("cap", None, math.inf) if is_time else None,
    )


def _scheme(keys: "_Keys") -> SchemeKept:
    kind = cast("SchemeKind", keys.choice("kind", get_args(SchemeKind)))
    needed = {"stratified": "strata", "paired": "pairs", "listed": "allocations"}.get(kind)
    named = {needed: keys.text(needed)} if needed else {}
    return SchemeKept(kind, **named)


def _refuse_a_column_with_two_parts(design: Design) -> None:
    """The outcome among the covariates, say, would explain itself away."""
    parts = {
        "unit": design.unit,
        "arm": design.arm,
        "outcome.column": design.outcome.column,
        "outcome.event": design.outcome.event,
        "scheme": design.scheme.groups,
        **{f"covariates “{name}”": name for name in (*design.covariates, *design.categorical)},
    }
    seen: dict[str, str] = {}
    for place, column in parts.items():
        if column is not None and seen.setdefault(column, place) != place:
            raise BadDesign(
                place=place, why=f"“{column}” is {seen[column]} already.", mend="Name another column, or leave it out."
            )


_USED: Mapping[str, frozenset[str]] = {
    "": frozenset({"unit", "arm", "control", "outcome", "scheme", "covariates", "categorical", "level"}),
    "outcome": frozenset({"column", "kind", "event", "cap", "better"}),
    "scheme": frozenset({"kind", "strata", "pairs", "allocations"}),
}
_ONLY_WITH: Mapping[tuple[str, str], str] = {
    ("outcome", "event"): "time",
    ("outcome", "cap"): "time",
    ("scheme", "strata"): "stratified",
    ("scheme", "pairs"): "paired",
    ("scheme", "allocations"): "listed",
}


def _unused(given: Mapping[str, Json]) -> tuple[str, ...]:
    """Keys that nothing reads, since they are misspelt or belong to another kind."""
    found = [key for key in given if key not in _USED[""]]
    for part in ("outcome", "scheme"):
        for key, value in given[part].items():
            belongs = key in _USED[part] and _ONLY_WITH.get((part, key), given[part]["kind"]) == given[part]["kind"]
            found += [] if belongs or value is None else [f"{part}.{key}"]
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Keys:
    """An object of the JSON, read key by key; each refusal names the key with what it stands in."""

    given: Any
    within: str

    def __post_init__(self) -> None:
        if not isinstance(self.given, Mapping):
            place = self.within.rstrip(".") or "the whole"
            raise BadDesign(place=place, why="it is not an object.", mend="Write its keys between { and }.")

    def under(self, key: str) -> "_Keys":
        """The object under a key."""
        return _Keys(self._there(key, "an object"), f"{self.within}{key}.")

    def text(self, key: str) -> str:
        """Words that are not blank."""
        value = self._there(key, "a name in quotation marks")
        if not isinstance(value, str) or not value.strip():
            raise self._refused(key, "it is not a name.", "Write a name in quotation marks.")
        return value.strip()

    def choice(self, key: str, possible: Sequence[str]) -> str:
        """One of some words."""
        words = f"one of {', '.join(possible)}"
        value = self._there(key, words)
        if value not in possible:
            raise self._refused(key, f"it is not {words}.", f"Write {words}.")
        return str(value)

    def names(self, key: str) -> tuple[str, ...]:
        """A list of different names, which may be left out."""
        value = self.given.get(key)
        listed = [] if value is None else value
        if not isinstance(listed, list) or not all(isinstance(each, str) and each.strip() for each in listed):
            raise self._refused(key, "it is not a list of columns.", "Write names of columns between [ and ].")
        names = tuple(each.strip() for each in listed)
        if len(set(names)) < len(names):
            raise self._refused(key, "a column stands in it twice.", "Leave it once.")
        return names

    def number(self, key: str, default: float | None, most: float) -> float:
        """A number above 0 and below `most`."""
        limits = "above 0" if math.isinf(most) else f"between 0 and {most:g}"
        value = self.given.get(key)
        value = default if value is None else value
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < most:
            missing = "it is missing." if value is None else f"it is not a number {limits}."
            raise self._refused(key, missing, f"Write a number {limits}.")
        return float(value)

    def _there(self, key: str, what: str) -> Json:
        value = self.given.get(key)
        if value is None:
            raise self._refused(key, "it is missing.", f"Write {what}.")
        return value

    def _refused(self, key: str, why: str, mend: str) -> BadDesign:
        return BadDesign(place=f"{self.within}{key}", why=why, mend=mend)
