"""From the fields of the forms about children to what the shared macros draw."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from wtforms import BooleanField, Field, Form, RadioField, SelectField

from engine.question_types import PartsField
from webapp.drawing.values import Control, Item, Link

LOOKS: Mapping[str, Mapping[str, Any]] = {
    "given_name": {"spellcheck": False},
    "family_name": {"spellcheck": False},
    "about": {"classes": "govuk-input--width-4", "unit": "years"},
    "reference": {"classes": "govuk-input--width-10", "spellcheck": False},
}


def controls_of(form: Form, problems: Mapping[str, str], hints: Mapping[str, str]) -> dict[str, Control]:
    """Each field's control by name; `hints` stand in place of those the fields have themselves."""
    return {field.name: _control(field, problems, hints) for field in form}


def links_to(problems: Mapping[str, str], controls: Mapping[str, Control]) -> list[Link]:
    """The lines of an error summary, each leading to the first input of its field."""
    return [Link(f"#{controls[name].first}", message) for name, message in problems.items()]


def _control(field: Field, problems: Mapping[str, str], hints: Mapping[str, str]) -> Control:
    name = field.name
    hint = hints.get(name, field.description)
    control = Control(name, name, field.label.text, hint=hint, error=problems.get(name, ""))
    if isinstance(field, PartsField):
        return replace(control, items=[_part(each) for each in field.inputs])
    if isinstance(field, SelectField):
        classes = "govuk-radios--inline" if isinstance(field, RadioField) else ""
        return replace(control, items=list(_items(name, field.choices, field.data)), classes=classes)
    if isinstance(field, BooleanField):
        return replace(control, items=[Item(name, "y", control.label, control.hint, checked=field.data)])
    return replace(control, value=field.data or "", **LOOKS.get(name, {}))


def _part(each: Any) -> Item:
    width = "govuk-input--width-4" if each.part.name == "year" else "govuk-input--width-2"
    return Item(each.name, each.value, each.part.label, name=each.name, classes=width)


def _items(name: str, choices: Any, chosen: Any) -> Iterable[Item]:
    for number, (value, label) in enumerate(dict(choices).items(), start=1):
        place = name if number == 1 else f"{name}-{number}"
        yield Item(place, value, label, checked=value == chosen)
