"""Faults in ids: one used twice, or one that would clash with what every row already has."""

from collections.abc import Iterator, Sequence

from engine.checks._written import Written, WrittenQuestion, WrittenSection
from engine.checks.base import Found, error

KINDS = {
    "duplicate_id": error("The id “{id}” is used twice.", "Give one of the two another id."),
    "reserved_id": error("A column cannot have the id “{id}”: every row already has one.", "Give it another id."),
}
_OF_EVERY_ROW = "id"


def find(form: Written) -> Iterator[Found]:
    """Sections and questions share one space of ids, the columns of each rows question have one of their own."""
    yield from _repeated((*form.sections, *form.questions))
    for question in form.questions:
        yield from _repeated(question.columns)
        for column in question.columns:
            if column.id == _OF_EVERY_ROW:
                yield Found("reserved_id", f"{column.pointer}/id", {"id": column.id})


def _repeated(named: Sequence[WrittenSection | WrittenQuestion]) -> Iterator[Found]:
    seen: set[str] = set()
    for each in named:
        if each.id and each.id in seen:
            yield Found("duplicate_id", f"{each.pointer}/id", {"id": each.id})
        seen.add(each.id)
