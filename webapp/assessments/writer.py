"""Whose page it is, and of which version: what an open page sends is never saved as anything else."""

from flask import request

from webapp import current
from webapp.kept_words import WRITER
from webapp.store.assessments import Assessment
from webapp.store.errors import AnotherWriter, MovedMeanwhile

EDITION = "edition"
"""The hidden input that says which version of its form a page was drawn from."""


def refuse_another_writer() -> None:
    """Raise AnotherWriter where the page that sends was opened by somebody other than who is signed in."""
    if request.form.get(WRITER, current.viewer().key) != current.viewer().key:
        raise AnotherWriter


def refuse_another_version(assessment: Assessment) -> None:
    """Raise MovedMeanwhile where the page that sends was drawn from another version than the draft is on now."""
    if request.form.get(EDITION, assessment.edition.key) != assessment.edition.key:
        raise MovedMeanwhile
