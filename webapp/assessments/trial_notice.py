"""What the pages of a form say where it is under trial: that it is, why, and whom to ask; never how the trial goes."""

from dataclasses import dataclass

from webapp import current
from webapp.access import Viewer
from webapp.drawing.trial_ratings import worker_rating
from webapp.drawing.values import Control
from webapp.store.assessments import Assessment
from webapp.store.database import Connection
from webapp.store.submissions import Submission
from webapp.store.trial_measures import ratings_of
from webapp.store.trial_serving import Serving
from webapp.store.under_trial import trial_of


@dataclass(frozen=True, slots=True)
class TrialNotice:
    """A trial as the people who write under it are told of it: its key, what it asks, whom they can ask."""

    key: str
    question: str
    whom_to_ask: str


@dataclass(frozen=True, slots=True)
class AfterSubmission:
    """What is left for the trial once a form was submitted: the question to its writer, None where it is not asked.

    `asks_family` says that what the family said can be entered.
    """

    key: str
    question: str
    asks: Control | None
    asks_family: bool


def trial_notice(serving: Serving | None) -> TrialNotice | None:
    """The notice on the page where a form is begun; None outside trials, and where the family opted out."""
    if serving is None or serving.why == "family":
        return None
    return TrialNotice(serving.trial_key, serving.question, _ending(serving.whom_to_ask))


def notice_on(connection: Connection, assessment: Assessment) -> TrialNotice | None:
    """The notice on the pages of a form; None outside trials, and where its family opted out."""
    under = trial_of(connection, assessment, current.today())
    if under is None or under.is_out("family"):
        return None
    return TrialNotice(under.trial_key, under.plan.question, _ending(under.plan.whom_to_ask))


def after_submission(
    connection: Connection, viewer: Viewer, assessment: Assessment, submission: Submission
) -> AfterSubmission | None:
    """What the page of a submitted form says about its trial; None outside trials, and where its family opted out."""
    under = trial_of(connection, assessment, current.today())
    if under is None or under.is_out("family"):
        return None
    asks = under.asks_worker and not under.ended and submission.writer == viewer.id
    asked = asks and "worker_rating" not in ratings_of(connection, assessment)
    family = under.asks_family and not under.ended
    return AfterSubmission(under.trial_key, under.plan.question, worker_rating() if asked else None, family)


def ends_as_begun(connection: Connection, assessment: Assessment) -> bool:
    """Whether a form ends on the version it was begun on, unless whoever looks after forms offers the move.

    So it is under trial, for as long as the trial runs and the form was not taken out.
    """
    under = trial_of(connection, assessment, current.today())
    return under is not None and not under.over and not under.taken_out


def _ending(words: str) -> str:
    """Words that a full stop follows."""
    return words.strip().rstrip(".")
