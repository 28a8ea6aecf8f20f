"""What the pages of a form say where it is under trial: that it is, why, and whom to ask; never how the trial goes."""

from collections.abc import Mapping
from dataclasses import dataclass

from webapp import current
from webapp.access import Viewer
from webapp.drawing.trial_ratings import worker_rating
from webapp.drawing.values import Control, Item
from webapp.store.assessments import Assessment
from webapp.store.database import Connection
from webapp.store.submissions import Submission
from webapp.store.trial_measures import ratings_of
from webapp.store.trial_serving import Serving, Why
from webapp.store.under_trial import trial_of


@dataclass(frozen=True, slots=True)
class TrialNotice:
    """A trial as the people who write under it are told of it: its key, what it asks, whom they can ask.

    `untried` says instead why the usual form is written, "" where the team's own is.
    """

    key: str
    question: str
    whom_to_ask: str
    untried: str = ""


@dataclass(frozen=True, slots=True)
class AfterSubmission:
    """What is left for the trial once a form was submitted: the question to its writer, None where it is not asked.

    `asks_family` says that what the family said can be entered.
    """

    key: str
    question: str
    asks: Control | None
    asks_family: bool


UNTRIED: Mapping[Why, str] = {
    "family": "Nothing is tried here: the family has opted out of the trial of this form, so this is the usual one.",
    "safety": "Nothing is tried here: a form was taken out of the trial for safety, so this is the usual one.",
}
"""Why the usual form is served about children with whom nothing is tried any more."""


def trial_notice(serving: Serving | None) -> TrialNotice | None:
    """The notice on the page where a form is begun; None outside trials."""
    if serving is None:
        return None
    whom = _ending(serving.whom_to_ask)
    return TrialNotice(serving.trial_key, serving.question, whom, UNTRIED.get(serving.why, ""))


def refusing(serving: Serving | None, ticked: bool) -> Control | None:
    """The tick by which a family is out from the start; None where nothing is tried with them."""
    if serving is None or serving.why in UNTRIED:
        return None
    item = Item("refused-0", "yes", "The family does not want to take part: use the usual form", _REFUSED, ticked)
    return Control("refused", "refused", "", items=[item])


_REFUSED = "Then nothing of any form about a child of this family is measured in this trial. This cannot be taken back"


def notice_on(connection: Connection, assessment: Assessment) -> TrialNotice | None:
    """The notice on the pages of a form; None outside trials, and where its family opted out of it since."""
    under = trial_of(connection, assessment, current.today())
    if under is None or (under.is_out("family") and under.why != "family"):
        return None
    whom, untried = _ending(under.plan.whom_to_ask), UNTRIED.get(under.why, "")
    return TrialNotice(under.trial_key, under.plan.question, whom, untried)


def after_submission(
    connection: Connection, viewer: Viewer, assessment: Assessment, submission: Submission
) -> AfterSubmission | None:
    """What the page of a submitted form says about its trial; None outside trials, and where nothing was tried."""
    under = trial_of(connection, assessment, current.today())
    if under is None or under.is_out("family") or under.why in UNTRIED:
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
