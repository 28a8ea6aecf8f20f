"""From a form's field to the control that a page draws: one small function for each kind of field."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from markupsafe import Markup
from wtforms import Field, RadioField, SelectMultipleField, StringField, TextAreaField

from engine.definition import Question
from engine.forms import Entry
from engine.question_types import PartsField, speaks
from engine.text import language_used
from webapp.config import LANGUAGE
from webapp.drawing.macros import draw, draw_grouped, draw_own, has_own_template
from webapp.drawing.values import Control, Group, Item
from webapp.words import form_words, marked, number_words

LONG_LIST = 20
"""Options beyond which one choice in no groups is drawn as a select."""
FIND = 15
"""Options beyond which a box narrows the list while one types."""
_COLUMNS = 12
"""Options beyond which they stand in two columns where the page is wide, as long as no label is longer than: """
_SHORT = 60

_FORMATS: Mapping[str, Mapping[str, Any]] = {
    "email": {"kind": "email", "spellcheck": False},
    "phone": {"kind": "tel", "classes": "govuk-input--width-20"},
    "postcode": {"spellcheck": False, "classes": "govuk-input--width-10"},
    "nhs_number": {"spellcheck": False, "classes": "govuk-input--width-10", "inputmode": "numeric"},
    "upn": {"spellcheck": False, "classes": "govuk-input--width-10"},
}
_PART_WIDTHS = {"year": "govuk-input--width-4", "time": "govuk-input--width-4"}
_CHOOSE = "Choose one"
_HEARD = Markup('{0}<span class="govuk-visually-hidden"> About {1}</span>')
_SEEN = Markup("{1}: {0}")


@dataclass(frozen=True, slots=True)
class Setting:
    """What a page adds to a question where it stands: its words in a language, a line above it, whose it is.

    `about` is the name of the child it is about: under a heading with that name (`headed`) it is only heard.
    `mark` is the id of a line above the control.
    """

    language: str = "en"
    about: str = ""
    headed: bool = True
    mark: str = ""


def drawn(control: Control, entry: Entry, beside: Any = None) -> Markup:
    """The HTML of an entry's control; `beside` is what a template of the question type's own needs besides."""
    if has_own_template(entry.question.type):
        return draw_own(entry.question.type, control, entry, beside)
    macro = "select" if _is_select(entry.field, entry.question) else _drawing(entry.field)[0]
    return draw_grouped(macro, control) if control.groups else draw(macro, control)


def control_of(entry: Entry, setting: Setting) -> Control:
    """An entry's field as plain values."""
    question, field = entry.question, entry.field
    control = Control(
        id=field.name,
        name=field.name,
        label=_label(form_words(question.label, setting.language), setting),
        hint=form_words(question.hint, setting.language),
        error=field.errors[0] if field.errors else "",
        mark=setting.mark,
    )
    return _drawing(field)[1](control, field, question, setting.language)


def _label(words: str, setting: Setting) -> str | Markup:
    if not setting.about:
        return words
    return (_HEARD if setting.headed else _SEEN).format(words, setting.about)


Make = Callable[[Control, Any, Question, str], Control]


def _input(control: Control, field: Field, question: Question, language: str) -> Control:
    control = replace(control, value=field.data or "")
    if question.handler.measure == "number":
        whole = question.settings.get("integer", False)
        unit = form_words(question.settings.get("unit"), language)
        return replace(control, classes="govuk-input--width-5", inputmode="numeric" if whole else "decimal", unit=unit)
    return replace(control, **_FORMATS.get(question.settings.get("format", ""), {}))


def _textarea(control: Control, field: Field, question: Question, language: str) -> Control:
    return replace(control, value=field.data or "", rows=question.settings.get("rows", 5))


def _options(control: Control, field: Any, question: Question, language: str) -> Control:
    chosen = field.data if isinstance(field.data, list) else [field.data]
    choices = {choice.value: choice for choice in question.handler.choices_of(question)}
    items = []
    for number, value in enumerate(_in_groups(question, list(field.choices))):
        choice = choices.get(value)
        words = form_words(choice.label, language) if choice else number_words(question, field.choices[value], language)
        hint = form_words(choice.hint, language) if choice else ""
        place = control.id if number == 0 else f"{control.id}-{number + 1}"
        exclusive = bool(choice and choice.exclusive)
        items.append(Item(place, value, words, hint, value in chosen, exclusive))
    return replace(control, items=items)


def _in_groups(question: Question, values: list[str]) -> list[str]:
    """Options in the order they are drawn in: by group, the groups as they begin, those under no heading last."""
    if not question.headings:
        return values
    group_of = _group_of(question)
    order = list(dict.fromkeys(filter(None, map(group_of, values))))
    return sorted(values, key=lambda value: order.index(group_of(value)) if group_of(value) else len(order))


def _group_of(question: Question) -> Callable[[str], str]:
    """The group that an option stands under by its value, "" where its group has no heading."""
    groups = {option.value: option.group for option in question.options if option.group in question.headings}
    return lambda value: groups.get(value) or ""


def _grouped(control: Control, field: Any, question: Question, language: str) -> Control:
    """Options under their headings, in columns and with a box to narrow them where they are many."""
    control = _options(control, field, question, language)
    many = len(control.items) > FIND
    if not (question.headings or many):
        return control
    group_of = _group_of(question)
    groups = [
        Group(f"{control.id}-heading-{number}", form_words(question.headings.get(name), language), list(items))
        for number, (name, items) in enumerate(groupby(control.items, key=lambda item: group_of(item.value)), start=1)
    ]
    short = len(control.items) > _COLUMNS and all(len(label) <= _SHORT for label in field.choices.values())
    return replace(control, groups=groups, find=many, classes="pith-options--two" if short else "")


def _scale_or_options(control: Control, field: Any, question: Question, language: str) -> Control:
    if _is_select(field, question):
        control = _options(control, field, question, language)
        return replace(control, items=[Item("", "", _CHOOSE), *_in_a_select(control, field, question, language)])
    if question.handler.measure == "number":
        return replace(_options(control, field, question, language), classes="govuk-radios--inline pith-scale")
    return _grouped(control, field, question, language)


def _in_a_select(control: Control, field: Any, question: Question, language: str) -> Iterator[Item]:
    """The options with the language of each as an attribute: a select's options hold no elements."""
    spoken = {each.value: language_used(each.label, language) for each in question.handler.choices_of(question)}
    for item in control.items:
        words, lang = field.choices[item.value], spoken.get(item.value, LANGUAGE)
        yield replace(item, label=words, lang="" if lang == LANGUAGE else lang)


def _parts(control: Control, field: PartsField, question: Question, language: str) -> Control:
    items = [
        Item(
            each.name,
            each.value,
            marked(each.part.label, language if speaks(language) else LANGUAGE),
            name=each.name,
            classes=_PART_WIDTHS.get(each.part.name, "govuk-input--width-2"),
        )
        for each in field.inputs
        if isinstance(each.value, str)
    ]
    if len(items) > 1:
        return replace(control, items=items)
    return replace(
        control, id=items[0].id, name=items[0].name, value=items[0].value, rows=question.settings.get("rows", 5)
    )


def _plain(control: Control, field: Field, question: Question, language: str) -> Control:
    return replace(control, leads=f"{control.id}-add") if question.columns else control


_DRAWINGS: Mapping[type[Field], tuple[str, Make]] = {
    TextAreaField: ("textarea", _textarea),
    StringField: ("input", _input),
    RadioField: ("radios", _scale_or_options),
    SelectMultipleField: ("checkboxes", _grouped),
    PartsField: ("date_input", _parts),
}


def _drawing(field: Field) -> tuple[str, Make]:
    return _DRAWINGS.get(type(field), ("", _plain))


def _is_select(field: Field, question: Question) -> bool:
    return isinstance(field, RadioField) and len(field.choices or ()) > LONG_LIST and not question.headings
