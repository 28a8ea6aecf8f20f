"""What question types with a template of their own need besides their field, told by what a type can do."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from engine.definition import Question
from engine.forms import Entry, Standing
from engine.journey.evaluation import as_json
from engine.places import Place
from engine.question_types.base import NotKnown
from webapp.drawing.evidence import evidence
from webapp.drawing.filling import Filling
from webapp.drawing.macros import macro
from webapp.drawing.rows import summary
from webapp.drawing.stencils import Beside
from webapp.words import counted, form_words, joined, put, said

Json = Any


@dataclass(frozen=True, slots=True)
class Analysis:
    """What stands beside analytic writing: prompts, its length in words, and the evidence it can rest on, drawn."""

    prompts: Sequence[str]
    guide: str
    count: str
    evidence: Markup | str


def only_shown(question: Question) -> bool:
    """Whether a question is drawn from other answers, so that no stencil fits it."""
    return bool(question.columns) or not question.handler.takes_answer


def beside_shown(filling: Filling, entry: Entry) -> Any:
    """What the template of a question that is only shown is given."""
    if entry.question.handler.works_out:
        return said(entry.question, filling.journey.value(entry.place), filling.language)
    return None if entry.question.handler.takes_answer else earlier_answers(filling, entry.question, entry.place)


def beside_written(filling: Filling, standing: Standing, stored: Json) -> Beside | None:
    """What the template of a question that is answered is given besides its field; None for nothing."""
    question = standing.question
    return _thinking(filling, standing, stored) if "prompts" in question.handler.settings else None


def _thinking(filling: Filling, standing: Standing, stored: Json) -> Beside:
    question = standing.question
    text, rests_on = question.handler.apart(stored)

    def make(value: Callable[[str], str | Markup]) -> Analysis:
        prompts = [form_words(prompt, filling.language) for prompt in question.settings["prompts"]]
        return Analysis(prompts, str(question.settings.get("words_guide", "")), str(value("count")), value("evidence"))

    chosen = [each for each in rests_on or () if isinstance(each, str)] if isinstance(rests_on, list) else []
    found = evidence(filling, standing, chosen) if question.settings.get("evidence") else ""
    return Beside(make, {"count": words_in(text if isinstance(text, str) else ""), "evidence": found})


def words_in(text: str) -> str:
    """How long a text is, in the words of the page: about so many words, and no judgement."""
    count = len(text.split())
    if count == 0:
        return "nothing written yet"
    return f"about {counted(round(count, -1) if count > 20 else count, 'word')}"


def places_of(filling: Filling, question: Question) -> list[Place]:
    """Where a question holds an answer: once, or at each child."""
    value = filling.journey.values.get(question.id)
    if value is None or isinstance(value, NotKnown):
        return []
    if not question.per_child:
        return [Place(question.id)]
    return [Place(question.id, child) for child, each in value.items() if not isinstance(each, NotKnown)]


def answer_in_words(filling: Filling, place: Place) -> str:
    """The answer at a place in words, on one line, with the child's name where it is one child's."""
    question, value = filling.definition.by_id[place.question], filling.journey.value(place)
    if question.columns:
        words = joined("; ", (joined(", ", summary(question, row, filling.language)) for row in as_json(value)))
    else:
        words = said(question, value, filling.language).replace("\n", " ")
    child = filling.children.get(place.child or "")
    return put("{}: {}", child.given_name, words) if child else words


def shown_with(filling: Filling, question: Question, place: Place) -> Markup | str:
    """The earlier answers that a question is asked beside, drawn; "" for none, and for one that draws them itself."""
    if not question.shows or not question.handler.takes_answer:
        return ""
    found = earlier_answers(filling, question, place)
    return macro("_shows.html", "shows")(found) if found else ""


def earlier_answers(filling: Filling, question: Question, place: Place) -> Sequence[tuple[str, str]]:
    """The earlier answers a question shows, each with its label; of another child's answers, none."""
    found = []
    for name in question.shows:
        earlier = filling.definition.by_id[name]
        places = [at for at in places_of(filling, earlier) if place.child is None or at.child in (None, place.child)]
        found += [(form_words(earlier.label, filling.language), answer_in_words(filling, at)) for at in places]
    return found
