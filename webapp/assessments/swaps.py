"""What a save changes on a page that is open: only the questions that came, went or got a message, and the status."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from engine.forms import Address, Standing, field_name
from webapp.assessments.conflicts import Chosen, conflict_id, conflicts_of, settled, without_question
from webapp.assessments.saving import Saved
from webapp.drawing.questions import element_id
from webapp.drawing.sections import Drawer, Step, View, steps
from webapp.drawing.swaps import OpenPage, Swap, additions, reasons, rewritten, said, standing_on
from webapp.store.errors import RowGone

BASED_ON = Markup('<input type="hidden" name="based_on" id="{0}-based-on" value="{0} {1}">')


@dataclass(frozen=True, slots=True)
class Swaps:
    """All that changes, what is said about it aloud, and the sections if they stand otherwise than before."""

    pieces: Sequence[Swap]
    said: str
    steps: Sequence[Step]

    @property
    def show_answers(self) -> bool:
        """Whether anything is drawn but the revision that the next change is based on."""
        return any(piece.html and not piece.target.endswith("-based-on") for piece in self.pieces)


LOST = "lost"
"""The id of the element that holds words whose question is not on the page."""


def swaps_of(saved: Saved, page: OpenPage, chosen: Chosen | None = None) -> Swaps:
    """What must change on an open page after a save of some of its answers."""
    now = standing_on(saved.after, page)
    added = now.keys() - page.ids
    removed = sorted(page.ids - now.keys())
    conflicts = {**conflicts_of(saved), **settled(saved, chosen)}
    drawer = Drawer(saved.after, page.section, View(page.row, conflicts=conflicts))
    pieces = [
        *(piece for address in saved.posted for piece in _of_saved(drawer, now, page, address)),
        *(Swap("delete", name) for name in removed),
        *_lists_without(drawer, saved, now),
        *additions(drawer, page, now),
        *rewritten(saved, page, now),
        *reasons(saved, page, now),
    ]
    moved, stood = steps(saved.after, page.section), steps(saved.before, page.section)
    return Swaps(pieces, said(len(added), len(removed)), () if moved == stood else moved)


def _of_saved(drawer: Drawer, now: Mapping[str, Standing], page: OpenPage, address: Address) -> Iterator[Swap]:
    """The revision the next change is based on; the message or both texts, where there is something to tell."""
    name = field_name(address)
    conflict, standing = drawer.view.conflicts.get(address), now.get(element_id(name))
    if conflict is not None and conflict.settled and standing is not None:
        yield Swap("outerHTML", element_id(name), drawer.question(standing).html)
        return
    if standing is not None and element_id(name) not in page.ids:
        return  # It comes back with this very save, and is drawn whole.
    yield Swap("outerHTML", f"{name}-based-on", BASED_ON.format(name, drawer.filling.revision(address)))
    if page.told:
        yield Swap("delete", conflict_id(name))
    if conflict is not None and standing is None:
        yield Swap("delete", conflict_id(name))
        yield Swap("beforeend", LOST, without_question(conflict).html())
    elif conflict is not None and not conflict.error:
        yield Swap("beforeend", element_id(name), conflict.html())
    if standing is None or standing.question.columns:
        return
    if page.told or standing.place in drawer.messages or (conflict is not None and conflict.error):
        asked = drawer.asked(standing)
        yield Swap("outerMorph", asked.group, asked.control)


def _lists_without(drawer: Drawer, saved: Saved, now: Mapping[str, Standing]) -> Iterator[Swap]:
    """The lists that a row has gone from while somebody wrote in it, as they are now."""
    gone = {address.whole for address, refused in saved.refused.items() if isinstance(refused.refusal, RowGone)}
    for whole in sorted(gone, key=field_name):
        standing = now.get(element_id(field_name(whole)))
        if standing is not None:
            yield Swap("outerHTML", element_id(field_name(whole)), drawer.question(standing).html)
