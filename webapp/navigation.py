"""Where pages lead: those at the top of every page, for those who may open them, and on from a post."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from flask import current_app, request

from webapp.access import Viewer, reach, rule_of

PAGES = (
    ("record.home", "Your children"),
    ("record.new_contact", "New contact"),
    ("editor.forms", "Forms"),
    ("editor.compare", "Compare forms"),
    ("trials.trials", "Trials"),
    ("accounts.people", "People"),
    ("audit.log", "Who has looked"),
)
"""Each page's endpoint and its words; the first that somebody may open is where they start."""

SEE_OTHER = 303
"""The status of a redirect after a post: the browser fetches the next page."""


def pages_for(viewer: Viewer) -> Iterator[tuple[str, str]]:
    """The endpoints and words of the pages that a viewer may open."""
    for endpoint, words in PAGES:
        rule = rule_of(current_app.view_functions[endpoint])
        if rule is not None and rule.allows(viewer):
            yield endpoint, whose_children(viewer) if endpoint == "record.home" else words


def whose_children(viewer: Viewer) -> str:
    """What the list of children is called: a manager's holds those of the whole team."""
    return "Your team’s children" if reach(viewer).colleagues else "Your children"


def start_of(viewer: Viewer) -> str:
    """The endpoint of the page that a viewer starts on."""
    return next((endpoint for endpoint, _ in pages_for(viewer)), "record.help")


def this_site() -> str:
    """Where the browser that asks says it is: behind a proxy only the browser knows the name and https."""
    origin = request.headers.get("Origin", "")
    parts = urlsplit(origin)
    known = parts.scheme in ("http", "https") and parts.netloc
    return origin if known else request.host_url.rstrip("/")
