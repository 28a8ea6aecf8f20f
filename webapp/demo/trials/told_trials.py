"""The trials of the demonstration as they stand in the files beside this one, their moments relative to its first day.

People and variants are named in them; `plan_of` puts in their keys and overlays.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from engine.trials.plan import Plan, plan_from_json
from webapp.access import Viewer
from webapp.demo.relative_dates import resolved
from webapp.library import LIBRARY, read_file

Json = Any
FOLDER = Path(__file__).with_name("told")


@dataclass(frozen=True, slots=True)
class ToldTrial:
    """A trial: its plan, and when it was planned, registered, scored and opened ("" for what was not done).

    `asked` is another authority that was asked to take part. `use` says how its use was simulated, {} for none.
    `late`, `safety` and `family` are what happened in it: a team that joined, a form that a manager took out, a family
    that opted out; `begun` is a form that a team is at now.
    """

    name: str
    planned: str
    plan: Mapping[str, Json]
    registered: str = ""
    use: Mapping[str, Json] = field(default_factory=dict)
    late: Mapping[str, Json] = field(default_factory=dict)
    safety: Mapping[str, Json] = field(default_factory=dict)
    family: Mapping[str, Json] = field(default_factory=dict)
    begun: Mapping[str, Json] = field(default_factory=dict)
    asked: Mapping[str, Json] = field(default_factory=dict)
    scored: str = ""
    opened: str = ""


def told_trials() -> tuple[ToldTrial, ...]:
    """Every trial, by the name of its file."""
    paths = sorted(FOLDER.glob("*.json"))
    return tuple(ToldTrial(path.stem, **json.loads(path.read_text(encoding="utf-8"))) for path in paths)


def plan_of(told: ToldTrial, people: Mapping[str, Viewer], today: date) -> Plan:
    """A trial's plan as it was typed: whoever takes part is who wrote forms in it."""
    plan = {"teams": [{"name": team} for team in told.use.get("forms", ())], **resolved(told.plan, today)}
    plan["arms"] = [{**arm, "definition": _served(plan["form"], arm["definition"])} for arm in plan["arms"]]
    for named in ("scorers", "openers"):
        plan[named] = [people[name].key for name in plan.get(named, ())]
    if watcher := plan["harm"].get("watcher"):
        plan["harm"] = {**plan["harm"], "watcher": people[watcher].key}
    return plan_from_json(plan)


def _served(form: str, definition: Json) -> Json:
    """What an arm serves: a version by its key, or a variant that lies beside the form."""
    if isinstance(definition, str):
        return definition
    return {"overlay": read_file(LIBRARY / form / "variants" / f"{definition['variant']}.json").value}
