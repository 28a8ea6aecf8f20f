"""The pages of this room; importing them puts them on the blueprint."""

from webapp.editor import (
    adding,
    arranging,
    changes,
    compare,
    forms,
    looking,
    piecewise,
    publish,
    steps,
    text_view,
    versions,
)
from webapp.editor.asked import page
from webapp.editor.blueprint import blueprint

__all__ = [
    "adding",
    "arranging",
    "blueprint",
    "changes",
    "compare",
    "forms",
    "looking",
    "page",
    "piecewise",
    "publish",
    "steps",
    "text_view",
    "versions",
]
