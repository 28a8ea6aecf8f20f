"""The trial whose result is measured is a trial with a result: as many forms and teams as is said."""

from benchmarks.server import served
from benchmarks.trial_results import large_trial, statements_of, work_out
from webapp import current


def test_the_trial_that_is_measured_has_its_forms() -> None:
    """Every form counts once in either main outcome, and the number of statements is counted."""
    with served() as app:
        surroundings: current.Surroundings = app.extensions["pith"]
        trial = large_trial(surroundings.database, 8, 96)
        found = work_out(surroundings.database, trial)
        assert [each["forms"] for each in found["findings"]] == [96, 56]
        assert sum(unit["n"] for unit in found["findings"][0]["analysis"]["units"].values()) == 96
        assert 0 < statements_of(surroundings.database, trial) <= 14
