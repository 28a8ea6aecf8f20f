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
from webapp.store.under_trial import WHO_MAY, UnderTrial, trial_of


@dataclass(frozen=True, slots=True)
class TrialNotice:
    """A trial as the people who write under it are told of it: its key, what it asks, whom they can ask.

    `untried` says instead that nothing is tried, and on which form it is written all the same; "" where it is tried.
    """

    key: str
    question: str
    whom_to_ask: str
    untried: str = ""


@dataclass(frozen=True, slots=True)
class AfterSubmission:
    """What is left for the trial once a form was submitted: the question to its writer, None where it is not asked.

    `asks_family` says that what the family said can be entered, `takes_out` that the viewer may take the form out.
    """

    key: str
    question: str
    asks: Control | None
    asks_family: bool
    takes_out: bool

    @property
    def leads_to(self) -> str:
        """What its page holds, as a link says it."""
        said = (
            ("What the family said", self.asks_family),
            ("opting out", True),
            ("taking this form out", self.takes_out),
        )
        first, *others = [words for words, there in said if there]
        *between, last = (first[0].upper() + first[1:], *others)
        return f"{', '.join(between)}{',' if len(between) > 1 else ''} and {last}" if between else last


UNTRIED: Mapping[Why, str] = {
    "family": "Nothing is tried here: the family has opted out of the trial of this form, so this is the usual one.",
    "safety": "Nothing is tried here: a form was taken out of the trial for safety, so this is the usual one.",
}
"""Why the usual form is served about children with whom nothing is tried any more."""
BEGUN_BEFORE = "Begun on {form} before the family opted out of its trial: nothing about it is measured any more."
"""What stands on a form that a family opted out of after it was begun."""


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
    """The notice on the pages of a form; None outside trials."""
    under = trial_of(connection, assessment, current.today())
    if under is None:
        return None
    whom = _ending(under.plan.whom_to_ask)
    return TrialNotice(under.trial_key, under.plan.question, whom, UNTRIED.get(under.why, "") or _begun_before(under))


def _begun_before(under: UnderTrial) -> str:
    """On which of the two forms it was begun, where its family opted out since; "" where it did not."""
    if not under.is_out("family"):
        return ""
    served = under.plan.arm(under.served)
    usual = served is None or served.control
    return BEGUN_BEFORE.format(form="the usual form" if usual else "the form under trial")


def after_submission(
    connection: Connection, viewer: Viewer, assessment: Assessment, submission: Submission
) -> AfterSubmission | None:
    """What the page of a submitted form says about its trial; None outside trials, and where nothing was tried."""
    under = trial_of(connection, assessment, current.today())
    if under is None or under.is_out("family") or under.why in UNTRIED:
        return None
    asks = under.asks_worker and not under.ended and submission.writer == viewer.id
    asked = asks and "worker_rating" not in ratings_of(connection, assessment)
    return AfterSubmission(
        under.trial_key,
        under.plan.question,
        worker_rating() if asked else None,
        asks_family=under.asks_family and not under.ended,
        takes_out=WHO_MAY["safety"].allows(viewer) and not under.over,
    )


def ends_as_begun(connection: Connection, assessment: Assessment) -> bool:
    """Whether a form ends on the version it was begun on, unless whoever looks after forms offers the move.

    So it is under trial, for as long as the trial runs and the form was not taken out.
    """
    under = trial_of(connection, assessment, current.today())
    return under is not None and not under.over and not under.taken_out


def _ending(words: str) -> str:
    """Words that a full stop follows."""
    return words.strip().rstrip(".")
