"""What a draft of a form is held against: the version in use, the form that ships, the code lists, the day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from engine.code_lists import CodeList
from engine.definition import Definition
from webapp import current
from webapp.library import code_list_files, code_lists
from webapp.store.bases import base_of, bases_known, newer_than, newest_shipped, shipped_with_id
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
    form of the authority's own. `base` is the version that ships which the draft (or, without one, `before`) is a
    change of, with its JSON, None for none; `newer` one that ships since and can be begun. `code_lists` are those that
    can be named, as files hold them: those that ship now, and others that `before` was published with; `lists` are the
    same as values.
    """

    form: str
    version: int
    before_hash: str
    shipped_hash: str
    base_hash: str
    day: date
    before: Definition = field(compare=False, repr=False)
    published: Published = field(compare=False, repr=False)
    shipped: Json = field(compare=False, repr=False)
    base: Published | None = field(compare=False, repr=False)
    base_json: Json = field(compare=False, repr=False)
    newer: Published | None = field(compare=False, repr=False)
    code_lists: Mapping[str, Json] = field(compare=False, repr=False)
    lists: Mapping[str, CodeList] = field(compare=False, repr=False)


@cache
def _shipped_lists() -> tuple[Mapping[str, Json], Mapping[str, CodeList]]:
    """The code lists that ship, as files hold them and as values: as they lay when this process first asked."""
    files = code_list_files()
    return files, code_lists(files)


def ground_of(connection: Connection, form: str) -> Ground:
    """What the viewer's drafts of a form are held against; raises NoSuchRecord for a form that is not there."""
    viewer, today = current.viewer(), current.today()
    versions = versions_of(connection, viewer, form)
    before = next((each for each in versions if each.in_use), versions[0])
    shipped, base = newest_shipped(versions), _base(connection, versions, before)
    shipped_json = content_of(connection, shipped.edition) if shipped else None
    own, (files, lists) = code_lists_of(connection, before.edition), _shipped_lists()
    return Ground(
        form,
        next_version(connection, viewer, form),
        before.edition.content_hash,
        shipped.edition.content_hash if shipped else "",
        base.edition.content_hash if base else "",
        today,
        definition_of(connection, before.edition, today),
        before,
        shipped_json,
        base,
        content_of(connection, base.edition) if base and base != shipped else shipped_json,
        newer_than(versions, base),
        {**own, **files},
        {**code_lists(own), **lists},
    )


def _base(connection: Connection, versions: Sequence[Published], before: Published) -> Published | None:
    """What the open draft of the form is a change of; without a draft what the version in use is."""
    drafts = bases_known(connection, current.viewer())
    return shipped_with_id(versions, drafts.get(before.edition.form, base_of(before)))
