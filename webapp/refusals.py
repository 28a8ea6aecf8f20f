"""What people see when Pith refuses: the status of each refusal and the page with its words."""

import logging
import traceback
from contextlib import AbstractContextManager, nullcontext
from types import TracebackType
from typing import Any
from urllib.parse import quote

from flask import Flask, current_app, g, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from engine.errors import BadInput, NotFound, Refusal
from webapp import current
from webapp.access import largest_of
from webapp.htmx import asked_by_htmx
from webapp.kept_words import KeptWords, kept_words
from webapp.store.errors import (
    AlreadySubmitted,
    AnotherWriter,
    AnsweredMeanwhile,
    DatabaseBusy,
    DayIsOver,
    DraftBegun,
    DraftEnded,
    KeyReused,
    MovedMeanwhile,
    MoveIsFinal,
    NeedsApproval,
    NobodyToAsk,
    NoLongerAllocated,
    NoRoom,
    NotAsked,
    NotYours,
    OtherInUse,
    RowGone,
    SamePerson,
    SetAside,
    StaleAnswer,
    StaleDraft,
    StaleParticulars,
    Withdrawn,
)
from webapp.store.trial_errors import (
    AlreadyRegistered,
    CannotOpen,
    CannotWatch,
    DraftOpen,
    InvitationOver,
    LeadersAlone,
    NotRegistered,
    NotUnderTrial,
    PartHasProblems,
    PlanChanged,
    PlanHasProblems,
    ScoringIsOver,
    Sealed,
    StaleTrial,
    TakesPartAlready,
    TrialDiscarded,
    TrialIsOver,
    WatcherInside,
)


class Crowded(Refusal):
    """Many people are signing in at this moment. Wait a few seconds, then try again"""

    code = "crowded"
    seconds = 5


STATUSES: dict[type[Refusal], int] = {
    NotFound: 404,
    BadInput: 400,
    NotYours: 403,
    AnotherWriter: 403,
    StaleAnswer: 409,
    StaleParticulars: 409,
    StaleDraft: 409,
    AnsweredMeanwhile: 409,
    DraftEnded: 409,
    DraftBegun: 409,
    OtherInUse: 409,
    DayIsOver: 409,
    NeedsApproval: 409,
    NobodyToAsk: 409,
    NotAsked: 409,
    SamePerson: 409,
    RowGone: 409,
    KeyReused: 409,
    MovedMeanwhile: 409,
    MoveIsFinal: 409,
    Withdrawn: 409,
    NoLongerAllocated: 403,
    AlreadySubmitted: 409,
    SetAside: 409,
    AlreadyRegistered: 409,
    NotRegistered: 409,
    NotUnderTrial: 409,
    PlanHasProblems: 409,
    ScoringIsOver: 409,
    Sealed: 403,
    StaleTrial: 409,
    TakesPartAlready: 409,
    WatcherInside: 409,
    CannotOpen: 409,
    CannotWatch: 409,
    DraftOpen: 409,
    TrialDiscarded: 409,
    TrialIsOver: 409,
    InvitationOver: 409,
    LeadersAlone: 403,
    PartHasProblems: 409,
    PlanChanged: 409,
    DatabaseBusy: 503,
    NoRoom: 503,
    Crowded: 503,
    Refusal: 400,
}
"""A refusal has the status of the nearest of its classes."""

WORDS: dict[int, tuple[str, str]] = {
    400: (
        "This did not work",
        "Pith could not understand what the page sent. Go back, load the page again and try once more.",
    ),
    401: ("You are signed out", "Sign in again in another tab; then come back here and save."),
    403: ("This is not part of your work", "Your role does not include this page."),
    404: ("Page not found", "There is no such page, or it is not one of yours to open."),
    405: ("This did not work", "This page cannot be used that way. Go back and try once more."),
    413: (
        "This is too long",
        "Pith takes at most {limit} at once, and one answer holds at most 100,000 characters. Shorten what is longest.",
    ),
    500: (
        "Something went wrong in Pith",
        "It is not your doing, and nothing saved before was lost. Try again in a moment.",
    ),
    503: ("Pith could not do this just now", "Try again in a moment."),
}
"""Title and words for each status."""

SIGNED_IN_ANEW = (
    "You have signed in again since this page was opened",
    "Pith takes only what comes from a page that was opened since.",
)
CODES: dict[int, str] = {401: "signed_out", 413: "request_too_large"}
"""The codes of what Pith's own classes do not refuse, by status."""

STALE_PAGE = "stale_page"
"""The code of a post whose page belongs to another session."""

WORTH_SENDING_AGAIN = frozenset({401, 500, 503})


class Pith(Flask):
    """Flask, but its log names only the place of an error: the error's words may hold somebody's answer."""

    def log_exception(
        self, exc_info: tuple[type[BaseException], BaseException, TracebackType] | tuple[None, None, None]
    ) -> None:
        """Write the route and the lines of code that led to the error."""
        kind, _, trace = exc_info
        places = "".join(traceback.format_tb(trace))
        name = kind.__name__ if kind is not None else "no error"
        self.logger.error("%s at %s %s\n%s", name, request.method, request.url_rule, places)


def show_refusals(app: Flask) -> None:
    """Answer every refusal and every error with a page in the same look."""
    app.logger.setLevel(logging.INFO)
    app.register_error_handler(Refusal, refused)
    app.register_error_handler(HTTPException, _failed)


def status_of(refusal: Refusal) -> int:
    """The status a refusal is answered with."""
    return next(STATUSES[kind] for kind in type(refusal).__mro__ if kind in STATUSES)


def told_to_scripts(code: str, words: str) -> dict[str, str]:
    """Headers by which a page's script knows a refusal and can say it in the server's words."""
    return {"Pith-Refused": code, "Pith-Words": quote(words)}


def refused(refusal: Refusal) -> tuple[str, int, dict[str, str]]:
    """The page, with the refusal's code and words for scripts."""
    status = status_of(refusal)
    title, _ = _words_of(status)
    page = _page(status, title, refusal.message, status in WORTH_SENDING_AGAIN)
    return page, status, told_to_scripts(refusal.code, refusal.message)


def _failed(error: HTTPException) -> Any:
    if error.code is None or error.code < 400:
        return error
    stale = isinstance(error, CSRFError)
    title, words = SIGNED_IN_ANEW if stale else _words_of(error.code)
    response = error.get_response()
    response.data = _page(error.code, title, words, stale or error.code in WORTH_SENDING_AGAIN)
    response.content_type = "text/html; charset=utf-8"
    code = STALE_PAGE if stale else CODES.get(error.code)
    if code is not None:
        response.headers.update(told_to_scripts(code, words))
    return response


def _words_of(status: int) -> tuple[str, str]:
    """Title and words for a status, those of the nearest kind where it has none of its own."""
    title, words = WORDS.get(status, WORDS[400 if status < 500 else 500])
    return title, words.format(limit=_in_bytes(_limit()))


def _limit() -> int:
    """The most bytes that the page takes which was posted to."""
    most = current.surroundings().settings.largest_request
    view = current_app.view_functions.get(request.endpoint or "")
    return most if view is None else largest_of(view, most)


def _in_bytes(number: int) -> str:
    """A number of bytes as people write it, such as 1.5 MB."""
    return f"{number / 1_000_000:.3g} MB" if number >= 1_000_000 else f"{number / 1000:.3g} kB"


def _page(status: int, title: str, words: str, again: bool) -> str:
    """The page; `again` says that sending the same once more can help."""
    if status >= 500:
        g.setdefault("viewer", None)
    with _kept(status) as kept:
        again = again and kept is not None and bool(kept.fields)
        lost = status == 413 and kept is None
        return render_template(
            "errors/error.html", title=title, message=words, kept=kept, again=again, status=status, lost=lost
        )


def _kept(status: int) -> AbstractContextManager[KeptWords | None]:
    """What the refused post held; a script keeps that on its own page."""
    viewer = current.signed_in()
    if asked_by_htmx() or (status == 413 and viewer is None):
        return nullcontext()
    return kept_words(request, viewer)
