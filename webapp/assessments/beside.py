"""What question types with a template of their own need besides their field, by the name of the type."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.definition import Question
from engine.forms import Entry
from engine.journey.evaluation import as_json
from engine.places import Place
from engine.question_types.base import NotKnown
from engine.text import in_language
from webapp.assessments.rows import summary
from webapp.assessments.writing import LANGUAGE, Writing
from webapp.drawing.values import Control, Item

_QUOTED = 160


@dataclass(frozen=True, slots=True)
class Analysis:
    """What stands beside analytic writing: prompts, its length in words, and the answers it can rest on."""

    prompts: Sequence[str]
    count: str
    guide: str
    evidence: Control
    pinned: bool


def has_beside(question: Question) -> bool:
    """Whether a question's template needs more than its field."""
    return bool(question.columns) or question.type in _MAKERS


def beside_of(writing: Writing, entry: Entry) -> Any:
    """What the template of an entry's type is given; None for a type that needs nothing."""
    make = _MAKERS.get(entry.question.type)
    return None if make is None else make(writing, entry)


def _analysis(writing: Writing, entry: Entry) -> Analysis:
    settings, data = entry.question.settings, entry.field.data
    text = data.get("text", "") if isinstance(data, Mapping) else data or ""
    chosen = data.get("evidence", []) if isinstance(data, Mapping) else []
    guide = settings.get("words_guide")
    return Analysis(
        prompts=[in_language(prompt, LANGUAGE) for prompt in settings["prompts"]],
        count=words_in(text),
        guide=str(guide or ""),
        evidence=_evidence(writing, entry, chosen),
        pinned=bool(chosen),
    )


def words_in(text: str) -> str:
    """How long a text is, in the words of the page: about so many words, and no judgement."""
    count = len(text.split())
    if count == 0:
        return "nothing written yet"
    return f"about {round(count, -1) if count > 20 else count} words"


def _evidence(writing: Writing, entry: Entry, chosen: Sequence[str]) -> Control:
    name = f"{entry.field.name}-evidence"
    control = Control(name, name, "", classes="govuk-checkboxes--small")
    if not entry.question.settings["evidence"]:
        return control
    found = [
        Item(f"{name}-{question.id}", question.id, said, in_language(question.label, LANGUAGE), question.id in chosen)
        for question, said in _said_before(writing, entry.question)
    ]
    return Control(name, name, "", items=found, classes=control.classes)


def _said_before(writing: Writing, question: Question) -> Iterator[tuple[Question, str]]:
    """The questions answered before this one, each with the start of what was said."""
    for earlier in writing.definition.questions:
        if earlier.id == question.id:
            return
        if earlier.handler.measure == "date":
            continue
        said = " ".join(in_words(writing, place) for place in places_of(writing, earlier))
        if said:
            yield earlier, said if len(said) <= _QUOTED else f"{said[:_QUOTED].rsplit(' ', 1)[0]} …"


def places_of(writing: Writing, question: Question) -> list[Place]:
    """Where a question holds an answer: once, or at each child."""
    value = writing.journey.values.get(question.id)
    if value is None or isinstance(value, NotKnown):
        return []
    if not question.per_child:
        return [Place(question.id)]
    return [Place(question.id, child) for child, each in value.items() if not isinstance(each, NotKnown)]


def in_words(writing: Writing, place: Place) -> str:
    """The answer at a place in words, on one line, with the child's name where it is one child's."""
    question, value = writing.definition.by_id[place.question], writing.journey.value(place)
    if question.columns:
        said = "; ".join(", ".join(summary(question, row)) for row in as_json(value))
    else:
        said = question.handler.display(question, value, LANGUAGE).replace("\n", " ")
    child = writing.children.get(place.child or "")
    return f"{child.given_name}: {said}" if child else said


def _worked_out(writing: Writing, entry: Entry) -> str:
    value = writing.journey.value(entry.place)
    return "" if value is None else entry.question.handler.display(entry.question, value, LANGUAGE)


def _statement(writing: Writing, entry: Entry) -> Sequence[tuple[str, str]]:
    """The earlier answers a statement shows, each with its question."""
    found = []
    for name in entry.question.shows:
        question = writing.definition.by_id[name]
        places = [at for at in places_of(writing, question) if at.child in (None, entry.place.child)]
        found += [(in_language(question.label, LANGUAGE), in_words(writing, at)) for at in places]
    return found


_MAKERS: Mapping[str, Callable[[Writing, Entry], Any]] = {
    "analysis": _analysis,
    "statement": _statement,
    "worked_out": _worked_out,
}
