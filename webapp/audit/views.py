"""The access log of an authority, newest first, by name, by reference and by period."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from flask import Blueprint, render_template, request

from webapp import current
from webapp.access import AUDITOR, needs
from webapp.audit.asked import Asked, asked_of
from webapp.clock import london_day
from webapp.store.access_log import log_opened
from webapp.store.who_looked import Entry, entries

blueprint = Blueprint("audit", __name__)

ACTS: Mapping[tuple[str, str], str] = {
    ("opened", "child"): "opened the page of",
    ("opened", "assessment"): "opened the draft of a form about",
    ("set_aside", "assessment"): "set aside the draft of a form about",
    ("brought_back", "assessment"): "brought back the draft of a form about",
    ("moved", "assessment"): "moved to another version the draft of a form about",
    ("move_undone", "assessment"): "took back the move to another version of the draft of a form about",
    ("taken_out", "assessment"): "took out of a trial, for safety, a form about",
    ("opted_out", "assessment"): "noted that the family opted out of a trial, of a form about",
    ("opened", "submission"): "read a submitted form about",
    ("printed", "submission"): "opened for printing a submitted form about",
    ("opened", "log"): "looked at this log",
    ("matched", "child"): "was told that there is a record:",
    ("added", "child"): "made the record of",
    ("changed", "child"): "changed the particulars of",
    ("allocated", "child"): "changed who works with",
    ("ended", "child"): "ended somebody’s work with",
    ("begun", "draft"): "began to change the form",
    ("saved", "draft"): "saved a change to the draft of the form",
    ("undone", "draft"): "took back a change to the draft of the form",
    ("redone", "draft"): "made again a change to the draft of the form",
    ("discarded", "draft"): "discarded the draft of the form",
    ("brought_back", "draft"): "brought back the draft of the form",
    ("opened", "draft"): "read by a link the draft of the form",
    ("link_made", "draft"): "made a link to the draft of the form",
    ("link_ended", "draft"): "ended a link to the draft of the form",
    ("made", "case"): "made a case of the form",
    ("removed", "case"): "took out a case of the form",
    ("brought_back", "case"): "brought back a case of the form",
    ("published", "form"): "published the form",
    ("scheduled", "form"): "published for a later day the form",
    ("sent_for_approval", "draft"): "sent for approval the draft of the form",
    ("approval_taken_back", "draft"): "no longer asked for approval of the draft of the form",
    ("returned", "draft"): "returned, instead of approving, the draft of the form",
    ("approved", "form"): "approved the form",
    ("two_asked", "authority"): "decided that a second person approves each form",
    ("one_asked", "authority"): "decided that no second person approves forms",
    ("taken_back", "form"): "took back before its day the form",
    ("withdrawn", "form"): "took out of use the form",
    ("move_offered", "form"): "offered to move drafts to the form",
    ("offer_withdrawn", "form"): "no longer offers to move drafts to the form",
    ("begun", "trial"): "began to plan a trial of the form",
    ("changed", "trial"): "changed the plan of a trial of the form",
    ("discarded", "trial"): "discarded the plan of a trial of the form",
    ("registered", "trial"): "registered a trial of the form",
    ("amended", "trial"): "amended a registered trial of the form",
    ("joined", "trial"): "let a team join, late, a trial of the form",
    ("stopped", "trial"): "stopped a trial of the form",
    ("opened", "trial"): "opened the results of a trial of the form",
    ("opened_early", "trial"): "opened before its end the results of a trial of the form",
    ("harm_opened", "trial"): "looked, by arm, for harm in a trial of the form",
    ("scored", "trial"): "scored a form in a trial of the form",
    ("invited", "trial"): "asked another authority to take part in a trial of the form",
    ("taken_off", "trial"): "took another authority off a trial of the form",
    ("joined", "invitation"): "let this authority take part in another’s trial of the form",
    ("declined", "invitation"): "declined to take part in another authority’s trial of the form",
    ("answered", "remark"): "answered what was said about the form",
    ("added", "person"): "added to the people here:",
    ("changed", "person"): "changed what is noted of",
    ("changed_name", "person"): "changed the name of",
    ("changed_job", "person"): "changed the job of",
    ("changed_role", "person"): "changed what may be done in Pith by",
    ("changed_team", "person"): "changed the team of",
    ("changed_email", "person"): "changed the e-mail address of",
    ("changed_phone", "person"): "changed the phone number of",
    ("ended", "person"): "noted that somebody no longer works here:",
    ("brought_back", "person"): "brought back",
    ("link_made", "person"): "made a link to set a password for",
    ("password_set", "person"): "set a new password",
    ("signed_in", "person"): "signed in",
    ("sign_in_failed", "person"): "was not let in: a wrong password was entered",
    ("signed_out", "person"): "signed out",
    ("signed_out_elsewhere", "person"): "signed out of other browsers",
}
"""What was done in words; those after which nobody is named are done with one’s own account."""

OWN = frozenset({"password_set", "signed_in", "sign_in_failed", "signed_out", "signed_out_elsewhere"})


@dataclass(frozen=True, slots=True)
class Look:
    """One line of the page: the newest of some entries that say the same, when the oldest was, how many they are."""

    newest: Entry
    since: datetime
    times: int
    words: str
    about: Sequence[str]


@blueprint.get("/who-has-looked")
@needs(AUDITOR)
def log() -> str:
    """Who opened or changed what, and who signed in: the newest; that it was looked at is itself an entry."""
    return _page(asked_of({}), 1)


@blueprint.post("/who-has-looked", endpoint="find")
@needs(AUDITOR)
def find_in_log() -> str | tuple[str, int]:
    """What was asked for, fifty at a time: posted, since no name and no reference may stand in an address."""
    asked = asked_of(request.form)
    if asked.problems:
        return _draw(asked, (), 1, older=False), 400
    return _page(asked, max(request.form.get("page", 1, type=int), 1))


def _page(asked: Asked, page: int) -> str:
    viewer = current.viewer()
    with current.writing() as connection:
        found, older = entries(connection, viewer, asked.sought, min(page, 100_000))
        log_opened(connection, viewer, "log", 0, current.now())
    return _draw(asked, found, page, older)


def _draw(asked: Asked, found: Iterable[Entry], page: int, older: bool) -> str:
    return render_template(
        "audit/log.html",
        looks=list(_told(found)),
        asked=asked,
        controls=asked.controls(),
        problems=asked.links(),
        page=page,
        older=older,
    )


def _told(found: Iterable[Entry]) -> Iterator[Look]:
    """The entries, those that say the same one after the other on one day as one line."""
    for _, same in groupby(found, lambda each: (london_day(each.at), each.who, each.act, each.record, each.about)):
        told = list(same)
        about = () if told[0].act in OWN else told[0].about
        yield Look(told[0], told[-1].at, len(told), in_words(told[0]), about)


def in_words(entry: Entry) -> str:
    """What was done, without whom it was about; what a newer version wrote is told as it stands."""
    return ACTS.get((entry.act, entry.record)) or f"{entry.act.replace('_', ' ')} ({entry.record})"
