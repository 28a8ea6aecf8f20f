"""Published definitions: the shipped library's and each authority's own, never changed once published."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ColumnElement,
    Date,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    and_,
    bindparam,
    exists,
    false,
    func,
    insert,
    literal_column,
    not_,
    or_,
    select,
)
from sqlalchemy.exc import IntegrityError

from engine import text
from engine.definition import Definition, definition_to_json
from webapp.access import Viewer
from webapp.clock import london_day
from webapp.store.database import METADATA, Connection, UtcTime, new_id
from webapp.store.errors import NoSuchRecord, VersionTaken, Withdrawn

Json = Any

LIBRARY: ColumnElement[int] = literal_column("0", Integer)
"""In the place of an authority's id for the shipped library, so that the index tells owners apart."""

definitions = Table(
    "definitions",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("authority_id", ForeignKey("authorities.id"), index=True),
    Column("form", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("title", JSON, nullable=False),
    Column("content", JSON, nullable=False),
    Column("code_lists", JSON, nullable=False),
    Column("content_hash", Text, nullable=False),
    Column("published_at", UtcTime, nullable=False),
    Column("published_by", ForeignKey("people.id")),
    Column("reason", Text, nullable=False, server_default=literal_column("''")),
    Column("budget_reason", Text, nullable=False, server_default=literal_column("''")),
    Column("begins_on", Date),
    Column("base_id", Integer),
    Column("for_trial", Boolean, nullable=False, server_default=false()),
)
Index(
    "uq_definitions_owner_form_version",
    func.coalesce(definitions.c.authority_id, LIBRARY),
    definitions.c.form,
    definitions.c.version,
    unique=True,
)


withdrawals = Table(
    "withdrawals",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("authority_id", ForeignKey("authorities.id")),
    Column("definition_id", ForeignKey("definitions.id"), nullable=False),
    Column("reason", Text, nullable=False),
    Column("withdrawn_by", ForeignKey("people.id")),
    Column("withdrawn_at", UtcTime, nullable=False),
)
Index(
    "uq_withdrawals_definition",
    withdrawals.c.definition_id,
    func.coalesce(withdrawals.c.authority_id, LIBRARY),
    unique=True,
)


@dataclass(frozen=True, slots=True)
class Edition:
    """A published definition by its id, without its content; `own` says that it is an authority's and does not ship."""

    id: int
    form: str
    version: int
    title: text.Text
    content_hash: str
    own: bool = False

    @property
    def key(self) -> str:
        """Its name in a form that is posted: whose it is, and its version."""
        return f"{'own' if self.own else 'shipped'}-{self.version}"


@dataclass(frozen=True, slots=True)
class Publication:
    """A definition to be published with the code lists it names, as their files hold them.

    `owner` is an authority's id, None for the shipped library; `by` the person who publishes, None for a command.
    `reason` says why it is published, `budget_reason` why it may go over its budget; "" where nobody was asked.
    `begins_on` is the day (in London) from which it is begun, None for at once; `base`
    the definition that ships (its id) that one of an authority's own was made from, None for the newest there is.
    `for_trial` says that it is served as an arm of a trial alone, and never in use otherwise.
    """

    definition: Definition
    code_lists: Mapping[str, Json]
    owner: int | None = None
    by: int | None = None
    reason: str = ""
    budget_reason: str = ""
    begins_on: date | None = None
    base: int | None = None
    for_trial: bool = False


@dataclass(frozen=True, slots=True)
class NoLongerBegun:
    """A form of which every version was withdrawn: its id, its title, and why, as a sentence."""

    form: str
    title: text.Text
    reason: str


EDITION_COLUMNS = (
    definitions.c.id,
    definitions.c.form,
    definitions.c.version,
    definitions.c.title,
    definitions.c.content_hash,
    definitions.c.authority_id.is_not(None).label("own"),
)

TAKEN = select(definitions.c.id, definitions.c.content_hash).where(
    func.coalesce(definitions.c.authority_id, LIBRARY) == bindparam("owner"),
    definitions.c.form == bindparam("form"),
    definitions.c.version == bindparam("version"),
)
OF_AUTHORITY = or_(definitions.c.authority_id.is_(None), definitions.c.authority_id == bindparam("authority"))
"""Those that an authority has: its own and what ships."""
FOR_ALL = not_(definitions.c.for_trial)
"""That a version is not there for a trial alone: only such a version is ever offered, compared or gone back to."""
WITHDRAWN = and_(
    withdrawals.c.definition_id == definitions.c.id,
    or_(withdrawals.c.authority_id.is_(None), withdrawals.c.authority_id == bindparam("authority")),
)
"""That a withdrawal is of a definition, for an authority: its own or for all."""
_IN_USE = (
    select(*EDITION_COLUMNS)
    .where(
        OF_AUTHORITY,
        FOR_ALL,
        not_(exists().where(WITHDRAWN)),
        or_(definitions.c.begins_on.is_(None), definitions.c.begins_on <= bindparam("day", type_=Date)),
    )
    .order_by(definitions.c.form, definitions.c.authority_id.is_(None).desc(), definitions.c.version)
)
_WITHDRAWN = (
    select(definitions.c.form, definitions.c.title, withdrawals.c.reason)
    .add_columns(definitions.c.begins_on, withdrawals.c.withdrawn_at)
    .join(withdrawals, WITHDRAWN)
    .where(OF_AUTHORITY, FOR_ALL)
    .order_by(definitions.c.form, definitions.c.version, definitions.c.id)
)
_NEWEST_BASE = (
    select(definitions.c.id)
    .where(definitions.c.authority_id.is_(None), definitions.c.form == bindparam("form"))
    .order_by(definitions.c.version.desc())
    .limit(1)
)


def publish(connection: Connection, publication: Publication, at: datetime) -> int:
    """Publish a checked definition and give its id; the same again changes nothing.

    Raises VersionTaken where this owner has published the same form and version with other content.
    """
    before = _published(connection, publication)
    if before is not None:
        return before
    try:
        with connection.begin_nested():
            return _insert(connection, publication, at)
    except IntegrityError:
        meanwhile = _published(connection, publication)
        if meanwhile is None:
            raise
        return meanwhile


def _published(connection: Connection, publication: Publication) -> int | None:
    definition = publication.definition
    taken = connection.execute(
        TAKEN, {"owner": publication.owner or 0, "form": definition.form, "version": definition.version}
    ).one_or_none()
    if taken is not None and taken.content_hash != definition.content_hash:
        raise VersionTaken(form=definition.form, version=definition.version)
    return None if taken is None else int(taken.id)


def _insert(connection: Connection, publication: Publication, at: datetime) -> int:
    definition = publication.definition
    return new_id(
        connection,
        insert(definitions).values(
            authority_id=publication.owner,
            form=definition.form,
            version=definition.version,
            title=definition.title,
            content=definition_to_json(definition),
            code_lists=dict(publication.code_lists),
            content_hash=definition.content_hash,
            published_at=at,
            published_by=publication.by,
            reason=publication.reason,
            budget_reason=publication.budget_reason,
            begins_on=publication.begins_on,
            base_id=_base(connection, publication),
            for_trial=publication.for_trial,
        ),
    )


def _base(connection: Connection, publication: Publication) -> int | None:
    """What a definition of an authority's own was made from; None for what ships and what has nothing of the kind."""
    if publication.owner is None or publication.base is not None:
        return publication.base
    return connection.execute(_NEWEST_BASE, {"form": publication.definition.form}).scalar_one_or_none()


def forms_in_use(connection: Connection, viewer: Viewer, day: date) -> tuple[Edition, ...]:
    """The newest edition of each form the viewer may begin on a day (London's): the authority's own first.

    Those that were withdrawn, and those that wait for a later day, are left out.
    """
    rows = connection.execute(_IN_USE, {"authority": viewer.authority, "day": day})
    return tuple({row.form: Edition(*row) for row in rows}.values())


def edition(connection: Connection, viewer: Viewer, form: str, day: date) -> Edition:
    """The edition of one form that the viewer would begin on a day; raises NoSuchRecord, Withdrawn if no longer."""
    for found in forms_in_use(connection, viewer, day):
        if found.form == form:
            return found
    for gone in no_longer_begun(connection, viewer, day):
        if gone.form == form:
            raise Withdrawn(title=text.in_language(gone.title, "en"), reason=gone.reason)
    raise NoSuchRecord


def no_longer_begun(connection: Connection, viewer: Viewer, day: date) -> tuple[NoLongerBegun, ...]:
    """The forms that the viewer could begin and on a day can no more, each as its newest withdrawn version says."""
    in_use = {each.form for each in forms_in_use(connection, viewer, day)}
    rows = connection.execute(_WITHDRAWN, {"authority": viewer.authority})
    newest = {
        form: NoLongerBegun(form, title, as_sentence(reason))
        for form, title, reason, begins_on, withdrawn_at in rows
        if begins_on is None or begins_on <= london_day(withdrawn_at)
    }
    return tuple(gone for form, gone in newest.items() if form not in in_use)


def as_sentence(reason: str) -> str:
    """A reason that other words can follow: with a full stop where it was written without one."""
    return reason if reason.rstrip("”’\"')").endswith((".", "!", "?", "…")) else f"{reason}."
