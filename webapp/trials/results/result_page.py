"""The page of a result that was kept, as plain values for its template."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from webapp.dates import day_in_words
from webapp.store.trial_amending import Amendment
from webapp.store.trial_results import Kept, Opening
from webapp.store.trial_scoring import Progress
from webapp.store.trials import Trial
from webapp.trials.results.agreement import Agreement, agreement
from webapp.trials.results.amounts import average, in_words, unit_of
from webapp.trials.results.dot_chart import SLIM, DotChart, dot_chart
from webapp.trials.results.figures_csv import FEW, FEWEST
from webapp.trials.results.flow import Flow, flow
from webapp.trials.results.range_chart import RangeChart, range_chart
from webapp.trials.results.verdict_words import Said, alike, averages, chance, compared, measured, said, t_range

Json = Any

RATINGS = ("worker_rating", "family_rating")
_ABOUT_CHILDREN = ("quality", "family_rating", "answer")


@dataclass(frozen=True, slots=True)
class TeamRow:
    """A line of the table beside the dots."""

    name: str
    form: str
    forms: str
    figure: str


@dataclass(frozen=True, slots=True)
class Lost:
    """One further outcome: what it is, what it shows in a sentence, and both averages ("" where there are none)."""

    name: str
    shows: str
    averages: str


@dataclass(frozen=True, slots=True)
class ResultPage:
    """Everything that stands on the page; charts are None where the main outcome could not be analysed."""

    said: Said
    measured: str
    range: RangeChart | None
    chance: str
    dots: DotChart | None
    slim_dots: DotChart | None
    teams: tuple[TeamRow, ...]
    lost: tuple[Lost, ...]
    flow: Flow
    how: tuple[str, ...]
    cannot: tuple[str, ...]
    beside: tuple[Amendment, ...]
    facts: tuple[tuple[str, str], ...]
    agreement: Agreement | None


def result_page(
    trial: Trial, kept: Kept, opening: Opening, beside: Sequence[Amendment], scoring: Progress | None
) -> ResultPage:
    """The page of a result; `scoring` is None where quality was not scored."""
    result = kept.content
    primary = result["findings"][0]
    there = primary["analysis"] is not None
    agreed = agreement(scoring.pairs) if scoring is not None and scoring.pairs else None
    return ResultPage(
        said=said(result),
        measured=measured(primary),
        range=range_chart(primary) if there else None,
        chance=chance(primary) if there else "",
        dots=dot_chart(primary, result["arms"]) if there else None,
        slim_dots=dot_chart(primary, result["arms"], SLIM) if there else None,
        teams=tuple(_teams(primary, result["arms"])) if there else (),
        lost=tuple(_lost(each, result["arms"]) for each in result["findings"][1:]),
        flow=flow(result),
        how=tuple(_how(trial, result, agreed)),
        cannot=tuple(_cannot(result)),
        beside=tuple(beside),
        facts=tuple(_facts(trial, kept, opening)),
        agreement=agreed,
    )


def _teams(finding: Mapping[str, Json], arms: Mapping[str, str]) -> Iterator[TeamRow]:
    unit = unit_of(finding)
    for name, team in sorted(finding["analysis"]["units"].items(), key=lambda each: each[0].casefold()):
        forms = FEW if team["n"] < FEWEST else f"{team['n']:,}"
        figure = "not measured" if team["summary"] is None else average(team["summary"], unit)
        yield TeamRow(name, arms[team["arm"]], forms, figure)


def _lost(finding: Mapping[str, Json], arms: Mapping[str, str]) -> Lost:
    return Lost(measured(finding), compared(finding), averages(finding, arms) if finding["analysis"] else "")


_DRAWN = {
    "complete": "All teams were drawn by lot together.",
    "stratified": "Teams were drawn by lot within groups of like teams, so each group has both forms.",
    "paired": "Like teams were paired, and the lot gave one of each pair either form.",
    "constrained": "Teams were drawn by lot among the drawings in which both sides are alike in what was known before.",
}


_DRAWN_WITHIN = (
    "Teams were drawn by lot within each authority, and there within groups or pairs where the plan has any, so that "
    "each authority has both forms."
)


def _how(trial: Trial, result: Mapping[str, Json], agreed: Agreement | None) -> Iterator[str]:
    """How it was worked out, a paragraph each."""
    primary = result["findings"][0]
    analysis = primary["analysis"]
    drawn = _DRAWN_WITHIN if result.get("authorities") else _DRAWN[result["scheme"]]
    yield f"{drawn} Each team counts once, by its own figure, whatever the number of its forms."
    if primary["kind"] == "minutes":
        cap = "" if primary["cap"] is None else f" up to {primary['cap']:g} minutes"
        yield (
            f"A team’s figure is the average time that a form takes{cap}. Forms that were begun and never finished "
            "count as forms on which work had not come to an end, not as quick ones (Kaplan and Meier’s method). Each "
            "counts as if it had taken the longest time that is counted, even one begun the day before the end."
        )
    if analysis is not None:
        yield from _how_compared(primary)
    if len(result["findings"]) > 1:
        yield (
            "The main outcome is judged by itself. Of the others, a second main outcome among them, one that looks "
            "different by chance is the likelier the more are looked at. Holm’s method allows for that over all of "
            "them together: only what stands up to it is called clearly better or worse."
        )
    if any(each.get("per_child") for each in result["findings"]):
        yield "Where a question is asked for each child, a form counts with the average of its children."
    yield from _how_scored(result, agreed)


def _how_compared(primary: Mapping[str, Json]) -> Iterator[str]:
    """How the arms were compared in the main outcome."""
    analysis = primary["analysis"]
    yield (
        "The difference is the average of the teams with the form under trial less the average of the others. How "
        "often the lot alone would give such a gap was counted by going through "
        f"{'every way' if analysis['exact'] else 'very many of the ways'} in which the teams could have been "
        "drawn. The range holds every difference that this would not rule out, at "
        f"{analysis['level'] * 100:g} % for both sides together."
    )
    if primary.get("unadjusted") is not None:
        yield (
            "Each team’s figure before the trial was frozen with the plan. A straight line of the teams’ figures "
            "on it is taken out, in the difference as in every drawing that it is compared with. The dots and the "
            "table show figures as they are."
        )
    yield t_range(primary)
    yield alike(primary)
    if primary["missing"]:
        yield f"{primary['missing']:,} of {primary['forms']:,} forms have no figure for the main outcome."
    yield from analysis["warnings"]


def _how_scored(result: Mapping[str, Json], agreed: Agreement | None) -> Iterator[str]:
    if agreed is not None and any(each["kind"] == "quality" for each in result["findings"]):
        kappa = "" if agreed.kappa is None else f" (weighted kappa {agreed.kappa:.2f}: {agreed.words})"
        yield (
            f"Two people scored each form of a sample without knowing which form it was written on. Of {agreed.pairs} "
            f"forms they agreed within one step on {agreed.within_one}{kappa}. Where they were two steps or more apart "
            "and a third scorer was there, the middle score counts; else the mean of the two."
        )


def _cannot(result: Mapping[str, Json]) -> Iterator[str]:
    """What this trial cannot say, however clear it is."""
    kinds = {each["kind"] for each in result["findings"]}
    if kinds.isdisjoint(_ABOUT_CHILDREN):
        yield "Whether children were better helped. Only the work on the form was measured."
    else:
        yield "Whether children were better helped in the end. What was measured is said above, and nothing else."
    yield "Whether one team’s way of working is better than another’s: teams differ in much besides the form."
    yield "Anything about a single worker or a single child."
    yield "What happens after the trial ended, or in teams that took no part."
    if kinds.intersection(RATINGS):
        yield "What those think who gave no rating; and workers knew which form they had."


def _facts(trial: Trial, kept: Kept, opening: Opening) -> Iterator[tuple[str, str]]:
    registration, result = trial.registration, kept.content
    assert registration is not None
    yield "Ran", f"{day_in_words(registration.begins_on)} to {day_in_words(registration.ends_on)}"
    if trial.stopping is not None:
        yield "Stopped", f"{day_in_words(trial.stopping.at)}: {trial.stopping.reason}"
    on_time = [team for team in result["teams"] if not team["late"]]
    silent = sum(not team["finished"] for team in on_time)
    stayed = f"; {in_words(silent)} finished no form" if silent else ""
    if result.get("authorities"):
        yield "Authorities", "; ".join(_authority(each) for each in result["authorities"])
    yield "Teams", f"{len(on_time)} drawn by lot{stayed}"
    finished, begun = (sum(team[key] for team in result["teams"]) for key in ("finished", "begun"))
    yield "Forms", f"{begun:,} begun, {finished:,} finished"
    yield "Plan registered", day_in_words(registration.at)
    yield "Results opened", _when_opened(kept, opening)


def _authority(each: Mapping[str, Json]) -> str:
    left = each["withdrew"]
    gone = "" if left is None else f", withdrawn {day_in_words(date.fromisoformat(left['on']))}"
    return f"{each['name']} ({each['teams']} {'team' if each['teams'] == 1 else 'teams'}{gone})"


def _when_opened(kept: Kept, opening: Opening) -> str:
    if kept.early:
        return f"early, with what was there on {day_in_words(date.fromisoformat(kept.content['up_to']))}"
    if opening.openings:
        return f"at the end, on {day_in_words(kept.at)}, and early before that"
    return f"on {day_in_words(kept.at)}, after the end, as planned"
