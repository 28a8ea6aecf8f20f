"""Signing in again in place: the pieces of a page that a script shows over one where somebody was writing."""

from flask import make_response, redirect, render_template, request, url_for
from flask_wtf.csrf import generate_csrf
from werkzeug.wrappers import Response

from engine.errors import Refusal
from webapp import current, htmx
from webapp.access import Viewer, open_to_all
from webapp.accounts.blueprint import blueprint
from webapp.accounts.sign_in import NOT_LET_IN, boxes, enter_as_posted, refused
from webapp.store.errors import NoSuchRecord
from webapp.store.people import person_by_key


@blueprint.get("/sign-in/again", endpoint="again")
@open_to_all("asks for a password and says nothing about anybody")
def ask_again() -> Response:
    """What to sign in again with; nothing needs asking where the writer has signed in beside, in another window."""
    if not htmx.asked_by_htmx():
        return redirect(url_for("accounts.sign_in"))
    writer = request.args.get("writer", "")
    person = current.signed_in()
    if person is not None and person.key == writer:
        return _entered(person, writer)
    return _asking(writer)


@blueprint.post("/sign-in/again", endpoint="enter_again")
@open_to_all("nobody is signed in any longer")
def enter_again() -> Response:
    """Begin a session; headers say whether it is the writer's, and give the token for the forms of the open page."""
    writer = request.form.get("writer", "")
    try:
        return _entered(enter_as_posted(), writer)
    except NOT_LET_IN as refusal:
        return _asking(writer, refusal)


def _entered(person: Viewer, writer: str) -> Response:
    response = make_response("", 204)
    response.headers["Pith-Signed-In"] = "same" if person.key == writer else "other"
    response.headers["Pith-Token"] = generate_csrf()
    return response


def _asking(writer: str, told: Refusal | None = None) -> Response:
    """The piece of a page, under a header by which the script knows it from an error page."""
    if current.surroundings().settings.demo:
        html = render_template("accounts/_again_in_demo.html", writer=_in_demo(writer))
    else:
        html = render_template("accounts/_again.html", writer=writer, boxes=boxes("again-", told))
    response = refused(html, told) if told else htmx.fragment(html)
    response.headers["Pith-Again"] = "asks"
    return response


def _in_demo(writer: str) -> Viewer | None:
    """Whoever the key names among the invented people."""
    try:
        with current.reading() as connection:
            return person_by_key(connection, writer)
    except NoSuchRecord:
        return None
