"""Faults in options: two the same, exclusive ones that exclude nothing, code lists that are not there."""

from collections.abc import Iterator

from engine.checks._written import Written, WrittenQuestion, objects_in
from engine.checks.base import Found, Named, error, warning

KINDS = {
    "duplicate_option": error("Two options have the value “{value}”.", "Give one of the two another value."),
    "exclusive_without_effect": warning("“{exclusive}” has no effect here: {why}.", "Take it out."),
    "unknown_code_list": error("There is no code list “{name}”.", "{nearest}"),
    "code_list_ended": warning(
        "The code list “{name}” stands until {day}, which has gone by.",
        "Compare the list with the one that has taken its place, and give it its new last day.",
    ),
    "empty_code_list": error("No code of the list “{name}” is valid{when}.", "Name a list that is still in use."),
}
_EXCLUSIVE = Named("exclusive", "key")


def find(form: Written) -> Iterator[Found]:
    """What is wrong with what there is to choose from."""
    for question in form.with_columns:
        if question.handler is not None and question.handler.takes_options:
            yield from _duplicates(question)
            yield from _exclusive(question)
            yield from _code_list(form, question)


def _duplicates(question: WrittenQuestion) -> Iterator[Found]:
    seen: set[str] = set()
    for index, option in objects_in(question.data, "options"):
        value = option.get("value")
        if isinstance(value, str):
            if value in seen:
                yield Found("duplicate_option", f"{question.pointer}/options/{index}/value", {"value": value})
            seen.add(value)


def _exclusive(question: WrittenQuestion) -> Iterator[Found]:
    pointer = f"{question.pointer}/options"
    options = list(objects_in(question.data, "options"))
    exclusive = [index for index, option in options if option.get("exclusive") is True]
    if question.measure == "choice":
        why = "only one option can be chosen anyway"
        for index in exclusive:
            yield Found(
                "exclusive_without_effect", f"{pointer}/{index}/exclusive", {"exclusive": _EXCLUSIVE, "why": why}
            )
    elif exclusive and len(exclusive) == len(options):
        why = "every option has it, so only one can be chosen"
        yield Found("exclusive_without_effect", pointer, {"exclusive": _EXCLUSIVE, "why": why})


def _code_list(form: Written, question: WrittenQuestion) -> Iterator[Found]:
    name, pointer = question.data.get("code_list"), f"{question.pointer}/code_list"
    if not isinstance(name, str):
        return
    if name not in form.code_lists:
        nearest = form.nearest.mend(name, form.code_lists, "code lists")
        yield Found("unknown_code_list", pointer, {"name": name, "nearest": nearest})
        return
    listed = form.code_lists[name]
    if form.day and listed.last_day and listed.last_day < form.day:
        yield Found("code_list_ended", pointer, {"name": name, "day": listed.last_day})
    if not listed.valid_codes(form.day):
        when = f" on {form.day}" if form.day else " any more"
        yield Found("empty_code_list", pointer, {"name": name, "when": when})
