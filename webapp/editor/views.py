"""The pages of this room; importing them puts them on the blueprint."""

from webapp.editor import approval, compare, drafts, forms, publish, versions, waiting
from webapp.editor.blueprint import blueprint

__all__ = ["approval", "blueprint", "compare", "drafts", "forms", "publish", "versions", "waiting"]
