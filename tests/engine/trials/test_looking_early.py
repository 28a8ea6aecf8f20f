"""Why results stay sealed: the test that is right once is wrong more often when it is asked again and again."""

import numpy as np
import pytest

from engine.trials.repeated import drawn_arms, repeated
from engine.trials.supposed import scheme_of_sizes

TEAMS, ICC, FORMS, LEVEL = 12, 0.1, 30, 0.05


def false_alarms_with_looks(looks: int, repetitions: int, seed: int) -> tuple[float, float]:
    """How often any of so many looks, evenly spread, finds a difference where there is none; and the last alone."""
    chance = np.random.default_rng(seed)
    test = repeated(scheme_of_sizes((TEAMS,)), 0, 200_000, 0)
    arms = drawn_arms(test.contrast.scheme, repetitions, chance)
    of_teams, each = chance.standard_normal(arms.shape) * ICC**0.5, FORMS / looks
    total, found = np.zeros(arms.shape), np.zeros((looks, repetitions), dtype=bool)
    for look in range(looks):
        total += chance.standard_normal(arms.shape) * ((1 - ICC) * each) ** 0.5 + each * of_teams
        found[look] = test.p_values(arms, total / (each * (look + 1))) <= LEVEL
    return float(found.any(axis=0).mean()), float(found[-1].mean())


@pytest.mark.parametrize(("looks", "alarms"), [(1, 0.047), (5, 0.108), (10, 0.147)])
def test_each_look_adds_false_alarms(looks: int, alarms: float) -> None:
    """The figures of docs/trials.md for twelve teams alike by 0.1 with thirty forms each, from 20,000 repetitions."""
    any_look, last = false_alarms_with_looks(looks, 5000, 7)
    assert any_look == pytest.approx(alarms, abs=0.015)
    assert last == pytest.approx(0.047, abs=0.012)
