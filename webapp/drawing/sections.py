"""One section of a draft as a worker sees it: its questions in groups, and where the other sections stand."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any

from engine.answers import problems_of
from engine.definition import Section
from engine.forms import Address, Entry, Standing, field_name, page_form, standings
from engine.journey import SectionState, section_states
from engine.places import Place
from engine.question_types.base import is_not_known
from webapp.dates import short_age
from webapp.drawing.beside import beside_shown, beside_written, only_shown, shown_with
from webapp.drawing.filling import Filling
from webapp.drawing.questions import Around, AskedQuestion, Conflict, Drawn, asked_question
from webapp.drawing.reasons import added_because
from webapp.drawing.rows import OpenRow, Removed, RowList, row_list
from webapp.drawing.stencils import stencils_of
from webapp.drawing.values import Link
from webapp.words import form_words, problem_words, put

GROUP = "questions"


@dataclass(frozen=True, slots=True)
class View:
    """How a section is looked at: which row is open, whether what is missing is told, conflicts to show.

    `focus` is where the keyboard goes on after something was done to a list: the question's field name and the place;
    `removed` is the row that was just taken out of one. `once` says that the form soon changes, so that no stencils are
    cut of it.
    """

    row: OpenRow | None = None
    missing: bool = False
    conflicts: Mapping[Address, Conflict] = field(default_factory=dict)
    focus: tuple[str, str] = ("", "")
    removed: Removed | None = None
    once: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that stand together: all of a section, or one child's under the child's name."""

    id: str
    heading: str
    questions: Sequence[Drawn]


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the list of sections, its state in words; `group` is the heading over it, "" where none begins."""

    id: str
    title: str
    state: str
    here: bool
    group: str = ""


@dataclass(frozen=True, slots=True)
class SectionPage:
    """Everything a section's page shows."""

    section: Section
    groups: Sequence[Group]
    steps: Sequence[Step]
    problems: Sequence[Link]

    @property
    def number(self) -> int:
        """Which of the shown sections this is, from 1."""
        return next(number for number, step in enumerate(self.steps, start=1) if step.here)

    @property
    def questions(self) -> tuple[Drawn, ...]:
        """Its questions in order, those inside rows left out."""
        return tuple(question for group in self.groups for question in group.questions)


def section_page(filling: Filling, section: Section, view: View) -> SectionPage:
    """A section with its questions drawn."""
    drawer = Drawer(filling, section, view)
    groups = tuple(drawer.groups())
    return SectionPage(section, groups, steps(filling, section), drawer.links)


def steps(filling: Filling, here: Section | None) -> tuple[Step, ...]:
    """Every section with something to show, and how far it is."""
    found, last = [], ""
    for state in section_states(filling.journey):
        section, group = state.section, form_words(state.section.group, filling.language)
        title, begins = form_words(section.title, filling.language), group if group != last else ""
        found.append(Step(section.id, title, state_in_words(state), section is here, begins))
        last = group
    return tuple(found)


def state_in_words(state: SectionState) -> str:
    """How far a section is, in words."""
    if state.asked == 0:
        return "nothing to answer"
    if state.answered == state.asked:
        return "all answered"
    return f"{state.answered} of {state.asked} answered" if state.answered else "nothing written yet"


def places_on(filling: Filling, section: Section, row: OpenRow | None) -> list[Place]:
    """The places a section's page holds: its questions, and the cells of the row that is open."""
    index = None
    if row is not None and not row.leaving:
        ids = list(filling.stored().rows(row.address))
        index = ids.index(row.row) if row.row in ids else None
    return [
        place
        for place in filling.journey.shown_in(section.id)
        if place.row is None
        or (row is not None and place.row == index and (place.question, place.child) == row.address[:2])
    ]


class Drawer:
    """Draws the questions of one section's page, those that need nothing besides their answer from stencils."""

    def __init__(self, filling: Filling, section: Section, view: View) -> None:
        """Gather the messages that stand at questions."""
        self.filling, self.section, self.view = filling, section, view
        self.stored = filling.stored()
        self.stencils = stencils_of(filling.definition, filling.language)
        self.links: list[Link] = []
        self.messages: dict[Place, str] = {}
        for place, message in self._messages():
            self.messages.setdefault(place, message)

    def _messages(self) -> Iterator[tuple[Place, str]]:
        if self.view.missing:
            found = ((problem.place, problem.finding) for problem in problems_of(self.filling.journey))
        else:
            found = ((place, finding) for place, finding in self.filling.journey.findings)
        return ((place, problem_words(finding, self.filling.language)) for place, finding in found)

    def standing(self, places: Iterable[Place]) -> tuple[Standing, ...]:
        """The questions at some places."""
        return standings(self.filling.definition, places, self.filling.journey.answers)

    def groups(self) -> Iterator[Group]:
        """The section's questions, child by child where it is asked for each; a row's cells stand in their list."""
        found = self.standing(places_on(self.filling, self.section, None))
        if not self.section.per_child:
            yield Group(GROUP, "", tuple(map(self.question, found)))
            return
        of_child = {child: list(each) for child, each in groupby(found, key=lambda each: each.place.child)}
        for key, child in self.filling.children.items():
            heading = ", ".join(filter(None, (child.given_name, short_age(child, self.filling.day))))
            drawn = tuple(map(self.question, of_child.get(key, [])))
            yield Group(group_id(Place("", key), self.section), heading, drawn)

    def question(self, standing: Standing) -> Drawn:
        """One question drawn; what is wrong with it joins `links`."""
        around = self._around(standing)
        if self.view.once or around.conflict is not None or only_shown(standing.question):
            found = self.asked(standing).drawn()
        else:
            stored, error = self.stored.at(standing.address), self.messages.get(standing.place, "")
            beside = beside_written(self.filling, standing, stored)
            found = self.stencils.draw(standing, stored, around, error, beside)
        if found.error:
            self.links.append(Link(f"#{found.first}", put("{} – {}", found.named, found.error)))
        return found

    def asked(self, standing: Standing) -> AskedQuestion:
        """One question with its control apart from what stands around it."""
        entry = page_form([standing], self.filling.journey.answers, self.filling.language).entries[0]
        around, error = self._around(standing), self.messages.get(standing.place, "")
        if around.conflict is not None:
            self._as_typed(entry, around.conflict.typed)
            error = around.conflict.error or error
            around = replace(around, conflict=None if around.conflict.error else around.conflict)
        entry.field.errors = [error] if error else []
        return asked_question(entry, replace(around, beside=self._beside(entry, standing)))

    def _as_typed(self, entry: Entry, typed: Any) -> None:
        """Put a value into an entry that is not the one stored."""
        not_known = is_not_known(typed)
        entry.field.data = entry.question.handler.to_field(entry.question, None if not_known else typed)
        if entry.not_known is not None and entry.doing is not None:
            entry.not_known.data = not_known
            entry.doing.data = typed.get("doing", "") if not_known else ""

    def _beside(self, entry: Entry, standing: Standing) -> Any:
        if standing.question.columns:
            return self._row_list(entry)
        conflict = self.view.conflicts.get(standing.address)
        value = self.stored.at(standing.address) if conflict is None else conflict.typed
        written = beside_written(self.filling, standing, value)
        return beside_shown(self.filling, entry) if written is None else written.now()

    def _around(self, standing: Standing) -> Around:
        child = self.filling.children.get(standing.place.child or "")
        return Around(
            language=self.filling.language,
            revision=self.filling.revision(standing.address),
            about=child.given_name if child else "",
            headed=self.section.per_child,
            mark=self._reason(standing.place) if standing.question.show_when else "",
            conflict=self.view.conflicts.get(standing.address),
            shows=shown_with(self.filling, standing.question, standing.place),
        )

    def _reason(self, place: Place) -> str:
        return added_because(self.filling.journey, place, self.filling.language)

    def _row_list(self, entry: Entry) -> RowList:
        row, cells = self.view.row, tuple[Drawn, ...]()
        if row is not None and row.address == entry.address:
            places = places_on(self.filling, self.section, row)
            cells = tuple(map(self.question, self.standing(place for place in places if place.row is not None)))
        name, focus = self.view.focus
        found = row_list(self.filling, entry, row, cells, focus if name == entry.field.name else "")
        removed = self.view.removed
        if removed is None or removed.address != entry.address:
            return found
        return replace(found, focus="", removed=(removed.row, removed.name))


def group_id(place: Place, section: Section) -> str:
    """The id of the element around the group that a place belongs to."""
    return f"{GROUP}-{place.child}" if section.per_child else GROUP


def names_on(filling: Filling, section: Section) -> dict[str, Standing]:
    """The questions that a section asks, by the names of their fields, in order."""
    found = standings(filling.definition, places_on(filling, section, None), filling.journey.answers)
    return {field_name(each.address): each for each in found if each.question.handler.takes_answer}
