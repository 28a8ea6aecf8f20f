"""What a demonstration puts in all at once: children of its own, and forms under trial as people would have left them.

Nothing here asks who may: it is for filling an empty database, never for a page.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Table, bindparam, insert, select, update

from engine.places import Place
from webapp.access import Viewer
from webapp.store.allocations import allocations
from webapp.store.answers import answer_history, answers
from webapp.store.assessments import assessment_children, assessments
from webapp.store.children import CHILD_COLUMNS, Child, NewChild, children, families, name_sounds
from webapp.store.database import Connection
from webapp.store.people import people
from webapp.store.sounds import sounds_of
from webapp.store.submissions import Frozen, submissions
from webapp.store.trial_serving import Serving
from webapp.store.trial_tables import trial_forms, trial_measures, trial_scores
from webapp.store.trials import Trial

Json = Any
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Saved:
    """An answer as it was saved: where, what, how long its writer was at it (seconds), and when."""

    place: Place
    value: Json
    seconds: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Used:
    """A form that somebody wrote under a trial about one child; `frozen` is None for one that nobody handed in."""

    key: str
    by: Viewer
    child: Child
    serving: Serving
    begun_at: datetime
    saved: Sequence[Saved]
    frozen: Frozen | None
    submitted_at: datetime
    measures: Mapping[str, float]


_BY_KEY = (
    select(*CHILD_COLUMNS)
    .join(families, families.c.id == children.c.family_id)
    .where(children.c.key.in_(bindparam("keys", expanding=True)))
    .order_by(children.c.id)
)
_END_ALLOCATIONS = (
    update(allocations)
    .where(
        allocations.c.team_id == bindparam("team"),
        allocations.c.ended_at.is_(None),
        allocations.c.child_id.not_in(bindparam("still", expanding=True)),
    )
    .values(ended_at=bindparam("at"), end_conversation=bindparam("said"))
)
_END_PEOPLE = update(people).where(people.c.id.in_(bindparam("ids", expanding=True))).values(ended_at=bindparam("at"))


def put_in_children(
    connection: Connection, authority: int, new: Mapping[str, NewChild], teams: Sequence[int], at: datetime
) -> tuple[Child, ...]:
    """Children by key, each of a family of its own and with a team (an id each) from a moment on; gives them."""
    names = [{"authority_id": authority, "name": f"{child.family_name} family"} for child in new.values()]
    their = _ids(connection, families, names)
    rows = [
        {"authority_id": authority, "family_id": family, "key": key, "reference": child.reference}
        | {"given_name": child.given_name, "family_name": child.family_name, "born": child.born, "unborn": False}
        for family, (key, child) in zip(their, new.items(), strict=True)
    ]
    ids = _ids(connection, children, rows)
    sounds = [
        {"authority_id": authority, "child_id": child, "part": part, "sound": sound}
        for child, each in zip(ids, new.values(), strict=True)
        for part, sound in sounds_of(each.given_name, each.family_name)
    ]
    connection.execute(insert(name_sounds), sounds)
    given = [
        {"authority_id": authority, "child_id": child, "team_id": team, "begun_at": at}
        for child, team in zip(ids, teams, strict=True)
    ]
    connection.execute(insert(allocations), given)
    found: Iterable[Sequence[Any]] = connection.execute(_BY_KEY, {"keys": list(new)})
    return tuple(Child(*row) for row in found)


def put_in_forms(connection: Connection, used: Sequence[Used]) -> list[int]:
    """Forms under trial with answers, history, what was submitted and what was measured; gives their ids."""
    ids = _ids(connection, assessments, [_assessment(each) for each in used])
    both = list(zip(ids, used, strict=True))
    about = [{**_of(id_, each), "child_id": each.child.id} for id_, each in both]
    connection.execute(insert(assessment_children), about)
    connection.execute(insert(trial_forms), [_under_trial(id_, each) for id_, each in both])
    saved = [row for id_, each in both for row in _answers(id_, each)]
    connection.execute(insert(answers), saved)
    connection.execute(insert(answer_history), [row for id_, each in both for row in _history(id_, each)])
    _insert_any(connection, submissions, [_submission(id_, each) for id_, each in both if each.frozen is not None])
    _insert_any(connection, trial_measures, [row for id_, each in both for row in _measures(id_, each)])
    return ids


def put_in_scores(
    connection: Connection, trial: Trial, authority: int, scores: Iterable[tuple[int, int, int, datetime]]
) -> None:
    """Scores that were given: each the form (an id), the scorer (an id), the score from 1 to 5, and when."""
    rows = [
        {"assessment_id": form, "scorer_id": scorer, "score": score, "at": at}
        | {"authority_id": authority, "trial_id": trial.id}
        for form, scorer, score, at in scores
    ]
    _insert_any(connection, trial_scores, rows)


def end_allocations(
    connection: Connection, teams: Iterable[int], still: Sequence[int], said: str, at: datetime
) -> None:
    """Take every child from some teams (ids) but those (ids) with whom they still work, and keep what was said."""
    for team in teams:
        connection.execute(_END_ALLOCATIONS, {"team": team, "still": list(still), "said": said, "at": at})


def end_people(connection: Connection, ids: Sequence[int], at: datetime) -> None:
    """Let people (ids) work here no longer from a moment on."""
    connection.execute(_END_PEOPLE, {"ids": list(ids), "at": at})


def _ids(connection: Connection, table: Table, rows: Sequence[Row]) -> list[int]:
    """Insert rows and give their ids, in their order."""
    inserted = insert(table).returning(table.c.id, sort_by_parameter_order=True)
    return list(connection.execute(inserted, rows).scalars())


def _insert_any(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    if rows:
        connection.execute(insert(table), rows)


def _assessment(used: Used) -> Row:
    return {
        "authority_id": used.by.authority,
        "key": used.key,
        "definition_id": used.serving.edition.id,
        "status": "draft" if used.frozen is None else "submitted",
        "begun_by": used.by.id,
        "begun_at": used.begun_at,
    }


def _of(assessment: int, used: Used) -> Row:
    return {"assessment_id": assessment, "authority_id": used.by.authority}


def _under_trial(assessment: int, used: Used) -> Row:
    serving = used.serving
    arms = {"allocated_arm": serving.allocated, "served_arm": serving.served, "why": serving.why}
    what = {"trial_id": serving.trial, "team_id": used.by.team, "definition_id": serving.edition.id}
    return {**_of(assessment, used), **what, **arms, "begun_at": used.begun_at}


def _answers(assessment: int, used: Used) -> Iterator[Row]:
    for saved in used.saved:
        child = None if saved.place.child is None else used.child.id
        where = {"question": saved.place.question, "child_id": child, "value": saved.value, "revision": 1}
        yield {**_of(assessment, used), **where, "saved_by": used.by.id, "saved_at": saved.at}


def _history(assessment: int, used: Used) -> Iterator[Row]:
    for number, (row, saved) in enumerate(zip(_answers(assessment, used), used.saved, strict=True)):
        yield {**row, "save_key": f"0-{number}", "sent_hash": "", "active_seconds": saved.seconds}


def _submission(assessment: int, used: Used) -> Row:
    assert used.frozen is not None
    frozen = {"record": dict(used.frozen.record), "shown": list(used.frozen.shown)}
    around = {"context": dict(used.frozen.context), "code_lists": dict(used.frozen.code_lists), "note": ""}
    who = {"submitted_by": used.by.id, "submitted_at": used.submitted_at}
    return {**_of(assessment, used), **frozen, **around, **who}


def _measures(assessment: int, used: Used) -> Iterator[Row]:
    for outcome, value in used.measures.items():
        yield {
            **_of(assessment, used),
            "trial_id": used.serving.trial,
            "outcome": outcome,
            "value": value,
            "said_on": None,
            "at": used.submitted_at,
        }
