"""What was brought set beside what is here: the same, or what differs in words, its code lists, and its pieces."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.definition import Definition
from engine.schema.parts import FORM_ID
from engine.versions import Change, compare
from webapp import current
from webapp.config import LANGUAGE
from webapp.editor.ground import Ground, ground_of, new_ground
from webapp.editor.judging import Judgement, judged
from webapp.editor.layout import laid_out
from webapp.editor.new_form import id_from
from webapp.editor.pieces import Piece, pieces
from webapp.library import code_lists
from webapp.store.brought import Brought
from webapp.store.contents import definition_of
from webapp.store.database import Connection
from webapp.store.drafts import Standing, open_draft
from webapp.store.errors import NoSuchRecord
from webapp.store.publishing import versions_of
from webapp.store.withdrawals import Published

Json = Any


@dataclass(frozen=True, slots=True)
class Beside:
    """What was brought beside the form here that has its id.

    `text` is what the draft would hold: the form under an id and a number that are right here. `same` are the versions
    here that say the same, but perhaps for their number; `same_draft` says that the open draft does. `changes` say what
    it has other than `against`: the open draft where that can be read, else the version in use.
    """

    brought: Brought
    form: str
    title: str
    ground: Ground
    standing: Standing | None
    text: str
    judgement: Judgement
    same: Sequence[Published]
    same_draft: bool
    against: str
    changes: Sequence[Change]
    pieces: Sequence[Piece]
    new_lists: Sequence[str]
    other_lists: Sequence[str]

    @property
    def number(self) -> Json:
        """The version that it says it is; None where it says none."""
        return json.loads(self.brought.content).get("version")


def beside(connection: Connection, brought: Brought) -> Beside:
    """Compare a form that was brought with what the viewer's authority has under the same id."""
    data = json.loads(brought.content)
    form = _form_of(data)
    standing = open_draft(connection, current.viewer(), form)
    try:
        plain = ground_of(connection, form)
    except NoSuchRecord:
        plain = new_ground(form, data, current.now())
    new_lists, other_lists = _lists(brought.code_lists, plain.code_lists)
    ground = plain.with_lists({name: brought.code_lists[name] for name in new_lists})
    text = laid_out({**data, "form": form, "version": ground.version})
    judgement = judged(text, ground)
    draft = judged(standing.content, plain).definition if standing else None
    before = draft or ground.before
    mine = judgement.definition
    title = data.get("title")
    return Beside(
        brought,
        form,
        title if isinstance(title, str) else form,
        ground,
        standing,
        text,
        judgement,
        _same(connection, ground, mine) if mine else (),
        mine is not None and draft is not None and alike(mine, draft),
        "the draft" if draft else "the version in use",
        compare(before, mine, LANGUAGE) if mine else (),
        pieces(before.given, mine.given) if mine and (draft or not (standing or ground.new)) else (),
        new_lists,
        other_lists,
    )


def piece_keys(found: Beside, ticked: Iterable[str]) -> list[str]:
    """Those that were ticked of the pieces there are."""
    known = {each.key for each in found.pieces}
    return [each for each in ticked if each in known]


def _form_of(data: Json) -> str:
    """The id that the form says it has or, where that can be none, one made of it."""
    said = data.get("form")
    made = said if isinstance(said, str) else ""
    if not re.fullmatch(FORM_ID, made):
        made = id_from(str(said or data.get("title") or ""))
    return made if re.fullmatch(FORM_ID, made) else "new-form"


def _same(connection: Connection, ground: Ground, mine: Definition) -> list[Published]:
    if ground.new:
        return []
    found = versions_of(connection, current.viewer(), ground.form, current.today())
    return [each for each in found if alike(definition_of(connection, each.edition, current.today()), mine)]


def alike(one: Definition, two: Definition) -> bool:
    """Whether two say the same with the same code lists, whatever their numbers."""
    return _said(one) == _said(two) and one.code_lists == two.code_lists


def _said(definition: Definition) -> Json:
    return {key: value for key, value in definition.given.items() if key not in ("$schema", "version")}


def _lists(theirs: Mapping[str, Json], ours: Mapping[str, Json]) -> tuple[list[str], list[str]]:
    """The names of well-formed code lists that are not here, and of those that are here with other content."""
    read, known = code_lists(theirs), code_lists(ours)
    new = [name for name in read if name not in known]
    return new, [name for name in read if name in known and read[name] != known[name]]
