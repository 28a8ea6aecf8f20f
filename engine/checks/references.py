"""Faults in what a form or question refers to outside conditions: reasons, dates, answers shown or worked with."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from engine.checks._written import Written, WrittenQuestion
from engine.checks.base import Found, Named, error

Json = Any

KINDS = {
    "unknown_question": error("There is no question “{name}”.", "{nearest}"),
    "forward_reference": error(
        "“{name}” is not asked before this.", "Move “{name}” further up, or name something earlier."
    ),
    "wrong_reference": error("“{name}” cannot stand here: {why}.", "Name {wanted}."),
}
_DECIDES = frozenset({"decision", "statutory"})


def find(form: Written) -> Iterator[Found]:
    """Every name in the form's own keys and in its questions' that leads nowhere, or to the wrong thing."""
    yield from _read_first(form)
    yield from _timescale(form)
    for question in form.with_columns:
        yield from _reason_for(form, question)
        yield from _shows(form, question)
        yield from _reads(form, question)


def _read_first(form: Written) -> Iterator[Found]:
    for index, name in _names(form.data, "read_first"):
        pointer, named = f"/read_first/{index}", form.by_id.get(name)
        if named is None:
            yield _unknown(form, pointer, name, form.by_id)
        elif named.measure == "none" and not named.works_out:
            yield _wrong(pointer, name, "it has no answer to read", "a question with an answer")


def _timescale(form: Written) -> Iterator[Found]:
    timescale = form.data.get("timescale") if isinstance(form.data, dict) else None
    name = timescale.get("from") if isinstance(timescale, dict) else None
    if not isinstance(name, str):
        return
    named = form.by_id.get(name)
    if named is None:
        yield _unknown(form, "/timescale/from", name, form.by_id)
    elif named.measure not in ("date", None):
        yield _wrong("/timescale/from", name, "it is not a date", "a question that asks for a date")
    elif named.per_child:
        yield _wrong("/timescale/from", name, "each child has another", "a date that is asked once")


def _reason_for(form: Written, question: WrittenQuestion) -> Iterator[Found]:
    name, pointer = question.data.get("reason_for"), f"{question.pointer}/reason_for"
    if not isinstance(name, str):
        return
    named = _beside(question).get(name) or form.by_id.get(name)
    if named is None:
        yield _unknown(form, pointer, name, [*_beside(question), *form.by_id])
    elif named.kind not in _DECIDES or named is question:
        yield _wrong(pointer, name, "it is not a decision", "the decision that this is the reason for")


def _shows(form: Written, question: WrittenQuestion) -> Iterator[Found]:
    for index, name in _names(question.data, "shows"):
        pointer, named = f"{question.pointer}/shows/{index}", form.by_path.get(name)
        if named is None:
            yield _unknown(form, pointer, name, form.by_path)
        elif named.order >= question.order:
            yield Found("forward_reference", pointer, {"name": Named(name)})


def _reads(form: Written, question: WrittenQuestion) -> Iterator[Found]:
    asked = form.read(question)
    if asked is None:
        return
    takes = asked.handler.takes(asked)
    for index, path in enumerate(asked.handler.reads(asked)):
        pointer = question.pointer + _pointer_of(question.data, path)
        named = _beside(question).get(path) or form.by_path.get(path)
        if named is None:
            yield _unknown(form, pointer, path, [*_beside(question), *form.by_path])
        elif not _before(named, question):
            yield Found("forward_reference", pointer, {"name": Named(path, of=named.path)})
        elif takes:
            yield from _fits(question, named, takes[min(index, len(takes) - 1)], pointer)


def _fits(question: WrittenQuestion, named: WrittenQuestion, takes: frozenset[str], pointer: str) -> Iterator[Found]:
    is_list = named.rows is not None and named.rows is not question.rows
    measures = {named.measure, "column"} if is_list else {named.measure}
    wanted = " or ".join(sorted(takes))
    if named.measure is not None and not measures & takes:
        yield _wrong(pointer, named.path, f"it is not a {wanted}", f"an earlier question whose answer is a {wanted}")
    elif named.per_child and not question.per_child:
        yield _wrong(pointer, named.path, "each child has another", "a question that is asked once")


def _before(named: WrittenQuestion, question: WrittenQuestion) -> bool:
    if named.rows is not None and named.rows is question.rows:
        return named.column_order < question.column_order
    return named.order < question.order


def _beside(question: WrittenQuestion) -> Mapping[str, WrittenQuestion]:
    """The columns of the same rows by id."""
    return {column.id: column for column in question.rows.columns} if question.rows else {}


def _pointer_of(data: Mapping[str, Json], path: str) -> str:
    """Where in a question's settings a name stands."""
    for key, value in data.items():
        if value == path and key != "id":
            return f"/{key}"
        if isinstance(value, list) and path in value:
            return f"/{key}/{value.index(path)}"
    return ""


def _names(data: Json, key: str) -> Iterator[tuple[int, str]]:
    listed = data.get(key) if isinstance(data, dict) else None
    for index, name in enumerate(listed if isinstance(listed, list) else ()):
        if isinstance(name, str):
            yield index, name


def _unknown(form: Written, pointer: str, name: str, known: Mapping[str, Any] | Sequence[str]) -> Found:
    nearest = form.nearest.mend(name, (Named(each) for each in known), "questions")
    return Found("unknown_question", pointer, {"name": Named(name), "nearest": nearest})


def _wrong(pointer: str, name: str, why: str, wanted: str) -> Found:
    return Found("wrong_reference", pointer, {"name": Named(name), "why": why, "wanted": wanted})
