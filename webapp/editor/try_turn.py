"""One post of a page on which a form is tried: what it held taken in, and what that changes on an open page."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from engine.answers import accept
from engine.definition import Definition, Section
from engine.forms import Address, Posted, Standing, field_name, read_posted
from engine.places import Place
from webapp.drawing.questions import element_id
from webapp.drawing.rows import OpenRow
from webapp.drawing.sections import Drawer, Step, View, names_on, steps
from webapp.drawing.swaps import OpenPage, Swap, additions, reasons, rewritten, said, standing_on
from webapp.editor.sheet import Sheet, Taken
from webapp.editor.tried import Tried

Json = Any


@dataclass(frozen=True, slots=True)
class Turn:
    """A form before and after a page of it was posted, and what was sent for each address.

    `taken` is the row that was removed last and can be put back.
    """

    before: Tried
    after: Tried
    posted: Mapping[Address, Json]
    taken: Taken | None


@dataclass(frozen=True, slots=True)
class Changed:
    """All that changes on an open page, what is said about it aloud, and the sections as they stand."""

    pieces: Sequence[Swap]
    said: str
    steps: Sequence[Step]


def turn_of(definition: Definition, sheet: Sheet, posted: Posted) -> Turn:
    """Take in what a page held. Raises TooManyNewRows."""
    before = sheet.filled(definition)
    answers = read_posted(definition, before.children, before.journey.answers, posted)
    accepted = accept(before.journey, answers)
    return Turn(before, replace(before, journey=accepted.journey), answers, sheet.taken)


def opened(turn: Turn, here: Section) -> list[str]:
    """The fields of the questions that a section asks now and did not ask before."""
    before = names_on(turn.before, here)
    return [name for name in names_on(turn.after, here) if name not in before]


def newly_wrong(turn: Turn, here: Section) -> bool:
    """Whether an answer of a section needs mending that did not before."""
    found = dict(turn.after.journey.findings).keys() - dict(turn.before.journey.findings).keys()
    wrong = {field_name(Address(place.question, place.child)) for place in found}
    return not wrong.isdisjoint(names_on(turn.after, here))


def changed(turn: Turn, here: Section, row: OpenRow | None) -> Changed:
    """What must change on an open page of a section, on which a row may be open."""
    page = OpenPage(here, row, frozenset(), told=False)
    page = replace(page, ids=frozenset(standing_on(turn.before, page)))
    now = standing_on(turn.after, page)
    drawer = Drawer(turn.after, here, View(row, once=True))
    removed = sorted(page.ids - now.keys())
    pieces = [
        *_told(turn, drawer, now, page),
        *(Swap("delete", name) for name in removed),
        *additions(drawer, page, now),
        *rewritten(turn, page, now),
        *reasons(turn, page, now),
    ]
    return Changed(pieces, said(len(now.keys() - page.ids), len(removed)), steps(turn.after, here))


def _told(turn: Turn, drawer: Drawer, now: Mapping[str, Standing], page: OpenPage) -> Iterator[Swap]:
    """The controls at which a message came, went or is another one; text that is being typed stays as it is."""
    before = Drawer(turn.before, page.section, drawer.view).messages
    for address in turn.posted:
        standing = now.get(element_id(field_name(address)))
        if standing is None or standing.question.columns or element_id(field_name(address)) not in page.ids:
            continue
        if before.get(standing.place) != drawer.messages.get(standing.place):
            asked = drawer.asked(standing)
            yield Swap("outerMorph", asked.group, asked.control)


def first_shown(filling: Tried) -> Section | None:
    """The first section that asks something."""
    return next((each for each in filling.definition.sections if filling.journey.shown_in(each.id)), None)


def row_at(filling: Tried, row: OpenRow | None) -> OpenRow | None:
    """A row that is there and shown, to be opened; None for any other."""
    if row is None or Place(row.address.question, row.address.child) not in filling.journey.shown_set:
        return None
    return row if row.row in filling.stored().rows(row.address) else None
