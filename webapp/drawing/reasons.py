"""Why a follow-up question is asked, in the words of the answer that opened it."""

from collections.abc import Iterator
from functools import lru_cache

from engine.conditions import All, AnyOf, Condition, Leaf
from engine.definition import Definition, Question
from engine.journey import Journey
from engine.operators import OPERATORS
from engine.places import Place
from engine.question_types.base import NotKnown
from webapp.words import form_words, put, said


def added_because(journey: Journey, place: Place, language: str) -> str:
    """A line such as "Added because you chose “Someone is not”"; "" for a question that no answer on its page opened.

    Only answers of the same section (of the same row, in rows) count: what opened a whole page needs no telling.
    """
    openers = _openers(journey.definition, place.question, place.column)
    if not openers:
        return ""
    certain = openers if _one_way(journey.definition, place.question, place.column) else journey.why(place)
    leaf = next((leaf for leaf in certain if leaf in openers), None)
    return "" if leaf is None else _words(journey, _place_of(journey, place, leaf), leaf, language)


@lru_cache(maxsize=4096)
def _openers(definition: Definition, question_id: str, column: str | None) -> tuple[Leaf, ...]:
    """The leaves of a question's condition that can open it on its own page."""
    condition = _condition(definition, question_id, column)
    return tuple(leaf for leaf in _leaves(condition) if _on_page(definition, question_id, column, leaf))


def _on_page(definition: Definition, question_id: str, column: str | None, leaf: Leaf) -> bool:
    if column is not None:
        return leaf.subject == "row"
    return leaf.subject == "question" and definition.section_of[leaf.name] is definition.section_of[question_id]


def _leaves(condition: Condition | None) -> Iterator[Leaf]:
    """The leaves that something must meet; those that must not be met open nothing."""
    if isinstance(condition, Leaf):
        yield condition
    elif isinstance(condition, All | AnyOf):
        for part in condition.parts:
            yield from _leaves(part)


@lru_cache(maxsize=4096)
def _one_way(definition: Definition, question_id: str, column: str | None) -> bool:
    """Whether a shown question can only have been opened in one way: by every leaf at once."""
    return not _has_ways(_condition(definition, question_id, column))


def _has_ways(condition: Condition | None) -> bool:
    return isinstance(condition, AnyOf) or (isinstance(condition, All) and any(map(_has_ways, condition.parts)))


def _condition(definition: Definition, question_id: str, column: str | None) -> Condition | None:
    return definition.resolved(_find(definition, question_id, column).show_when, question_id)


def _place_of(journey: Journey, place: Place, leaf: Leaf) -> Place:
    """Where the answer stands that a leaf reads."""
    if leaf.subject == "row":
        return place._replace(column=leaf.name)
    return Place(leaf.name, place.child if leaf.name in journey.definition.per_child else None)


def _words(journey: Journey, opener: Place, leaf: Leaf, language: str) -> str:
    question = _find(journey.definition, opener.question, opener.column)
    answer = journey.value(opener)
    label = form_words(question.label, language)
    if isinstance(answer, NotKnown):
        return put("Added because “{}” is not known yet", label)
    if leaf.operator == "any_row" or answer is None or isinstance(answer, dict):
        return put("Added because of what you wrote under “{}”", label)
    if question.handler.measure == "text":
        return put("Added because you answered “{}”", label)
    if isinstance(answer, list):
        answer = [value for value in answer if _meant(leaf, value)] or answer
    verb = "chose" if question.handler.takes_options else "answered"
    chosen = said(question, answer, language).replace("\n", "”, “")
    return put(f"Added because you {verb} “{{}}”", chosen)


def _meant(leaf: Leaf, value: str) -> bool:
    """Whether one of several options chosen is what a leaf asks for."""
    return leaf.operator not in ("answered", "not_known") and OPERATORS[leaf.operator].test([value], leaf.operand)


def _find(definition: Definition, question_id: str, column: str | None) -> Question:
    found = definition.find(f"{question_id}.{column}" if column else question_id)
    if found is None:
        raise KeyError(question_id)
    return found
