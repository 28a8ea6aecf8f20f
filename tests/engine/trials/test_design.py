"""A design from JSON: read by its fixed keys, refused by the key that is wrong."""

from typing import Any

import pytest

from engine.trials.design import Outcome, SchemeKept, design_from_json
from engine.trials.errors import BadDesign

WHOLE: dict[str, Any] = {
    "unit": "team",
    "arm": "arm",
    "control": "long",
    "outcome": {"column": "minutes", "kind": "time", "event": "done", "cap": 120, "better": "lower"},
    "scheme": {"kind": "paired", "pairs": "pair"},
    "covariates": ["before"],
    "categorical": ["kind"],
    "level": 0.1,
}


def _changed(key: str, value: object) -> dict[str, Any]:
    """The design with one key, such as outcome.kind, changed; None takes it out."""
    made = {name: dict(each) if isinstance(each, dict) else each for name, each in WHOLE.items()}
    *within, last = key.split(".")
    holder = made[within[0]] if within else made
    holder[last] = value
    return made


def test_a_whole_design() -> None:
    """Every key has its place."""
    found = design_from_json(WHOLE)
    assert (found.unit, found.arm, found.control, found.level) == ("team", "arm", "long", 0.1)
    assert found.outcome == Outcome("minutes", "time", "lower", "done", 120)
    assert found.scheme == SchemeKept("paired", pairs="pair")
    assert found.scheme.groups == "pair"
    assert found.columns == ("pair", "before", "kind")
    assert found.unused == ()


def test_what_can_be_left_out() -> None:
    """Covariates, the level, the event of a time."""
    short = {**WHOLE, "covariates": None, "level": None, "outcome": {**WHOLE["outcome"], "event": None}}
    del short["categorical"]
    found = design_from_json(short)
    assert (found.covariates, found.categorical, found.level, found.outcome.event) == ((), (), 0.05, None)


def test_what_nothing_reads_is_kept_to_be_told() -> None:
    """Misspelt keys, and keys that belong to another kind."""
    given = _changed("scheme", {"kind": "complete", "strata": "group", "pairs": None})
    assert design_from_json({**given, "covariate": 1}).unused == ("covariate", "scheme.strata")


@pytest.mark.parametrize(
    ("key", "value", "place"),
    [
        ("unit", None, "unit"),
        ("unit", "  ", "unit"),
        ("control", 3, "control"),
        ("outcome", None, "outcome"),
        ("outcome", [], "outcome"),
        ("outcome.column", None, "outcome.column"),
        ("outcome.kind", "median", "outcome.kind"),
        ("outcome.kind", [], "outcome.kind"),
        ("outcome.better", None, "outcome.better"),
        ("outcome.better", "shorter", "outcome.better"),
        ("outcome.cap", None, "outcome.cap"),
        ("outcome.cap", 0, "outcome.cap"),
        ("outcome.cap", "120", "outcome.cap"),
        ("outcome.cap", True, "outcome.cap"),
        ("outcome.event", 1, "outcome.event"),
        ("scheme", None, "scheme"),
        ("scheme.kind", "simple", "scheme.kind"),
        ("scheme.pairs", None, "scheme.pairs"),
        ("covariates", "before", "covariates"),
        ("covariates", ["before", "before"], "covariates"),
        ("covariates", ["kind"], "categorical"),
        ("covariates", ["minutes"], "covariates “minutes”"),
        ("categorical", [1], "categorical"),
        ("arm", "team", "arm"),
        ("level", 0, "level"),
        ("level", 0.5, "level"),
        ("level", "0.05", "level"),
    ],
)
def test_a_key_that_cannot_be_used_is_refused_by_its_name(key: str, value: object, place: str) -> None:
    """With why, and what to write instead."""
    with pytest.raises(BadDesign) as refused:
        design_from_json(_changed(key, value))
    assert refused.value.detail["place"] == place
    assert refused.value.message.count(".") >= 2


@pytest.mark.parametrize("given", [None, [], "design", 3])
def test_what_is_no_object_is_refused(given: object) -> None:
    """A design is an object."""
    with pytest.raises(BadDesign, match="the whole: it is not an object"):
        design_from_json(given)
