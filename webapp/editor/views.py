"""All the pages about forms, on one blueprint."""

from webapp.editor import compare, forms
from webapp.editor.blueprint import blueprint

__all__ = ["blueprint", "compare", "forms"]
