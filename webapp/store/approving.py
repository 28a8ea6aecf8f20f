"""A second person's approval of a draft: asked for, given, or refused with words; any change of the draft ends it."""

from dataclasses import dataclass
from datetime import date, datetime

from webapp.access import ADMIN, Viewer
from webapp.store.access_log import log_act
from webapp.store.approvals import END, Asked, add_request, asked_of
from webapp.store.database import Connection
from webapp.store.definitions import Publication
from webapp.store.draft_changes import Based, hold
from webapp.store.drafts import Standing, open_draft, refuse_unless
from webapp.store.errors import DraftEnded, NotAsked, SamePerson
from webapp.store.publishing import publish_agreed


@dataclass(frozen=True, slots=True)
class Asking:
    """What is asked of a second person: why it shall be published, why over its budget, from which day (or None)."""

    reason: str
    budget_reason: str
    begins_on: date | None


def ask(connection: Connection, viewer: Viewer, form: str, based: Based, asking: Asking, at: datetime) -> None:
    """Send a draft, as it was looked at, to a second person. Raises NotYours, DraftEnded, StaleDraft."""
    hold(connection, viewer, based)
    standing = _standing(connection, viewer, form)
    add_request(connection, viewer, standing, (asking.reason, asking.budget_reason, asking.begins_on), at)
    log_act(connection, viewer, "draft", [standing.draft.id], "sent_for_approval", at)


def approve(
    connection: Connection, viewer: Viewer, form: str, request: str, publication: Publication, at: datetime
) -> int:
    """Publish what was asked for (by the request's key), as its asker's, with the viewer as the second person.

    Gives the definition's id. Raises NotYours, DraftEnded, NotAsked where the draft was changed or the request taken
    back, and SamePerson for whoever asked.
    """
    asked, standing = _to_answer(connection, viewer, form, request)
    made = publish_agreed(connection, viewer, Based(standing.draft.key, asked.revision), publication, at)
    _end(connection, viewer, asked, "approved", "", at, made)
    log_act(connection, viewer, "form", [made], "approved", at)
    return made


def give_back(connection: Connection, viewer: Viewer, form: str, request: str, words: str, at: datetime) -> None:
    """Return a draft with words instead of approving it. Raises as `approve`."""
    asked, standing = _to_answer(connection, viewer, form, request)
    _end(connection, viewer, asked, "returned", words, at)
    log_act(connection, viewer, "draft", [standing.draft.id], "returned", at)


def take_request_back(connection: Connection, viewer: Viewer, form: str, request: str, at: datetime) -> None:
    """Ask no longer. Raises NotYours, DraftEnded, StaleDraft, NotAsked."""
    asked, standing = _held(connection, viewer, form, request)
    _end(connection, viewer, asked, "taken_back", "", at)
    log_act(connection, viewer, "draft", [standing.draft.id], "approval_taken_back", at)


def _to_answer(connection: Connection, viewer: Viewer, form: str, request: str) -> tuple[Asked, Standing]:
    """What is asked, held until the transaction ends, for a viewer who may answer it."""
    asked, standing = _held(connection, viewer, form, request)
    if asked.asked_by == viewer.id:
        raise SamePerson
    return asked, standing


def _held(connection: Connection, viewer: Viewer, form: str, request: str) -> tuple[Asked, Standing]:
    """What is asked of a draft as it stands; nobody else changes or answers it until the transaction ends."""
    refuse_unless(ADMIN, viewer)
    standing = _standing(connection, viewer, form)
    hold(connection, viewer, Based(standing.draft.key, standing.newest.number))
    asked = asked_of(connection, viewer, standing)
    if asked is None or asked.key != request:
        raise NotAsked
    return asked, standing


def _standing(connection: Connection, viewer: Viewer, form: str) -> Standing:
    found = open_draft(connection, viewer, form)
    if found is None:
        raise DraftEnded
    return found


def _end(
    connection: Connection,
    viewer: Viewer,
    asked: Asked,
    outcome: str,
    words: str,
    at: datetime,
    definition: int | None = None,
) -> None:
    ended = {"ended_at": at, "ended_by": viewer.id, "outcome": outcome, "words": words, "definition_id": definition}
    if connection.execute(END, {"request": asked.id, **ended}).rowcount != 1:
        raise NotAsked
