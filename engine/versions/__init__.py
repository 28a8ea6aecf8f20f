"""Two versions of a form: what changed between them, and answers moved from one to the other with nothing lost."""

from engine.versions.changes import Change
from engine.versions.comparing import compare
from engine.versions.moving import ChangedAnswer, Moved, NoPlace, move

__all__ = ["Change", "ChangedAnswer", "Moved", "NoPlace", "compare", "move"]
