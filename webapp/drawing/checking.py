"""A draft before it is submitted: every section's answers, what must still be said, and what is not known yet."""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import groupby

from engine.answers import Problem, problems_of
from engine.definition import Section
from engine.forms import Address, page_form, standings
from engine.journey import section_states
from engine.places import Place
from webapp.drawing.controls import Setting, control_of
from webapp.drawing.filling import Filling
from webapp.drawing.rows import Order
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


def check_page(filling: Filling) -> CheckPage:
    """A draft as it would stand in the record."""
    names = {key: child.given_name for key, child in filling.children.items()}
    record = telling(filling.journey, names, filling.language)
    needed = {problem.place for problem in problems_of(filling.journey)}
    sections = [
        Checked(
            state.section.id,
            form_words(state.section.title, filling.language),
            list(_groups(record.told(state.section.questions), needed)),
        )
        for state in section_states(filling.journey)
    ]
    unknown = [told for told in record.told(filling.definition.questions) if told.unknown]
    return CheckPage(sections, list(missing_in(filling)), unknown, _kept(filling, names))


def _kept(filling: Filling, names: Mapping[str, str]) -> list[Told]:
    """What the draft holds and the record will not: an answer may leave it because a child was born, or by another."""
    order = {question.id: number for number, question in enumerate(filling.definition.questions)}
    hidden = [place for place in filling.answered() if place not in filling.journey.shown_set]
    hidden.sort(key=lambda place: (order.get(place.question, 0), list(names).index(place.child) if place.child else 0))
    aside = Telling(filling.definition, filling.journey.answers, hidden, names, filling.language)
    return [told for told in aside.told(filling.definition.questions) if not told.blank]


def _groups(told: Iterable[Told], needed: Set[Place]) -> Iterator[Group]:
    """By child; what is needed and still blank is told above all sections, and not among what was left blank."""
    for child, found in groupby(told, key=lambda each: each.child):
        answers = list(found)
        blank = [each for each in answers if each.blank and each.place not in needed]
        yield Group(child, [each for each in answers if not each.blank], blank)


def missing_in(filling: Filling) -> Iterator[Missing]:
    """What stands in the way of submitting, in the order of the form."""
    for problem in problems_of(filling.journey):
        section = filling.definition.section_of.get(problem.place.question)
        if section is not None:
            yield _missing(filling, section, problem)


def _missing(filling: Filling, section: Section, problem: Problem) -> Missing:
    place = problem.place
    address, row = Address(place.question, place.child), ""
    if place.row is not None:
        row_id = list(filling.stored().rows(address))[place.row]
        row = Order("edit", address, row_id).target
    path = f"{place.question}.{place.column}" if place.column else place.question
    question = filling.definition.find(path)
    label = form_words(question.label, filling.language) if question else place.question
    child = filling.children.get(place.child or "")
    return Missing(
        section=section.id,
        row=row,
        anchor=_first_input(filling, place),
        label=put("{}: {}", child.given_name, label) if child else label,
        message=problem_words(problem.finding, filling.language),
    )


def _first_input(filling: Filling, place: Place) -> str:
    """The id of the first input that the question at a place has on its page, which takes the keyboard there."""
    answers = filling.journey.answers
    (entry,) = page_form(standings(filling.definition, [place], answers), answers, filling.language).entries
    return control_of(entry, Setting(filling.language)).first
