"""A server of the demonstration for each test, and a real browser that fails the test when a page misbehaves."""

import logging
import os
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask, Response, request
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from werkzeug.serving import make_server

from tests.browser.visits import begun
from tests.html_lint import faults
from tests.webapp.conftest import app, database, filled, settings
from webapp.assets import refresh
from webapp.store.database import Database
from workshop.browser import SETTING

__all__ = ["app", "database", "filled", "settings"]

PATIENCE = 20_000
"""Milliseconds until something is given up: a busy machine is slow, which no test here is about."""

expect.set_options(timeout=PATIENCE)

EXPECTED = ("Failed to load resource", "htmx: htmx:error: Failed to fetch")
"""What a browser's console may say: a refusal or a lost network that a test provokes is told there too."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever stands in this folder drives a browser."""
    for item in items:
        if "browser" in item.path.parts:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests."""
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(
            executable_path=os.environ[SETTING], args=["--no-sandbox"] if as_root else []
        )
        yield found
        found.close()


@pytest.fixture
def site(app: Flask) -> Iterator[str]:
    """The address of a server with a database of its own; every page and fragment it gave must have been fit."""
    refresh()
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    given: dict[str, str] = {}
    app.after_request(lambda response: _kept(response, given))
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    server.server_close()
    thread.join()
    unfit = {path: found for html, path in list(given.items()) if (found := faults(html, "<!doctype" in html))}
    assert unfit == {}


def _kept(response: Response, given: dict[str, str]) -> Response:
    """Remember what a browser was given to show."""
    if response.mimetype == "text/html" and not 300 <= response.status_code < 400:
        html = response.get_data(as_text=True)
        given.setdefault(html, request.path)
    return response


@pytest.fixture
def open_page(browser: Browser, site: str) -> Iterator[Callable[..., Page]]:
    """Opens a browser of its own on the site; at the end no page in it broke its policy or raised an error."""
    contexts: list[BrowserContext] = []
    said: list[str] = []

    def opened(width: int = 1280, **options: Any) -> Page:
        context = browser.new_context(base_url=site, viewport={"width": width, "height": 900}, **options)
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        context.on("weberror", lambda error: said.append(str(error.error)))
        context.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()
    assert [line for line in said if not line.startswith(EXPECTED)] == []


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    """A window 1280 pixels wide."""
    return open_page()


@pytest.fixture
def visit(page: Page, database: Database) -> Page:
    """Adaeze at a visit in person to Wren and Ossie, where she writes what she saw."""
    page.goto("/")
    page.get_by_role("button", name="Adaeze Finch").click()
    page.goto(f"/assessments/{begun(database)}/sections/around")
    return page
