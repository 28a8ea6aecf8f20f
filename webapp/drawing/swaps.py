"""What answers change on a page that is open: the questions that come, go or read otherwise than before."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from markupsafe import Markup, escape

from engine.conditions import leaves
from engine.definition import Section
from engine.forms import Address, Standing, field_name, standings
from webapp.drawing.filling import Filling
from webapp.drawing.questions import element_id
from webapp.drawing.reasons import added_because
from webapp.drawing.rows import OpenRow
from webapp.drawing.sections import Drawer, View, group_id, places_on

Json = Any


@dataclass(frozen=True, slots=True)
class Swap:
    """One piece of the page that changes: how (a swap style of htmx), where (an element's id), and to what."""

    style: str
    target: str
    html: Markup | str = ""


@dataclass(frozen=True, slots=True)
class OpenPage:
    """What the page in the browser says of itself: its section, its open row and the ids of its questions.

    `told` says that it shows a message or two people's texts at the question that was given.
    """

    section: Section
    row: OpenRow | None
    ids: frozenset[str]
    told: bool


class Given(Protocol):
    """A form before and after some answers were given, and what the page sent for each address."""

    @property
    def before(self) -> Filling:
        """As it stood."""

    @property
    def after(self) -> Filling:
        """As it stands now."""

    @property
    def posted(self) -> Mapping[Address, Json]:
        """What was sent."""


def standing_on(filling: Filling, page: OpenPage) -> dict[str, Standing]:
    """The questions an open page should hold now, in order, by the ids of their elements."""
    places = places_on(filling, page.section, page.row)
    found = standings(filling.definition, places, filling.journey.answers)
    return {element_id(field_name(each.address)): each for each in found}


def additions(drawer: Drawer, page: OpenPage, now: Mapping[str, Standing]) -> Iterator[Swap]:
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


def rewritten(given: Given, page: OpenPage, now: Mapping[str, Standing]) -> Iterator[Swap]:
    """What the page only shows (worked out, stated), where it reads otherwise than before."""
    shown_only = [each for name, each in now.items() if name in page.ids and not each.question.handler.takes_answer]
    if not shown_only:
        return
    before, after = (Drawer(state, page.section, View(page.row)) for state in (given.before, given.after))
    for standing in shown_only:
        drawn = after.question(standing)
        if drawn != before.question(standing):
            yield Swap("outerHTML", drawn.id, drawn.html)


def reasons(given: Given, page: OpenPage, now: Mapping[str, Standing]) -> Iterator[Swap]:
    """The lines above follow-ups that say which answer opened them, where that is another one now."""
    asked = {address.question for address in given.posted} | {address.column for address in given.posted}
    for name, each in now.items():
        reads = {leaf.name for leaf in leaves(each.question.show_when)}
        if name not in page.ids or reads.isdisjoint(asked):
            continue
        reason = added_because(given.after.journey, each.place, given.after.language)
        if reason != added_because(given.before.journey, each.place, given.after.language):
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
