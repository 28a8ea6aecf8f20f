"""Moving a draft to another version of its form: the answers rewritten through their history, and put back again."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, ForeignKey, Integer, Table, Text, bindparam, insert, select, update

from engine.definition import Definition
from engine.places import Place
from engine.versions import Moved
from webapp.access import Viewer
from webapp.store.access_log import log_act
from webapp.store.answers import Answer, Answers, answer_history, answers, newest_entry, parameters_of, same_place
from webapp.store.assessments import Assessment, pin
from webapp.store.changes import SetAnswer
from webapp.store.database import METADATA, Connection, UtcTime
from webapp.store.definitions import EDITION_COLUMNS, Edition, definitions
from webapp.store.errors import MovedMeanwhile, MoveIsFinal
from webapp.store.keys import new_key
from webapp.store.people import people
from webapp.store.saves import Act, Change, save

Json = Any

moves = Table(
    "moves",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("authority_id", ForeignKey("authorities.id"), nullable=False),
    Column("assessment_id", ForeignKey("assessments.id"), nullable=False, index=True),
    Column("key", Text, nullable=False, unique=True),
    Column("from_definition", ForeignKey("definitions.id"), nullable=False),
    Column("to_definition", ForeignKey("definitions.id"), nullable=False),
    Column("no_place", JSON, nullable=False),
    Column("entry", Integer, nullable=False),
    Column("moved_by", ForeignKey("people.id"), nullable=False),
    Column("moved_at", UtcTime, nullable=False),
    Column("undone_by", ForeignKey("people.id")),
    Column("undone_at", UtcTime),
)


@dataclass(frozen=True, slots=True)
class Unplaced:
    """An answer, or a part of one, that the version moved to has no place for, as it read in the one before.

    `place` is written as places are, `child` a child's key or ""; `code` says why, as the engine does. The label and
    the options among the text are in `language`.
    """

    place: str
    child: str
    label: str
    text: str
    code: str
    language: str
    value: Json


@dataclass(frozen=True, slots=True)
class Move:
    """A draft moved from one edition to another, this one by its id: by whom (a name), when, and what had no place.

    `entry` is the newest row of its history then; `undone_at` is None while the move stands.
    """

    key: str
    left: Edition
    to: int
    by: str
    at: datetime
    no_place: Sequence[Unplaced]
    entry: int
    undone_at: datetime | None


_OF = (
    select(
        moves.c.key,
        *EDITION_COLUMNS,
        moves.c.to_definition,
        people.c.name,
        moves.c.moved_at,
        moves.c.no_place,
        moves.c.entry,
        moves.c.undone_at,
    )
    .join(definitions, definitions.c.id == moves.c.from_definition)
    .join(people, people.c.id == moves.c.moved_by)
    .where(moves.c.assessment_id == bindparam("assessment"))
    .order_by(moves.c.id.desc())
)
_ADD = insert(moves)
_UNDONE = (
    update(moves)
    .where(moves.c.key == bindparam("of_move"), moves.c.undone_at.is_(None))
    .values(undone_by=bindparam("by"), undone_at=bindparam("at"))
)
_before = answer_history.alias("before")
_MADE = (
    select(
        answer_history.c.question,
        answer_history.c.child_id,
        answer_history.c.revision,
        _before.c.value,
        _before.c.saved_at,
        _before.c.saved_by,
    )
    .outerjoin(
        _before,
        (_before.c.assessment_id == answer_history.c.assessment_id)
        & (_before.c.question == answer_history.c.question)
        & _before.c.child_id.is_not_distinct_from(answer_history.c.child_id)
        & (_before.c.revision == answer_history.c.revision - 1),
    )
    .where(
        answer_history.c.assessment_id == bindparam("assessment"),
        answer_history.c.act == "moved",
        answer_history.c.page_key == bindparam("of_move"),
    )
    .order_by(answer_history.c.id)
)
"""Every answer that a move rewrote, with how it stood before."""
_SAID_BY = (
    update(answers)
    .where(*same_place(answers))
    .values(saved_by=bindparam("was_saved_by"), saved_at=bindparam("was_saved_at"))
)


def moves_of(connection: Connection, assessment: Assessment) -> tuple[Move, ...]:
    """Every move of an assessment that the caller was given, newest first, those undone among them."""
    rows = connection.execute(_OF, {"assessment": assessment.id})
    return tuple(_move(*row) for row in rows)


def _move(key: str, *row: Any) -> Move:
    left, (to, by, at, no_place, *rest) = row[: len(EDITION_COLUMNS)], row[len(EDITION_COLUMNS) :]
    return Move(key, Edition(*left), to, by, at, tuple(Unplaced(**each) for each in no_place), *rest)


def to_be_undone(found: Sequence[Move], assessment: Assessment, newest: int) -> Move | None:
    """The move that can be undone: the newest, while nothing was saved since. `found` as `moves_of` gives them."""
    stands = found and found[0].undone_at is None and found[0].to == assessment.edition.id
    return found[0] if stands and found[0].entry == newest else None


@dataclass(frozen=True, slots=True)
class Moving:
    """Where a draft is moved to, and what its answers become; `language` is that of the words in `moved`."""

    to: Edition
    definition: Definition
    moved: Moved
    language: str


def move_draft(
    connection: Connection, viewer: Viewer, assessment: Assessment, stands: Answers, moving: Moving, at: datetime
) -> str:
    """Move a draft that the viewer holds by `assessment_to_write`, and give the move's key.

    `stands` are its answers, read in the same transaction, that `moving.moved` was made from. Raises NotYours,
    MovedMeanwhile.
    """
    key = new_key()
    if not pin(connection, viewer, assessment, moving.to.id):
        raise MovedMeanwhile
    for place, value in _rewritten(stands, moving):
        earlier = stands.by_place.get(place)
        _put(connection, viewer, assessment, _Step(place, value, stands.revision(place), "moved", key, earlier), at)
    row = {
        "authority_id": viewer.authority,
        "assessment_id": assessment.id,
        "key": key,
        "from_definition": assessment.edition.id,
        "to_definition": moving.to.id,
        "no_place": [asdict(each) for each in unplaced_of(moving.moved, moving.language)],
        "entry": newest_entry(connection, assessment),
        "moved_by": viewer.id,
        "moved_at": at,
    }
    connection.execute(_ADD, row)
    log_act(connection, viewer, "assessment", [assessment.id], "moved", at)
    return key


def undo_move(connection: Connection, viewer: Viewer, assessment: Assessment, key: str, at: datetime) -> None:
    """Let a draft that the viewer holds stand as it did before its newest move; undone already, nothing happens.

    Raises MoveIsFinal once anything was saved, NotYours.
    """
    found = moves_of(connection, assessment)
    if found and found[0].key == key and found[0].undone_at is not None:
        return
    move = to_be_undone(found, assessment, newest_entry(connection, assessment))
    if move is None or move.key != key or not pin(connection, viewer, assessment, move.left.id):
        raise MoveIsFinal
    keys = {child.id: child.key for child in assessment.children}
    for row in connection.execute(_MADE, {"assessment": assessment.id, "of_move": key}).all():
        place = Place(row.question, keys.get(row.child_id))
        earlier = None if row.saved_at is None else Answer(row.value, row.revision - 1, row.saved_at, row.saved_by)
        value = None if earlier is None else earlier.value
        _put(connection, viewer, assessment, _Step(place, value, row.revision, "move_undone", key, earlier), at)
    connection.execute(_UNDONE, {"of_move": key, "by": viewer.id, "at": at})
    log_act(connection, viewer, "assessment", [assessment.id], "move_undone", at)


def _rewritten(stands: Answers, moving: Moving) -> Iterator[tuple[Place, Json]]:
    """Each place whose answer becomes another, with the answer it becomes: None where it has none any more."""
    before, after = stands.draft(), moving.moved.answers
    for name in dict.fromkeys((*before, *after)):
        if before.get(name) != after.get(name):
            becomes = _by_place(name, after.get(name), moving.definition)
            there = [place for place in stands.by_place if place.question == name]
            for place in dict.fromkeys((*there, *becomes)):
                answer, value = stands.by_place.get(place), becomes.get(place)
                if value != (None if answer is None else answer.value):
                    yield place, value


def _by_place(name: str, value: Json, definition: Definition) -> Mapping[Place, Json]:
    if name in definition.per_child and isinstance(value, Mapping) and "not_known" not in value:
        return {Place(name, child): each for child, each in value.items()}
    return {Place(name): value}


@dataclass(frozen=True, slots=True)
class _Step:
    """One answer rewritten: what it becomes, the revision it is based on, of which move, and as it stood earlier."""

    place: Place
    value: Json
    based_on: int
    act: Act
    move: str
    earlier: Answer | None


def _put(connection: Connection, viewer: Viewer, assessment: Assessment, step: _Step, at: datetime) -> None:
    """Rewrite one answer; whoever said it, and when, stays with it."""
    key = f"{step.act} {step.move} {step.place}"
    change = Change(step.place, SetAnswer(step.value), step.based_on, key, page=step.move, act=step.act)
    save(connection, viewer, assessment, change, at)
    if step.earlier is not None and step.value is not None:
        said = {"was_saved_by": step.earlier.saved_by, "was_saved_at": step.earlier.saved_at}
        connection.execute(_SAID_BY, {**parameters_of(assessment, step.place), **said})


def unplaced_of(moved: Moved, language: str) -> tuple[Unplaced, ...]:
    """What a move leaves without a place, as it is kept; `language` is that of its words."""
    return tuple(
        Unplaced(str(each.place), each.place.child or "", each.label, each.text, each.code, language, each.value)
        for each in moved.no_place
    )
