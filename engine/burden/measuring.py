"""What a form costs the person who fills it in, and whether that is within its budget."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engine.burden.minutes import is_long, minutes
from engine.burden.pages import printed_pages
from engine.burden.reading_age import HeavyText, heavy_texts, reading_age_of
from engine.burden.words import words_of_question, words_of_section
from engine.definition import Definition, Question, Section
from engine.places import Place
from engine.proofs import Proofs


@dataclass(frozen=True, slots=True)
class Burden:
    """What a form costs; the names a budget may limit are those of engine.schema.definition.BUDGET.

    `longest_path` and `shortest_path` count questions, about one child; minutes and words are those of the longest
    path (of several that ask equally many, the one that takes longest to answer), minutes an estimate and therefore
    whole; `questions_per_child` and `minutes_per_child` (to a tenth) are what
    each further child adds; `shares` are parts of the questions on the longest path, from 0 to 1. `required` counts
    those of them that must be answered, `first_analysis` says which of them, from 1, is the first long text for
    analysis, None without one; `list_columns` counts the columns of lists among them, each asked for every line.
    `reading_age` is None where there are too few words to tell.
    """

    longest_path: int
    shortest_path: int
    words_to_read: int
    minutes: int
    questions_per_child: int
    minutes_per_child: float
    printed_pages: int
    reading_age: int | None
    shares: Mapping[str, float]
    required: int
    first_analysis: int | None
    list_columns: int
    heavy: tuple[HeavyText, ...]


@dataclass(frozen=True, slots=True)
class OverBudget:
    """One limit of the budget that the form goes over: its key, the limit and what was found."""

    key: str
    limit: float
    found: float


def measure(definition: Definition, proofs: Proofs) -> Burden:
    """What a form costs, its paths having been proved."""
    language = definition.languages[0]
    places = _longest(definition, proofs)
    asked = [definition.by_id[place.question] for place in places]
    sections = _sections(definition, places)
    answered = [question for question in asked if question.handler.takes_answer]
    own = [definition.by_id[place.question] for place in places if place.child is not None]
    words = sum(words_of_section(section, language) for section in sections)
    return Burden(
        longest_path=proofs.longest_path.questions,
        shortest_path=proofs.shortest_path.questions,
        words_to_read=words + sum(words_of_question(question, language) for question in asked),
        minutes=round(minutes(sections, asked, language)),
        questions_per_child=sum(question.handler.takes_answer for question in own),
        minutes_per_child=round(minutes((), own, language), 1),
        printed_pages=printed_pages(definition, language),
        reading_age=reading_age_of(definition),
        shares=_shares(answered),
        required=sum(question.required for question in answered),
        first_analysis=next((at for at, question in enumerate(answered, start=1) if _is_analysis(question)), None),
        list_columns=sum(len(question.columns) for question in answered),
        heavy=tuple(heavy_texts(definition)),
    )


def _longest(definition: Definition, proofs: Proofs) -> Sequence[Place]:
    """What the longest path leads past, rows once; every question where no complete answers were found."""
    found = proofs.longest_path.witness
    if found is None:
        return [Place(question.id, "c1" if question.per_child else None) for question in definition.questions]
    return [place for place in found.journey(definition).shown if place.row is None]


def _sections(definition: Definition, places: Sequence[Place]) -> list[Section]:
    ids = {definition.section_of[place.question].id for place in places}
    return [section for section in definition.sections if section.id in ids]


def _shares(asked: Sequence[Question]) -> Mapping[str, float]:
    """Parts of the questions: those with options to choose from, long texts, and long texts that are analysis."""
    counts = {
        "choice": sum(question.handler.measure in ("choice", "choices") for question in asked),
        "long_text": sum(is_long(question) for question in asked),
        "analysis": sum(_is_analysis(question) for question in asked),
    }
    return {name: round(number / len(asked), 3) if asked else 0.0 for name, number in counts.items()}


def _is_analysis(question: Question) -> bool:
    return question.kind == "analysis" and is_long(question)


def budget_broken(definition: Definition, burden: Burden) -> tuple[OverBudget, ...]:
    """Every limit of the form's budget that it goes over, in the budget's order; what cannot be told is not over."""
    found = ((key, limit, getattr(burden, key, None)) for key, limit in definition.budget.items())
    return tuple(OverBudget(key, limit, value) for key, limit, value in found if value is not None and value > limit)
