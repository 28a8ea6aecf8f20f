"""pith trial simulate: false alarms, coverage and power of a design, with the test that ignores teams beside them."""

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

from engine.errors import BadInput
from engine.trials.allocation_design import AllocationDesign, allocation_design
from engine.trials.attainable import shortfall
from engine.trials.errors import statistics_needed
from webapp.commands.placed import placed
from webapp.commands.progress import Progress
from webapp.library import read_file

if TYPE_CHECKING:
    from engine.trials.simulation import Simulated
    from engine.trials.supposed import Supposed

SCHEMES = ("complete", "paired")
MOST_TEAMS, MOST_REPETITIONS, MOST_FORMS = 400, 1_000_000, 5_000


class OddPairs(BadInput):
    """{teams} teams cannot be paired. Give an even number, or leave “paired” out."""

    code = "odd_pairs"


class NotSimulated(BadInput):
    """{option} must be {wanted}, and is {found}."""

    code = "not_simulated"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The design, or teams and scheme; what is supposed of them; how often and with which seed."""
    parser.add_argument("design", nargs="?", type=Path, metavar="DESIGN", help="as for allocate: its teams and groups")
    parser.add_argument("--teams", nargs="+", type=int, default=[12], metavar="N", help="how many teams (12)")
    parser.add_argument(
        "--scheme", nargs="+", choices=SCHEMES, default=["complete"], metavar="SCHEME", help="complete, paired"
    )
    _add_what_is_supposed(parser)
    parser.add_argument("--level", type=float, default=0.05, metavar="P", help="the level of the test (0.05)")
    parser.add_argument("--repetitions", type=int, default=2000, metavar="N", help="how often it is run (2000)")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="the same seed gives the same figures (1)")
    parser.add_argument("--json", action="store_true", help="print a JSON list, one object for each design")


def _add_what_is_supposed(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--icc", nargs="+", type=float, default=[0.1], metavar="ICC", help="the share of variance between teams (0.1)"
    )
    parser.add_argument("--forms", type=float, default=30, metavar="N", help="forms a team, on average (30)")
    parser.add_argument(
        "--unevenness", type=float, default=0.5, metavar="CV", help="how uneven teams are: spread over mean (0.5)"
    )
    parser.add_argument(
        "--shared", type=float, default=0.5, metavar="SHARE", help="of what sets teams apart, a pair's own (0.5)"
    )
    parser.add_argument("--difference", type=float, default=0.5, metavar="D", help="the true difference (0.5)")
    parser.add_argument("--sd", type=float, default=1, metavar="SD", help="the standard deviation of forms (1)")
    parser.add_argument(
        "--outcome",
        choices=("normal", "skewed", "yes_no"),
        default="normal",
        metavar="SHAPE",
        help="normal, skewed as minutes are, yes_no",
    )
    parser.add_argument("--rate", type=float, default=0.5, metavar="SHARE", help="of yes_no: the control's yes (0.5)")


def run(chosen: argparse.Namespace) -> int:
    """Run each design and print what came of it."""
    _refuse_what_makes_no_sense(chosen)
    with statistics_needed():
        from engine.trials.simulation import simulate
        from engine.trials.supposed import Supposed
    designs = list(_designs(chosen))
    found: list[Simulated] = []
    with Progress(len(designs) * chosen.repetitions, "repetitions run") as progress:
        for groups, icc in designs:
            supposed: Supposed = _supposed(Supposed, chosen, groups, icc)
            found.append(simulate(supposed, chosen.repetitions, chosen.seed, progress.steps))
    if chosen.json:
        lines = ",\n".join(json.dumps(each.to_json()) for each in found)
        print(f"[\n{lines}\n]")
    else:
        print("\n".join(in_words(each.to_json()) for each in found))
    return 0


def _designs(chosen: argparse.Namespace) -> Iterator[tuple[tuple[int, ...], float]]:
    """The sizes of the groups and the likeness within teams, of each design that was asked for."""
    if chosen.design:
        source = read_file(chosen.design)
        with placed(chosen.design, source):
            design = allocation_design(source.value)
        _refuse_what_is_not_simulated(chosen.design, design)
        groups = [design.sizes]
    else:
        groups = [_groups(teams, scheme) for teams, scheme in product(chosen.teams, chosen.scheme)]
    yield from product(groups, chosen.icc)


def _refuse_what_is_not_simulated(path: Path, design: AllocationDesign) -> None:
    if len(design.arms) != 2:
        raise NotSimulated(option=f"{path}: arms", wanted="two", found=len(design.arms))
    if design.scheme == "constrained":
        raise NotSimulated(option=f"{path}: scheme", wanted="complete, stratified or paired", found=design.scheme)


def _groups(teams: int, scheme: str) -> tuple[int, ...]:
    if scheme == "complete":
        return (teams,)
    if teams % 2:
        raise OddPairs(teams=teams)
    return (2,) * (teams // 2)


def _supposed(kind: "type[Supposed]", chosen: argparse.Namespace, groups: Sequence[int], icc: float) -> "Supposed":
    same = ("forms", "unevenness", "shared", "outcome", "rate", "level")
    options = {name: getattr(chosen, name) for name in same}
    return kind(groups=tuple(groups), icc=icc, difference=chosen.difference / chosen.sd, **options)


LIMITS: Mapping[str, tuple[float, float]] = {
    "teams": (2, MOST_TEAMS),
    "icc": (0, 0.99),
    "forms": (2, MOST_FORMS),
    "unevenness": (0, 3),
    "shared": (0, 1),
    "sd": (1e-9, 1e12),
    "rate": (0.001, 0.999),
    "level": (0.0001, 0.5),
    "repetitions": (1, MOST_REPETITIONS),
    "seed": (0, 2**63 - 1),
    "difference": (-1e12, 1e12),
}


def _refuse_what_makes_no_sense(chosen: argparse.Namespace) -> None:
    for name, (least, most) in LIMITS.items():
        given = getattr(chosen, name)
        for value in given if isinstance(given, list) else [given]:
            if not least <= value <= most:
                raise NotSimulated(option=f"--{name}", wanted=f"from {least:g} to {most:g}", found=f"{value:g}")
    if chosen.outcome == "yes_no" and not 0 < chosen.rate + chosen.difference / chosen.sd < 1:
        raise NotSimulated(option="--rate with --difference", wanted="between 0 and 1", found="outside")


def in_words(found: Mapping[str, object]) -> str:
    """What a person reads of one design."""
    supposed = found["supposed"]
    assert isinstance(supposed, Mapping)
    groups = supposed["groups"]
    drawn = "drawn from all" if len(groups) == 1 else f"drawn in {len(groups)} groups"
    compared = "all" if found["exact"] else "a set of draws of"
    rows = {
        "False alarms": "false_alarms",
        "Interval holds the true difference": "coverage",
        "Difference found": "power",
        "False alarms of a t test on team means": "t_false_alarms",
        "Difference found by a t test on team means": "t_power",
        "False alarms of a t test on forms, which ignores teams": "naive_false_alarms",
    }
    told = [f"  {words}: {found[name]:.1%}" for words, name in rows.items()]
    head = f"{sum(groups)} teams {drawn}, ICC {supposed['icc']:g}, {found['repetitions']} repetitions"
    scheme = "paired" if len(groups) > 1 and set(groups) == {2} else "stratified"
    short = shortfall(scheme, groups, float(supposed["level"]))
    told += [f"  {short}"] if short else []
    return "\n".join([f"{head}, {compared} {found['allocations']:,} allocations compared", *told])
