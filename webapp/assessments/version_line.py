"""What a draft's pages say about the version of its form: that another is in use, that it was moved, what was kept."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from webapp import current
from webapp.access import Viewer
from webapp.assessments.trial_notice import ends_as_begun
from webapp.assessments.writing import Writing
from webapp.dates import moment_in_words
from webapp.store.database import Connection
from webapp.store.definitions import Edition, forms_in_use
from webapp.store.move_offers import Offer, offers
from webapp.store.moves import Move, Unplaced, moves_of, to_be_undone
from webapp.words import marked, put, version_words

WHY: Mapping[str, str] = {
    "question_gone": "No longer asked",
    "column_gone": "No longer asked",
    "option_gone": "This option is gone",
    "options_gone": "Some of the options chosen are gone",
    "cells_gone": "Some of what stood in the lines has no place",
    "other_type": "Answered in another way from now on",
    "not_known_gone": "“Not known yet” is no longer an answer here",
    "evidence_gone": "What the writing rests on is no longer asked",
    "asked_for_each_child": "Asked for each child from now on, and this was not said about one of them",
    "asked_once": "Asked once for all children from now on, and this was said about one",
    "no_longer_valid": "Kept as it is, and a new limit says that it must change",
    "wrapped": "Asked for each child from now on: it becomes this child’s answer",
    "unwrapped": "Asked once for all children from now on",
}
"""Why an answer changes or has no place, under its question; by the engine's codes."""


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer under its question, whole, and what becomes of it."""

    label: str
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class Kept:
    """What a move left without a place, readable on the draft until submission; `id` is the list's on its page."""

    id: str
    heading: str
    answers: Sequence[Answered]


@dataclass(frozen=True, slots=True)
class VersionLine:
    """What the line says; every part is empty where there is nothing to say.

    `in_use` and `moved_to` are versions in words, `moved_at` a moment in words; `moved_to` is told while the move can
    be undone. `kept` is what moves that stand have left.
    """

    in_use: str
    offer: Offer | None
    moved_to: str
    moved_at: str
    kept: Sequence[Kept]


def version_line(connection: Connection, viewer: Viewer, draft: Writing, offered_or_not: bool = False) -> VersionLine:
    """The line for a page of a draft: another version in use is told where moving is offered, or always.

    A form under trial ends as it was begun, unless its move is offered.
    """
    edition, found = draft.assessment.edition, moves_of(connection, draft.assessment)
    offer = offers(connection, viewer, current.today()).get(edition.form)
    told = offered_or_not and not ends_as_begun(connection, draft.assessment)
    to = offer.to if offer else in_use(connection, viewer, edition.form) if told else None
    undone = to_be_undone(found, draft.assessment, draft.answers.newest)
    return VersionLine(
        in_use=version_words(to, edition) if to and to != edition else "",
        offer=offer if to != edition else None,
        moved_to=version_words(edition, undone.left) if undone else "",
        moved_at=moment_in_words(undone.at, current.now()) if undone else "",
        kept=kept_from(draft, found),
    )


def in_use(connection: Connection, viewer: Viewer, form: str) -> Edition | None:
    """The edition of a form that is begun now; None where none is."""
    return next((each for each in forms_in_use(connection, viewer, current.today()) if each.form == form), None)


def kept_from(draft: Writing, found: Sequence[Move]) -> Sequence[Kept]:
    """What the moves that stand have left without a place, newest first."""
    return list(_kept(draft, [each for each in found if each.undone_at is None and each.no_place]))


def _kept(draft: Writing, found: Sequence[Move]) -> Iterator[Kept]:
    for number, move in enumerate(found, start=1):
        heading = f"Kept from {version_words(move.left, draft.assessment.edition)}"
        yield Kept(f"kept-{number}", heading, [unplaced(draft, each) for each in move.no_place])


def unplaced(draft: Writing, each: Unplaced) -> Answered:
    """An answer without a place as it is read, whose it is with it."""
    child, label = draft.children.get(each.child), marked(each.label, each.language)
    return Answered(put("{}: {}", child.given_name, label) if child else label, each.text, WHY[each.code])
