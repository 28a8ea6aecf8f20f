"""A record in the order it is read: what it means first, decisions with their reasons, voices, then the facts."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from engine.definition import Question
from webapp.telling import Telling, Told
from webapp.words import form_words


@dataclass(frozen=True, slots=True)
class Pair:
    """A decision and its reason, None where none was written; `asked` says that one was asked for."""

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
    """A whole record as it is read; `thinking` is what it means, `standing_out` what else the form puts first."""

    thinking: Sequence[Told]
    standing_out: Sequence[Told]
    pairs: Sequence[Pair]
    voices: Sequence[Told]
    facts: Sequence[Facts]
    unknown: Sequence[Told]
    blank: Sequence[Told]


def reading(telling: Telling) -> Reading:
    """Sort a record: analysis, what else leads, decision and reason in pairs, voice, and all else by section.

    Each kind stands under its own heading, in it what the form reads first; the rest in the order it was asked.
    Thinking and voices stand child by child, so that what is written about one is read in one piece. That a decision
    has no reason is told where the decision stands, and not once more among what was left blank.
    """
    definition = telling.definition
    leading = [definition.by_id[name] for name in definition.read_first]
    questions = list({question.id: question for question in (*leading, *definition.questions)}.values())
    reasons = {question.reason_for: question for question in questions if question.reason_for}
    decided = [q for q in questions if q.kind == "decision" or q.id in reasons]
    paired = {q.id for q in (*decided, *reasons.values())}
    thinking = [q for q in questions if q.kind == "analysis" and q.id not in paired]
    voices = [q for q in questions if q.kind == "voice" and q.id not in paired]
    standing_out = [q for q in leading if q not in thinking and q not in voices and q.id not in paired]
    apart = paired | {q.id for q in (*thinking, *voices, *standing_out)}
    everything = list(telling.told(definition.questions))
    pairs = list(_pairs(telling, decided, reasons))
    told_above = {(reasons[pair.decision.question.id].id, pair.decision.child) for pair in pairs if pair.asked}
    return Reading(
        thinking=_child_by_child(_in_turn(telling, thinking)),
        standing_out=list(_in_turn(telling, standing_out)),
        pairs=pairs,
        voices=_child_by_child(_in_turn(telling, voices)),
        facts=list(_facts(telling, apart)),
        unknown=[told for told in everything if told.unknown],
        blank=[told for told in everything if told.blank and (told.question.id, told.child) not in told_above],
    )


def _in_turn(telling: Telling, questions: Sequence[Question]) -> Iterator[Told]:
    """What was said to each question, one question after the other."""
    for question in questions:
        yield from (told for told in telling.told([question]) if _said(told))


def _child_by_child(found: Iterable[Told]) -> list[Told]:
    """The same, all of one child's together; what is about everybody stands together too, where its first stands."""
    together: dict[str | None, list[Told]] = {}
    for told in found:
        together.setdefault(told.place.child, []).append(told)
    return [told for each in together.values() for told in each]


def _said(told: Told) -> bool:
    return bool(told.said or told.rows)


def _pairs(telling: Telling, decided: Sequence[Question], reasons: Mapping[str, Question]) -> Iterator[Pair]:
    for decision in _in_turn(telling, decided):
        reason = reasons.get(decision.question.id)
        shown = [] if reason is None else [t for t in telling.told([reason]) if t.child == decision.child]
        yield Pair(decision, next(filter(_said, shown), None), bool(shown))


def _facts(telling: Telling, apart: set[str]) -> Iterator[Facts]:
    for section in telling.definition.sections:
        questions = [question for question in section.questions if question.id not in apart]
        told = [each for each in telling.told(questions) if _said(each)]
        if told:
            yield Facts(form_words(section.title, telling.language), told)
