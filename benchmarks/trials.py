"""What the analysis of a trial costs: every allocation of 20 teams, and 100,000 forms in 200 teams."""

from collections.abc import Callable, Iterator
from functools import partial

import numpy as np

from benchmarks.measure import Figure, side_by_side
from engine.trials.analysis import analyse
from engine.trials.data import read_table
from engine.trials.design import Design, design_from_json
from engine.trials.table import Table

SEED, REPEATS = 11, 3
TEAMS_EXACT, TEAMS_DRAWN, FORMS = 20, 200, 100_000
CAP = 120


def figures() -> Iterator[Figure]:
    """Every figure of trials; the bars are seconds of CPU time."""
    exact, drawn = few_teams(TEAMS_EXACT), many_forms(FORMS, TEAMS_DRAWN)
    written = as_csv(drawn)
    works: list[Callable[[], object]] = [
        partial(_counted, TEAMS_EXACT),
        partial(analyse, design("mean"), exact),
        partial(analyse, design("time"), drawn),
        partial(_of_csv, written),
    ]
    floor, whole, forms, from_csv = (taken / 1000 for taken in side_by_side(works, REPEATS))
    yield Figure(f"{TEAMS_EXACT} teams, all allocations, p and interval", whole, "s", bar=5)
    yield Figure("the same, to adding up under each allocation", whole, "s", floor)
    yield Figure(f"{FORMS:,} forms in {TEAMS_DRAWN} teams", forms, "s", bar=3)
    yield Figure("the same from a CSV file", from_csv, "s", bar=3)


def design(kind: str) -> Design:
    """A design of a mean, or of a time up to the cap."""
    time = {"event": "done", "cap": CAP} if kind == "time" else {}
    outcome = {"column": "minutes", "kind": kind, "better": "lower", **time}
    return design_from_json(
        {"unit": "team", "arm": "arm", "control": "long", "outcome": outcome, "scheme": {"kind": "complete"}}
    )


def few_teams(teams: int) -> Table:
    """One summary a team, half of the teams under test."""
    chance = np.random.default_rng(SEED)
    return Table(_names(teams), ["long", "short"] * (teams // 2), chance.normal(90, 15, teams))


def many_forms(forms: int, teams: int) -> Table:
    """Times of forms, some of them abandoned, in teams of unequal size that differ a little."""
    chance = np.random.default_rng(SEED)
    share = chance.dirichlet(np.full(teams, 4.0))
    codes = np.concatenate([np.arange(teams), chance.choice(teams, forms - teams, p=share)])
    names, slower = _names(teams), chance.normal(1, 0.1, teams)
    return Table(
        units=[names[code] for code in codes],
        arms=["short" if code % 2 else "long" for code in codes],
        values=np.round(chance.exponential(60, forms) * slower[codes], 1),
        events=(chance.random(forms) < 0.93).astype(float),
    )


def as_csv(table: Table) -> bytes:
    """The table as a file."""
    events = [] if table.events is None else table.events.astype(int).tolist()
    rows = zip(table.units, table.arms, table.values.tolist(), events, strict=True)
    return "\n".join(["team,arm,minutes,done", *(",".join(map(str, row)) for row in rows)]).encode()


def _names(teams: int) -> list[str]:
    return [f"Team {number:03}" for number in range(teams)]


def _of_csv(written: bytes) -> None:
    analyse(design("time"), read_table(written, design("time"), "data.csv"))


def _counted(teams: int) -> int:
    """The floor: every way of choosing half of the teams as bits of a number, and one sum for each."""
    lines = np.arange(2**teams, dtype=np.uint32)
    bits = np.zeros(len(lines), dtype=np.uint8)
    for number in range(teams):
        bits += ((lines >> number) & 1).astype(np.uint8)
    lines = lines[bits == teams // 2]
    sums = np.zeros(len(lines))
    for number, value in enumerate(np.random.default_rng(SEED).normal(90, 15, teams)):
        sums += ((lines >> number) & 1) * value
    return int((np.abs(sums - sums.mean()) >= abs(float(sums[0]) - sums.mean())).sum())
