"""The cases of a form: those that come with it and those that were kept, each held against a definition."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from engine.cases import broken_expectations, has_place, misshapen, names_not_in, unknown_names, without
from engine.definition import Definition
from engine.journey import ONE_CHILD, Context, context_from_json
from engine.journey.context import BadContext
from engine.places import parse_place
from engine.source import Source, read_json
from engine.text import in_language
from webapp import current
from webapp.config import LANGUAGE
from webapp.editor.invented import invented_children
from webapp.editor.layout import laid_out
from webapp.editor.sheet import Sheet, checked_sheet
from webapp.library import CannotRead, read_file, shipped_cases
from webapp.store.cases import KeptCase, case_kept, case_titles, cases_kept
from webapp.store.database import Connection

Json = Any
SHIPPED = "shipped-"
"""What the key of a case begins with that comes with its form; the rest is its file's name."""


@dataclass(frozen=True, slots=True)
class FormCase:
    """A case of a form: `made_by` and `made_at` are "" and None for one that comes with Pith.

    `removed_at` is None for one that stands.
    """

    key: str
    title: str
    source: Source
    made_by: str = ""
    made_at: datetime | None = None
    removed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """A case held against a form; `differences` say in words where the form does otherwise, none where it passed."""

    case: FormCase
    differences: Sequence[str]


def cases_of(connection: Connection, form: str) -> tuple[FormCase, ...]:
    """Every case of a form, those that were kept first, those taken out too."""
    return (*_kept(connection, form), *_shipped(form))


def _kept(connection: Connection, form: str) -> Iterator[FormCase]:
    for each in cases_kept(connection, current.viewer(), form):
        yield _read_kept(each)


def _read_kept(case: KeptCase) -> FormCase:
    return FormCase(case.key, case.title, read_json(case.content), case.made_by, case.made_at, case.removed_at)


@cache
def _shipped(form: str) -> tuple[FormCase, ...]:
    """The cases that lie beside a form that ships, as they lay when this process first asked."""
    return tuple(_read(form))


def _read(form: str) -> Iterator[FormCase]:
    for path in shipped_cases(form):
        try:
            source = read_file(path)
        except CannotRead:
            continue
        if not any(True for _ in misshapen(source)):
            yield FormCase(f"{SHIPPED}{path.stem}", str(source.value["title"]), source)


def find_case(form: str, key: str) -> FormCase:
    """One case of a form. Raises NoSuchRecord."""
    for each in _shipped(form):
        if each.key == key:
            return each
    with current.reading() as connection:
        return _read_kept(case_kept(connection, current.viewer(), form, key))


def titles_of(connection: Connection, form: str) -> Mapping[str, str]:
    """The titles of the cases of a form that stand, by their keys, those that were kept first; no case is read."""
    kept = case_titles(connection, current.viewer(), form)
    return {**kept, **{each.key: each.title for each in _shipped(form)}}


def case_to_try(form: str, key: str) -> Sheet:
    """What a page carries on which a form is filled with a case. Raises NoSuchRecord."""
    case = find_case(form, key).source.value
    return checked_sheet(case["answers"], _context_of(case))


def _context_of(case: Json) -> Context:
    try:
        return ONE_CHILD if case.get("context") is None else context_from_json(case["context"])
    except BadContext:
        return ONE_CHILD


def held_against(case: FormCase, definition: Definition, before: Sequence[Definition] = ()) -> Outcome:
    """What a form does with a case, told with the words of its questions.

    A question that one of `before`, the forms that it comes from, has and it has not was taken out: that is told once,
    and the rest of the case is held against the form all the same.
    """
    known, source, context = case.source.value, case.source, _context_of(case.source.value)
    gone = [(at, name) for at, name in names_not_in(definition, known) if any(has_place(each, name) for each in before)]
    told = list(dict.fromkeys(_taken_out(definition, before, name) for _, name in gone))
    if gone:
        source = read_json(laid_out(without(known, [at for at, _ in gone])))

    def called(name: str) -> str:
        return in_words(definition, context, name)

    unknown = [each.message for each in unknown_names(source, definition)]
    return Outcome(case, told + (unknown or [each.message for each in broken_expectations(source, definition, called)]))


def _taken_out(definition: Definition, before: Sequence[Definition], name: str) -> str:
    """That the question of a place was taken out, by the words that the first of the forms with it asks it in."""
    place = parse_place(name)
    had = next(each for each in before if has_place(each, name))
    asked = place.question if place else name
    words = in_language(had.by_id[asked].label, LANGUAGE)
    column = had.find(f"{asked}.{place.column}") if place and place.column and asked in definition.by_id else None
    return f"“{words}{f': {in_language(column.label, LANGUAGE)}' if column else ''}” was taken out."


def in_words(definition: Definition, context: Context, name: str) -> str:
    """What a place in the answers is called: its question, and whose it is; a name that leads nowhere stays."""
    place = parse_place(name)
    question = None if place is None else definition.by_id.get(place.question)
    if place is None or question is None:
        return name
    words = in_language(question.label, LANGUAGE)
    child = invented_children(context).get(place.child or "")
    column = definition.find(f"{place.question}.{place.column}") if place.column else None
    line = "" if place.row is None else f", line {place.row + 1}"
    cell = f": {in_language(column.label, LANGUAGE)}" if column else ""
    return f"{f'{child.given_name}: ' if child else ''}{words}{line}{cell}"
