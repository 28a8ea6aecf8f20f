"""Browsers in which somebody has signed in before, known by a cookie: guessing elsewhere does not stop them."""

import hmac
import secrets

from flask import Response, after_this_request, current_app, request, url_for

from webapp.store.accounts import as_kept

KEPT_SECONDS = 365 * 24 * 3600
MOST = 12
"""Accounts that one browser is known to: all their cookies are sent together, and a proxy takes only so many."""


def known_as(email: str) -> str:
    """The id under which this browser has signed in to an account before; "" where it has not, or only says so."""
    identity, _, signature = request.cookies.get(_cookie_name(email), "").partition(".")
    expected = _signed(f"browser {as_kept(email)} {identity}")
    return identity if hmac.compare_digest(signature.encode(), expected.encode()) else ""


def know(email: str) -> None:
    """Know this browser from now on as one in which the account's owner signs in; the cookie goes with the answer."""
    identity = known_as(email) or secrets.token_urlsafe(16)
    name, value = _cookie_name(email), f"{identity}.{_signed(f'browser {as_kept(email)} {identity}')}"

    @after_this_request
    def _send(response: Response) -> Response:
        path, secure = url_for("accounts.sign_in"), bool(current_app.config["SESSION_COOKIE_SECURE"])
        response.set_cookie(name, value, max_age=KEPT_SECONDS, path=path, secure=secure, httponly=True, samesite="Lax")
        others = [each for each in request.cookies if each.startswith(_prefix()) and each != name]
        for forgotten in others[: max(0, len(others) - MOST + 1)]:
            response.delete_cookie(forgotten, path=path, secure=secure, httponly=True, samesite="Lax")
        return response


def _prefix() -> str:
    return "__Secure-pith-known-" if current_app.config["SESSION_COOKIE_SECURE"] else "pith-known-"


def _cookie_name(email: str) -> str:
    """Nobody who looks into the browser's storage learns from it whose account it is."""
    return f"{_prefix()}{_signed(f'name {as_kept(email)}')[:16]}"


def _signed(text: str) -> str:
    return hmac.digest(str(current_app.secret_key).encode(), f"known browser: {text}".encode(), "sha256").hex()
