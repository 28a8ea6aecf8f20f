"""The gate before every route: its rule is asked, and a route without a rule does not exist."""

from flask import Flask, abort, current_app, redirect, request, url_for
from werkzeug.exceptions import Unauthorized
from werkzeug.wrappers import Response

from webapp import current
from webapp.access import rule_of
from webapp.navigation import start_of

SHOWS = frozenset({"GET", "HEAD"})
"""The methods that change nothing."""


class UnguardedRoute(Exception):
    """A route declares no rule: put @needs(...) or @open_to_all(...) under its @route line."""


def guard(app: Flask) -> None:
    """Ask the rule of the route before each request; call before anything else that answers requests."""
    app.before_request(_ask)


def unguarded_routes(app: Flask) -> tuple[str, ...]:
    """The endpoints that declare no rule."""
    return tuple(name for name, view in app.view_functions.items() if rule_of(view) is None)


def refuse_unguarded(app: Flask) -> None:
    """Raise UnguardedRoute, naming the endpoints, unless every route declares its rule."""
    names = unguarded_routes(app)
    if names:
        raise UnguardedRoute(f"{UnguardedRoute.__doc__} {', '.join(names)}")


def _ask() -> Response | None:
    if request.endpoint is None:
        return None
    rule = rule_of(current_app.view_functions[request.endpoint])
    if rule is not None and rule.open:
        return None
    person = current.signed_in()
    if person is None:
        return _sign_in_first()
    if rule is None or not rule.allows(person):
        if request.path == "/" and request.method in SHOWS:
            return redirect(url_for(start_of(person)))
        abort(403)
    return None


def _sign_in_first() -> Response:
    if request.method in SHOWS:
        return redirect(url_for("accounts.sign_in", next=request.path))
    raise Unauthorized
