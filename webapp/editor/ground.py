"""What a draft of a form is held against: the version in use, the form that ships, the code lists, the day."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cache
from hashlib import sha256
from typing import Any

from engine.code_lists import CodeList
from engine.definition import Definition, definition_from_json
from engine.source import Unreadable, read_json
from engine.text import in_language
from webapp import current
from webapp.config import LANGUAGE
from webapp.library import code_list_files, code_lists
from webapp.store.bases import base_of, bases_known, newer_than, newest_shipped, shipped_with_id
from webapp.store.contents import code_lists_of, content_of, definition_of
from webapp.store.database import Connection
from webapp.store.definitions import Edition
from webapp.store.drafts import Standing, discarded, open_draft
from webapp.store.errors import NoSuchRecord
from webapp.store.publishing import next_version, versions_of
from webapp.store.withdrawals import Published

Json = Any


@dataclass(frozen=True, slots=True)
class Ground:
    """Equal for the same drafts of one authority to be judged alike.

    `version` is the number that a draft becomes. `before` is what it is compared with: the version in use or, where
    none is, the newest there was. `shipped` is the JSON of the form whose protected questions must stay, None for a
    form of the authority's own; `waiting` is the version that waits for its day, if one does.

    `base` is the version that ships which the draft (or, without one, `before`) is a change of, with its JSON, None for
    none; `newer` is one that ships since and can be begun. `code_lists` are those that can be named, as files hold
    them: those that ship now, others that `before` was published with, and those that came with what was brought into
    the draft; `lists` are the same as values. `new` says that there is no version yet: `before` is an empty form then.
    """

    authority: int
    form: str
    version: int
    before_hash: str
    shipped_hash: str
    lists_hash: str
    base_hash: str
    day: date
    before: Definition = field(compare=False, repr=False)
    published: Published = field(compare=False, repr=False)
    waiting: Published | None = field(compare=False, repr=False)
    shipped: Json = field(compare=False, repr=False)
    base: Published | None = field(compare=False, repr=False)
    base_json: Json = field(compare=False, repr=False)
    newer: Published | None = field(compare=False, repr=False)
    code_lists: Mapping[str, Json] = field(compare=False, repr=False)
    lists: Mapping[str, CodeList] = field(compare=False, repr=False)

    @property
    def new(self) -> bool:
        """Whether the form has no version yet."""
        return self.published.edition.id == 0

    def with_lists(self, lists: Mapping[str, Json]) -> "Ground":
        """The same where some more code lists can be named; those that are here stay as they are."""
        files = {**lists, **self.code_lists}
        return replace(self, code_lists=files, lists={**code_lists(lists), **self.lists}, lists_hash=_hash_of(files))


@cache
def _shipped_lists() -> tuple[Mapping[str, Json], Mapping[str, CodeList]]:
    """The code lists that ship, as files hold them and as values: as they lay when this process first asked."""
    files = code_list_files()
    return files, code_lists(files)


def ground_of(connection: Connection, form: str, standing: Standing | None = None) -> Ground:
    """What the viewer's drafts of a form are held against; `standing` is the open draft where it was read already.

    Raises NoSuchRecord for a form that is not there; NotYours, where no draft is given, for who may not read one.
    """
    viewer, today = current.viewer(), current.today()
    standing = standing or open_draft(connection, viewer, form)
    try:
        versions = versions_of(connection, viewer, form, today)
    except NoSuchRecord:
        return _of_a_new_form(connection, form, standing)
    begun = [each for each in versions if not each.waits] or versions
    before = next((each for each in begun if each.in_use), begun[0])
    shipped, base = newest_shipped(versions), _base(connection, versions, before)
    shipped_json = content_of(connection, shipped.edition) if shipped else None
    own, (files, lists) = code_lists_of(connection, before.edition), _shipped_lists()
    found = Ground(
        viewer.authority,
        form,
        next_version(connection, viewer, form),
        before.edition.content_hash,
        shipped.edition.content_hash if shipped else "",
        _hash_of(own),
        base.edition.content_hash if base else "",
        today,
        definition_of(connection, before.edition, today),
        before,
        next((each for each in versions if each.waits), None),
        shipped_json,
        base,
        content_of(connection, base.edition) if base and base != shipped else shipped_json,
        newer_than(versions, base),
        {**own, **files},
        {**code_lists(own), **lists},
    )
    return found.with_lists(standing.draft.code_lists) if standing and standing.draft.code_lists else found


def _of_a_new_form(connection: Connection, form: str, standing: Standing | None) -> Ground:
    """That of a form which has only a draft, open or discarded. Raises NoSuchRecord where it has none."""
    gone = discarded(connection, current.viewer(), form) if standing is None else None
    draft = standing.draft if standing else gone
    if draft is None:
        raise NoSuchRecord
    found = new_ground(form, _said(standing.content if standing else ""), draft.begun_at)
    return found.with_lists(standing.draft.code_lists) if standing else found


def new_ground(form: str, said: Mapping[str, Json], at: datetime) -> Ground:
    """What a form of which there is no version is held against: an empty one of the same title, and what ships."""
    title, purpose = (_text(said.get(key)) or form for key in ("title", "purpose"))
    empty: dict[str, Json] = {"form": form, "version": 1, "title": title, "purpose": purpose, "sections": []}
    before = definition_from_json(empty)
    edition = Edition(0, form, 0, title, before.content_hash)
    published = Published(edition, False, at, "", None, "", True, "", "")
    authority, today, mark = current.viewer().authority, current.today(), before.content_hash
    nothing = (None, None, None, None, None)
    return Ground(authority, form, 1, mark, "", "", "", today, before, published, *nothing, *_shipped_lists())


def title_in(text: str, form: str) -> str:
    """What the text of a draft calls its form; the form’s id where it says nothing that can be read."""
    return _text(_said(text).get("title")) or form


def _text(value: Json) -> str:
    """A text in the language of the pages; "" for what is none."""
    if isinstance(value, dict) and all(isinstance(each, str) for each in value.values()) and value:
        value = in_language(value, LANGUAGE)
    return value if isinstance(value, str) else ""


def _said(text: str) -> Mapping[str, Json]:
    """What the text of a draft says, as far as it is JSON."""
    try:
        value = read_json(text).value
    except Unreadable:
        return {}
    return value if isinstance(value, dict) else {}


def _hash_of(lists: Mapping[str, Json]) -> str:
    """The mark of those that do not ship; what ships is the same for as long as this process runs."""
    others = {name: each for name, each in lists.items() if name not in _shipped_lists()[0]}
    return sha256(json.dumps(others, sort_keys=True).encode()).hexdigest() if others else ""


def _base(connection: Connection, versions: Sequence[Published], before: Published) -> Published | None:
    """What the open draft of the form is a change of; without a draft what the version in use is."""
    drafts = bases_known(connection, current.viewer())
    return shipped_with_id(versions, drafts.get(before.edition.form, base_of(before)))
