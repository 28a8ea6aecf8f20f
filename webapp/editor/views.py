"""The pages of this room; importing them puts them on the blueprint."""

from webapp.editor import compare, drafts, forms, publish, under_way, versions
from webapp.editor.blueprint import blueprint

__all__ = ["blueprint", "compare", "drafts", "forms", "publish", "under_way", "versions"]
