"""A test's browser: keeps cookies and the page's token, and lints every page it is given."""

import re
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.html_lint import faults
from webapp.store.database import reading
from webapp.store.people import everyone

_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


class Visitor(FlaskClient):
    """Fetches pages; a page that is not fit to be shown fails the test that fetched it."""

    token = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Send what browsers send with the forms of our own pages."""
        super().__init__(*args, **kwargs)
        self.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Fetch a page and lint it."""
        response = super().open(*args, **kwargs)
        if response.mimetype == "text/html" and not 300 <= response.status_code < 400 and response.text:
            whole_page = "HX-Request" not in response.request.headers or "<!doctype" in response.text
            assert faults(response.text, whole_page) == [], f"{response.request.path} is not fit to be shown"
            found = _TOKEN.search(response.text)
            self.token = found[1] if found else self.token
        return response

    def send(self, path: str, data: dict[str, Any] | None = None, **kwargs: Any) -> TestResponse:
        """Post a form as the page that was last fetched would, with its token."""
        return self.post(path, data={"csrf_token": self.token, **(data or {})}, **kwargs)

    def sign_in(self, name: str) -> "Visitor":
        """Choose one of the demonstration's people by name; a test's own person needs no account for it."""
        page = self.get("/sign-in").text
        found = re.search(rf'name="person" value="([^"]+)"(?:(?!name="person").)*?>{re.escape(name)}<', page, re.S)
        response = self.send("/sign-in", {"person": found[1] if found else self._key_of(name)})
        assert response.status_code == 302
        self.get(response.location)
        return self

    def _key_of(self, name: str) -> str:
        with reading(self.application.extensions["pith"].database) as connection:
            keys = [person.key for person in everyone(connection) if person.name == name]
        assert keys, f"{name} is not among the people to choose from"
        return keys[0]
