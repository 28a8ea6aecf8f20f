"""A draft becomes a version of the authority's own, at once or on a day, and one is taken out of use again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import bindparam, func, not_, select

from webapp.access import ADMIN, FORMS, Viewer
from webapp.clock import london_day
from webapp.store.access_log import log_act
from webapp.store.approvals import needs_two
from webapp.store.assessments import assessments
from webapp.store.database import Connection
from webapp.store.definitions import FOR_ALL, Publication, definitions, publish
from webapp.store.draft_changes import Based, end_as_published
from webapp.store.errors import DayIsOver, NeedsApproval, NoSuchRecord, NotYours, OtherInUse
from webapp.store.sealed_forms import pooled_under
from webapp.store.withdrawals import Published, Withdrawal, published, withdraw

REPLACED = "A later version was published before its day came"
"""Why a version that waited never comes into use where another takes its place."""

_NEXT = select(func.coalesce(func.max(definitions.c.version), 0) + 1).where(
    definitions.c.authority_id == bindparam("authority"), definitions.c.form == bindparam("form")
)
_OF_TRIALS = (
    select(definitions.c.version)
    .where(definitions.c.authority_id == bindparam("authority"), definitions.c.form == bindparam("form"), not_(FOR_ALL))
    .order_by(definitions.c.version)
)
_BEING_WRITTEN = (
    select(func.coalesce(pooled_under(assessments.c.definition_id), assessments.c.definition_id).label("version"))
    .select_from(assessments)
    .join(definitions, definitions.c.id == assessments.c.definition_id)
    .where(
        assessments.c.authority_id == bindparam("authority"),
        assessments.c.status == "draft",
        definitions.c.form == bindparam("form"),
    )
    .subquery()
)
_UNDER_WAY = select(_BEING_WRITTEN.c.version, func.count()).group_by(_BEING_WRITTEN.c.version)


@dataclass(frozen=True, slots=True)
class GoingBack:
    """Taking the version in use out of use: both versions by `Published.key`, and why.

    `to` is what is begun from then on, "" where the form shall no longer be begun at all.
    """

    form: str
    in_use: str
    to: str
    reason: str


def versions_of(connection: Connection, viewer: Viewer, form: str, day: date) -> tuple[Published, ...]:
    """Every version of a form that the authority has or had, as it is on a day, its own first, newest first.

    Raises NoSuchRecord.
    """
    found = [each for each in published(connection, viewer, day) if each.edition.form == form]
    if not found:
        raise NoSuchRecord
    return tuple(sorted(found, key=lambda each: (each.own, each.edition.version), reverse=True))


def next_version(connection: Connection, viewer: Viewer, form: str) -> int:
    """The number that the authority's next version of a form has: versions are numbered for each owner."""
    asked = {"authority": viewer.authority, "form": form}
    return int(connection.execute(_NEXT, asked).scalar_one())


def numbers_of_trials(connection: Connection, viewer: Viewer, form: str) -> tuple[int, ...]:
    """The numbers of the authority's versions of a form that are there for a trial alone, smallest first."""
    return tuple(connection.execute(_OF_TRIALS, {"authority": viewer.authority, "form": form}).scalars())


def under_way(connection: Connection, viewer: Viewer, form: str, day: date) -> Mapping[int, int]:
    """How many assessments of the authority are being written on each version (a definition's id) of a form.

    Those on an arm of a trial that has not ended on the day are counted with its control, so that they do not tell how
    many each arm has. Raises NotYours.
    """
    if not FORMS.allows(viewer):
        raise NotYours(who=FORMS.words)
    rows = connection.execute(_UNDER_WAY, {"authority": viewer.authority, "form": form, "day": day})
    return {definition: count for definition, count in rows}  # noqa: C416


def publish_draft(connection: Connection, viewer: Viewer, based: Based, publication: Publication, at: datetime) -> int:
    """Publish what a draft holds, already checked, as the viewer's authority's own, and end the draft.

    Gives the definition's id. A version that still waits for its day no longer comes into use: the new one takes its
    place. Raises NotYours, DraftEnded, StaleDraft, VersionTaken, DayIsOver, and NeedsApproval where the authority asks
    a second person: nothing is published then.
    """
    if needs_two(connection, viewer.authority):
        raise NeedsApproval
    return publish_agreed(connection, viewer, based, publication, at)


def publish_agreed(connection: Connection, viewer: Viewer, based: Based, publication: Publication, at: datetime) -> int:
    """As `publish_draft`, once a second person agreed where one is asked."""
    if not ADMIN.allows(viewer) or publication.owner != viewer.authority:
        raise NotYours(who=ADMIN.words)
    if publication.begins_on is not None and publication.begins_on <= london_day(at):
        raise DayIsOver
    take_back_waiting(connection, viewer, publication.definition.form, REPLACED, at)
    made = publish(connection, publication, at)
    end_as_published(connection, viewer, based, made, at)
    log_act(connection, viewer, "form", [made], "published" if publication.begins_on is None else "scheduled", at)
    return made


def waiting(connection: Connection, viewer: Viewer, form: str, day: date) -> Published | None:
    """The authority's version of a form that waits for its day; None where none does."""
    return next((each for each in published(connection, viewer, day) if each.waits and each.edition.form == form), None)


def take_back_waiting(connection: Connection, viewer: Viewer, form: str, reason: str, at: datetime) -> Published | None:
    """Let the version of a form that waits never come into use, and give it; None where none waits. Raises NotYours."""
    if not ADMIN.allows(viewer):
        raise NotYours(who=ADMIN.words)
    found = waiting(connection, viewer, form, london_day(at))
    if found is not None:
        withdraw(connection, Withdrawal(form, found.edition.version, reason, viewer.authority, viewer.id), at)
        log_act(connection, viewer, "form", [found.edition.id], "taken_back", at)
    return found


def ways_back(versions: Sequence[Published]) -> tuple[Published, ...]:
    """What can be begun instead of the authority's own version in use, nearest first; nothing where none is in use.

    `versions` are those of one form as `versions_of` gives them. What ships is a way back in its newest version.
    """
    if not any(each.in_use and each.own for each in versions):
        return ()
    earlier = [each for each in versions if each.withdrawn_at is None and not each.in_use and not each.waits]
    shipped = [each for each in earlier if not each.own][:1]
    return (*(each for each in earlier if each.own), *shipped)


def go_back(connection: Connection, viewer: Viewer, back: GoingBack, at: datetime) -> None:
    """Take the authority's version in use, and those between, out of use, so that an earlier one is begun again.

    What was begun on them goes on. One that waits for its day came after, so it is taken back with them.
    Raises NotYours, NoSuchRecord, and OtherInUse where another version came into use meanwhile or that in use is not
    the authority's own, or the one to go back to is no longer there.
    """
    if not ADMIN.allows(viewer):
        raise NotYours(who=ADMIN.words)
    versions = versions_of(connection, viewer, back.form, london_day(at))
    ways = ways_back(versions)
    to = next((each for each in ways if each.key == back.to), None)
    in_use = next((each for each in versions if each.in_use), None)
    if in_use is None or not in_use.own or in_use.key != back.in_use or (to is None and (back.to or ways)):
        raise OtherInUse
    stays = to.edition.version if to is not None and to.own else 0
    gone = [each for each in versions if each.own and each.withdrawn_at is None and each.edition.version > stays]
    for each in gone:
        which = Withdrawal(back.form, each.edition.version, back.reason, viewer.authority, viewer.id)
        withdraw(connection, which, at)
    log_act(connection, viewer, "form", [each.edition.id for each in gone], "withdrawn", at)
