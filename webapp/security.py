"""What keeps pages and sessions safe in a browser: headers, cookies, tokens against forged posts, known hosts."""

import hmac
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response, abort, current_app, request, session
from flask_wtf import CSRFProtect
from flask_wtf.csrf import CSRFError
from itsdangerous import BadData, URLSafeTimedSerializer

from webapp import current
from webapp.access import largest_of
from webapp.config import Settings
from webapp.kept_words import WRITER, sender
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
    app.config["WTF_CSRF_CHECK_DEFAULT"] = False
    forged = CSRFProtect(app)

    @app.before_request
    def refuse_forged() -> None:
        if request.endpoint is None:
            return
        request.max_content_length = largest_of(app.view_functions[request.endpoint], settings.largest_request)
        try:
            forged.protect()
        except CSRFError:
            if not _opened_before_signing_in_again():
                raise

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


def _opened_before_signing_in_again() -> bool:
    """Whether a page's own writer has only signed in anew in this browser since: then one press saves what it holds.

    Unlike a token of today this takes the browser's word that the post comes from our own page.
    """
    before, person = getattr(session, "before", ""), current.signed_in()
    if not before or person is None or sender(request) != "here":
        return False
    mine = hmac.compare_digest(request.form.get(WRITER, "").encode(), person.key.encode())
    return mine and hmac.compare_digest(_text_of(request.form.get("csrf_token", "")), before.encode())


def _text_of(token: str) -> bytes:
    """What a token says, whenever it was signed; nothing for one that was not."""
    try:
        return str(URLSafeTimedSerializer(str(current_app.secret_key), salt="wtf-csrf-token").loads(token)).encode()
    except BadData:
        return b""


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
