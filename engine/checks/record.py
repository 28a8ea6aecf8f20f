"""What would sit badly in the record: analysis carried forward, one fact asked twice, keys without effect."""

from collections.abc import Iterator

from engine.checks._written import Written, WrittenQuestion
from engine.checks.base import Found, Named, warning

KINDS = {
    "analysis_carried_forward": warning(
        "Analysis is thought through anew each time; it is not offered to the next form.", "Take “{carry_forward}” out."
    ),
    "offer_without_concept": warning(
        "A later form cannot tell which fact this is.", "Name the fact in “{concept}”, the same in every form."
    ),
    "same_concept": warning("“{first}” already asks for the fact “{concept}”.", "Ask for it once, or name it apart."),
    "no_effect": warning("“{key}” has no effect on a question of type {type}.", "Take it out."),
}
_NEED_AN_ANSWER = ("required", "not_known", "carry_forward", "reason_for", "concept", "returns")


def find(form: Written) -> Iterator[Found]:
    """What a person should think about before answers of this form are read beside others."""
    yield from _same_concept(form)
    for question in form.with_columns:
        yield from _carried_forward(question)
        yield from _without_effect(question)


def _same_concept(form: Written) -> Iterator[Found]:
    first: dict[str, str] = {}
    for question in form.questions:
        concept = question.data.get("concept")
        if isinstance(concept, str) and first.setdefault(concept, question.id) != question.id:
            detail = {"first": Named(first[concept]), "concept": concept}
            yield Found("same_concept", f"{question.pointer}/concept", detail)


def _carried_forward(question: WrittenQuestion) -> Iterator[Found]:
    pointer = f"{question.pointer}/carry_forward"
    if question.data.get("carry_forward") != "offer":
        return
    if question.kind == "analysis":
        yield Found("analysis_carried_forward", pointer, {"carry_forward": Named("carry_forward", "key")})
    elif "concept" not in question.data and question.rows is None:
        yield Found("offer_without_concept", pointer, {"concept": Named("concept", "key")})


def _without_effect(question: WrittenQuestion) -> Iterator[Found]:
    if question.handler is None:
        return
    idle = () if question.handler.takes_answer else _NEED_AN_ANSWER
    for key in (*idle, *(("running_list",) if question.measure != "rows" else ())):
        if key in question.data and key not in question.handler.settings:
            detail = {"key": Named(key, "key"), "type": Named(question.handler.name, "type")}
            yield Found("no_effect", f"{question.pointer}/{key}", detail)
