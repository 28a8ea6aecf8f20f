"""What the store refuses, each with a stable code."""

from datetime import datetime
from typing import Any

from engine.errors import BadInput, NotFound, Refusal


class NoSuchRecord(NotFound):
    """There is no such page, or it is not one of yours to open."""

    code = "no_such_record"


class NotYours(Refusal):
    """Only {who} can do this."""

    code = "not_yours"


class AnotherWriter(Refusal):
    """This page was opened by somebody else, so nothing of it is saved under your name. Open your own from the list."""

    code = "another_writer"


class DatabaseBusy(Refusal):
    """Pith is busy and could not do this just now. What you wrote is still on your page."""

    code = "busy"


class DatabaseGone(DatabaseBusy):
    """Pith cannot reach its database just now. What you wrote is still on your page."""

    code = "database_gone"


class NoRoom(Refusal):
    """Pith could not write to its disk. What you wrote is still on your page: tell whoever looks after Pith."""

    code = "no_room"


class CannotKeep(BadInput):
    """This holds a character that cannot be kept. What you wrote is still on your page: take it out and try again."""

    code = "cannot_keep"


class CannotOpen(BadInput):
    """PITH_DATABASE_URL must be the address of a database: postgresql://user@host/name or sqlite:///path/to/file."""

    code = "cannot_open"


class NoDriver(BadInput):
    """PostgreSQL needs a package that is not installed: python3 -m pip install "pith[postgres]"."""

    code = "no_driver"


class StaleAnswer(Refusal):
    """{by} changed this answer while you were writing. Both texts are kept: choose one, or write one from both."""

    code = "stale_answer"

    def __init__(
        self, *, place: str, mine: Any, theirs: Any, revision: int, by: str, at: datetime, own: bool = False
    ) -> None:
        """Both JSON values, and who saved the other one as which revision, when; `own` if on another page of theirs."""
        super().__init__(place=place, mine=mine, theirs=theirs, revision=revision, by=by, at=at, own=own)


class KeyReused(Refusal):
    """This save was sent twice with different words. Nothing was changed by the second."""

    code = "key_reused"


class RowGone(Refusal):
    """This row was removed while you were writing in it. What you wrote is still on your page."""

    code = "row_gone"


class NoLongerAllocated(Refusal):
    """{name} is no longer allocated to you or your team, so nothing more can be saved here. Copy what you wrote."""

    code = "no_longer_allocated"


class NobodyLeft(Refusal):
    """Somebody has to work with {name}: give the record to another worker or team in the same step."""

    code = "nobody_left"


class AllocatedAlready(Refusal):
    """{who} works with {name} already."""

    code = "allocated_already"


class ReferenceTaken(Refusal):
    """Another child has the reference {reference} already."""

    code = "reference_taken"


class StaleParticulars(Refusal):
    """Somebody changed the particulars of {name} while this page was open, so nothing was saved."""

    code = "stale_particulars"


class AlreadySubmitted(Refusal):
    """This assessment has been submitted, so it can no longer be changed."""

    code = "already_submitted"


class SetAside(Refusal):
    """This draft has been set aside, so nothing more can be saved here. Copy what you wrote, or bring it back first."""

    code = "set_aside"


class MovedMeanwhile(Refusal):
    """This draft was moved to another version of its form, so nothing was saved. Copy what you wrote, then load it."""

    code = "moved_meanwhile"


class MoveIsFinal(Refusal):
    """Something was saved since this draft was moved, so the move can no longer be undone. Nothing was changed."""

    code = "move_is_final"


class Withdrawn(Refusal):
    """{title} can no longer be begun: {reason} Those begun before go on."""

    code = "withdrawn"


class NoSuchVersion(NotFound):
    """{form} version {version} was never published here, so there is nothing to withdraw."""

    code = "no_such_version"


class VersionTaken(Refusal):
    """{form} version {version} is already published with other content: give the new one the next number."""

    code = "version_taken"


class StaleDraft(Refusal):
    """{by} changed this draft while your page was open, so nothing was saved. Both texts are kept."""

    code = "stale_draft"

    def __init__(self, *, by: str, at: datetime, revision: int, own: bool) -> None:
        """Who saved which revision when; `own` if the same person did so on another page of theirs."""
        super().__init__(by=by, at=at, revision=revision, own=own)


class AnsweredMeanwhile(Refusal):
    """This remark was answered, or answered otherwise, while your page was open, so nothing was saved."""

    code = "answered_meanwhile"


class TooManyCases(Refusal):
    """A form keeps at most {limit} cases. Take one out that is no longer needed."""

    code = "too_many_cases"


class DraftEnded(Refusal):
    """This draft was published or discarded meanwhile, so nothing was saved. Copy what you wrote if you need it."""

    code = "draft_ended"


class DraftBegun(Refusal):
    """Another draft of this form has been begun meanwhile, so the one that was discarded stays discarded."""

    code = "draft_begun"


class OtherInUse(Refusal):
    """Another version of this form came into use while this page was open. Look again before you decide."""

    code = "other_in_use"


class DayIsOver(Refusal):
    """A version comes into use on a day that is still to come, or at once. Choose again."""

    code = "day_is_over"


class NeedsApproval(Refusal):
    """A second person approves each form before it is published here. Send the draft for approval."""

    code = "needs_approval"


class NobodyToAsk(Refusal):
    """Nobody else looks after forms here, so nobody could approve what you publish. Add a second person first."""

    code = "nobody_to_ask"


class NotAsked(Refusal):
    """This draft was changed, or is no longer sent for approval. Look at how it stands now."""

    code = "not_asked"


class SamePerson(Refusal):
    """Whoever sends a form for approval cannot approve it: somebody else does."""

    code = "same_person"


class NoAdminLeft(Refusal):
    """Nobody else looks after people and forms in {authority}. Let somebody else do so first."""

    code = "no_admin_left"
