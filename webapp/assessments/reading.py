"""A record in the order it is read: what it means first, decisions with their reasons, voices, then the facts."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from engine.definition import Question
from engine.text import in_language
from webapp.config import LANGUAGE
from webapp.telling import Telling, Told


@dataclass(frozen=True, slots=True)
class Lead:
    """A passage at the top and what stands over it: its question, or the decision that it gives the reason for."""

    heading: str
    told: Told


@dataclass(frozen=True, slots=True)
class Pair:
    """A decision and its reason, None where none was written; `asked` says that the form asks for one."""

    decision: Told
    reason: Told | None
    asked: bool


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of one section."""

    title: str
    told: Sequence[Told]


@dataclass(frozen=True, slots=True)
class Reading:
    """A whole record as it is read."""

    first: Sequence[Lead]
    pairs: Sequence[Pair]
    voices: Sequence[Told]
    facts: Sequence[Facts]
    unknown: Sequence[Told]
    blank: Sequence[Told]


def reading(telling: Telling) -> Reading:
    """Sort a record: `read_first` and analysis, decision and reason in pairs, voice, and all else by section."""
    questions = telling.definition.questions
    reasons = {question.reason_for: question for question in questions if question.reason_for}
    leading = [telling.definition.by_id[name] for name in telling.definition.read_first]
    first = list({q.id: q for q in (*leading, *filter(_analysis, questions))}.values())
    led = {name for q in first for name in (q.id, q.reason_for) if name}
    decided = [q for q in questions if (q.kind == "decision" or q.id in reasons) and q.id not in led]
    apart = led | {q.id for q in decided} | {q.id for q in reasons.values()}
    voices = [q for q in questions if q.kind == "voice" and q.id not in apart]
    everything = list(telling.told(questions))
    return Reading(
        first=list(_leads(telling, first)),
        pairs=list(_pairs(telling, decided, reasons)),
        voices=[told for told in telling.told(voices) if _said(told)],
        facts=list(_facts(telling, apart | {q.id for q in voices})),
        unknown=[told for told in everything if told.unknown],
        blank=[told for told in everything if told.blank],
    )


def _analysis(question: Question) -> bool:
    return question.kind == "analysis" and not question.reason_for


def _leads(telling: Telling, first: Sequence[Question]) -> Iterator[Lead]:
    by_id = telling.definition.by_id
    for question in first:
        decisions = [] if question.reason_for is None else list(telling.told([by_id[question.reason_for]]))
        for told in telling.told([question]):
            decision = next((each for each in decisions if each.child == told.child), None)
            if _said(told) or (decision is not None and _said(decision)):
                yield Lead(told.named if decision is None else f"{decision.named} {decision.said}", told)


def _said(told: Told) -> bool:
    return bool(told.said or told.rows)


def _pairs(telling: Telling, decided: Sequence[Question], reasons: Mapping[str, Question]) -> Iterator[Pair]:
    for decision in telling.told(decided):
        if not _said(decision):
            continue
        reason = reasons.get(decision.question.id)
        found = [] if reason is None else telling.told([reason])
        written = next((told for told in found if told.child == decision.child and _said(told)), None)
        yield Pair(decision, written, reason is not None)


def _facts(telling: Telling, apart: set[str]) -> Iterator[Facts]:
    for section in telling.definition.sections:
        questions = [question for question in section.questions if question.id not in apart]
        told = [each for each in telling.told(questions) if _said(each)]
        if told:
            yield Facts(in_language(section.title, LANGUAGE), told)
