"""Why a follow-up question is asked, in the words of the answer that opened it."""

from engine.conditions import Leaf
from engine.definition import Question
from engine.journey import Journey
from engine.operators import OPERATORS
from engine.places import Place
from engine.question_types.base import NotKnown
from engine.text import in_language


def added_because(journey: Journey, place: Place, language: str) -> str:
    """A line such as "Added because you chose “Someone is not”"; "" for a question that no answer on its page opened.

    Only answers of the same section (of the same row, in rows) count: what opened a whole page needs no telling.
    """
    for leaf in journey.why(place):
        opener = _opener(journey, place, leaf)
        if opener is not None:
            return _words(journey, opener, leaf, language)
    return ""


def _opener(journey: Journey, place: Place, leaf: Leaf) -> Place | None:
    definition = journey.definition
    if leaf.subject == "row" and place.row is not None:
        return place._replace(column=leaf.name)
    if leaf.subject != "question" or place.row is not None:
        return None
    if definition.section_of[leaf.name] is not definition.section_of[place.question]:
        return None
    return Place(leaf.name, place.child if leaf.name in definition.per_child else None)


def _words(journey: Journey, opener: Place, leaf: Leaf, language: str) -> str:
    question = _question_at(journey, opener)
    answer = journey.value(opener)
    if isinstance(answer, NotKnown):
        return f"Added because “{in_language(question.label, language)}” is not known yet"
    if leaf.operator == "any_row" or answer is None or isinstance(answer, dict):
        return f"Added because of what you wrote under “{in_language(question.label, language)}”"
    if question.handler.measure == "text":
        return f"Added because you answered “{in_language(question.label, language)}”"
    if isinstance(answer, list):
        answer = [value for value in answer if _meant(leaf, value)] or answer
    verb = "chose" if question.handler.takes_options else "answered"
    chosen = question.handler.display(question, answer, language).replace("\n", "”, “")
    return f"Added because you {verb} “{chosen}”"


def _meant(leaf: Leaf, value: str) -> bool:
    return leaf.operator != "answered" and OPERATORS[leaf.operator].test([value], leaf.operand)


def _question_at(journey: Journey, place: Place) -> Question:
    found = journey.definition.find(f"{place.question}.{place.column}" if place.column else place.question)
    if found is None:
        raise KeyError(str(place))
    return found
