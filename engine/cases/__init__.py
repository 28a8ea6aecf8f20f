"""Cases of a form: answers with what must come of them, read, held against the form, and made from what came."""

from engine.cases.expectations import broken_expectations, evaluated
from engine.cases.making import case_of
from engine.cases.shape import misshapen, unknown_names

__all__ = ["broken_expectations", "case_of", "evaluated", "misshapen", "unknown_names"]
