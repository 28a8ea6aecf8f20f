"""A form of a trial as it stands in the store, from how it is supposed to have been used."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from engine.answers import problems_of
from engine.definition import Definition
from engine.journey import Journey, evaluate
from engine.journey.context import context_to_json
from engine.places import Place
from engine.trials.measuring import measures_of
from engine.trials.plan import Plan
from webapp.access import Viewer
from webapp.clock import london_day
from webapp.demo.trials.answers import Writing, answers_to
from webapp.demo.trials.use import Supposed
from webapp.facts import context_of
from webapp.store.children import Child
from webapp.store.in_bulk import Saved, Used
from webapp.store.keys import key_made_from
from webapp.store.submissions import Frozen
from webapp.store.trial_serving import Serving

Json = Any
A_DAY = timedelta(days=1)
WRITTEN_OF_UNFINISHED = 0.4
"""How much of a form stands in one that nobody handed in, and how much of its time it took."""
FEWEST_SECONDS = 5


@dataclass(frozen=True, slots=True)
class Served:
    """What a form is written on: the plan, what was served, its definition and code lists."""

    plan: Plan
    serving: Serving
    definition: Definition
    code_lists: Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class Sitting:
    """Who wrote about which child, from when until when; `handed_in` is None for never."""

    by: Viewer
    child: Child
    begun: datetime
    handed_in: datetime | None


def used(served: Served, form: Supposed, sitting: Sitting) -> Used:
    """The form with its answers, its history and its measures; raises ValueError where it could not be handed in."""
    end = sitting.handed_in or sitting.begun + timedelta(minutes=form.minutes)
    journey = _journey(served, form, sitting, end)
    if problems := problems_of(journey):
        raise ValueError(f"{served.definition.form}: {problems[0].place} {problems[0].code}")
    seconds = round(form.minutes * 60)
    saved = list(_saved(journey, sitting, seconds))
    measures: Mapping[str, float] = {}
    if sitting.handed_in is None:
        saved = saved[: max(1, round(len(saved) * WRITTEN_OF_UNFINISHED))]
    else:
        days = (sitting.handed_in - sitting.begun) / A_DAY
        measured = measures_of(served.plan, journey, sum(each.seconds for each in saved), days)
        asked = {name: float(value) for name, value in form.ratings.items() if served.plan.asks_for(name)}
        measures = {**measured, **asked}
    frozen = None if sitting.handed_in is None else _frozen(served, journey)
    key = key_made_from("form", form.seed)
    return Used(key, sitting.by, sitting.child, served.serving, sitting.begun, saved, frozen, end, measures)


def _journey(served: Served, form: Supposed, sitting: Sitting, end: datetime) -> Journey:
    chance = Random(f"{form.seed}/written")
    begun, day = london_day(sitting.begun), london_day(end)
    writing = Writing(sitting.child.key, begun, form.quality, form.seen, form.yes, chance)
    return evaluate(served.definition, answers_to(served.definition, writing), context_of([sitting.child], day))


def _frozen(served: Served, journey: Journey) -> Frozen:
    return Frozen(
        record=journey.record(),
        shown=[str(place) for place in journey.shown],
        context=context_to_json(journey.context),
        code_lists=served.code_lists,
    )


def _saved(journey: Journey, sitting: Sitting, seconds: int) -> Iterator[Saved]:
    """Every answer in the order of the form, the later half of them at the end; long ones take the longer."""
    answers = list(_answers(journey))
    weights = [FEWEST_SECONDS + len(str(value)) for _, value in answers]
    shares = _shared(seconds, weights)
    at = sitting.begun
    half = len(answers) // 2
    for number, ((place, value), share) in enumerate(zip(answers, shares, strict=True)):
        if number == half and sitting.handed_in is not None:
            at = max(at, sitting.handed_in - timedelta(seconds=sum(shares[half:]) + 60))
        at += timedelta(seconds=share)
        yield Saved(place, value, share, at)


def _shared(seconds: int, weights: Sequence[int]) -> list[int]:
    """So many seconds by weight, none lost."""
    total, passed, shares = sum(weights), 0, []
    given = 0
    for weight in weights:
        passed += weight
        share = seconds * passed // total - given
        given += share
        shares.append(share)
    return shares


def _answers(journey: Journey) -> Iterator[tuple[Place, Json]]:
    for place in journey.shown:
        value = journey.answers.get(place.question)
        if place.row is None and place.child is not None and value is not None:
            value = value.get(place.child)
        if place.row is None and value is not None:
            yield place, value
