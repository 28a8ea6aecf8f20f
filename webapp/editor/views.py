"""The pages of this room; importing them puts them on the blueprint."""

from webapp.editor import (
    adding,
    arranging,
    cases,
    changes,
    compare,
    forms,
    local_page,
    looking,
    newer_page,
    piecewise,
    preview_link,
    publish,
    steps,
    text_view,
    try_it,
    under_way,
    versions,
)
from webapp.editor.asked import page
from webapp.editor.blueprint import blueprint

__all__ = [
    "adding",
    "arranging",
    "blueprint",
    "cases",
    "changes",
    "compare",
    "forms",
    "local_page",
    "looking",
    "newer_page",
    "page",
    "piecewise",
    "preview_link",
    "publish",
    "steps",
    "text_view",
    "try_it",
    "under_way",
    "versions",
]
