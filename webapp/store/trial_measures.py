"""What each form under trial is measured by, written once as it is submitted, so that no result reads it form by form.

Measures are given here form by form and by their writer alone; none of these functions tells them by arm.
"""

from datetime import date, datetime
from typing import Literal

from engine.journey import Journey
from webapp.access import Viewer
from webapp.store.assessments import Assessment
from webapp.store.database import Connection

RatedBy = Literal["worker_rating", "family_rating"]
RATINGS = range(1, 6)
"""How well the form helped, from 1 (not at all) to 5 (very well)."""


def measure(connection: Connection, viewer: Viewer, assessment: Assessment, journey: Journey, at: datetime) -> None:
    """Write what a form is measured by, in the transaction that submits it; of a form outside trials, nothing.

    `journey` is the evaluated draft as it is frozen. What its trial's plan names is measured and nothing else:
    "minutes" (active), "words" (of analysis), "not_known" (share of what is answered, 0 to 1), "days" (begun to
    submitted), "answer:QUESTION" (yes 1, no 0), "harm" (1 or 0). Nothing is measured where a family opted out.
    """
    raise NotImplementedError


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

    Given again before the trial is over, the new one stands. Raises NotYours, NotUnderTrial, NoRating, TrialIsOver.
    """
    raise NotImplementedError


def ratings_of(connection: Connection, assessment: Assessment) -> dict[RatedBy, tuple[int, date | None]]:
    """What was given for one form that the caller was given: the value, and the day a family said it."""
    raise NotImplementedError
