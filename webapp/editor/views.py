"""The pages of this room; importing them puts them on the blueprint."""

from webapp.editor import cases, compare, drafts, forms, preview_link, publish, try_it, versions
from webapp.editor.blueprint import blueprint

__all__ = ["blueprint", "cases", "compare", "drafts", "forms", "preview_link", "publish", "try_it", "versions"]
