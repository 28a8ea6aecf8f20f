"""What was brought becomes a draft: in place of one, as a new form, or some pieces of it; undo brings back what was."""

import json
from collections.abc import Iterable
from contextlib import suppress

from engine.cases import misshapen
from engine.source import read_json
from webapp import current
from webapp.editor.beside import Beside, piece_keys
from webapp.editor.case_files import cases_of
from webapp.editor.layout import laid_out
from webapp.editor.pieces import taken
from webapp.editor.standing import based_of, based_on
from webapp.store.bases import base_of
from webapp.store.cases import LONGEST_TITLE, NewCase, keep_case
from webapp.store.contents import content_of
from webapp.store.database import Connection
from webapp.store.draft_changes import add_code_lists, save_draft
from webapp.store.drafts import Beginning, Standing, begin_draft
from webapp.store.errors import DraftEnded, StaleDraft, TooManyCases


def take_all(connection: Connection, found: Beside) -> None:
    """Save the whole form as the next step of the draft; where there is none, one is begun. Raises as `save_draft`."""
    _refuse_unless_shown(found)
    if found.ground.new and found.standing is None:
        _begin(connection, found, found.form, found.text)
    else:
        _save(connection, found, found.text, f"Brought {found.brought.name} in place of what stood here")
    _keep_cases(connection, found, found.form)


def take_as_new(connection: Connection, found: Beside, form: str) -> None:
    """Begin a new form with it, under an id that nothing here has."""
    text = laid_out({**json.loads(found.brought.content), "form": form, "version": 1})
    _begin(connection, found, form, text)
    _keep_cases(connection, found, form)


def _keep_cases(connection: Connection, found: Beside, form: str) -> None:
    """Keep the cases that came with it, but for those that are here already and what is not written as a case."""
    here = [each.source.value for each in cases_of(connection, form)]
    for case in found.brought.cases:
        text = laid_out(case)
        if case not in here and not any(True for _ in misshapen(read_json(text))):
            new = NewCase(form, str(case["title"])[:LONGEST_TITLE], text)
            with suppress(TooManyCases):
                keep_case(connection, current.viewer(), new, current.now())


def take_pieces(connection: Connection, found: Beside, ticked: Iterable[str]) -> None:
    """Save the draft with the pieces that were ticked. Raises as `save_draft`."""
    _refuse_unless_shown(found)
    keys = piece_keys(found, ticked)
    standing = _standing(connection, found)
    here, other = json.loads(standing.content), json.loads(found.text)
    more = "piece" if len(keys) == 1 else "pieces"
    _save(connection, found, laid_out(taken(here, other, keys)), f"Took {len(keys)} {more} of {found.brought.name}")


def _refuse_unless_shown(found: Beside) -> None:
    """Refuse where the draft, or that there is none, is not what the page that was posted showed."""
    shown, standing = based_on(), found.standing
    if standing is None and shown.draft:
        raise DraftEnded
    if standing is not None and shown != based_of(standing):
        raise _stale(standing)


def _stale(standing: Standing) -> StaleDraft:
    newest = standing.newest
    return StaleDraft(by=newest.by, at=newest.at, revision=newest.number, own=newest.by_id == current.viewer().id)


def _begin(connection: Connection, found: Beside, form: str, text: str) -> None:
    lists = {name: found.brought.code_lists[name] for name in found.new_lists}
    _begun(connection, Beginning(form, None, text, lists))


def _begun(connection: Connection, beginning: Beginning) -> Standing:
    """A draft that is begun now; one that somebody began meanwhile is not taken for it."""
    standing = begin_draft(connection, current.viewer(), beginning, current.now())
    if standing.newest.number != 1 or standing.content != beginning.content:
        raise _stale(standing)
    return standing


def _standing(connection: Connection, found: Beside) -> Standing:
    """The open draft; one begun from the version in use where there is none."""
    if found.standing is not None:
        return found.standing
    which = found.ground.waiting or found.ground.published
    text = laid_out({**content_of(connection, which.edition), "version": found.ground.version})
    return _begun(connection, Beginning(found.form, which.edition.id, text, base=base_of(which)))


def _save(connection: Connection, found: Beside, text: str, done: str) -> None:
    standing, viewer = _standing(connection, found), current.viewer()
    based = based_of(standing)
    lists = {name: found.brought.code_lists[name] for name in found.new_lists}
    if lists:
        add_code_lists(connection, viewer, based, lists)
    save_draft(connection, viewer, based, text, done, current.now())
