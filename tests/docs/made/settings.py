"""The settings of an installation, from where each is declared."""

from dataclasses import MISSING, Field, fields
from typing import Any

from tests.docs.made.writing import code, table
from webapp.config import Settings


def settings() -> str:
    """One line for each environment variable."""
    declared = [each for each in fields(Settings) if "variable" in each.metadata]
    rows = [(code(each.metadata["variable"]), each.metadata["meaning"], _default(each)) for each in declared]
    return table(["Variable", "Meaning", "Default"], rows)


def _default(field: Field[Any]) -> str:
    if field.default in (MISSING, ""):
        return ""
    return code(str(field.default))
