"""Writing a form of a story as its people would: a sitting at a time, answer by answer, every save in the history."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from engine.definition import Definition
from engine.journey import Journey, evaluate
from engine.journey.context import context_to_json
from engine.places import Place
from webapp.clock import london_day
from webapp.demo.relative_dates import in_words, resolved
from webapp.demo.stage import Stage
from webapp.demo.stories import ToldForm
from webapp.facts import context_of
from webapp.store.answers import answers_of
from webapp.store.assessments import Assessment, assessment_to_write, find_assessment, open_assessment
from webapp.store.beginning import begin_assessment
from webapp.store.changes import SetAnswer
from webapp.store.contents import code_lists_of, definition_of
from webapp.store.definitions import edition
from webapp.store.saves import Change, save
from webapp.store.submissions import Frozen, open_submission, submit

Json = Any
SECONDS_A_WORD = 2.2
"""Typing and thinking, a little over a third of it typing."""
MANY_WORDS = 60
"""A text as long as this is saved once on the way."""
_SENTENCE_END = re.compile(r"(?<=[.!?”])\s+")


@dataclass(frozen=True, slots=True)
class Saving:
    """One answer on its way into a draft, and how long its writer is at it, in seconds."""

    place: Place
    value: Json
    seconds: int


def begin(stage: Stage, story: str, told: ToldForm) -> str:
    """Begin a form at its first sitting; gives the assessment's key."""
    written, name = next(iter(told.written.items()))
    viewer, at = stage.people[name], stage.moment(written)
    about = stage.children_of(viewer, story, told.about)
    which = edition(stage.connection, viewer, told.form, london_day(at))
    return begin_assessment(stage.connection, viewer, which, about, at)


def sit_down(stage: Stage, story: str, told: ToldForm, key: str, sitting: int) -> datetime:
    """Write at one sitting what belongs to it; gives the moment of its last save."""
    connection, (written, name) = stage.connection, list(told.written.items())[sitting]
    viewer, at = stage.people[name], stage.moment(written)
    open_assessment(connection, viewer, key, at)
    assessment = assessment_to_write(connection, viewer, key)
    savings = _savings(_journey(stage, story, told, assessment, london_day(at)))
    mine = _share(savings, sitting, len(told.written))
    known = answers_of(connection, assessment)
    at += timedelta(minutes=2)
    for number, each in enumerate(mine):
        at += timedelta(seconds=each.seconds + 4)
        change = Change(
            each.place, SetAnswer(each.value), known.revision(each.place), f"{sitting}-{number}", False, each.seconds
        )
        known = known.after({each.place: save(connection, viewer, assessment, change, at, known)})
    return at


def hand_in(stage: Stage, told: ToldForm, key: str) -> None:
    """Submit a form as it stands."""
    connection, viewer = stage.connection, stage.people[list(told.written.values())[-1]]
    at = stage.moment(told.submitted)
    assessment = find_assessment(connection, viewer, key)
    day = london_day(at)
    draft = answers_of(connection, assessment).draft()
    journey = evaluate(definition_of(connection, assessment.edition, day), draft, context_of(assessment.children, day))
    frozen = Frozen(
        record=journey.record(),
        shown=[str(place) for place in journey.shown],
        context=context_to_json(journey.context),
        code_lists=code_lists_of(connection, assessment.edition),
    )
    submit(connection, viewer, assessment, frozen, in_words(told.note, stage.today), at)


def read(stage: Stage, key: str, name: str, at: datetime) -> None:
    """Somebody reads what was submitted."""
    open_submission(stage.connection, stage.people[name], key, at)


def answers_in(told: ToldForm, definition: Definition, keys: Mapping[str, str], today: date) -> dict[str, Json]:
    """A form's answers as drafts hold them: dates as they are, rows with ids, children by key."""
    answers = {}
    for name, value in resolved(told.answers, today).items():
        if name in definition.per_child:
            answers[name] = {keys[child]: _with_ids(each, keys) for child, each in value.items()}
        else:
            answers[name] = _with_ids(value, keys)
    return answers


def _with_ids(value: Json, keys: Mapping[str, str]) -> Json:
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return [{"id": f"r{number}", **row} for number, row in enumerate(value, start=1)]
    if isinstance(value, dict) and "evidence" in value:
        return {**value, "evidence": [_named(each, keys) for each in value["evidence"]]}
    return value


def _named(evidence: str, keys: Mapping[str, str]) -> str:
    """Evidence such as "child_words[moss]" or "people[r2]", the child by key."""
    return re.sub(r"\[(\w+)\]", lambda found: f"[{keys.get(found[1], found[1])}]", evidence)


def _journey(stage: Stage, story: str, told: ToldForm, assessment: Assessment, day: date) -> Journey:
    keys = {name: stage.children[story, name] for name in told.about}
    definition = definition_of(stage.connection, assessment.edition, day)
    answers = answers_in(told, definition, keys, stage.today)
    return evaluate(definition, answers, context_of(assessment.children, day))


def _savings(journey: Journey) -> list[Saving]:
    """Every answer that is asked for, in the order of the form; a long text as it stood half-way first."""
    return [
        saving
        for place in journey.shown
        if place.row is None and (value := _at(journey.answers, place)) is not None
        for saving in _steps(place, value)
    ]


def _at(answers: Mapping[str, Json], place: Place) -> Json:
    value = answers.get(place.question)
    return value if place.child is None or value is None else value.get(place.child)


def _steps(place: Place, value: Json) -> Iterator[Saving]:
    words = len(json.dumps(value, ensure_ascii=False).split())
    text = value.get("text") if isinstance(value, dict) else value
    if isinstance(text, str) and words >= MANY_WORDS:
        sentences = _SENTENCE_END.split(text)
        yield Saving(place, " ".join(sentences[: len(sentences) // 2]), round(words * SECONDS_A_WORD / 2))
        words //= 2
    yield Saving(place, value, max(5, round(words * SECONDS_A_WORD)))


def _share(savings: Sequence[Saving], sitting: int, sittings: int) -> Sequence[Saving]:
    """What is written at one of several sittings: as much as at the others."""
    first, last = (round(len(savings) * part / sittings) for part in (sitting, sitting + 1))
    return savings[first:last]
