"""The form of one page: a field for each question where it stands, filled with what is stored."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wtforms import BooleanField, Field, StringField
from wtforms.fields.core import UnboundField
from wtforms.form import BaseForm

from engine.definition import Definition, Question
from engine.forms.addresses import Address, field_name
from engine.places import Place
from engine.question_types.base import is_not_known

Json = Any
_NOTHING: Mapping[str, Json] = {}


@dataclass(frozen=True, slots=True)
class Standing:
    """A question where it stands on a page; `place` counts rows, `address` names them."""

    question: Question
    place: Place
    address: Address


@dataclass(frozen=True, slots=True)
class Entry:
    """A standing question with its fields; `not_known` and `doing` where "not known yet" is offered."""

    question: Question
    place: Place
    address: Address
    field: Field
    not_known: Field | None
    doing: Field | None


class PageForm(BaseForm):
    """The fields of one page; `entries` are in page order."""

    def __init__(self, standing: Sequence[Standing], language: str) -> None:
        """Make the fields, empty still; use `page_form` to have them filled."""
        super().__init__([named for each in standing for named in _fields(each, language)])
        self.entries = tuple(self._entry(each) for each in standing)

    def _entry(self, standing: Standing) -> Entry:
        address, fields = standing.address, self._fields
        return Entry(
            standing.question,
            standing.place,
            address,
            fields[field_name(address)],
            fields.get(field_name(address, "not_known")),
            fields.get(field_name(address, "doing")),
        )

    @property
    def held(self) -> tuple[str, ...]:
        """What the page's hidden inputs must list, so that reading back touches these questions and no others."""
        return tuple(entry.field.name for entry in self.entries if entry.question.handler.takes_answer)


def _fields(standing: Standing, language: str) -> Iterator[tuple[str, "UnboundField[Field]"]]:
    question, address = standing.question, standing.address
    yield field_name(address), question.handler.field(question, language)
    if question.not_known:
        yield field_name(address, "not_known"), UnboundField(BooleanField)
        yield field_name(address, "doing"), UnboundField(StringField)


def standings(definition: Definition, places: Iterable[Place], answers: Mapping[str, Json]) -> tuple[Standing, ...]:
    """Questions at shown places, rows told by the ids they have in the draft; a row without one is left out."""
    draft = Draft(answers)
    return tuple(found for place in places if (found := _standing(definition, place, draft)) is not None)


def _standing(definition: Definition, place: Place, draft: "Draft") -> Standing | None:
    question = definition.find(f"{place.question}.{place.column}" if place.column else place.question)
    if question is None:
        return None
    if place.row is None:
        return Standing(question, place, Address(place.question, place.child))
    ids = draft.row_ids(Address(place.question, place.child))
    if place.row >= len(ids):
        return None
    return Standing(question, place, Address(place.question, place.child, ids[place.row], place.column))


def page_form(standing: Sequence[Standing], answers: Mapping[str, Json], language: str = "en") -> PageForm:
    """The page's form filled with the stored draft, valid or not, as it was typed."""
    form, draft = PageForm(standing, language), Draft(answers)
    shown: dict[str, Any] = {}
    for entry in form.entries:
        stored = draft.at(entry.address)
        not_known = is_not_known(stored)
        shown[entry.field.name] = entry.question.handler.to_field(entry.question, None if not_known else stored)
        if entry.not_known is not None and entry.doing is not None:
            shown[entry.not_known.name] = not_known
            shown[entry.doing.name] = stored.get("doing", "") if not_known else ""
    form.process(data=shown)
    return form


class Draft:
    """A draft of answers, asked by address; each list of rows is indexed once."""

    def __init__(self, answers: Mapping[str, Json]) -> None:
        """Take the draft as it is stored."""
        self.answers = answers
        self._rows: dict[Address, dict[str, Mapping[str, Json]]] = {}
        self._ids: dict[Address, tuple[str, ...]] = {}

    def at(self, address: Address) -> Json:
        """What is stored at an address, None for nothing."""
        if address.row is not None:
            return self.rows(address.whole).get(address.row, _NOTHING).get(address.column or "")
        value = self.answers.get(address.question)
        if address.child is None:
            return value
        return value.get(address.child) if isinstance(value, dict) else None

    def rows(self, address: Address) -> Mapping[str, Mapping[str, Json]]:
        """The rows of a rows question by their ids, in order; those that have none are left out."""
        if address not in self._rows:
            value = self.at(address)
            rows = value if isinstance(value, list) else ()
            self._rows[address] = {
                row["id"]: row for row in rows if isinstance(row, dict) and isinstance(row.get("id"), str)
            }
        return self._rows[address]

    def row_ids(self, address: Address) -> tuple[str, ...]:
        """The ids of those rows, in order."""
        if address not in self._ids:
            self._ids[address] = tuple(self.rows(address))
        return self._ids[address]
