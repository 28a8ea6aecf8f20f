"""Cases of a form: answers with what must come of them, read, held against the form, and made from what came."""

from engine.cases.expectations import broken_expectations, evaluated
from engine.cases.leaving_out import without
from engine.cases.making import case_of
from engine.cases.shape import has_place, misshapen, names_not_in, unknown_names

__all__ = [
    "broken_expectations",
    "case_of",
    "evaluated",
    "has_place",
    "misshapen",
    "names_not_in",
    "unknown_names",
    "without",
]
