"""What could not be saved as it was sent: an answer changed elsewhere, a row that is gone, a text that is too long."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, cast

from engine.definition import Question
from engine.forms import Address, address_of, field_name
from engine.question_types.base import is_blank, is_not_known
from webapp.assessments.lengths import TooLong
from webapp.assessments.saving import Refused, Saved
from webapp.drawing.questions import Conflict, Way
from webapp.store.errors import RowGone
from webapp.words import form_words, put, said

Json = Any
Choice = Literal["mine", "theirs", "both", "gone"]
CHOICES: Mapping[Choice, str] = {
    "mine": "Keep mine",
    "theirs": "Keep theirs",
    "both": "Write one from both",
    "gone": "I no longer need this",
}
OF_ONES_OWN: Mapping[Choice, str] = {"mine": "Keep what is here", "theirs": "Keep the other"}
"""The same where both answers are one person's."""
BETWEEN = "\n\n———\n\n"
"""What stands between two texts in one box."""
ON_ONE_LINE = " / "
"""The same in a box of one line."""

WHAT_NEXT = "Yours is not saved yet. Choose what should stand."
CHANGED_BY = "{by} changed this answer while you were writing."
OWN_NEXT = "What you wrote here is not saved yet. Choose what should stand."
CHANGED_ELSEWHERE = "You changed this answer somewhere else while this page was open."
ROW_GONE = "This line was removed while you were writing in it. Copy your words if they should stand somewhere else."
NOT_ASKED = "Your answer was not saved, and the question is no longer asked. Copy your words if you need them."
THEIRS_STANDS = "The other answer stands. What you wrote here stays until you leave this page."
BOTH_IN_BOX = "Both texts are in the box, what you wrote here first. Make one text of them."
NOTHING = "Nothing"


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which of two answers to a question should stand, as a button of the page says."""

    choice: Choice
    address: Address

    @property
    def holds_back(self) -> bool:
        """Whether what the page holds at the question is not to be saved."""
        return self.choice != "mine"


def chosen_from(written: str) -> Chosen | None:
    """The choice that a button's value holds, None for any other text."""
    choice, _, name = written.partition(" ")
    address = address_of(name)
    return Chosen(cast("Choice", choice), address) if choice in CHOICES and address is not None else None


def conflict_id(name: str) -> str:
    """The id of the element that shows both texts for a field."""
    return f"{name}-conflict"


def conflicts_of(saved: Saved) -> Mapping[Address, Conflict]:
    """What to show at each answer whose save was refused."""
    return {address: _conflict(saved, address, refused) for address, refused in saved.refused.items()}


def settled(saved: Saved, chosen: Chosen | None) -> Mapping[Address, Conflict]:
    """What to show at a question once it was chosen that theirs should stand, or one be written from both."""
    if chosen is None or chosen.address not in saved.posted or chosen.choice not in ("theirs", "both"):
        return {}
    address, question = chosen.address, _question(saved, chosen.address)
    mine, theirs = saved.posted[address], saved.after.stored().at(address)
    name, label = field_name(address), _label(saved, question, address)
    if chosen.choice == "both" and may_join(question, mine, theirs):
        joined = _joined(question, mine, theirs)
        return {address: Conflict(f"{name}-both", label, BOTH_IN_BOX, joined)}
    words = said(question, mine, saved.after.language) or NOTHING
    return {address: Conflict(f"{name}-kept", label, THEIRS_STANDS, theirs, mine=words, was_mine=True)}


def may_join(question: Question, mine: Json, theirs: Json) -> bool:
    """Whether one text can be written from two answers; choices and dates have nothing to put together."""
    texts = [question.handler.apart(value)[0] for value in (mine, theirs) if not is_not_known(value)]
    whole = all(isinstance(text, str) and not is_blank(text) for text in texts)
    return question.handler.measure == "text" and len(texts) == 2 and whole


def _joined(question: Question, mine: Json, theirs: Json) -> Json:
    """My text, a line, theirs; evidence ticked under either stays ticked."""
    (text, evidence), (other, more) = question.handler.apart(mine), question.handler.apart(theirs)
    joined = f"{text}{BETWEEN if 'rows' in question.settings else ON_ONE_LINE}{other}"
    ticked = list(dict.fromkeys([*(evidence or ()), *(more or ())]))
    return {"text": joined, "evidence": ticked} if ticked else joined


def _conflict(saved: Saved, address: Address, refused: Refused) -> Conflict:
    question, refusal = _question(saved, address), refused.refusal
    name, label = field_name(address), _label(saved, question, address)
    mine = said(question, refused.value, saved.after.language) or NOTHING
    if isinstance(refusal, TooLong):
        return Conflict(name, label, refusal.message, refused.value, error=refusal.message)
    if isinstance(refusal, RowGone):
        return Conflict(conflict_id(name), label, ROW_GONE, refused.value, mine=mine, ways=_ways(name, "gone"))
    theirs = refusal.detail["theirs"]
    both: tuple[Choice, ...] = ("both",) if may_join(question, refused.value, theirs) else ()
    own, by = bool(refusal.detail["own"]), str(refusal.detail["by"])
    return Conflict(
        conflict_id(name),
        label,
        CHANGED_ELSEWHERE if own else CHANGED_BY.format(by=by),
        refused.value,
        mine=mine,
        by="You" if own else by,
        at=refusal.detail["at"],
        theirs=said(question, theirs, saved.after.language) or NOTHING,
        what_next=OWN_NEXT if own else WHAT_NEXT,
        ways=_ways(name, "mine", "theirs", *both, words={**CHOICES, **OF_ONES_OWN} if own else CHOICES),
        own=own,
    )


def without_question(conflict: Conflict) -> Conflict:
    """The same where its question is not on the page: there is nothing to choose, only words to copy."""
    name = conflict.id.removesuffix("-conflict")
    message = NOT_ASKED if conflict.by else conflict.message
    return Conflict(conflict.id, conflict.label, message, conflict.typed, mine=conflict.mine, ways=_ways(name, "gone"))


def _ways(name: str, *choices: Choice, words: Mapping[Choice, str] = CHOICES) -> tuple[Way, ...]:
    return tuple(Way(f"{choice} {name}", words[choice]) for choice in choices)


def _label(saved: Saved, question: Question, address: Address) -> str:
    """The question as it is heard, with whom it is about."""
    label = form_words(question.label, saved.after.language)
    child = saved.before.children.get(address.child or "")
    return put("{} About {}", label, child.given_name) if child else label


def _question(saved: Saved, address: Address) -> Question:
    definition = saved.before.definition
    path = f"{address.question}.{address.column}" if address.column else address.question
    found = definition.find(path)
    if found is None:
        raise KeyError(path)
    return found
