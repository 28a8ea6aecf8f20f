"""The one cookie: an opaque token that means something only to the store, and the secret that forms carry with it."""

import hmac
import secrets
from typing import Any

from flask import Flask, Request, Response
from flask.sessions import SessionInterface, SessionMixin


class Token(dict[str, Any], SessionMixin):
    """What Flask calls the session: `token`, and `csrf_token`, which follows from it and is never sent as a cookie."""

    def __init__(self, token: str, key: str, received: str | None) -> None:
        """Keep what the browser sent, to see whether it must be told something new."""
        super().__init__(token=token, csrf_token=hmac.digest(key.encode(), token.encode(), "sha256").hex())
        self.received = received


class TokenCookie(SessionInterface):
    """Gives each browser a token of its own; who is signed in under it is for the store to say."""

    def open_session(self, app: Flask, request: Request) -> Token:
        """The token that the browser sent, or a new one."""
        received = request.cookies.get(app.config["SESSION_COOKIE_NAME"])
        return Token(received or new_token(), str(app.secret_key), received)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Send the token where the browser has another or none, and the request had a use for it."""
        if not isinstance(session, Token) or not session.accessed or session["token"] == session.received:
            return
        response.set_cookie(
            app.config["SESSION_COOKIE_NAME"],
            session["token"],
            httponly=True,
            secure=app.config["SESSION_COOKIE_SECURE"],
            samesite=app.config["SESSION_COOKIE_SAMESITE"],
        )


def new_token() -> str:
    """A token under which nobody is signed in."""
    return secrets.token_urlsafe(32)
