"""Puts an application together: its database, the gate, its rooms and what every page is given."""

from collections.abc import Callable
from datetime import datetime
from functools import cache, lru_cache
from typing import Any

from flask import Response, request, url_for

from webapp import current, htmx
from webapp.access import open_to_all
from webapp.accounts import views as accounts
from webapp.accounts.gate import guard, refuse_unguarded
from webapp.assessments import views as assessments
from webapp.assets import asset_path, find_asset
from webapp.audit import views as audit
from webapp.config import Settings
from webapp.drawing.filters import FILTERS
from webapp.editor import views as editor
from webapp.navigation import pages_for, start_of
from webapp.record import views as record
from webapp.refusals import Pith, show_refusals
from webapp.security import flask_settings, protect
from webapp.store.database import open_database
from webapp.store.errors import NoSuchRecord
from webapp.store.keys import new_key
from webapp.store.trial_named import Named, named_in
from webapp.trials import views as trials

STATIC = "/static/"
YEAR = 31_536_000


def application(settings: Settings, clock: Callable[[], datetime]) -> Pith:
    """The application over a database that `store.migrations.prepare` has made ready.

    Raises UnguardedRoute where a route declares no rule.
    """
    settings.data.mkdir(parents=True, exist_ok=True)
    app = Pith("webapp", static_folder=None)
    app.config.update(flask_settings(settings))
    app.extensions["pith"] = current.Surroundings(settings, open_database(settings.database_url), clock)
    guard(app)
    protect(app, settings)
    htmx.init_app(app)
    show_refusals(app)
    for room in (accounts, record, assessments, editor, trials, audit):
        app.register_blueprint(room.blueprint)
    app.add_url_rule(f"{STATIC}<name>", "asset", static_file)
    app.jinja_env.globals.update(asset=asset_address, url_for=address_of)
    app.jinja_env.globals.update(new_key=new_key, named_in_trials=_named_in_trials)
    app.jinja_env.filters.update(FILTERS)
    app.context_processor(_given_to_every_page)
    refuse_unguarded(app)
    return app


@open_to_all("styles and scripts hold nothing about anybody")
def static_file(name: str) -> Response:
    """A style or script under its hashed name, compressed where the browser takes it, kept for a year."""
    found = find_asset(name, bool(request.accept_encodings["gzip"]))
    if found is None:
        raise NoSuchRecord
    response = Response(found.path.read_bytes(), content_type=found.mimetype)
    response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    response.headers["Vary"] = "Accept-Encoding"
    if found.encoding is not None:
        response.headers["Content-Encoding"] = found.encoding
    return response


def asset_address(name: str) -> str:
    """The address of a style or script by its plain name; written out, since every page asks for several."""
    return f"{request.script_root}{STATIC}{_hashed(name)}"


_hashed = cache(asset_path)


def address_of(endpoint: str, **values: Any) -> str:
    """The address of a page; found once where nothing in it differs, since every page links to several."""
    return _found_once(request.script_root, endpoint) if not values else url_for(endpoint, **values)


@lru_cache(maxsize=256)
def _found_once(root: str, endpoint: str) -> str:
    return url_for(endpoint)


def _given_to_every_page() -> dict[str, Any]:
    person = current.signed_in()
    return {
        "viewer": person,
        "authority_name": person.authority_name if person else "",
        "navigation": tuple(pages_for(person)) if person else (),
        "demo": current.surroundings().settings.demo,
    }


def _named_in_trials() -> Named:
    """What trials name the viewer for, on the page where they start; on others nothing is asked for."""
    viewer = current.viewer()
    if request.endpoint != start_of(viewer):
        return Named()
    with current.reading() as connection:
        return named_in(connection, viewer, current.today())
