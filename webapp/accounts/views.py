"""Signing in by choosing a person in the demonstration, and signing out."""

import re
from datetime import timedelta
from itertools import groupby
from urllib.parse import urlsplit

from flask import Blueprint, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from webapp import current
from webapp.access import Viewer, open_to_all
from webapp.session_cookie import new_token
from webapp.store.errors import NoSuchRecord
from webapp.store.people import everyone, person_by_key
from webapp.store.sessions import begin_session, end_session

blueprint = Blueprint("accounts", __name__)

_MISREAD = re.compile(r"[\x00-\x20\x7f-\x9f\\]")


@blueprint.get("/sign-in")
@open_to_all("nobody is signed in yet")
def sign_in() -> str:
    """Choose whom to be; only the demonstration has people to choose from."""
    if not current.surroundings().settings.demo:
        return render_template("accounts/no_accounts.html")
    with current.reading() as connection:
        people = sorted(everyone(connection), key=_authority_of)
    authorities = [(name, list(group)) for (name, _), group in groupby(people, key=_authority_of)]
    return render_template("accounts/choose.html", authorities=authorities, next=_local(request.args.get("next", "")))


@blueprint.post("/sign-in")
@open_to_all("nobody is signed in yet")
def sign_in_as() -> Response:
    """Begin a session under a new id as the person chosen."""
    if not current.surroundings().settings.demo:
        raise NoSuchRecord
    at = current.now()
    until = at + timedelta(hours=current.surroundings().settings.session_hours)
    with current.writing() as connection:
        person = person_by_key(connection, request.form.get("person", ""))
        end_session(connection, session["token"], at)
        token = begin_session(connection, person, at, until)
    session["token"] = token
    return redirect(_local(request.form.get("next", "")) or url_for("record.home"))


@blueprint.post("/sign-out")
@open_to_all("ends the caller's own session, if there is one")
def sign_out() -> Response:
    """End the session for good: its cookie is worth nothing afterwards."""
    with current.writing() as connection:
        end_session(connection, session["token"], current.now())
    session["token"] = new_token()
    return redirect(url_for("accounts.sign_in"))


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
