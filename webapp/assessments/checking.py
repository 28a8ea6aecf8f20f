"""A draft before it is submitted: every section's answers, what must still be said, and what is not known yet."""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import groupby

from engine.answers import Problem, problems_of
from engine.definition import Section
from engine.forms import Address, page_form, standings
from engine.journey import section_states
from engine.places import Place
from webapp.assessments.rows import Order
from webapp.assessments.writing import Writing
from webapp.drawing.controls import Setting, control_of
from webapp.telling import Telling, Told, telling
from webapp.words import form_words, problem_words, put


@dataclass(frozen=True, slots=True)
class Group:
    """The answers given once, or those about one child (a name), and what may stay blank and did."""

    child: str
    told: Sequence[Told]
    blank: Sequence[Told]


@dataclass(frozen=True, slots=True)
class Checked:
    """One section with its answers, child by child where it is asked for each."""

    id: str
    title: str
    groups: Sequence[Group]


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing to be said or mended before submission: the section and the row to open, and the input to go to."""

    section: str
    row: str
    anchor: str
    label: str
    message: str


@dataclass(frozen=True, slots=True)
class CheckPage:
    """Everything the page for checking shows; `kept` was answered to questions that are no longer asked."""

    sections: Sequence[Checked]
    missing: Sequence[Missing]
    unknown: Sequence[Told]
    kept: Sequence[Told]


def check_page(writing: Writing) -> CheckPage:
    """A draft as it would stand in the record."""
    names = {key: child.given_name for key, child in writing.children.items()}
    record = telling(writing.journey, names, writing.language)
    needed = {problem.place for problem in problems_of(writing.journey)}
    sections = [
        Checked(
            state.section.id,
            form_words(state.section.title, writing.language),
            list(_groups(record.told(state.section.questions), needed)),
        )
        for state in section_states(writing.journey)
    ]
    unknown = [told for told in record.told(writing.definition.questions) if told.unknown]
    return CheckPage(sections, list(missing_in(writing)), unknown, _kept(writing, names))


def _kept(writing: Writing, names: Mapping[str, str]) -> list[Told]:
    """What the draft holds and the record will not: an answer may leave it because a child was born, or by another."""
    order = {question.id: number for number, question in enumerate(writing.definition.questions)}
    hidden = [place for place in writing.answers.by_place if place not in writing.journey.shown_set]
    hidden.sort(key=lambda place: (order.get(place.question, 0), list(names).index(place.child) if place.child else 0))
    aside = Telling(writing.definition, writing.answers.draft(), hidden, names, writing.language)
    return [told for told in aside.told(writing.definition.questions) if not told.blank]


def _groups(told: Iterable[Told], needed: Set[Place]) -> Iterator[Group]:
    """By child; what is needed and still blank is told above all sections, and not among what was left blank."""
    for child, found in groupby(told, key=lambda each: each.child):
        answers = list(found)
        blank = [each for each in answers if each.blank and each.place not in needed]
        yield Group(child, [each for each in answers if not each.blank], blank)


def missing_in(writing: Writing) -> Iterator[Missing]:
    """What stands in the way of submitting, in the order of the form."""
    for problem in problems_of(writing.journey):
        section = writing.definition.section_of.get(problem.place.question)
        if section is not None:
            yield _missing(writing, section, problem)


def _missing(writing: Writing, section: Section, problem: Problem) -> Missing:
    place = problem.place
    address, row = Address(place.question, place.child), ""
    if place.row is not None:
        row_id = list(writing.stored().rows(address))[place.row]
        row = Order("edit", address, row_id).target
    path = f"{place.question}.{place.column}" if place.column else place.question
    question = writing.definition.find(path)
    label = form_words(question.label, writing.language) if question else place.question
    child = writing.children.get(place.child or "")
    return Missing(
        section=section.id,
        row=row,
        anchor=_first_input(writing, place),
        label=put("{}: {}", child.given_name, label) if child else label,
        message=problem_words(problem.finding, writing.language),
    )


def _first_input(writing: Writing, place: Place) -> str:
    """The id of the first input that the question at a place has on its page, which takes the keyboard there."""
    answers = writing.journey.answers
    (entry,) = page_form(standings(writing.definition, [place], answers), answers, writing.language).entries
    return control_of(entry, Setting(writing.language)).first
