"""A form of an authority's own as it stands, in its draft or as it is in use, and a change of it kept as a step."""

from dataclasses import dataclass
from typing import Any

from flask import request

from engine.source import read_json
from webapp import current
from webapp.editor.ground import Ground, ground_of
from webapp.editor.layout import laid_out
from webapp.editor.standing import based_of
from webapp.store.bases import base_of
from webapp.store.contents import content_of
from webapp.store.draft_changes import Based, save_draft
from webapp.store.drafts import Beginning, Standing, begin_draft, open_draft
from webapp.store.errors import StaleDraft

Json = Any


@dataclass(frozen=True, slots=True)
class Own:
    """The text of a form: that of the open draft, else what a draft would begin with (`standing` is None then)."""

    ground: Ground
    standing: Standing | None
    text: str

    @property
    def version(self) -> int:
        """The number it has, or becomes."""
        published = self.ground.published
        return published.edition.version if self.standing is None and published.own else self.ground.version

    @property
    def form(self) -> Json:
        """The text as JSON; it can be read where its local changes can be told."""
        return read_json(self.text).value

    @property
    def based(self) -> Based:
        """What a page that shows it is based on; no draft and revision 0 where none is open."""
        return Based("", 0) if self.standing is None else based_of(self.standing)

    def is_posted(self) -> bool:
        """Whether the page that was posted showed just this."""
        return self.based == Based(request.form.get("draft", ""), request.form.get("revision", 0, type=int))


def own_of(form: str) -> Own:
    """How a form stands; raises NoSuchRecord for one that is not there."""
    with current.reading() as connection:
        ground = ground_of(connection, form)
        standing = open_draft(connection, current.viewer(), form)
        if standing is not None:
            return Own(ground, standing, standing.content)
        content = content_of(connection, ground.published.edition)
    return Own(ground, None, laid_out({**content, "version": ground.version}))


def keep(own: Own, text: str, done: str, base: int | None = None) -> None:
    """Keep a text as the next step of the draft, which is begun where none is open; `base` as `save_draft` has it.

    Raises StaleDraft where somebody began or changed one meanwhile; nothing is kept then.
    """
    viewer, now = current.viewer(), current.now()
    with current.writing() as connection:
        based = own.based
        if own.standing is None:
            which = own.ground.published
            beginning = Beginning(own.ground.form, which.edition.id, own.text, base=base_of(which))
            begun = begin_draft(connection, viewer, beginning, now)
            based = Based(begun.draft.key, 1)
            if begun.content != own.text:
                newest = begun.newest
                raise StaleDraft(by=newest.by, at=newest.at, revision=newest.number, own=newest.by_id == viewer.id)
        save_draft(connection, viewer, based, text, done, now, base)
