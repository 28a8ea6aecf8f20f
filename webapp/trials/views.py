"""The pages of this room; importing them puts them on the blueprint."""

from webapp.trials import cards
from webapp.trials.blueprint import blueprint

__all__ = [
    "blueprint",
    "cards",
]
