"""Two versions of a form: what changed between them, and answers moved from one to the other with nothing lost."""

from engine.versions.changes import Change
from engine.versions.comparing import compare
from engine.versions.moving import ChangedAnswer, Moved, NoPlace, move
from engine.versions.reasons import REASONS, as_text

__all__ = ["REASONS", "Change", "ChangedAnswer", "Moved", "NoPlace", "as_text", "compare", "move"]
