"""What a refused post held: its texts, ready to copy, and all of it, ready to be sent again."""

import re
from binascii import a2b_qp
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock
from typing import Literal
from urllib.parse import urlsplit

from flask import Request
from werkzeug.exceptions import RequestEntityTooLarge

from webapp.access import Viewer

WRITER = "writer"
"""The hidden input that says who opened the page: only forms with it are given back, none with a password has it."""

MOST_GIVEN_BACK = 12_000_000
"""Bytes of one request that are read in order to be given back."""

LARGE = 1_500_000
"""Bytes past which a request takes so much memory to give back that it is done for one at a time."""

MOST_FIELDS = 20_000

_ONE_LARGE = Lock()

_WRITTEN = re.compile(
    "[qd]-|dated-|(note|words|definition|reason|conversation|given_name|family_name|about|reference)$"
)
_CODE = re.compile(r"[a-z0-9_]+|\s*")
_UNREADABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


CALLED = "called"
"""The hidden inputs that say what each question is called, so that a refused text is given back under its own name."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text and what it answered, "" where the page did not say."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class KeptWords:
    """What somebody wrote: texts, short answers such as options and parts of dates, and every field as it was sent.

    `fields` is empty where nobody can tell which site made the post: what is sent again must come from our own page.
    """

    texts: tuple[Text, ...]
    others: tuple[str, ...]
    fields: tuple[tuple[str, str], ...]


@contextmanager
def kept_words(request: Request, viewer: Viewer | None) -> Iterator[KeptWords | None]:
    """What a post held, while a page is made of it; None where nothing was written, or it is not the viewer's own.

    Nobody signed in (None) is given back what their browser has just sent. A post that another site made, or a page
    that another person opened, gives nothing back; nor does a large one while another is given back.
    """
    made = sender(request)
    if request.method != "POST" or made == "elsewhere":
        yield None
        return
    large = (request.content_length or 0) > LARGE
    if large and not _ONE_LARGE.acquire(blocking=False):
        yield None
        return
    try:
        yield _kept(request, viewer, made == "here")
    finally:
        if large:
            _ONE_LARGE.release()


def sender(request: Request) -> Literal["here", "elsewhere", "unknown"]:
    """Which site made a post, as the browser says; an older one names only where its page came from, or nothing."""
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site is None and origin is None:
        return "unknown"
    here = site == "same-origin" if site is not None else urlsplit(str(origin)).netloc == request.host
    return "here" if here else "elsewhere"


def _kept(request: Request, viewer: Viewer | None, from_here: bool) -> KeptWords | None:
    if viewer is not None:
        request.max_content_length = request.max_form_memory_size = MOST_GIVEN_BACK
    try:
        fields = tuple(_fields(request))
    except RequestEntityTooLarge:
        return None
    writer = dict(fields).get(WRITER)
    if writer is None or (viewer is not None and viewer.key != writer):
        return None
    called = dict(value.split(" ", 1) for name, value in fields if name == CALLED and " " in value)
    written = [Text(_label(called, name), value) for name, value in fields if _WRITTEN.match(name)]
    texts = tuple(text for text in written if not _CODE.fullmatch(text.value))
    others = tuple(text.value for text in written if text.value.strip() and _CODE.fullmatch(text.value))
    return KeptWords(texts, others, fields if from_here else ()) if texts or others else None


def _label(called: Mapping[str, str], name: str) -> str:
    """What the field of that name was called; what is done to find out, and parts of an answer, by their question."""
    field = f"q{name[1:]}-"
    return called.get(max((each for each in called if field.startswith(f"{each}-")), key=len, default=""), "")


def _fields(request: Request) -> Iterator[tuple[str, str]]:
    """Every field as it was sent, without what no text can hold; the page's token apart, which is given anew."""
    large = (request.content_length or 0) > LARGE and request.mimetype == "application/x-www-form-urlencoded"
    for name, value in _read(request.get_data(cache=False)) if large else request.form.items(multi=True):
        if name != "csrf_token":
            yield name, _UNREADABLE.sub("", value)


def _read(body: bytes) -> Iterator[tuple[str, str]]:
    """The fields of a large body; none where they are more than any page has."""
    if body.count(b"&") < MOST_FIELDS:
        for pair in body.split(b"&"):
            name, _, value = pair.partition(b"=")
            yield _unescaped(name), _unescaped(value)


def _unescaped(part: bytes) -> str:
    """Escapes read in one go: the standard library's way takes seventy times the memory of a text full of them."""
    quoted = part.replace(b"+", b" ").replace(b"=", b"=3D").replace(b"%", b"=")
    return a2b_qp(quoted).decode(errors="replace")
