"""What a save changes on a page that is open: only the questions that came, went or got a message, and the status."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from engine.conditions import leaves
from engine.definition import Section
from engine.forms import Address, Standing, field_name, standings
from webapp.assessments.conflicts import Chosen, conflict_id, conflicts_of, settled, without_question
from webapp.assessments.reasons import added_because
from webapp.assessments.rows import OpenRow
from webapp.assessments.saving import Saved
from webapp.assessments.section import Drawer, Step, View, group_id, places_on, steps
from webapp.assessments.writing import Writing
from webapp.drawing.questions import element_id
from webapp.store.errors import RowGone

BASED_ON = Markup('<input type="hidden" name="based_on" id="{0}-based-on" value="{0} {1}">')


@dataclass(frozen=True, slots=True)
class Swap:
    """One piece of the page that changes: how (a swap style of htmx), where (an element's id), and to what."""

    style: str
    target: str
    html: Markup | str = ""


@dataclass(frozen=True, slots=True)
class OpenPage:
    """What the page in the browser says of itself: its section, its open row and the ids of its questions.

    `told` says that it shows a message or two people's texts at the question that was saved.
    """

    section: Section
    row: OpenRow | None
    ids: frozenset[str]
    told: bool


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
    now = _standing_on(saved.after, page)
    added = now.keys() - page.ids
    removed = sorted(page.ids - now.keys())
    conflicts = {**conflicts_of(saved), **settled(saved, chosen)}
    drawer = Drawer(saved.after, page.section, View(page.row, conflicts=conflicts))
    pieces = [
        *(piece for address in saved.posted for piece in _of_saved(drawer, now, page, address)),
        *(Swap("delete", name) for name in removed),
        *_lists_without(drawer, saved, now),
        *_additions(drawer, page, now),
        *_rewritten(saved, page, now),
        *_reasons(saved, page, now),
    ]
    moved, stood = steps(saved.after, page.section), steps(saved.before, page.section)
    return Swaps(pieces, said(len(added), len(removed)), () if moved == stood else moved)


def _standing_on(writing: Writing, page: OpenPage) -> dict[str, Standing]:
    """The questions an open page should hold now, in order, by the ids of their elements."""
    places = places_on(writing, page.section, page.row)
    found = standings(writing.definition, places, writing.journey.answers)
    return {element_id(field_name(each.address)): each for each in found}


def _of_saved(drawer: Drawer, now: Mapping[str, Standing], page: OpenPage, address: Address) -> Iterator[Swap]:
    """The revision the next change is based on; the message or both texts, where there is something to tell."""
    name = field_name(address)
    conflict, standing = drawer.view.conflicts.get(address), now.get(element_id(name))
    if conflict is not None and conflict.settled and standing is not None:
        yield Swap("outerHTML", element_id(name), drawer.question(standing).html)
        return
    if standing is not None and element_id(name) not in page.ids:
        return  # It comes back with this very save, and is drawn whole.
    yield Swap("outerHTML", f"{name}-based-on", BASED_ON.format(name, drawer.writing.revision(address)))
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


def _additions(drawer: Drawer, page: OpenPage, now: Mapping[str, Standing]) -> Iterator[Swap]:
    """New questions, each run of them after the question on the page that they follow."""
    homes: dict[str, tuple[str, str]] = {}
    waiting: dict[str, list[Markup]] = {}
    for name, each in now.items():
        home = "row-questions" if each.address.row is not None else group_id(each.place, page.section)
        if name not in page.ids:
            waiting.setdefault(home, []).append(drawer.question(each).html)
            continue
        if waiting.get(home):
            yield _run(home, homes, waiting.pop(home))
        homes[home] = ("afterend", name)
    for home, run in waiting.items():
        yield _run(home, homes, run)


def _run(home: str, homes: Mapping[str, tuple[str, str]], run: Sequence[Markup]) -> Swap:
    style, target = homes.get(home, ("afterbegin", home))
    return Swap(style, target, Markup("").join(run))


def _rewritten(saved: Saved, page: OpenPage, now: Mapping[str, Standing]) -> Iterator[Swap]:
    """What the page only shows (worked out, stated), where it reads otherwise than before."""
    shown_only = [each for name, each in now.items() if name in page.ids and not each.question.handler.takes_answer]
    if not shown_only:
        return
    before, after = (Drawer(state, page.section, View(page.row)) for state in (saved.before, saved.after))
    for standing in shown_only:
        drawn = after.question(standing)
        if drawn != before.question(standing):
            yield Swap("outerHTML", drawn.id, drawn.html)


def _reasons(saved: Saved, page: OpenPage, now: Mapping[str, Standing]) -> Iterator[Swap]:
    """The lines above follow-ups that say which answer opened them, where that is another one now."""
    asked = {address.question for address in saved.posted} | {address.column for address in saved.posted}
    for name, each in now.items():
        reads = {leaf.name for leaf in leaves(each.question.show_when)}
        if name not in page.ids or reads.isdisjoint(asked):
            continue
        reason = added_because(saved.after.journey, each.place, saved.after.language)
        if reason != added_because(saved.before.journey, each.place, saved.after.language):
            yield Swap("innerHTML", f"{field_name(each.address)}-mark", escape(reason))


def said(added: int, removed: int) -> str:
    """What happened below, for people who cannot see it happen; "" for nothing."""
    words = []
    if added:
        words.append(f"{added} {'question' if added == 1 else 'questions'} added below")
    if removed:
        kept = "question removed, its answer is kept" if removed == 1 else "questions removed, their answers are kept"
        words.append(f"{removed} {kept}")
    return ". ".join(words)
