"""What a refused post held: its texts, ready to copy, and all of it, ready to be sent again."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from flask import Request
from werkzeug.exceptions import RequestEntityTooLarge

from webapp.access import Viewer

WRITER = "writer"
"""The hidden input that says who opened the page: only forms with it are given back, none with a password has it."""

MOST_SENT = 64_000_000
"""Bytes of one request that are read at all; the server hangs up on more."""

_WRITTEN = re.compile("[qd]-|(note|words)$")
_CODE = re.compile(r"[a-z0-9_]+|\s*")
_UNREADABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class KeptWords:
    """What somebody wrote: texts, short answers such as options and parts of dates, and every field as it was sent."""

    texts: tuple[str, ...]
    others: tuple[str, ...]
    fields: tuple[tuple[str, str], ...]


def kept_words(request: Request, viewer: Viewer | None) -> KeptWords | None:
    """What a post held; None where nothing was written, or where it is not the viewer's own.

    Nobody signed in (None) is given back what their browser has just sent. A post that another site made, or a page
    that another person opened, gives nothing back.
    """
    if request.method != "POST" or request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        return None
    if viewer is not None:
        request.max_content_length = request.max_form_memory_size = MOST_SENT
    try:
        fields = tuple(_fields(request))
    except RequestEntityTooLarge:
        return None
    writer = dict(fields).get(WRITER)
    if writer is None or (viewer is not None and viewer.key != writer):
        return None
    written = [value for name, value in fields if _WRITTEN.match(name)]
    texts = tuple(value for value in written if not _CODE.fullmatch(value))
    others = tuple(value for value in written if value.strip() and _CODE.fullmatch(value))
    return KeptWords(texts, others, fields) if texts or others else None


def _fields(request: Request) -> Iterator[tuple[str, str]]:
    """Every field as it was sent, without what no text can hold; the page's token apart, which is given anew."""
    for name, value in request.form.items(multi=True):
        if name != "csrf_token":
            yield name, _UNREADABLE.sub("", value)
