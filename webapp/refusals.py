"""What people see when Pith refuses: the status of each refusal and the page with its words."""

import logging
import traceback
from types import TracebackType
from typing import Any

from flask import Flask, g, render_template, request
from werkzeug.exceptions import HTTPException

from engine.errors import BadInput, NotFound, Refusal
from webapp.store.errors import (
    AlreadySubmitted,
    DatabaseBusy,
    KeyReused,
    NoLongerAllocated,
    NoRoom,
    NotYours,
    RowGone,
    StaleAnswer,
    Withdrawn,
)

STATUSES: dict[type[Refusal], int] = {
    NotFound: 404,
    BadInput: 400,
    NotYours: 403,
    StaleAnswer: 409,
    RowGone: 409,
    KeyReused: 409,
    Withdrawn: 409,
    NoLongerAllocated: 403,
    AlreadySubmitted: 409,
    DatabaseBusy: 503,
    NoRoom: 503,
    Refusal: 400,
}
"""A refusal has the status of the nearest of its classes."""

WORDS: dict[int, tuple[str, str]] = {
    400: (
        "This did not work",
        "Pith could not understand what the page sent. Go back, load the page again and try once more.",
    ),
    401: (
        "You are signed out",
        "Sign in again in another tab; then go back here and save. What you wrote is still on the page.",
    ),
    403: ("This is not part of your work", "Your role does not include this page."),
    404: ("Page not found", "There is no such page, or it is not one of yours to open."),
    405: ("This did not work", "This page cannot be used that way. Go back and try once more."),
    413: (
        "This is too long",
        "One answer holds at most 100,000 characters. What you wrote is still on the page before.",
    ),
    500: (
        "Something went wrong in Pith",
        "It is not your doing, and nothing saved before was lost. Try again in a moment.",
    ),
    503: ("Pith is busy", "Try again in a moment."),
}
"""Title and words for each status."""


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
    app.register_error_handler(Refusal, _refused)
    app.register_error_handler(HTTPException, _failed)


def status_of(refusal: Refusal) -> int:
    """The status a refusal is answered with."""
    return next(STATUSES[kind] for kind in type(refusal).__mro__ if kind in STATUSES)


def _refused(refusal: Refusal) -> tuple[str, int, dict[str, str]]:
    """The page, and the refusal's code as a header, by which a page's script finds its own words."""
    status = status_of(refusal)
    return _page(status, refusal.message), status, {"Pith-Refused": refusal.code}


def _failed(error: HTTPException) -> Any:
    if error.code is None or error.code < 400:
        return error
    page = _page(error.code, None)
    response = error.get_response()
    response.data = page
    response.content_type = "text/html; charset=utf-8"
    return response


def _page(status: int, message: str | None) -> str:
    if status >= 500:
        g.setdefault("viewer", None)
    title, words = WORDS.get(status, WORDS[400 if status < 500 else 500])
    return render_template("errors/error.html", title=title, message=message or words)
