"""How the questions of a form are answered in what was submitted: in counts and medians, never about anybody."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from statistics import median
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import bindparam, func, select
from sqlalchemy.engine import Engine

from engine.places import parse_place
from engine.question_types import question_types
from engine.question_types.base import is_not_known
from webapp.access import FORMS, Viewer
from webapp.store.answers import answer_history
from webapp.store.assessments import assessments
from webapp.store.database import Connection
from webapp.store.definitions import definitions
from webapp.store.errors import NotYours
from webapp.store.sealed_forms import sealed
from webapp.store.submissions import submissions

Json = Any
Named = tuple[str, str]
"""A question by its id (a column by `rows.column`) and its type: what makes it the same in every version."""

FEWEST_FORMS, FEWEST_PEOPLE = 10, 5
"""Submitted forms, and people who submitted them, below which nothing is said: it could be about one of them."""

MOST = 500
"""Submitted forms that are counted, the newest."""


@dataclass(frozen=True, slots=True)
class Few:
    """Too few to say anything: how many forms were submitted, by how many people."""

    forms: int
    people: int


@dataclass(frozen=True, slots=True)
class Answering:
    """What became of a question, each time that it was asked: once for each child, a column once in each row."""

    times: int
    answered: int
    not_known: int

    @property
    def left(self) -> int:
        """How often it was left blank."""
        return self.times - self.answered - self.not_known


@dataclass(frozen=True, slots=True)
class Use:
    """A question in the submitted forms that hold it: in how many it was asked, from and until when.

    `answering` is None where few were asked it, or where nobody answers it; `seconds`, the median that a form took at
    it, where few were measured.
    """

    forms: int
    people: int
    asked_in: int
    since: datetime
    until: datetime
    answering: Answering | None
    seconds: float | None


@dataclass(slots=True)
class _Of:
    """Forms, and who submitted them."""

    forms: int = 0
    people: set[int] = field(default_factory=set)

    @property
    def few(self) -> bool:
        return self.forms < FEWEST_FORMS or len(self.people) < FEWEST_PEOPLE


@dataclass(slots=True)
class _Tally:
    """What is counted of one question: in the forms that hold it, that asked it, and whose time was measured."""

    holding: _Of = field(default_factory=_Of)
    asking: _Of = field(default_factory=_Of)
    measured: _Of = field(default_factory=_Of)
    times: int = 0
    answered: int = 0
    not_known: int = 0
    seconds: list[int] = field(default_factory=list)
    at: list[datetime] = field(default_factory=list)

    def use(self, is_answered: bool) -> Use | Few:
        if self.holding.few:
            return Few(self.holding.forms, len(self.holding.people))
        tells = is_answered and not self.asking.few
        return Use(
            self.holding.forms,
            len(self.holding.people),
            self.asking.forms,
            min(self.at),
            max(self.at),
            Answering(self.times, self.answered, self.not_known) if tells else None,
            None if self.measured.few else median(self.seconds),
        )


_NEWEST = (
    select(
        submissions.c.assessment_id,
        assessments.c.definition_id,
        submissions.c.submitted_by,
        submissions.c.submitted_at,
        submissions.c.record,
        submissions.c.shown,
    )
    .join(assessments, assessments.c.id == submissions.c.assessment_id)
    .join(definitions, definitions.c.id == assessments.c.definition_id)
    .where(
        submissions.c.authority_id == bindparam("authority"),
        definitions.c.form == bindparam("form"),
        ~sealed(assessments.c.id),
    )
    .order_by(submissions.c.id.desc())
    .limit(MOST)
)
_OF_THEM = _NEWEST.with_only_columns(submissions.c.assessment_id).subquery()
_SECONDS = (
    select(answer_history.c.assessment_id, answer_history.c.question, func.sum(answer_history.c.active_seconds))
    .where(answer_history.c.assessment_id.in_(select(_OF_THEM.c.assessment_id)), answer_history.c.active_seconds > 0)
    .group_by(answer_history.c.assessment_id, answer_history.c.question)
)
_CONTENTS = select(definitions.c.id, definitions.c.content).where(
    definitions.c.id.in_(bindparam("definitions", expanding=True))
)
# Two who submit at once may be numbered in one order and seen in the other: their number tells what the newest cannot.
_STAMP = select(func.count(), func.max(submissions.c.id)).select_from(submissions)

_kept: MutableMapping[Engine, dict[tuple[int, str], tuple[Json, Mapping[Named, Use | Few]]]] = WeakKeyDictionary()
"""In this process, by authority and form: what was counted, how far the submissions went then, and the day."""


def use_of_questions(connection: Connection, viewer: Viewer, form: str, day: date) -> Mapping[Named, Use | Few]:
    """How each question of a form is answered in the viewer's authority, whichever version asked it.

    What nobody submitted is not in it, nor what is sealed on the day. Counted anew once somebody submitted something,
    and each day. Raises NotYours.
    """
    if not FORMS.allows(viewer):
        raise NotYours(who=FORMS.words)
    kept = _kept.setdefault(connection.engine, {})
    stamp, which = (*connection.execute(_STAMP).one(), day), (viewer.authority, form)
    if which not in kept or kept[which][0] != stamp:
        kept[which] = (stamp, _counted(connection, {"authority": viewer.authority, "form": form, "day": day}))
    return kept[which][1]


def _counted(connection: Connection, asked: Mapping[str, Json]) -> Mapping[Named, Use | Few]:
    by_version: defaultdict[int, list[Any]] = defaultdict(list)
    for row in connection.execute(_NEWEST, asked):
        by_version[row.definition_id].append(row)
    if not by_version:
        return {}
    spent: defaultdict[int, dict[str, int]] = defaultdict(dict)
    for assessment, question, seconds in connection.execute(_SECONDS, asked):
        spent[assessment][question] = seconds
    tallies: defaultdict[Named, _Tally] = defaultdict(_Tally)
    for which, content in connection.execute(_CONTENTS, {"definitions": list(by_version)}):
        of_version = {name: tallies[name, kind] for name, kind in _types(content)}
        _hold(of_version.values(), by_version[which])
        for row in by_version[which]:
            _ask(of_version, row, spent[row.assessment_id])
    known = question_types()
    return {named: tally.use(known[named[1]].takes_answer) for named, tally in tallies.items()}


def _types(content: Json) -> Iterator[Named]:
    """Every question and column of a form with its type."""
    for section in content["sections"]:
        for question in section["questions"]:
            yield question["id"], question["type"]
            for column in question.get("columns", ()):
                yield f"{question['id']}.{column['id']}", column["type"]


def _hold(tallies: Iterable[_Tally], rows: Sequence[Any]) -> None:
    """Count the forms of a version at all that it holds."""
    people, at = {row.submitted_by for row in rows}, [row.submitted_at for row in rows]
    for tally in tallies:
        tally.holding.forms += len(rows)
        tally.holding.people |= people
        tally.at += (min(at), max(at))


def _ask(tallies: Mapping[str, _Tally], row: Any, spent: Mapping[str, int]) -> None:
    """Count one form at all that it asked; `spent` are the seconds at its questions."""
    asked: set[str] = set()
    for (question, child, column), times in Counter(map(_asked_at, row.shown)).items():
        name = f"{question}.{column}" if column else question
        values = _values_at(row.record, question, child, column, times)
        tally = tallies.get(name)
        if tally is None or not values:
            continue
        not_known = sum(map(is_not_known, values))
        tally.times += len(values)
        tally.not_known += not_known
        tally.answered += len(values) - values.count(None) - not_known
        if name not in asked:
            asked.add(name)
            _count(tally, row.submitted_by, spent.get(name, 0))


def _count(tally: _Tally, person: int, seconds: int) -> None:
    tally.asking.forms += 1
    tally.asking.people.add(person)
    if seconds:
        tally.measured.forms += 1
        tally.measured.people.add(person)
        tally.seconds.append(seconds)


@lru_cache(maxsize=4096)
def _asked_at(written: str) -> tuple[str, str | None, str | None]:
    """The question, child and column of a place in a submitted form, whichever row it stands in."""
    place = parse_place(written)
    return (place.question, place.child, place.column) if place else (written, None, None)


def _values_at(
    record: Mapping[str, Json], question: str, child: str | None, column: str | None, times: int
) -> list[Json]:
    """What stands where a question was asked, None for a blank; of a column, each time that it was asked."""
    answer = record.get(question)
    if child is not None and answer is not None:
        answer = answer.get(child)
    if column is None:
        return [answer]
    rows = answer if isinstance(answer, list) else []
    given = [row[column] for row in rows if row.get(column) is not None]
    # Rows in which nothing was written were shown too, and are not in the record.
    return given + [None] * (min(times, len(rows)) - len(given))
