"""What the store refuses about trials, each with a stable code."""

from datetime import datetime

from engine.errors import Refusal


class StaleTrial(Refusal):
    """{by} changed this plan while your page was open, so nothing was saved. Both texts are kept."""

    code = "stale_trial"

    def __init__(self, *, by: str, at: datetime, revision: int, own: bool) -> None:
        """Who saved which revision when; `own` if the same person did so on another page of theirs."""
        super().__init__(by=by, at=at, revision=revision, own=own)


class AnsweredMeanwhile(StaleTrial):
    """{by} answered while your page was open, so nothing was done. Look at the plan as it stands now."""

    code = "answered_meanwhile"


class AlreadyRegistered(Refusal):
    """This trial is registered, so its plan can no longer be changed. Add an amendment, which is shown beside it."""

    code = "already_registered"


class NotRegistered(Refusal):
    """This trial is not registered, so there is nothing to do here yet."""

    code = "not_registered"


class PlanHasProblems(Refusal):
    """This plan cannot be registered yet: {first} Look at the plan again."""

    code = "plan_has_problems"


class TrialDiscarded(Refusal):
    """This plan was discarded meanwhile, so nothing was saved. Copy what you wrote if you need it."""

    code = "trial_discarded"


class TrialIsOver(Refusal):
    """This trial has ended, so this can no longer be done."""

    code = "trial_is_over"


class TakesPartAlready(Refusal):
    """{team} takes part in a trial of this form already: this one, or another that has not ended."""

    code = "takes_part_already"


class WatcherInside(Refusal):
    """{name} watches this trial for harm and works in {team}. Name another watcher first, then let the team join."""

    code = "watcher_inside_team"

    def __init__(self, *, name: str, team: str) -> None:
        """Who watches, and the team that would join."""
        super().__init__(name=name, team=team)


class CannotWatch(Refusal):
    """Choose somebody outside the teams that take part who does not score in this trial."""

    code = "cannot_watch"


class CannotOpen(Refusal):
    """Choose people whose role is policy or administration, or nobody: whoever opens results early reads them."""

    code = "cannot_open"


class DraftOpen(Refusal):
    """A draft of this form is open. Publish or discard it first, then use the form of the trial."""

    code = "draft_open"


class NotUnderTrial(Refusal):
    """This form is not under trial, so there is nothing to take out or to rate."""

    code = "not_under_trial"


class ReasonNeeded(Refusal):
    """Say why: the reason is counted with the trial and kept."""

    code = "reason_needed"


class NoRating(Refusal):
    """A rating is a whole number from 1 to 5, asked only where the trial names it as something it measures."""

    code = "no_rating"


class Sealed(Refusal):
    """The results of this trial are sealed until it ends: nobody sees before then how either form does."""

    code = "sealed"


class ScoringIsOver(Refusal):
    """The result of this trial has been worked out, so scores can no longer be given or changed."""

    code = "scoring_is_over"


class NoScore(Refusal):
    """Choose one of the five steps: nothing was kept."""

    code = "no_score"


class LeadersAlone(Refusal):
    """{leader} leads this trial, so only there can this be done. Ask whom the plan names."""

    code = "leaders_alone"

    def __init__(self, *, leader: str) -> None:
        """The name of the authority that leads."""
        super().__init__(leader=leader)


class PlanChanged(Refusal):
    """The plan was changed while your page was open, so nothing was kept. Read what it says now."""

    code = "plan_changed"


class PartHasProblems(Refusal):
    """This authority cannot join yet: {first}"""

    code = "part_has_problems"


class InvitationOver(Refusal):
    """This invitation is over: the trial was registered or given up, or this authority was taken off."""

    code = "invitation_over"
