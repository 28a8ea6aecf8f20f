"""Two people in one answer: both texts in words, side by side, and neither overwritten."""

from collections.abc import Mapping
from typing import Any

from engine.definition import Question
from engine.forms import Address, field_name
from engine.question_types import in_words
from webapp.assessments.saving import Refused, Saved
from webapp.config import LANGUAGE
from webapp.drawing.questions import Conflict
from webapp.store.errors import RowGone

Json = Any

WHAT_NEXT = (
    "What you wrote is still in the box and is not saved. Change it to what should stand, from both if need be, "
    "then save: it takes the place of the other."
)
ROW_GONE = "It is not saved. Copy it from here if it should stand somewhere else."
NOTHING = "Nothing"


def conflict_id(name: str) -> str:
    """The id of the element that shows both texts for a field."""
    return f"{name}-conflict"


def conflicts_of(saved: Saved) -> Mapping[Address, Conflict]:
    """What to show at each answer whose save was refused."""
    return {address: _conflict(saved, address, refused) for address, refused in saved.refused.items()}


def _conflict(saved: Saved, address: Address, refused: Refused) -> Conflict:
    question, detail = _question(saved, address), refused.refusal.detail
    gone = isinstance(refused.refusal, RowGone)
    return Conflict(
        id=conflict_id(field_name(address)),
        message=refused.refusal.message,
        by="" if gone else str(detail["by"]),
        theirs="" if gone else in_words(question, detail["theirs"], LANGUAGE) or NOTHING,
        mine=in_words(question, refused.value, LANGUAGE) or NOTHING,
        typed=refused.value,
        what_next=ROW_GONE if gone else WHAT_NEXT,
    )


def _question(saved: Saved, address: Address) -> Question:
    definition = saved.before.definition
    path = f"{address.question}.{address.column}" if address.column else address.question
    found = definition.find(path)
    if found is None:
        raise KeyError(path)
    return found
