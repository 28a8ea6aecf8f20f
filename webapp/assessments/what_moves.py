"""What moving a draft to another version of its form would do to it, as its writer reads it before deciding."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from engine.definition import Definition, Question
from engine.places import Place
from engine.versions import ChangedAnswer, Moved, as_text, compare, move
from webapp.assessments.version_line import WHY, Answered, unplaced
from webapp.assessments.writing import Writing
from webapp.quotations import question_of
from webapp.store.moves import Unplaced, unplaced_of
from webapp.words import form_words, numbered, put


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that is asked or needed otherwise; `needed` says that nothing is submitted without its answer."""

    label: str
    needed: bool


@dataclass(frozen=True, slots=True)
class WhatMoves:
    """How many answers stay, what becomes of the others, what is asked otherwise, and what changed in the form.

    `loose` are the writings that rest on an answer which can no longer be quoted under them.
    """

    moved: Moved
    kept: int
    changed: Sequence[Answered]
    no_place: Sequence[Answered]
    loose: Sequence[str]
    newly_asked: Sequence[Asked]
    newly_required: Sequence[str]
    no_longer_required: Sequence[str]
    changes: Sequence[str]


def what_moves(draft: Writing, new: Definition) -> WhatMoves:
    """What moving the draft as it stands to another version comes to."""
    old, language = draft.definition, draft.language
    moved = move(draft.answers.draft(), old, new, draft.journey.context, language)
    left: Sequence[Unplaced] = unplaced_of(moved, language)
    return WhatMoves(
        moved=moved,
        kept=len(moved.kept),
        changed=[_changed(draft, new, each) for each in moved.changed],
        no_place=[unplaced(draft, each) for each in left],
        loose=_labels(draft, new, _loose(new, moved)),
        newly_asked=[_asked(draft, new, place) for place in moved.newly_asked],
        newly_required=_labels(draft, new, moved.newly_required),
        no_longer_required=_labels(draft, old, moved.no_longer_required),
        changes=[change.words for change in compare(old, new) if change.what != "version"],
    )


def _changed(draft: Writing, new: Definition, each: ChangedAnswer) -> Answered:
    question = _question(new, each.place)
    text = as_text(question, each.after, draft.language) if question else ""
    return Answered(_label(draft, new, each.place), text, WHY[each.code])


def _loose(new: Definition, moved: Moved) -> Iterator[Place]:
    """Where evidence names an answer that has no place, or one child's where all have one answer from now on."""
    gone = {each.place.question for each in moved.no_place}
    once = {each.place.question for each in moved.changed if each.code == "unwrapped"}
    for question in new.questions:
        for place, value in _values(question, moved.answers.get(question.id)):
            named = [name for name in question.handler.apart(value)[1] or () if isinstance(name, str)]
            if any(question_of(name) in gone or (question_of(name) in once and "[" in name) for name in named):
                yield place


def _values(question: Question, value: object) -> Sequence[tuple[Place, object]]:
    if question.per_child and isinstance(value, Mapping):
        return [(Place(question.id, child), each) for child, each in value.items()]
    return [(Place(question.id), value)]


def _asked(draft: Writing, new: Definition, place: Place) -> Asked:
    question = _question(new, place)
    return Asked(_label(draft, new, place), question is not None and question.required)


def _labels(draft: Writing, definition: Definition, places: Iterable[Place]) -> Sequence[str]:
    return [_label(draft, definition, place) for place in places]


def _question(definition: Definition, place: Place) -> Question | None:
    return definition.find(f"{place.question}.{place.column}" if place.column else place.question)


def _label(draft: Writing, definition: Definition, place: Place) -> str:
    """What is asked at a place, in which row, and about whom."""
    question, child = _question(definition, place), draft.children.get(place.child or "")
    label = form_words(question.label, draft.language) if question else place.question
    if place.row is not None:
        row = numbered(definition.by_id[place.question], place.row + 1, draft.language)
        label = put("{}: {}", row, label)
    return put("{}: {}", child.given_name, label) if child else label
