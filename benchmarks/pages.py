"""What pages cost: a section shown, an answer saved, a long page, and the bytes that a browser fetches."""

import gzip
import re
import sqlite3
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

from flask import Flask

from benchmarks.measure import Figure, cpu, side_by_side
from benchmarks.server import Browser, found, one_page, served
from webapp.assets.build import BUILT

LENGTHS = (10, 70, 700)
REQUESTS, REPEATS = 40, 9
MOST_SAVES = 500
SAVED = "q-asked4"
"""The field that is saved: a long text."""

FORM = "application/x-www-form-urlencoded"


def figures() -> Iterator[Figure]:
    """Every figure of pages."""
    with served(*(one_page(length) for length in LENGTHS)) as app, TemporaryDirectory() as folder:
        browser = Browser(app.test_client())
        browser.sign_in()
        addresses = {length: browser.begin(f"page-{length}") for length in LENGTHS}
        works = [
            bare_get(),
            bare_commit(Path(folder)),
            getter(browser, addresses[10], 10),
            saver(browser, addresses[10]),
        ]
        times = [partial(_again, work, REQUESTS) for work in works]
        get, commit, shown, saved = (taken / REQUESTS for taken in side_by_side(times, REPEATS))
        yield Figure("bare Flask GET", get, "ms")
        yield Figure("bare durable commit", commit, "ms")
        yield Figure("GET a section of 10 questions", shown, "ms", get, 12)
        yield Figure("save one answer, to ten GETs and a commit", saved, "ms", 10 * get + commit, 1)
        for length in LENGTHS[1:]:
            long = cpu(getter(browser, addresses[length], length), REPEATS) / length
            yield Figure(f"each of {length} questions on a page, to each of 10", long, "ms", shown / 10, 1)
        yield from _sizes(browser, addresses[10])


def _again(work: Callable[[], object], times: int) -> None:
    for _ in range(times):
        work()


def bare_get() -> Callable[[], object]:
    """A route that returns a word, through Flask's own test client."""
    app = Flask("bare")
    app.add_url_rule("/", view_func=lambda: "here")
    client = app.test_client()
    return lambda: client.get("/")


def bare_commit(folder: Path) -> Callable[[], object]:
    """One row changed and committed as the store does it: WAL, synchronous FULL, written at once."""
    connection = sqlite3.connect(folder / "bare.sqlite", isolation_level=None)
    connection.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE t (n INTEGER)")
    connection.execute("INSERT INTO t VALUES (0)")
    return lambda: [connection.execute(each) for each in ("BEGIN IMMEDIATE", "UPDATE t SET n = n + 1", "COMMIT")]


def getter(browser: Browser, address: str, length: int) -> Callable[[], object]:
    """Fetches a page that shows so many questions; raises ValueError where it does not."""
    if browser.get(address).count(" data-question") != length:
        raise ValueError(f"{address} does not show {length} questions")
    return lambda: browser.client.get(address)


def saver(browser: Browser, address: str) -> Callable[[], int]:
    """Saves another text each time, as the page's script does, based on the revision that the last save gave.

    What is sent is written beforehand: encoding it is the browser's work. At most `MOST_SAVES` times.
    """
    page = browser.get(address)
    first = int(found(rf'value="{SAVED} (\d+)"', page))
    on_page = re.findall(r'id="([^"]+)" data-question', page)
    bodies = [(number, _body(number, on_page, browser.token)) for number in range(first, first + MOST_SAVES)]
    left = iter(bodies)

    def save() -> int:
        revision, body = next(left)
        response = browser.client.post(address, data=body, content_type=FORM, headers={"HX-Request": "true"})
        if response.headers.get("Pith-Save") != "saved":
            raise ValueError(f"{address} answered {response.status_code} to a save")
        return revision

    return save


def _body(revision: int, on_page: list[str], token: str) -> bytes:
    data = {
        "held": SAVED,
        "based_on": f"{SAVED} {revision}",
        SAVED: f"She told us a little more, the {revision}th time.",
        "key": f"{revision:032x}",
        "on_page": on_page,
        "csrf_token": token,
    }
    return urlencode(data, doseq=True).encode()


def _sizes(browser: Browser, address: str) -> Iterator[Figure]:
    """Bytes as they are sent: everything a page links to once, and one section's HTML."""
    linked = sum(path.stat().st_size for path in BUILT.glob("*.gz"))
    yield Figure("static files, gzip", linked / 1000, "kB", bar=60)
    html = len(gzip.compress(browser.get(address).encode()))
    yield Figure("HTML of a section of 10 questions, gzip", html / 1000, "kB", bar=15)
