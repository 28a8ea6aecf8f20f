"""Whose page it is: what one person's open page sends is never saved under another's name."""

from flask import request

from webapp import current
from webapp.kept_words import WRITER
from webapp.store.errors import AnotherWriter


def refuse_another_writer() -> None:
    """Raise AnotherWriter where the page that sends was opened by somebody other than who is signed in."""
    if request.form.get(WRITER, current.viewer().key) != current.viewer().key:
        raise AnotherWriter
