"""What keeps pages and sessions safe in a browser: headers, cookies, tokens against forged posts, known hosts."""

from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response, abort, current_app, request, session
from flask_wtf import CSRFProtect
from itsdangerous import URLSafeTimedSerializer

from webapp.config import Settings
from webapp.session_cookie import TokenCookie

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
ONLY_SECURE = {"Strict-Transport-Security": "max-age=31536000; includeSubDomains"}
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


def flask_settings(settings: Settings) -> dict[str, Any]:
    """Flask's own settings: cookies no script can read, requests no larger than agreed."""
    secure = not settings.demo
    return {
        "SECRET_KEY": settings.signing_key,
        "SESSION_COOKIE_NAME": "__Host-pith" if secure else "pith",
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": secure,
        "MAX_CONTENT_LENGTH": settings.largest_request,
        "MAX_FORM_MEMORY_SIZE": settings.largest_request,
        "WTF_CSRF_TIME_LIMIT": None,
    }


def protect(app: Flask, settings: Settings) -> None:
    """Know browsers by their token, refuse forged posts and add the headers; the demonstration is for this machine."""
    app.session_interface = TokenCookie()
    CSRFProtect(app)
    app.context_processor(lambda: {"csrf_token": csrf_token})  # after the package’s own, which signs at every page
    headers = list((HEADERS if settings.demo else HEADERS | ONLY_SECURE).items())

    @app.after_request
    def add_headers(response: Response) -> Response:
        response.headers.extend(headers)
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    if settings.demo:
        # Ahead of the gate, which would answer a strange name by leading it to the sign-in page.
        app.before_request_funcs.setdefault(None, []).insert(0, _only_this_machine)


def csrf_token() -> str:
    """The token that goes with this browser's session, as Flask-WTF checks it: signed once, not at every page."""
    return _signed(str(current_app.secret_key), session["csrf_token"])


@lru_cache(maxsize=1024)
def _signed(key: str, token: str) -> str:
    return str(URLSafeTimedSerializer(key, salt="wtf-csrf-token").dumps(token))


def _only_this_machine() -> None:
    """A page elsewhere whose name was made to point at this machine must not read the demonstration."""
    try:
        host = urlsplit(f"//{request.host}").hostname
    except ValueError:
        host = None
    if host not in LOOPBACK:
        abort(400)
