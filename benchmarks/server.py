"""The application with invented people and forms made for measuring, and a browser of the least kind."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urljoin

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from engine.definition import definition_from_json
from webapp import create_app, demo
from webapp.config import Settings
from webapp.store import migrations
from webapp.store.database import open_database, writing
from webapp.store.definitions import Publication, publish

Json = Any
NOW = datetime(2026, 3, 12, 9, 30, tzinfo=UTC)
WORKER = "Adaeze Finch"
TYPES = ("choice", "yes_no", "short_text", "choices", "long_text", "date", "scale", "number", "analysis", "person")
OPTIONS = [{"value": value, "label": f"The {value} one"} for value in ("first", "second", "third", "fourth")]


def one_page(questions: int) -> dict[str, Json]:
    """A form of one section that shows all its questions, of every type in turn."""
    asked = [_question(number, TYPES[number % len(TYPES)]) for number in range(questions)]
    section = {"id": "all", "title": "All of it", "intro": "Answer what you can.", "questions": asked}
    return {
        "form": f"page-{questions}",
        "version": 1,
        "title": f"A page of {questions} questions",
        "purpose": "Measures the pages; not a form for use.",
        "sections": [section],
    }


def _question(number: int, type_name: str) -> dict[str, Json]:
    question = {
        "id": f"asked{number}",
        "type": type_name,
        "kind": "fact",
        "label": f"What do we know about part {number}?",
        "hint": "In a sentence or two",
        "why": "It helps whoever reads this next",
    }
    return {**question, "options": OPTIONS} if type_name in ("choice", "choices") else question


@contextmanager
def served(*forms: Mapping[str, Json]) -> Iterator[Flask]:
    """The whole application as the demonstration, over a database on disk, with these forms published."""
    with TemporaryDirectory() as folder:
        settings = Settings(data=Path(folder), secret_key="only for measuring", demo=True)
        database = open_database(settings.database_url)
        migrations.prepare(database)
        with writing(database) as connection:
            demo.fill(connection, NOW)
            demo.publish_library(connection, NOW)
            for form in forms:
                publish(connection, Publication(definition_from_json(form), {}), NOW)
        database.dispose()
        yield create_app(settings, lambda: NOW)


def found(pattern: str, page: str) -> str:
    """What a pattern's group matches in a page; raises ValueError where it matches nothing."""
    match = re.search(pattern, page, re.DOTALL)
    if match is None:
        raise ValueError(pattern)
    return match[1]


class Browser:
    """Keeps cookies and the page's token; every answer must be the one expected."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client
        self.token = ""
        self.at = "/"

    def get(self, path: str) -> str:
        """Fetch a page, wherever it leads."""
        response = self.client.get(path, follow_redirects=True)
        return self._text(response, path)

    def post(self, path: str, data: Mapping[str, Json]) -> str:
        """Post a form as the last page would, and fetch where it leads."""
        response = self.client.post(path, data={"csrf_token": self.token, **data}, follow_redirects=True)
        return self._text(response, path)

    def bring(self, content: bytes, expected: int) -> None:
        """Bring a form from a file, and look at the page that sets it beside what is here."""
        sent = {"csrf_token": self.token, "file": (BytesIO(content), "form.json")}
        response = self.client.post("/forms/bring", data=sent, follow_redirects=True)
        if response.status_code != expected:
            raise ValueError(f"a file was answered {response.status_code}")

    def _text(self, response: TestResponse, path: str) -> str:
        if response.status_code != 200:
            raise ValueError(f"{path} answered {response.status_code}")
        self.at = response.request.path
        match = re.search(r'name="csrf_token" value="([^"]+)"', response.text)
        self.token = match[1] if match else self.token
        return response.text

    def sign_in(self, name: str = WORKER) -> None:
        """Choose the worker, or somebody else, among the demonstration's people."""
        page = self.get("/sign-in")
        key = found(rf'name="person" value="([^"]+)"(?:(?!name="person").)*?>{name}<', page)
        self.post("/sign-in", {"person": key})

    def begin(self, form: str) -> str:
        """Begin a form about the first child there is; the address of its first section."""
        child = urljoin("/", found(r'href="(/?children/[^"/]+)"', self.get("/")))
        page = self.get(f"{child}/begin/{form}")
        key = found(r'name="children"[^>]*value="([^"]+)"', page)
        self.post(f"{child}/begin/{form}", {"children": key})
        return self.at
