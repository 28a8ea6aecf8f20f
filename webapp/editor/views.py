"""The pages of this room; importing them puts them on the blueprint."""

from webapp.editor import (
    approval,
    bring,
    compare,
    download,
    drafts,
    forms,
    new_form,
    publish,
    sections,
    versions,
    waiting,
)
from webapp.editor.blueprint import blueprint

__all__ = [
    "approval",
    "blueprint",
    "bring",
    "compare",
    "download",
    "drafts",
    "forms",
    "new_form",
    "publish",
    "sections",
    "versions",
    "waiting",
]
