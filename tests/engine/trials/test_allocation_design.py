"""The JSON that asks for a draw: what it may hold, and how plainly it is refused."""

from typing import Any

import pytest

from engine.trials import allocation_faults as faults
from engine.trials.allocation_design import allocation_design

Json = Any
ASKED: dict[str, Json] = {"trial": "t", "seed": "s", "arms": ["a", "b"], "units": [{"id": "A"}, {"id": "B"}]}


@pytest.mark.parametrize(
    ("of_a_unit", "scheme"),
    [
        ({}, "complete"),
        ({"stratum": "N"}, "stratified"),
        ({"pair": 1}, "paired"),
        ({"covariates": {"x": 1}}, "constrained"),
    ],
)
def test_the_scheme_is_what_is_known_of_the_units(of_a_unit: Json, scheme: str) -> None:
    """Nobody need name it."""
    units = [{"id": name, **of_a_unit} for name in "AB"]
    assert allocation_design({**ASKED, "units": units}).scheme == scheme


def test_a_number_stands_for_its_digits() -> None:
    """Pairs and strata are often numbers, and so may a seed be; nothing there is the same as null."""
    given = {**ASKED, "seed": 7, "units": [{"id": 1, "pair": 3, "stratum": None}, {"id": "B", "pair": "3"}]}
    made = allocation_design(given)
    assert (made.seed, made.units[0].id, {unit.pair for unit in made.units}) == ("7", "1", {"3"})
    assert made.units[0].stratum is None


@pytest.mark.parametrize(
    ("given", "fault", "place"),
    [
        ([], faults.WrongType, ""),
        (None, faults.WrongType, ""),
        ({**ASKED, "units": None}, faults.KeyMissing, ""),
        ({key: ASKED[key] for key in ("trial", "arms", "units")}, faults.KeyMissing, ""),
        ({**ASKED, "units": {"A": {}}}, faults.WrongType, "/units"),
        ({**ASKED, "arms": "a"}, faults.WrongType, "/arms"),
        ({**ASKED, "arms": ["a", None]}, faults.WrongType, "/arms/1"),
        ({**ASKED, "seed": True}, faults.WrongType, "/seed"),
        ({**ASKED, "seed": 0.5}, faults.WrongType, "/seed"),
        ({**ASKED, "seed": ""}, faults.Blank, "/seed"),
        ({**ASKED, "units": ["A", "B"]}, faults.WrongType, "/units/0"),
        ({**ASKED, "units": [{"id": "A"}, {"name": "B"}]}, faults.KeyUnknown, "/units/1/name"),
        ({**ASKED, "units": [{"id": "A"}, {}]}, faults.KeyMissing, "/units/1"),
        ({**ASKED, "units": [{"id": "A", "strata": "N"}]}, faults.KeyUnknown, "/units/0/strata"),
        ({**ASKED, "units": [{"id": "A", "covariates": {"x": "much"}}]}, faults.WrongType, "/units/0/covariates/x"),
        ({**ASKED, "units": [{"id": "A", "covariates": [1]}]}, faults.WrongType, "/units/0/covariates"),
        ({**ASKED, "control": "c"}, faults.NoSuchArm, "/control"),
        ({**ASKED, "sead": 1}, faults.KeyUnknown, "/sead"),
    ],
)
def test_what_it_may_not_hold(given: Json, fault: type[faults.AllocationFault], place: str) -> None:
    """A misspelt key is not left aside: it would make a trial other than its planners think."""
    with pytest.raises(fault) as refused:
        allocation_design(given)
    assert refused.value.place == place
    assert "{" not in refused.value.message
