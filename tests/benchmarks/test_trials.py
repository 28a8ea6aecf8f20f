"""The trials that are measured are trials that work: as many allocations, forms and teams as is said."""

from benchmarks.trials import as_csv, design, few_teams, many_forms
from engine.trials.analysis import analyse
from engine.trials.data import read_table


def test_few_teams_are_compared_over_every_allocation() -> None:
    """Half of them under test: eight give 70."""
    found = analyse(design("mean"), few_teams(8))
    assert (found.allocations, found.exact) == (70, True)


def test_many_forms_are_the_same_from_rows_and_from_a_file() -> None:
    """Every team has forms, some were abandoned, and reading them back changes nothing."""
    rows = many_forms(600, 12)
    found = analyse(design("time"), rows)
    assert sum(unit.n for unit in found.units.values()) == 600
    assert rows.events is not None
    assert 0 < rows.events.mean() < 1
    read = read_table(as_csv(rows), design("time"), "data.csv")
    assert analyse(design("time"), read).to_json() == found.to_json()
