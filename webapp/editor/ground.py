"""What a draft of a form is held against: the version in use, the form that ships, the code lists, the day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from engine.definition import Definition
from webapp import current
from webapp.library import code_list_files
from webapp.store.database import Connection
from webapp.store.definitions import code_lists_of, content_of, definition_of
from webapp.store.publishing import next_version, versions_of
from webapp.store.withdrawals import Published

Json = Any


@dataclass(frozen=True, slots=True)
class Ground:
    """Equal for the same drafts to be judged alike.

    `version` is the number that a draft becomes. `before` is what it is compared with: the version in use or, where
    none is, the newest there was. `shipped` is the JSON of the form whose protected questions must stay, None for a
    form of the authority's own; `waiting` is the version that waits for its day, if one does. `code_lists` are those
    that can be named, as files hold them: those that ship now, and others that `before` was published with.
    """

    form: str
    version: int
    before_hash: str
    shipped_hash: str
    day: date
    before: Definition = field(compare=False, repr=False)
    published: Published = field(compare=False, repr=False)
    waiting: Published | None = field(compare=False, repr=False)
    shipped: Json = field(compare=False, repr=False)
    code_lists: Mapping[str, Json] = field(compare=False, repr=False)


def ground_of(connection: Connection, form: str) -> Ground:
    """What the viewer's drafts of a form are held against; raises NoSuchRecord for a form that is not there."""
    viewer, today = current.viewer(), current.today()
    versions = versions_of(connection, viewer, form, today)
    begun = [each for each in versions if not each.waits] or versions
    before = next((each for each in begun if each.in_use), begun[0])
    shipped = _shipped(versions)
    return Ground(
        form,
        next_version(connection, viewer, form),
        before.edition.content_hash,
        shipped.edition.content_hash if shipped else "",
        today,
        definition_of(connection, before.edition, today),
        before,
        next((each for each in versions if each.waits), None),
        content_of(connection, shipped.edition) if shipped else None,
        {**code_lists_of(connection, before.edition), **code_list_files()},
    )


def _shipped(versions: Sequence[Published]) -> Published | None:
    """The newest that ships: one that can still be begun before one that was withdrawn."""
    found = [each for each in versions if not each.own]
    return next((each for each in found if each.withdrawn_at is None), found[0] if found else None)
