"""Whether one answer to a question of the old version still fits the question of the new one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from engine.definition import Question
from engine.question_types.base import Finding, InvalidAnswer, is_blank, is_not_known

Json = Any
GONE = object()
"""The value of an answer that has no place any more."""


@dataclass(frozen=True, slots=True)
class Left:
    """A part of an answer that has no place: the question it answered, where under it, the value and a code."""

    question: Question
    value: Json
    code: str
    row: int | None = None


@dataclass(frozen=True, slots=True)
class Fit:
    """What becomes of one answer: the value to keep (or GONE), why it changed (None: as it was), and what is left."""

    value: Json
    why: str | None = None
    left: tuple[Left, ...] = field(default=())


def fit(old: Question, new: Question, value: Json) -> Fit:
    """Fit one answer (one child's, where it is asked for each) of the old question into the new one."""
    if is_blank(value):
        return Fit(value)
    if is_not_known(value):
        return _fit_not_known(old, new, value)
    if old.type != new.type:
        return _converted(old, new, value)
    if new.columns and isinstance(value, list):
        return _fit_rows(old, new, value)
    return _fit_same_type(old, new, value)


def finding(question: Question, value: Json) -> Finding | None:
    """What is wrong with a value as an answer to a question; None for nothing."""
    try:
        question.handler.read(question, value)
    except InvalidAnswer as refused:
        return refused.finding
    return None


def _fit_not_known(old: Question, new: Question, value: Json) -> Fit:
    if new.not_known or (old.type == new.type and not old.not_known):
        return Fit(value)
    return Fit(GONE, left=(Left(old, value, "not_known_gone"),))


def _fit_same_type(old: Question, new: Question, value: Json) -> Fit:
    if not new.handler.takes_answer:
        return Fit(value)
    now = finding(new, value)
    if now is None or finding(old, value) is not None:
        return Fit(value)
    if now.code == "not_an_option":
        return _without_options(old, new, value)
    text, evidence = old.handler.apart(value)
    if text is not value and now.code == "bad_format":
        return _without_evidence(old, new, text, evidence)
    return Fit(value, "no_longer_valid")


def _without_options(old: Question, new: Question, value: Json) -> Fit:
    """What is left of a choice when options are gone: each of those has no place."""
    known = {option.value for option in new.options}
    chosen = value if isinstance(value, list) else [value]
    left = tuple(
        Left(old, [each] if isinstance(value, list) else each, "option_gone") for each in chosen if each not in known
    )
    kept = [each for each in chosen if each in known]
    return Fit(kept, "options_gone", left) if kept else Fit(GONE, left=left)


def _without_evidence(old: Question, new: Question, text: Json, evidence: Json) -> Fit:
    fitted = fit(replace(old, settings=new.settings), new, text)
    left = () if is_blank(evidence) else (Left(old, {"evidence": evidence}, "evidence_gone"),)
    return Fit(fitted.value, "evidence_gone", (*fitted.left, *left))


def _converted(old: Question, new: Question, value: Json) -> Fit:
    """The answer as one of another type, where that loses nothing."""
    if old.handler.takes_answer and finding(old, value) is None:
        for candidate in _candidates(old, new, value):
            if new.handler.takes_answer and finding(new, candidate) is None:
                return Fit(candidate, "other_type")
    return Fit(GONE, left=(Left(old, value, "other_type"),))


def _candidates(old: Question, new: Question, value: Json) -> Iterator[Json]:
    """How the same answer may be written for another type, the measures of both telling what it is."""
    measures = (old.handler.measure, new.handler.measure)
    if measures[0] == measures[1] and measures[0] in ("text", "choice", "number"):
        yield value
    elif measures == ("choice", "choices"):
        yield [value]
    elif measures == ("choices", "choice") and len(value) == 1:
        yield value[0]


def _fit_rows(old: Question, new: Question, rows: list[Json]) -> Fit:
    """Row by row and cell by cell."""
    if not all(isinstance(row, dict) for row in rows):
        return Fit(rows)
    fitted = [_fit_row(old, new, row, index) for index, row in enumerate(rows)]
    left = tuple(each for one in fitted for each in one.left)
    why = next((one.why for one in fitted if one.why), None)
    return Fit([one.value for one in fitted], why, left)


def _fit_row(old: Question, new: Question, row: Mapping[str, Json], index: int) -> Fit:
    before = {column.id: column for column in old.columns}
    after = {column.id: column for column in new.columns}
    kept: dict[str, Json] = {}
    why: str | None = None
    left: list[Left] = []
    for key, value in row.items():
        if key not in before or (key in after and key != "id" and before[key] == after[key]):
            kept[key] = value
            continue
        fitted = _fit_cell(before[key], after.get(key), value)
        left += [replace(each, row=index) for each in fitted.left]
        why = why or fitted.why or ("cells_gone" if fitted.left else None)
        if fitted.value is not GONE:
            kept[key] = fitted.value
    return Fit(kept, why, tuple(left))


def _fit_cell(old: Question, new: Question | None, value: Json) -> Fit:
    if new is not None:
        return fit(old, new, value)
    return Fit(GONE) if is_blank(value) else Fit(GONE, left=(Left(old, value, "column_gone"),))
