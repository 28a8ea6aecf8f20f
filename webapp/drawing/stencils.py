"""Questions drawn once with gaps for what differs from page to page, so that drawing them again is filling in.

A stencil holds nobody's words: texts, ids, names, messages and why a question was added are gaps. Which options of
the form are ticked, and which texts are there, is its shape.
"""

import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, NamedTuple

from markupsafe import Markup, escape

from engine.definition import Definition, Question
from engine.forms import Address, Entry, PageForm, Standing, field_name
from engine.places import Place
from engine.question_types.base import is_not_known
from webapp.drawing.questions import Around, Drawn, asked_question

Json = Any

_SECRET = secrets.token_hex(8)
_GAP = re.compile(f"{_SECRET}([a-z]+){_SECRET}")
_MOST = 1024
"""Stencils kept of one definition: several for each question of a long form. Beyond that, all are cut anew."""
_MOST_DEFINITIONS = 16
"""Definitions whose stencils are kept, those used last."""


class Shape(NamedTuple):
    """What of a question's state a stencil is cut for: `chosen` are options of it, `texts` names its texts."""

    question: str
    column: str | None
    of_child: bool
    chosen: tuple[str, ...] | None
    texts: tuple[str, ...]
    not_known: bool
    doing: bool
    error: bool
    mark: bool


@dataclass(frozen=True, slots=True)
class Stencil:
    """HTML as a list with the names of gaps at every second place; `first` is the first input's id, with gaps too."""

    parts: list[str]
    first: str
    label: str

    def filled(self, values: Mapping[str, str | Markup]) -> Markup:
        """The HTML with every gap filled; what is filled in is escaped."""
        found = self.parts.copy()
        found[1::2] = [escape(values[gap]) for gap in found[1::2]]
        return Markup("".join(found))


@dataclass(frozen=True, slots=True)
class Beside:
    """What a type's own template is given: made from named values, which are gaps while a stencil is cut."""

    make: Callable[[Callable[[str], str | Markup]], Any]
    values: Mapping[str, str | Markup]

    def now(self) -> Any:
        """What the template is given without a stencil."""
        return self.make(self.values.__getitem__)


@lru_cache(maxsize=_MOST_DEFINITIONS)
def stencils_of(definition: Definition, language: str) -> "Stencils":
    """The stencils of a definition in a language, kept for as long as it is in use."""
    return Stencils(language)


class Stencils:
    """Cuts a stencil for each shape of a question when it is first drawn, and fills it in from then on."""

    def __init__(self, language: str) -> None:
        """Begin with none."""
        self.language = language
        self._cut: dict[Shape, Stencil] = {}
        self._options: dict[tuple[str, str | None], frozenset[str] | None] = {}

    def draw(self, standing: Standing, stored: Json, around: Around, error: str, beside: Beside | None = None) -> Drawn:
        """A question where it stands, holding what is stored, with the message that belongs to it."""
        question, address = standing.question, standing.address
        not_known = is_not_known(stored)
        data = question.handler.to_field(question, None if not_known else stored)
        options = self._options_of(question, address)
        texts = _texts(data) if options is None else {}
        doing = str(stored.get("doing", "")) if not_known else ""
        shape = Shape(
            address.question,
            address.column,
            address.child is not None,
            None if options is None else _chosen(data, options),
            tuple(texts),
            not_known,
            bool(doing),
            bool(error),
            bool(around.mark),
        )
        stencil = self._cut.get(shape) or self._keep(shape, standing, data, around, beside)
        values: dict[str, str | Markup] = {
            **texts,
            **(beside.values if beside else {}),
            "child": _sent(address.child or ""),
            "row": _sent(address.row or ""),
            "about": around.about,
            "revision": str(around.revision),
            "doing": doing,
            "shows": around.shows,
            "mark": around.mark,
            "error": error,
        }
        first = (
            _GAP.sub(lambda found: str(values[found[1]]), stencil.first) if _SECRET in stencil.first else stencil.first
        )
        return Drawn(field_name(address), stencil.label, around.about, first, error, stencil.filled(values))

    def _options_of(self, question: Question, address: Address) -> frozenset[str] | None:
        """The values that can be picked where a question's field is one to pick from; None for one to write in."""
        path = (address.question, address.column)
        if path not in self._options:
            field = PageForm([Standing(question, Place(address.question), address)], self.language).entries[0].field
            options = getattr(field, "choices", None)
            self._options[path] = None if options is None else frozenset(options)
        return self._options[path]

    def _keep(self, shape: Shape, standing: Standing, data: Any, around: Around, beside: Beside | None) -> Stencil:
        if len(self._cut) >= _MOST:
            self._cut.clear()
        with_gaps = replace(
            around,
            revision=gap("revision"),
            about=gap("about") if shape.of_child else "",
            mark=gap("mark") if shape.mark else "",
            beside=beside.make(gap) if beside else None,
            shows=gap("shows") if standing.question.shows else "",
        )
        stencil = self._cut[shape] = _cut(shape, standing.question, data, with_gaps)
        return stencil


def _cut(shape: Shape, question: Question, data: Any, around: Around) -> Stencil:
    """Draw a question with gaps in place of what differs."""
    address = Address(shape.question, gap("child") if shape.of_child else None)
    if shape.column is not None:
        address = address._replace(row=gap("row"), column=shape.column)
    entry = PageForm([Standing(question, Place(shape.question), address)], around.language).entries[0]
    _fill(entry, shape, data)
    asked = asked_question(entry, around)
    return Stencil(_GAP.split(str(asked.html())), asked.first, asked.label)


def _fill(entry: Entry, shape: Shape, data: Any) -> None:
    gaps = {name: gap(name) for name in shape.texts}
    written = {**data, **gaps} if isinstance(data, Mapping) else gaps.get("text", "")
    entry.field.data = written if shape.chosen is None else list(shape.chosen)
    entry.field.errors = [gap("error")] if shape.error else []
    if entry.not_known is not None and entry.doing is not None:
        entry.not_known.data = shape.not_known
        entry.doing.data = gap("doing") if shape.doing else ""


def _texts(data: Any) -> dict[str, str]:
    """The texts of a field's data by part, those that are blank left out; one box has the part "text"."""
    parts = data if isinstance(data, Mapping) else {"text": data}
    return {name: text for name, text in parts.items() if isinstance(text, str) and text}


def _chosen(data: Any, options: frozenset[str]) -> tuple[str, ...]:
    """The options that are ticked, whatever else was sent, in one order however they were sent."""
    ticked = data if isinstance(data, list) else [data]
    return tuple(sorted({value for value in ticked if isinstance(value, str)} & options))


@lru_cache(maxsize=1024)
def _sent(token: str) -> str:
    """A child's or a row's id as it stands in the names of fields."""
    return field_name(Address("x", token)).removeprefix("q-x-c-") if token else ""


def gap(name: str) -> str:
    """What stands in a stencil where something is to be filled in; the name is in small letters."""
    return f"{_SECRET}{name}{_SECRET}"
