"""A definition with answers and a context: what is shown, why, what is left and what comes next."""

from engine.journey.context import ONE_CHILD, Child, Context, context_from_json
from engine.journey.evaluation import Journey, evaluate
from engine.journey.progress import SectionState, next_section, section_states

__all__ = [
    "ONE_CHILD",
    "Child",
    "Context",
    "Journey",
    "SectionState",
    "context_from_json",
    "evaluate",
    "next_section",
    "section_states",
]
