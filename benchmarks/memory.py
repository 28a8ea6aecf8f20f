"""What the server's memory comes to at its highest while a visit is filled in from beginning to end."""

import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from html.parser import HTMLParser
from http.cookiejar import CookieJar
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.error import HTTPError
from urllib.parse import urlencode, urljoin
from urllib.request import HTTPCookieProcessor, build_opener

from benchmarks.measure import Figure
from benchmarks.server import WORKER, found

ROUNDS = 3
PEAK = re.compile(r"VmHWM:\s+(\d+) kB")


def figures() -> Iterator[Figure]:
    """The peak after the journey; nothing where the system does not tell it."""
    with _server() as (process, address):
        for _ in range(ROUNDS):
            _journey(_Visitor(address))
        status = Path(f"/proc/{process.pid}/status")
        if status.is_file():
            yield Figure(
                "peak memory after the demo journey", int(found(PEAK.pattern, status.read_text())) / 1000, "MB", bar=120
            )


@contextmanager
def _server() -> Iterator[tuple["subprocess.Popen[str]", str]]:
    """The demonstration served from a process of its own, ready to be asked."""
    port = _free_port()
    with TemporaryDirectory() as folder:
        process = subprocess.Popen(
            [sys.executable, "-m", "webapp.cli", "run", "--demo", "--port", str(port)],
            env={**os.environ, "PITH_DATA": folder},
            cwd=Path(__file__).parents[1],
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            if process.stdout is None or "Pith is at" not in process.stdout.readline():
                raise OSError("the server did not start")
            yield process, f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait()


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


def _journey(visitor: "_Visitor") -> None:
    """Sign in, open a child, begin a visit, write in every section, try to submit it and sign out."""
    page = visitor.get("/sign-in")
    key = found(rf'name="person" value="([^"]+)"(?:(?!name="person").)*?>{WORKER}<', page)
    home = visitor.post("/sign-in", page, {"person": key})
    child = found(r'href="/?(children/[^"/]+)"', home)
    visitor.get(f"/{child}")
    begin = visitor.get(f"/{child}/begin/visit")
    page = visitor.post(
        f"/{child}/begin/visit", begin, {"children": found(r'name="children"[^>]*value="([^"]+)"', begin)}
    )
    assessment, first = visitor.at.partition("/sections/")[0], visitor.at
    for section in re.findall(r'<a class="govuk-link" href="([^"]+)"', found(r'id="steps">(.*?)</ul>', page)):
        visitor.at = first
        shown = visitor.get(section)
        if "data-save-to" in shown:
            visitor.post(visitor.at, shown, {"do": "save"})
    check = visitor.get(f"{assessment}/check")
    visitor.post(f"{assessment}/submit", check, {"note": "Talked over on the phone."})
    visitor.post("/sign-out", visitor.get("/"), {})


class _Visitor:
    """A browser over the network that keeps its cookies and knows where it is."""

    def __init__(self, address: str) -> None:
        self.at = address
        self.opener = build_opener(HTTPCookieProcessor(CookieJar()))

    def get(self, path: str) -> str:
        """A page's text, wherever its address leads."""
        return self._open(path, None)

    def post(self, path: str, page: str, data: Mapping[str, str]) -> str:
        """Fill in the form of a page with whatever it takes and post it; a refusal is a page too."""
        fields = _Fields()
        fields.feed(page)
        return self._open(path, urlencode([*fields.filled, *data.items()]).encode())

    def _open(self, path: str, body: bytes | None) -> str:
        try:
            response = self.opener.open(urljoin(self.at, path), body)
        except HTTPError as refused:
            response = refused
        with response:
            self.at = response.geturl().partition("?")[0]
            return str(response.read().decode())


class _Fields(HTMLParser):
    """What a page's form holds, its radios and texts answered."""

    def __init__(self) -> None:
        super().__init__()
        self.filled: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        field = dict(attrs)
        name, kind = field.get("name"), field.get("type", "")
        if name is None:
            return
        if tag == "textarea":
            self.filled.append((name, "She told us how the week went, and what she would like to change. " * 8))
        elif kind == "hidden" or (kind == "radio" and name not in dict(self.filled)):
            self.filled.append((name, field.get("value") or ""))
