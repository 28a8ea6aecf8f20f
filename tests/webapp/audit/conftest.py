"""Somebody at an assessment, for the log to tell of."""

from tests.webapp.assessments.conftest import desk

__all__ = ["desk"]
