"""Questions drawn once with gaps for what differs from page to page, so that drawing them again is filling in.

A stencil holds no answer: texts, ids and names are gaps. What is ticked, and which texts are there, is its shape.
"""

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from markupsafe import Markup, escape
from wtforms.fields.choices import SelectFieldBase

from engine.definition import Definition, Question
from engine.forms import Address, Entry, PageForm, Standing, field_name
from engine.forms.page import is_not_known
from engine.places import Place
from webapp.drawing.questions import Around, Drawn, asked_question

Json = Any

_SECRET = secrets.token_hex(8)
_GAP = re.compile(f"{_SECRET}([a-z]+){_SECRET}")
_MOST = 1024
"""Stencils kept of one definition: several for each question of a long form."""


class Shape(NamedTuple):
    """What of a question's state a stencil is cut for; `texts` names the texts that are there."""

    question: str
    column: str | None
    of_child: bool
    chosen: str | tuple[str, ...] | None
    texts: tuple[str, ...]
    not_known: bool
    doing: bool
    error: str
    mark: str


@dataclass(frozen=True, slots=True)
class Stencil:
    """HTML in pieces with a named gap after each but the last; `first` is the id of its first input, with gaps."""

    pieces: tuple[str, ...]
    gaps: tuple[str, ...]
    first: str
    label: str

    def filled(self, values: Mapping[str, str]) -> Markup:
        """The HTML with every gap filled; what is filled in is escaped."""
        found = [self.pieces[0]]
        for gap, piece in zip(self.gaps, self.pieces[1:], strict=True):
            found += (escape(values[gap]), piece)
        return Markup("".join(found))


@lru_cache(maxsize=64)
def stencils_of(definition: Definition, language: str) -> "Stencils":
    """The stencils of a definition in a language, kept for as long as it is in use."""
    return Stencils(language)


class Stencils:
    """Cuts a stencil for each shape of a question when it is first drawn, and fills it in from then on."""

    def __init__(self, language: str) -> None:
        """Begin with none."""
        self.language = language
        self._cut: dict[Shape, Stencil] = {}
        self._picks: dict[tuple[str, str | None], bool] = {}

    def draw(self, standing: Standing, stored: Json, around: Around, error: str) -> Drawn:
        """A question where it stands, holding what is stored, with the message that belongs to it."""
        question, address = standing.question, standing.address
        not_known = is_not_known(stored)
        data = question.handler.to_field(question, None if not_known else stored)
        picked = self._picked_from(question, address)
        texts = {} if picked else _texts(data)
        doing = str(stored.get("doing", "")) if not_known else ""
        shape = Shape(
            address.question,
            address.column,
            address.child is not None,
            _hashable(data) if picked else None,
            tuple(texts),
            not_known,
            bool(doing),
            error,
            around.mark,
        )
        stencil = self._cut.get(shape) or self._keep(shape, standing, data)
        values = {
            **texts,
            "child": _sent(address.child or ""),
            "row": _sent(address.row or ""),
            "about": around.about,
            "revision": str(around.revision),
            "doing": doing,
        }
        first = _GAP.sub(lambda gap: values[gap[1]], stencil.first)
        return Drawn(field_name(address), stencil.label, around.about, first, error, stencil.filled(values))

    def _picked_from(self, question: Question, address: Address) -> bool:
        """Whether a question's field is one to pick from, not to write in."""
        path = (address.question, address.column)
        if path not in self._picks:
            self._picks[path] = issubclass(question.handler.field(question, self.language).field_class, SelectFieldBase)
        return self._picks[path]

    def _keep(self, shape: Shape, standing: Standing, data: Any) -> Stencil:
        if len(self._cut) >= _MOST:
            self._cut.clear()
        stencil = self._cut[shape] = _cut(shape, standing.question, data, self.language)
        return stencil


def _cut(shape: Shape, question: Question, data: Any, language: str) -> Stencil:
    """Draw a question with gaps in place of what differs."""
    address = Address(shape.question, _gap("child") if shape.of_child else None)
    if shape.column is not None:
        address = address._replace(row=_gap("row"), column=shape.column)
    entry = PageForm([Standing(question, Place(shape.question), address)], language).entries[0]
    _fill(entry, shape, data)
    about = _gap("about") if shape.of_child else ""
    asked = asked_question(entry, Around(language, _gap("revision"), about, shape.mark))
    parts = _GAP.split(str(asked.html()))
    return Stencil(tuple(parts[::2]), tuple(parts[1::2]), asked.first, asked.label)


def _fill(entry: Entry, shape: Shape, data: Any) -> None:
    gaps = {name: _gap(name) for name in shape.texts}
    written = {**data, **gaps} if isinstance(data, Mapping) else gaps.get("text", "")
    entry.field.data = data if shape.chosen is not None else written
    entry.field.errors = [shape.error] if shape.error else []
    if entry.not_known is not None and entry.doing is not None:
        entry.not_known.data = shape.not_known
        entry.doing.data = _gap("doing") if shape.doing else ""


def _texts(data: Any) -> dict[str, str]:
    """The texts of a field's data by part, those that are blank left out; one box has the part "text"."""
    parts = data if isinstance(data, Mapping) else {"text": data}
    return {name: text for name, text in parts.items() if isinstance(text, str) and text}


def _hashable(data: Any) -> str | tuple[str, ...] | None:
    return tuple(data) if isinstance(data, list) else data or None


@lru_cache(maxsize=1024)
def _sent(token: str) -> str:
    """A child's or a row's id as it stands in the names of fields."""
    return field_name(Address("x", token)).removeprefix("q-x-c-") if token else ""


def _gap(name: str) -> str:
    return f"{_SECRET}{name}{_SECRET}"
