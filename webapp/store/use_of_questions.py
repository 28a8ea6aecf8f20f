"""How the questions of a form are answered in what was submitted: in counts and medians, never about anybody."""

from collections.abc import Iterator, Mapping, MutableMapping
from dataclasses import dataclass, field
from datetime import datetime
from statistics import median
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import bindparam, func, select
from sqlalchemy.engine import Engine

from engine.places import Place, parse_place
from engine.question_types import question_types
from engine.question_types.base import is_not_known
from webapp.access import FORMS, Viewer
from webapp.store.answers import answer_history
from webapp.store.assessments import assessments
from webapp.store.database import Connection
from webapp.store.definitions import definitions
from webapp.store.errors import NotYours
from webapp.store.submissions import submissions

Json = Any
Named = tuple[str, str]
"""A question by its id (a column by `rows.column`) and its type: what makes it the same in every version."""

FEWEST_FORMS, FEWEST_PEOPLE = 10, 5
"""Submitted forms, and people who submitted them, below which nothing is said: it could be about one of them."""

MOST = 1000
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

    def add(self, person: int) -> None:
        self.forms += 1
        self.people.add(person)

    @property
    def few(self) -> bool:
        return self.forms < FEWEST_FORMS or len(self.people) < FEWEST_PEOPLE


@dataclass(slots=True)
class _Tally:
    """What is counted of one question; `at` are the moments of submitting, the newest first."""

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
            self.at[-1],
            self.at[0],
            Answering(self.times, self.answered, self.not_known) if tells else None,
            None if self.measured.few else median(self.seconds),
        )


# Arms of a trial are versions of one form: counted together here, none can be read before the trial ends.
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
    .where(submissions.c.authority_id == bindparam("authority"), definitions.c.form == bindparam("form"))
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
"""In this process, by authority and form: what was counted, and how far the submissions went then."""


def use_of_questions(connection: Connection, viewer: Viewer, form: str) -> Mapping[Named, Use | Few]:
    """How each question of a form is answered in the viewer's authority, whichever version asked it.

    What nobody submitted is not in it. Counted anew once somebody submitted something. Raises NotYours.
    """
    if not FORMS.allows(viewer):
        raise NotYours(who=FORMS.words)
    kept = _kept.setdefault(connection.engine, {})
    stamp, which = tuple(connection.execute(_STAMP).one()), (viewer.authority, form)
    if which not in kept or kept[which][0] != stamp:
        kept[which] = (stamp, _counted(connection, {"authority": viewer.authority, "form": form}))
    return kept[which][1]


def _counted(connection: Connection, asked: Mapping[str, Json]) -> Mapping[Named, Use | Few]:
    rows = connection.execute(_NEWEST, asked).all()
    if not rows:
        return {}
    seconds = {(assessment, question): spent for assessment, question, spent in connection.execute(_SECONDS, asked)}
    contents = connection.execute(_CONTENTS, {"definitions": list({row.definition_id for row in rows})})
    types = {which: dict(_types(content)) for which, content in contents}
    tallies: dict[Named, _Tally] = {}
    for row in rows:
        found = _found_in(row.record, row.shown)
        for named in types[row.definition_id].items():
            tally = tallies.setdefault(named, _Tally())
            spent = seconds.get((row.assessment_id, named[0]), 0)
            _add(tally, row.submitted_by, row.submitted_at, found.get(named[0]), spent)
    known = question_types()
    return {named: tally.use(known[named[1]].takes_answer) for named, tally in tallies.items()}


def _types(content: Json) -> Iterator[Named]:
    """Every question and column of a form with its type."""
    for section in content["sections"]:
        for question in section["questions"]:
            yield question["id"], question["type"]
            for column in question.get("columns", ()):
                yield f"{question['id']}.{column['id']}", column["type"]


def _add(tally: _Tally, person: int, at: datetime, found: Answering | None, seconds: int) -> None:
    tally.holding.add(person)
    tally.at.append(at)
    if found is None:
        return
    tally.asking.add(person)
    tally.times += found.times
    tally.answered += found.answered
    tally.not_known += found.not_known
    if seconds:
        tally.measured.add(person)
        tally.seconds.append(seconds)


def _found_in(record: Mapping[str, Json], shown: list[str]) -> Mapping[str, Answering]:
    """What became of each question and column in one submitted form, by name; those not asked are left out."""
    cells: dict[Place, int] = {}
    found: dict[str, list[Json]] = {}
    for place in filter(None, map(parse_place, shown)):
        if place.cell:
            column = place._replace(row=None)
            cells[column] = cells.get(column, 0) + 1
        else:
            found.setdefault(place.question, []).append(_answer_at(record, place))
    for column, times in cells.items():
        values = list(_values_in(record, column, times))
        if values:
            found.setdefault(f"{column.question}.{column.column}", []).extend(values)
    return {name: _answering(values) for name, values in found.items()}


def _answer_at(record: Mapping[str, Json], place: Place) -> Json:
    answer = record.get(place.question)
    return answer if place.child is None or answer is None else answer.get(place.child)


def _values_in(record: Mapping[str, Json], column: Place, times: int) -> Iterator[Json]:
    """What stands in a column that was asked so many times; rows in which nothing was written are not in the record."""
    answer = _answer_at(record, column)
    rows = answer if isinstance(answer, list) else []
    given = [row[column.column] for row in rows if row.get(column.column) is not None]
    yield from given
    yield from [None] * (min(times, len(rows)) - len(given))


def _answering(values: list[Json]) -> Answering:
    not_known = sum(map(is_not_known, values))
    return Answering(len(values), sum(value is not None for value in values) - not_known, not_known)
