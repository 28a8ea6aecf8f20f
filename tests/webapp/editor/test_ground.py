"""What drafts are held against is equal only where they are judged alike."""

from datetime import UTC, date, datetime

from engine.definition import definition_from_json
from webapp.editor.ground import Ground
from webapp.store.definitions import Edition
from webapp.store.withdrawals import Published

LISTS = {
    name: {"code_list": name, "title": name, "options": [{"value": "1", "label": "One"}]} for name in ("one", "two")
}


def ground(authority: int = 1) -> Ground:
    """That of a new form of an authority."""
    before = definition_from_json({"form": "f", "version": 1, "title": "F", "purpose": "P", "sections": []})
    edition = Edition(0, "f", 0, "F", before.content_hash)
    published = Published(edition, False, datetime(2026, 3, 12, tzinfo=UTC), "", None, "", True, "", "")
    mark, day = before.content_hash, date(2026, 3, 12)
    return Ground(authority, "f", 1, mark, "", "", "", day, before, published, None, None, None, None, None, {}, {})


def test_lists_that_were_named_before_count_whatever_is_added() -> None:
    """In one step or in two, and with nothing more."""
    one, two = ({name: LISTS[name]} for name in ("one", "two"))
    assert ground().with_lists({}) == ground()
    assert ground().with_lists(one).with_lists({}) == ground().with_lists(one) != ground()
    assert ground().with_lists(one).with_lists(two) == ground().with_lists(LISTS)
    assert ground().with_lists(one) != ground().with_lists({"one": {**LISTS["one"], "title": "Another"}})


def test_what_was_judged_for_one_authority_is_not_anothers() -> None:
    """Even of the same text held against the same."""
    assert ground(1) != ground(2)
