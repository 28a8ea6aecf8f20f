"""The one wrapper around htmx-flask: what Pith asks of a request by htmx 4 and how it answers one.

Under htmx 4 the package's trigger, prompt and target are not filled as documented, and two of its reswap values
raise; so only its answer to "did htmx ask?" is used, and nothing else in the project imports it.
"""

from flask import Flask, Response, make_response
from htmx_flask import Htmx
from htmx_flask import request as htmx_request


def init_app(app: Flask) -> None:
    """Let every request of the application say whether htmx made it."""
    Htmx(app)


def asked_by_htmx() -> bool:
    """Whether the page's script made this request and so takes a fragment; without it a whole page is due."""
    return bool(htmx_request.htmx)


def fragment(html: str, status: int = 200) -> Response:
    """A piece of a page, never kept by a cache in place of the page at the same address."""
    response = make_response(html, status)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Vary"] = "HX-Request"
    return response
