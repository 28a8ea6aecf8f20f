"""Signing in, with a password or, in the demonstration, by choosing a person; and signing out."""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from urllib.parse import urlsplit

from flask import make_response, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from engine.errors import Refusal
from webapp import current
from webapp.access import CASEWORK, Viewer, open_to_all
from webapp.accounts.blueprint import blueprint
from webapp.accounts.entering import enter, enter_with_password
from webapp.accounts.guessing import MustWait, WrongPassword
from webapp.drawing.values import Control, Link
from webapp.refusals import Crowded, status_of
from webapp.session_cookie import change_token, new_token
from webapp.store.access_log import log_act
from webapp.store.accounts import account_holders, nobody_has_one
from webapp.store.people import person_by_key
from webapp.store.sessions import end_session

_MISREAD = re.compile(r"[\x00-\x20\x7f-\x9f\\]")


@blueprint.get("/sign-in")
@open_to_all("nobody is signed in yet")
def sign_in() -> str:
    """The page to sign in on: with a password or, in the demonstration, by choosing whom to be."""
    following = _local(request.args.get("next", ""))
    with current.reading() as connection:
        if not current.surroundings().settings.demo:
            if nobody_has_one(connection):
                return render_template("accounts/no_accounts.html")
            return render_template("accounts/sign_in.html", boxes=boxes(), next=following)
        people = sorted(account_holders(connection), key=_place_of)
    authorities = [(name, _teams(group)) for (name, _), group in groupby(people, key=_authority_of)]
    return render_template("accounts/choose.html", authorities=authorities, next=following)


@blueprint.post("/sign-in")
@open_to_all("nobody is signed in yet")
def sign_in_as() -> Response:
    """Begin a session under a new id; what was typed is told to be wrong in the same words whatever is wrong."""
    following = _local(request.form.get("next", ""))
    try:
        enter_as_posted()
    except NOT_LET_IN as refusal:
        shown = boxes(told=refusal)
        problems = [Link(f"#{box.id}", box.error) for box in shown.values() if box.error]
        page = render_template("accounts/sign_in.html", boxes=shown, problems=problems, next=following)
        return refused(page, refusal)
    return redirect(following or url_for("record.home"))


@blueprint.post("/sign-out")
@open_to_all("ends the caller's own session, if there is one")
def sign_out() -> Response:
    """End the session for good: its cookie is worth nothing afterwards."""
    person, at = current.signed_in(), current.now()
    with current.writing() as connection:
        end_session(connection, session["token"], at)
        if person is not None:
            log_act(connection, person, "person", [person.id], "signed_out", at)
    change_token(new_token())
    return redirect(url_for("accounts.sign_in"))


class NothingTyped(Refusal):
    """Enter your e-mail address and your password"""

    code = "nothing_typed"


NOT_LET_IN = (NothingTyped, WrongPassword, MustWait, Crowded)
"""Why somebody is not signed in, told on the page to sign in on."""


def enter_as_posted() -> Viewer:
    """Sign in whoever the posted form says, where it is right.

    Raises one of NOT_LET_IN; in the demonstration NoSuchRecord for nobody's key.
    """
    if current.surroundings().settings.demo:
        with current.writing() as connection:
            person = person_by_key(connection, request.form.get("person", ""))
            enter(connection, person)
        return person
    email, password = request.form.get("email", ""), request.form.get("password", "")
    if not (email.strip() and password):
        raise NothingTyped
    return enter_with_password(email, password)


def boxes(prefix: str = "", told: Refusal | None = None) -> Mapping[str, Control]:
    """The boxes for the e-mail address, as it was typed, and for the password; their ids begin with the prefix."""
    typed = request.form.get("email", "")
    wrong = told.message if told and not isinstance(told, NothingTyped) else ""
    missing = isinstance(told, NothingTyped)
    return {
        "email": Control(
            f"{prefix}email",
            "email",
            "E-mail address",
            error="Enter your e-mail address" if missing and not typed.strip() else wrong,
            value=typed[:254],
            kind="email",
            spellcheck=False,
            autocomplete="username",
        ),
        "password": Control(
            f"{prefix}password",
            "password",
            "Password",
            error="Enter your password" if missing and not request.form.get("password") else "",
            kind="password",
            spellcheck=False,
            autocomplete="current-password",
        ),
    }


def refused(html: str, refusal: Refusal) -> Response:
    """A page that says why signing in did not work, with the status that goes with it."""
    response = make_response(html, 429 if isinstance(refusal, MustWait) else status_of(refusal))
    if isinstance(refusal, MustWait | Crowded):
        response.headers["Retry-After"] = str(refusal.seconds)
    return response


def _place_of(person: Viewer) -> tuple[str, int, bool, str]:
    """By authority; the teams that work with children first, each under its name."""
    return *_authority_of(person), not CASEWORK.allows(person), person.team_name


def _teams(people: Iterable[Viewer]) -> Sequence[tuple[str, Sequence[Viewer]]]:
    """An authority's people by team."""
    return [(team, list(group)) for team, group in groupby(people, key=lambda person: person.team_name)]


def _authority_of(person: Viewer) -> tuple[str, int]:
    return person.authority_name, person.authority


def _local(path: str) -> str:
    """A path of this site, "" for anything that could lead elsewhere.

    Browsers pass over control characters and take a backslash for a slash: either could hide the name of another site.
    """
    if not path.startswith("/") or path.startswith("//") or _MISREAD.search(path):
        return ""
    parts = urlsplit(path)
    return "" if parts.scheme or parts.netloc else path
