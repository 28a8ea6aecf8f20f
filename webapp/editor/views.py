"""The pages of this room; importing them puts them on the blueprint."""

from webapp.editor import changes, compare, forms, piecewise, publish, steps, text_view, versions
from webapp.editor.asked import page
from webapp.editor.blueprint import blueprint

__all__ = [
    "blueprint",
    "changes",
    "compare",
    "forms",
    "page",
    "piecewise",
    "publish",
    "steps",
    "text_view",
    "versions",
]
