"""What each form under trial is measured by, written once as it is submitted, so that no result reads it form by form.

Measures are given back here for one form alone, to its own workers; none of these functions tells them by arm.
"""

from datetime import date, datetime, timedelta
from typing import Literal

from sqlalchemy import bindparam, func, insert, select, update

from engine.journey import Journey
from engine.trials.measuring import measures_of
from webapp.access import CASEWORK, PRACTITIONER, Viewer
from webapp.clock import london_day
from webapp.store.answers import answer_history
from webapp.store.assessments import Assessment
from webapp.store.database import Connection
from webapp.store.errors import NotYours
from webapp.store.submissions import submission_of
from webapp.store.trial_errors import NoRating, NotUnderTrial, TrialIsOver
from webapp.store.trial_tables import trial_measures
from webapp.store.under_trial import UnderTrial, held_trial_of, trial_of

RatedBy = Literal["worker_rating", "family_rating"]
RATINGS = range(1, 6)
"""How well the form helped, from 1 (not at all) to 5 (very well)."""
A_DAY = timedelta(days=1)

_SECONDS = select(func.coalesce(func.sum(answer_history.c.active_seconds), 0)).where(
    answer_history.c.assessment_id == bindparam("assessment")
)
_ADD = insert(trial_measures)
_RATED = update(trial_measures).where(
    trial_measures.c.assessment_id == bindparam("of_assessment"), trial_measures.c.outcome == bindparam("of_outcome")
)
_RATE_AGAIN = _RATED.values(value=bindparam("new_value"), said_on=bindparam("new_day"), at=bindparam("new_at"))
_RATINGS = select(trial_measures.c.outcome, trial_measures.c.value, trial_measures.c.said_on).where(
    trial_measures.c.assessment_id == bindparam("assessment"),
    trial_measures.c.outcome.in_(("worker_rating", "family_rating")),
)


def measure(connection: Connection, viewer: Viewer, assessment: Assessment, journey: Journey, at: datetime) -> None:
    """Write what a form is measured by, in the transaction that submits it; of a form outside trials, nothing.

    `journey` is the evaluated draft as it is frozen. What its trial's plan names is measured and nothing else, as
    `measures_of` says. Nothing is measured where a family opted out, nor once the trial has ended; one that was
    stopped goes on measuring until its registered end, for until then its result counts.
    """
    under = trial_of(connection, assessment, london_day(at))
    if under is None or under.is_out("family") or under.ended:
        return
    seconds = connection.execute(_SECONDS, {"assessment": assessment.id}).scalar_one()
    found = measures_of(under.plan, journey, int(seconds), (at - assessment.begun_at) / A_DAY)
    rows = [_row(viewer, assessment, under, name, value, at) for name, value in found.items()]
    if rows:
        connection.execute(_ADD, rows)


def _row(
    viewer: Viewer, assessment: Assessment, under: UnderTrial, outcome: str, value: float, at: datetime
) -> dict[str, object]:
    of = {"assessment_id": assessment.id, "authority_id": viewer.authority, "trial_id": under.trial}
    return {**of, "outcome": outcome, "value": value, "said_on": None, "at": at}


def rate(
    connection: Connection,
    viewer: Viewer,
    assessment: Assessment,
    whose: RatedBy,
    value: int,
    at: datetime,
    said_on: date | None = None,
) -> None:
    """Keep a rating from 1 to 5: the worker's own by who submitted, the family's (said on a day) by who may open it.

    Given again before the trial has ended, the new one stands. Raises NotYours, NotUnderTrial, NoRating, TrialIsOver,
    and NoSuchRecord while it is a draft.
    """
    under = held_trial_of(connection, assessment, london_day(at))
    if under is None:
        raise NotUnderTrial
    _must_rate(connection, viewer, assessment, whose)
    asked = under.asks_worker if whose == "worker_rating" else under.asks_family
    if not asked or value not in RATINGS:
        raise NoRating
    if under.ended:
        raise TrialIsOver
    again = {"of_assessment": assessment.id, "of_outcome": whose, "new_value": value, "new_day": said_on, "new_at": at}
    if connection.execute(_RATE_AGAIN, again).rowcount == 0:
        connection.execute(_ADD, {**_row(viewer, assessment, under, whose, float(value), at), "said_on": said_on})


def _must_rate(connection: Connection, viewer: Viewer, assessment: Assessment, whose: RatedBy) -> None:
    if whose == "family_rating" and not CASEWORK.allows(viewer):
        raise NotYours(who=CASEWORK.words)
    if submission_of(connection, assessment).writer != viewer.id and whose == "worker_rating":
        raise NotYours(who=PRACTITIONER.words)


def ratings_of(connection: Connection, assessment: Assessment) -> dict[RatedBy, tuple[int, date | None]]:
    """What was given for one form that the caller was given: the value, and the day a family said it."""
    rows = connection.execute(_RATINGS, {"assessment": assessment.id})
    return {outcome: (int(value), said_on) for outcome, value, said_on in rows}
