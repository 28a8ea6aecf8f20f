"""The session's cookie: an opaque token that means something only to the store, and the secret that forms carry."""

import hmac
import secrets
from typing import Any, cast

from flask import Flask, Request, Response, g, request, session
from flask.sessions import SessionInterface, SessionMixin


class Token(dict[str, Any], SessionMixin):
    """What Flask calls the session: `token`, and `csrf_token`, which follows from it and is never sent as a cookie.

    `before` is the secret of forms that this browser was given under its last token, "" where there was none.
    """

    def __init__(self, token: str, key: str, received: str | None, before: str) -> None:
        """Keep what the browser sent, to see whether it must be told something new."""
        super().__init__()
        self.received = received
        self.before = before
        self._key = key.encode()
        self.become(token)
        self.changed = False

    def become(self, token: str) -> None:
        """Another token, and the secret that goes with it."""
        self.update(token=token, csrf_token=hmac.digest(self._key, token.encode(), "sha256").hex())


class TokenCookie(SessionInterface):
    """Gives each browser a token of its own; who is signed in under it is for the store to say."""

    def open_session(self, app: Flask, request: Request) -> Token:
        """The token that the browser sent, or a new one."""
        received = request.cookies.get(app.config["SESSION_COOKIE_NAME"])
        before = request.cookies.get(_before(app), "")
        return Token(received or new_token(), str(app.secret_key), received, before)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Send the token where the browser has another or none, and the request had a use for it.

        A post from another site comes without the cookie: its answer must not put a new one in the real one's place.
        """
        if not isinstance(session, Token) or not session.accessed or session["token"] == session.received:
            return
        if request.method not in ("GET", "HEAD") and not session.changed:
            return
        _set(app, response, app.config["SESSION_COOKIE_NAME"], session["token"])
        if session.changed:
            _set(app, response, _before(app), session.before)


def _set(app: Flask, response: Response, name: str, value: str) -> None:
    secure, same_site = app.config["SESSION_COOKIE_SECURE"], app.config["SESSION_COOKIE_SAMESITE"]
    response.set_cookie(name, value, httponly=True, secure=secure, samesite=same_site)


def _before(app: Flask) -> str:
    """The cookie with the secret of forms that were drawn before the last time somebody signed in or out here."""
    return f"{app.config['SESSION_COOKIE_NAME']}-before"


def new_token() -> str:
    """A token under which nobody is signed in."""
    return secrets.token_urlsafe(32)


def change_token(token: str) -> None:
    """Know the browser that asks by another token; forms drawn after this carry the secret that goes with it."""
    changing = cast("Token", session)
    changing.before = changing["csrf_token"]
    changing.become(token)
    changing.changed = True
    g.pop("csrf_token", None)
