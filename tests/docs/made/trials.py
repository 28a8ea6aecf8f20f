"""What trials can find, as tables: from figures that were simulated once, and from what a scheme can give at all."""

import json
from collections.abc import Mapping
from typing import Any

from engine.trials.attainable import attainable
from tests.docs.made.writing import table
from workshop.steps import ROOT

SIMULATED = ROOT / "docs" / "trials-simulations.json"
SHOWN = {
    "False alarms": "false_alarms",
    "Interval holds it": "coverage",
    "Difference found": "power",
    "False alarms, t test on team means": "t_false_alarms",
    "Found by it": "t_power",
    "False alarms, t test on forms": "naive_false_alarms",
}
FEW = (4, 5, 6, 7, 8, 10, 12, 20)


def simulations() -> str:
    """A line for each design that was simulated."""
    found = json.loads(SIMULATED.read_bytes())
    rows = [(*_design(each["supposed"]), *(f"{each[name]:.1%}" for name in SHOWN.values())) for each in found]
    return table(["Teams", "Alike (ICC)", "Drawn", *SHOWN], rows)


def _design(supposed: Mapping[str, Any]) -> tuple[str, str, str]:
    groups = supposed["groups"]
    return str(sum(groups)), f"{supposed['icc']:g}", "from all" if len(groups) == 1 else "in pairs"


def least_p() -> str:
    """What numbers of teams can show at all."""
    rows = [(str(teams), *_least("complete", [teams]), *_least("paired", [2] * (teams // 2), teams)) for teams in FEW]
    drawn = ["Ways to draw from all", "Least p", "In pairs", "Least p in pairs"]
    return table(["Teams", *drawn], rows)


def _least(scheme: str, sizes: list[int], teams: int = 0) -> tuple[str, str]:
    if teams % 2:
        return "", ""
    found = attainable(scheme, sizes)
    told = f"{float(found.least_p):.3g}" if found.least_p > 0.001 else "below 0.001"
    return f"{found.possible:,}", told if found.reaches else f"{told}: no verdict, {found.more_teams} more would do"
