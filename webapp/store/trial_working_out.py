"""A result worked out from what was measured: every outcome analysed as registered, and what became of the forms."""

import dataclasses
import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from engine import text
from engine.errors import Refusal
from engine.question_types import question_types
from engine.trials.design import Design, SchemeKept
from engine.trials.design import Outcome as Compared
from engine.trials.errors import StatisticsMissing, statistics_needed
from engine.trials.plan import LEVEL, Outcome, number
from engine.trials.together import scheme_drawn
from webapp.access import Viewer
from webapp.clock import london_day
from webapp.store.database import Connection
from webapp.store.trial_measurements import (
    Measured,
    TeamCounts,
    label_and_type,
    measured,
    team_counts,
    teams_of_authorities,
)
from webapp.store.trial_registration import acceptable, baseline
from webapp.store.trial_results import opened
from webapp.store.trials import Trial, all_parts

if TYPE_CHECKING:
    from engine.trials.schemes import Allocations

Json = Any
FORMAT = 1
BEFORE = "before"
_UNIT = re.compile(r"(?P<quoted>“[^”]*”)|\bunit(?P<more>s?)\b")


def worked_out(connection: Connection, viewer: Viewer, trial: Trial, at: datetime) -> dict[str, Json]:
    """The result of an opened trial as JSON, to be kept; it reads and changes nothing.

    A few queries, whatever the number of forms. Raises as `opened`, and StatisticsMissing where numpy and scipy are
    not installed.
    """
    opening = opened(connection, viewer, trial, at)
    _need_statistics()
    counts = team_counts(connection, viewer, trial, at)
    # Each outcome's rows are let go before the next one is read.
    findings = [
        _finding(connection, trial, outcome, measured(connection, viewer, trial, outcome, at), counts, role)
        for role, outcome in _roles(trial)
    ]
    return {
        **_registered(trial),
        "up_to": london_day(opening.up_to).isoformat(),
        "early": opening.early,
        "findings": _adjusted(findings),
        "teams": [_team(each, trial) for each in counts],
        "teams_of_authority": teams_of_authorities(connection, trial),
        **_authorities(connection, trial, opening.up_to),
    }


def _authorities(connection: Connection, trial: Trial, up_to: datetime) -> dict[str, Json]:
    """Those that take part, with their teams, and when and why one withdrew them; nothing for one alone."""
    if not trial.together:
        return {}
    found = sorted(all_parts(connection, trial), key=lambda each: each.id)
    return {"authorities": [_authority(each, up_to) for each in found]}


def _authority(part: Trial, up_to: datetime) -> dict[str, Json]:
    gone = part.stopping if part.withdrawn and part.stopping and part.stopping.at <= up_to else None
    withdrew = None if gone is None else {"on": london_day(gone.at).isoformat(), "reason": gone.reason}
    return {"name": part.authority_name, "teams": len(part.plan.teams), "withdrew": withdrew}


def _registered(trial: Trial) -> dict[str, Json]:
    """What was registered of the trial, as its result tells it."""
    registration, plan = trial.registration, trial.plan
    assert registration is not None
    assert plan.control is not None
    assert plan.under_test is not None
    return {
        "format": FORMAT,
        "question": plan.question,
        "arms": {"control": plan.control.name, "under_test": plan.under_test.name},
        "scheme": scheme_drawn(trial.whole),
        "smallest": number(plan.smallest),
        "plan_hash": registration.plan_hash,
    }


def _need_statistics() -> None:
    with statistics_needed():
        import engine.trials.analysis  # noqa: F401


def _roles(trial: Trial) -> Iterator[tuple[str, Outcome]]:
    plan = trial.plan
    assert plan.primary is not None
    yield "primary", plan.primary
    if plan.co_primary is not None:
        yield "co_primary", plan.co_primary
    for outcome in plan.secondary:
        yield "secondary", outcome


def _team(counts: TeamCounts, trial: Trial) -> dict[str, Json]:
    control = trial.plan.control
    return {
        **{field.name: getattr(counts, field.name) for field in dataclasses.fields(counts)},
        "arm": "control" if control is not None and counts.arm == control.id else "under_test",
        "abandoned": counts.abandoned,
    }


def _finding(
    connection: Connection,
    trial: Trial,
    outcome: Outcome,
    rows: Measured,
    counts: Sequence[TeamCounts],
    role: str,
) -> dict[str, Json]:
    """One outcome with its analysis, or with what kept it from being analysed."""
    found: dict[str, Json] = {
        **_outcome(connection, trial, outcome),
        "role": role,
        "forms": len(rows.teams),
        "missing": sum(value is None for value in rows.values),
        "analysis": None,
        "unadjusted": None,
        "problem": "",
    }
    before = baseline(connection, trial) if role == "primary" else None
    try:
        found["analysis"] = _analysed(connection, trial, found, rows, counts, before)
        if before is not None:
            found["unadjusted"] = _plainly(_analysed(connection, trial, found, rows, counts))
    except StatisticsMissing:
        raise
    except Refusal as refused:
        found["problem"] = _of_teams(refused.message)
    return found


def _plainly(analysis: Mapping[str, Json]) -> dict[str, Json]:
    """What stands beside an adjusted result: what it would be without."""
    return {key: analysis[key] for key in ("estimate", "interval", "p", "verdict")}


def _outcome(connection: Connection, trial: Trial, outcome: Outcome) -> dict[str, Json]:
    """An outcome as it was registered, with how it is summed up and the words of its question."""
    asked = outcome.kind == "answer"
    label, kind, per_child = label_and_type(connection, trial, outcome.question) if asked else ("", "", False)
    shares = (bool(kind) and question_types()[kind].summed_as == "share") or outcome.kind == "completed_within"
    return {
        "name": outcome.name,
        "kind": outcome.kind,
        "measure": "time" if outcome.kind == "minutes" else "proportion" if shares else "mean",
        "label": text.in_language(label, "en") if label else "",
        "per_child": per_child,
        "days": number(outcome.days),
        "cap": number(outcome.cap),
        "better": better(outcome),
    }


def _of_teams(words: str) -> str:
    """What the analysis says of units, which are teams here; names, which stand in quotation marks, stay."""
    return _UNIT.sub(lambda found: found["quoted"] or f"team{found['more']}", words)


def better(outcome: Outcome) -> str:
    """Which way is better: as registered, or as goes without saying."""
    return outcome.better or ("lower" if outcome.kind in ("minutes", "not_known") else "higher")


def _analysed(
    connection: Connection,
    trial: Trial,
    finding: Mapping[str, Json],
    rows: Measured,
    counts: Sequence[TeamCounts],
    before: Mapping[str, float] | None = None,
) -> dict[str, Json]:
    """The analysis of an outcome; `before` are the teams' figures that it is adjusted for, None for none."""
    from engine.trials.analysis import analyse
    from engine.trials.columns import table_of

    control = trial.plan.control
    assert control is not None
    drawn = {each.name: each for each in counts if not each.late}
    # A team none of whose forms were measured is told too, as one without a summary.
    silent = sorted(drawn.keys() - set(rows.teams))
    teams = [*rows.teams, *silent]
    arms = {name: "control" if each.arm == control.id else "under_test" for name, each in drawn.items()}
    table = table_of(
        teams,
        [arms[each] for each in teams],
        [*rows.values, *[None] * len(silent)],
        None if rows.events is None else [*rows.events, *[1] * len(silent)],
        {"group": [drawn[each].stratum for each in teams], **_known(teams, before)},
        "the forms of this trial",
    )
    allocations = _listed(connection, trial, sorted(drawn))
    analysis = analyse(_design(trial, finding, before is not None), table, allocations, _seed(trial, finding["name"]))
    return {**dataclasses.asdict(analysis), "warnings": [_of_teams(each) for each in analysis.warnings]}


def _known(teams: Sequence[str], before: Mapping[str, float] | None) -> dict[str, Sequence[str]]:
    return {} if before is None else {BEFORE: [repr(before[each]) for each in teams]}


def _design(trial: Trial, finding: Mapping[str, Json], adjusted: bool) -> Design:
    kinds = {"stratified": SchemeKept("stratified", strata="group"), "paired": SchemeKept("paired", pairs="group")}
    kinds["constrained"] = SchemeKept("listed", allocations="the drawings that were kept")
    time = finding["measure"] == "time"
    outcome = Compared(
        column="value",
        kind=finding["measure"],
        better=finding["better"],
        event="finished" if time else None,
        cap=finding["cap"] if time else None,
    )
    return Design(
        unit="team",
        arm="arm",
        control="control",
        outcome=outcome,
        scheme=kinds.get(scheme_drawn(trial.whole), SchemeKept("complete")),
        covariates=(BEFORE,) if adjusted else (),
        level=number(trial.plan.level) or LEVEL,
    )


def _listed(connection: Connection, trial: Trial, teams: Sequence[str]) -> "Allocations | None":
    """The drawings that could have come out, where the scheme kept a list of them; a column for each team by name."""
    from engine.trials.columns import allocations_of

    if trial.plan.scheme != "constrained":
        return None
    drawings = acceptable(connection, trial)
    if drawings is None:
        return None
    control = trial.plan.control
    assert control is not None
    figure = str(drawings.arms.index(control.id))
    places = [drawings.teams.index(team) for team in teams]
    return allocations_of([[line[place] != figure for place in places] for line in drawings.lines])


def _seed(trial: Trial, outcome: str) -> int:
    """Where drawings are too many to go through, the same ones are drawn whenever it is worked out anew."""
    assert trial.registration is not None
    return int.from_bytes(hashlib.sha256(f"{trial.registration.seed}\n{outcome}".encode()).digest()[:8], "big")


def _adjusted(findings: list[dict[str, Json]]) -> list[dict[str, Json]]:
    """Every outcome but the primary with its p by Holm's method, since several were looked at."""
    from engine.trials.several import holm

    looked_at = {str(at): each["analysis"]["p"] for at, each in enumerate(findings) if at and each["analysis"]}
    adjusted = holm(looked_at)
    return [{**each, "adjusted": adjusted.get(str(at))} for at, each in enumerate(findings)]
