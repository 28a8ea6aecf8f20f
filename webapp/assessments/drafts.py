"""Drafts as they were last evaluated in this process, so that going on with one reads nothing but whether it changed.

Nothing here is ever the only copy, and nothing is trusted: a draft is used again only while its newest history entry,
its children and the day are those it was evaluated with. It holds what people wrote, in memory, for as long as others
are not used more recently.
"""

from collections import OrderedDict
from datetime import date
from threading import Lock

from webapp.assessments.writing import Writing, read_writing
from webapp.store.answers import newest_entry
from webapp.store.assessments import Assessment
from webapp.store.database import Connection

ROOM = 64


class _Kept:
    """The drafts used last, by key."""

    def __init__(self) -> None:
        self.held: OrderedDict[str, Writing] = OrderedDict()
        self.lock = Lock()

    def get(self, key: str) -> Writing | None:
        with self.lock:
            if key in self.held:
                self.held.move_to_end(key)
            return self.held.get(key)

    def put(self, draft: Writing) -> None:
        with self.lock:
            self.held[draft.assessment.key] = draft
            self.held.move_to_end(draft.assessment.key)
            while len(self.held) > ROOM:
                self.held.popitem(last=False)


_kept = _Kept()


def writing(connection: Connection, assessment: Assessment, day: date) -> Writing:
    """An assessment that the caller was given, evaluated on a day; call before the transaction changes its answers."""
    newest = newest_entry(connection, assessment)
    held = _kept.get(assessment.key)
    if held is not None and (held.answers.newest, held.assessment, held.day) == (newest, assessment, day):
        return held
    read = read_writing(connection, assessment, day, newest)
    _kept.put(read)
    return read


def keep(draft: Writing) -> None:
    """Remember a draft as a transaction left it; call once that transaction is committed."""
    _kept.put(draft)
