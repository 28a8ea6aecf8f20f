"""The access log of an authority, newest first, by name and by reference."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from flask import Blueprint, render_template, request

from webapp import current
from webapp.access import AUDITOR, needs
from webapp.clock import london_day
from webapp.store.access_log import log_opened
from webapp.store.who_looked import Entry, Sought, entries

blueprint = Blueprint("audit", __name__)

RECORDS: Mapping[str, str] = {
    "child": "the page of",
    "assessment": "the draft of a form about",
    "submission": "a submitted form about",
    "person": "the entry of",
    "log": "this log",
}
ACTS: Mapping[tuple[str, str], str] = {
    ("matched", "child"): "was told by a search that there is a record:",
    ("added", "child"): "made the record of",
    ("changed", "child"): "changed the particulars of",
    ("allocated", "child"): "changed who works with",
    ("ended", "child"): "ended somebody’s work with",
    ("added", "person"): "added to the people here:",
    ("changed", "person"): "changed the entry of",
    ("ended", "person"): "noted that somebody no longer works here:",
    ("brought_back", "person"): "brought back",
    ("password_set", "person"): "set the password of",
    ("link_made", "person"): "made a link to set a password for",
}
"""What was done in words, where it is something else than opening a record."""
LONGEST = 100


@dataclass(frozen=True, slots=True)
class Look:
    """One line of the page: the newest of some entries that say the same, when the oldest was, how many they are."""

    newest: Entry
    since: datetime
    times: int
    words: str


@blueprint.get("/who-has-looked")
@needs(AUDITOR)
def log() -> str:
    """Who opened or changed what, fifty at a time; that it was looked at is itself an entry."""
    sought = Sought(*(request.args.get(name, "").replace("\0", "").strip()[:LONGEST] for name in ("name", "reference")))
    page = max(request.args.get("page", 1, type=int), 1)
    viewer = current.viewer()
    with current.writing() as connection:
        found, older = entries(connection, viewer, sought, min(page, 100_000))
        log_opened(connection, viewer, "log", 0, current.now())
    return render_template(
        "audit/log.html",
        looks=list(_told(found)),
        sought=sought,
        page=page,
        older=older,
    )


def _told(found: Iterable[Entry]) -> Iterator[Look]:
    """The entries, those that say the same one after the other on one day as one line."""
    for _, same in groupby(found, lambda each: (london_day(each.at), each.who, each.act, each.record, each.about)):
        told = list(same)
        yield Look(told[0], told[-1].at, len(told), in_words(told[0]))


def in_words(entry: Entry) -> str:
    """What was done, without whom it was about."""
    done = ACTS.get((entry.act, entry.record))
    return done or f"{entry.act.replace('_', ' ')} {RECORDS.get(entry.record, entry.record)}"
