"""What came of a trial in a councillor's words: a verdict, how sure it is, and what could have been found."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from webapp.trials.results.amounts import amount, average, difference, in_words, ranged, unit_of

Json = Any

_TOOK = {
    "minutes": "each form took about {0}",
    "quality": "what was written was scored about {0}",
    "worker_rating": "workers rated it about {0}",
    "family_rating": "families rated it about {0}",
    "completed_within": "about {0} forms were finished within {days} days",
    "words": "the analysis had about {0}",
    "not_known": "about {0} answers were left at “not known yet”",
}
_ALIKE = "the two came out exactly alike"


@dataclass(frozen=True, slots=True)
class Said:
    """The verdict in a sentence, its range in another, and what else must be said at once."""

    verdict: str
    range: str
    more: tuple[str, ...]


def measured(finding: Mapping[str, Json]) -> str:
    """What an outcome is, as the name of a row."""
    kind = finding["kind"]
    if kind == "answer":
        return f"Answer to “{finding['label']}”"
    if kind == "completed_within":
        return f"Finished within {finding['days']:g} days"
    return {
        "minutes": "Minutes of work on one form",
        "quality": "Quality of the analysis, scored blind",
        "worker_rating": "How workers rate the form",
        "family_rating": "How families rate it",
        "words": "Words of analysis",
        "not_known": "Answers left at “not known yet”",
    }[kind]


def said(result: Mapping[str, Json]) -> Said:
    """The verdict of a result that was kept, as it stands at the top of its page."""
    primary = result["findings"][0]
    name = result["arms"]["under_test"]
    beside = tuple(_beside(each) for each in result["findings"][1:] if each["role"] == "co_primary")
    if primary["analysis"] is None:
        return Said(f"There is no answer yet on whether “{name}” is better or worse.", primary["problem"], beside)
    told = _mixed(primary, result, name) or verdict(primary, name)
    return Said(told, _range(primary), (*_unadjusted(primary), *could_have_found(primary, result), *beside))


def _mixed(primary: Mapping[str, Json], result: Mapping[str, Json], name: str) -> str:
    """The verdict where a second main outcome went the other way, so that nobody reads half of it; "" elsewhere."""
    other = {"better": "worse", "worse": "better"}.get(primary["analysis"]["verdict"])
    for each in result["findings"][1:]:
        if each["role"] == "co_primary" and each["analysis"] and each["analysis"]["verdict"] == other:
            return (
                f"“{name}” did {primary['analysis']['verdict']} in one way and {other} in another: "
                f"{took(primary)}, and {took(each)}."
            )
    return ""


def verdict(finding: Mapping[str, Json], name: str) -> str:
    """One of three verdicts on one outcome, by the name of the arm under test."""
    found = finding["analysis"]["verdict"]
    if found == "not_enough_evidence":
        return f"There is not enough evidence to tell whether “{name}” is better or worse."
    return f"“{name}” did {found}: {took(finding)}."


def took(finding: Mapping[str, Json]) -> str:
    """The difference within a sentence: "each form took about 25 minutes less"."""
    estimate, unit = finding["analysis"]["estimate"], unit_of(finding)
    if not estimate:
        return _ALIKE
    told = difference(estimate, unit)
    if finding["kind"] == "answer":
        yes = finding["measure"] == "proportion"
        more = f"about {told} said yes" if yes else f"it was about {told}"
        return f"of “{finding['label']}”, {more}"
    return _TOOK[finding["kind"]].format(told, days=_days(finding))


def _days(finding: Mapping[str, Json]) -> str:
    return "" if finding["days"] is None else f"{finding['days']:g}"


def _range(finding: Mapping[str, Json]) -> str:
    analysis = finding["analysis"]
    told = ranged((analysis["interval"][0], analysis["interval"][1]), unit_of(finding))
    if analysis["verdict"] == "not_enough_evidence":
        return f"What was measured would fit {told}."
    return f"The difference is likely to be {told}."


def could_have_found(finding: Mapping[str, Json], result: Mapping[str, Json]) -> Iterator[str]:
    """Where nothing could be told: how large a difference would have been found, beside the smallest that matters."""
    analysis, unit = finding["analysis"], unit_of(finding)
    if analysis["verdict"] != "not_enough_evidence":
        return
    teams = _teams_compared(analysis)
    if analysis["least_p"] > analysis["level"]:
        yield f"With these {teams} teams no difference, however large, could have been told from chance."
    elif analysis["detectable"] is not None:
        yield (
            f"With these {teams} teams a difference of about {amount(analysis['detectable'], unit)} would have been "
            "found four times in five; a smaller one may well have gone unseen."
        )
    if result["smallest"] is not None:
        yield f"The smallest difference worth a change was said to be {amount(result['smallest'] / unit.scale, unit)}."


def _unadjusted(finding: Mapping[str, Json]) -> Iterator[str]:
    """What an adjusted result would be without, right beside it; nothing where the plan adjusts for nothing."""
    plain = finding.get("unadjusted")
    if plain is None:
        return
    unit = unit_of(finding)
    told = difference(plain["estimate"], unit)
    yield (
        "This is adjusted for each team’s own figure before the trial, as it was registered. Without that, the "
        f"difference is {told}, and what was measured would fit {ranged((*plain['interval'],), unit)}."
    )


def _teams_compared(analysis: Mapping[str, Json]) -> str:
    """How many teams the lot was repeated with, in words: not those that have no outcome, or nothing beside them."""
    return in_words(sum(each["compared"] for each in analysis["units"].values()))


def _beside(finding: Mapping[str, Json]) -> str:
    """A second main outcome in a sentence, beside the verdict on the first."""
    name = measured(finding)
    return f"{name}: {_first_small(compared(finding))}"


def compared(finding: Mapping[str, Json]) -> str:
    """What one further outcome shows, allowing for how many were looked at: a sentence or two."""
    analysis = finding["analysis"]
    if analysis is None:
        return str(finding["problem"])
    told = f"the range is {ranged((analysis['interval'][0], analysis['interval'][1]), unit_of(finding))}"
    if analysis["verdict"] == "not_enough_evidence":
        return f"Not enough evidence to tell: {told}."
    if finding["adjusted"] > analysis["level"]:
        return (
            f"Looked at alone it did {analysis['verdict']}, but one such finding among several can be chance: "
            f"a question to follow up, no answer; {told}."
        )
    return f"Clearly {analysis['verdict']}: {took(finding)}; {told}."


def averages(finding: Mapping[str, Json], arms: Mapping[str, str]) -> str:
    """Both arms' averages, the one under test first: "Short form 214 words, present form 181 words"."""
    unit, means = unit_of(finding), finding["analysis"]["arm_means"]
    both = (arms["under_test"], means["under_test"]), (arms["control"], means["control"])
    return "; ".join(f"{name}: {average(mean, unit)}" for name, mean in both)


def chance(finding: Mapping[str, Json]) -> str:
    """How often the lot alone would give such a gap: "in only 2 of the 70 ways of sharing eight teams"."""
    analysis = finding["analysis"]
    hits, allocations = analysis["hits"], analysis["allocations"]
    teams = _teams_compared(analysis)
    only = "only " if analysis["p"] <= analysis["level"] else ""
    begins = "If it made no difference to any team which form it had, a gap at least as wide as this would appear in "
    if analysis["exact"]:
        return f"{begins}{only}{hits:,} of the {allocations:,} ways of sharing {teams} teams between two forms."
    return (
        f"{begins}{only}about {_of_1000(hits / allocations)} of 1,000 ways of sharing {teams} teams between two forms, "
        f"going by {allocations:,} of them drawn at random."
    )


def _of_1000(share: float) -> str:
    return f"{share * 1000:.0f}" if share >= 0.001 else f"{share * 1000:.2g}"


def alike(finding: Mapping[str, Json]) -> str:
    """The intra-cluster correlation in words: how alike the forms of one team are."""
    icc = finding["analysis"]["icc"]
    if icc is None:
        return "How alike the forms of one team are could not be worked out."
    share = max(0.0, icc) * 100
    told = "less than 1 %" if share < 1 else f"about {share:.0f} %"
    return (
        f"Which team a form came from explains {told} of how much forms differ (the intra-cluster correlation, "
        f"{max(0.0, icc):.2f}). {_why_teams(share)}"
    )


def _why_teams(share: float) -> str:
    if share < 1:
        return "Each team counts once all the same, since teams were drawn by lot and forms were not."
    return "Forms of one team are alike, so each team counts once: counting forms as if they stood alone would mislead."


def t_range(finding: Mapping[str, Json]) -> str:
    """The interval of the usual t-test over team averages, beside the other."""
    analysis = finding["analysis"]
    interval, degrees = analysis["t_interval"], analysis["degrees_of_freedom"]
    if interval is None:
        return "There are too few teams for an interval by the t-test."
    told = ranged((interval[0], interval[1]), unit_of(finding))
    return f"The usual t-test over the averages of teams ({degrees} degrees of freedom) gives {told}."


def _first_small(sentence: str) -> str:
    return f"{sentence[:1].lower()}{sentence[1:]}"
