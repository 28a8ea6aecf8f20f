"""Our small macros draw the same HTML as GOV.UK Frontend's own templates."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
import pytest
from jinja2 import Environment, FileSystemLoader, PackageLoader, PrefixLoader
from markupsafe import Markup

from webapp.drawing.values import Control, Item, Link

Params = dict[str, Any]

TEMPLATES = Path(__file__).parents[2] / "webapp" / "templates"
OURS = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True)
THEIRS = Environment(
    loader=PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}), autoescape=True
)
HOSTILE = "<b>\"Mum's\" & 'friend'</b>"

TEXT = Control("seen-c1", "q-seen-c1", "Who was there?")
OPTIONS = (
    Item("tie", "lives", "Lives here", checked=True),
    Item("tie-2", "stays", HOSTILE, hint="Some nights"),
    Item("tie-3", "none", "None of these", exclusive=True),
)
PARTS = (
    Item("on-day", "4", "Day", name="q-on-day", classes="govuk-input--width-2"),
    Item("on-month", "", "Month", name="q-on-month", classes="govuk-input--width-2"),
    Item("on-year", "2026", "Year", name="q-on-year", classes="govuk-input--width-4"),
)


def by_us(macro: str, *args: Any) -> str:
    return str(getattr(OURS.get_template("_govuk.html").module, macro)(*args))


def by_them(component: str, params: Params) -> str:
    macro = "govuk" + component.title().replace("-", "")
    template = THEIRS.get_template(f"govuk_frontend_jinja/components/{component}/macro.html")
    return str(getattr(template.module, macro)(given(params)))


def given(params: Params) -> Params:
    """The options that say something: upstream draws an empty one as an empty attribute."""
    return {name: value for name, value in params.items() if value != ""}


def pieces(html: str) -> list[Any]:
    """The elements with their attributes and texts, without what only lays the source out."""
    return list(_pieces(html5lib.parseFragment(html, namespaceHTMLElements=False)))


def _pieces(element: Element) -> Iterator[Any]:
    yield (element.tag, {name: " ".join(value.split()) for name, value in element.attrib.items()})
    yield from _words(element.text, exactly=element.tag == "textarea")
    for child in element:
        yield from _pieces(child)
        yield from _words(child.tail)
    yield f"/{element.tag}"


def _words(text: str | None, exactly: bool = False) -> Iterator[str]:
    text = text or ""
    words = text if exactly else " ".join(text.split())
    if words:
        yield words


def states_of(control: Control) -> Iterator[Control]:
    """A control with and without hint, error and a mark above it, with plain and with hostile words."""
    for hint, error, mark, words in product(
        ("", "In her words"), ("", "Enter a number"), ("", "mark"), ("Tie", HOSTILE)
    ):
        yield replace(control, hint=hint, error=error, mark=mark, label=words)


def shared(control: Control) -> Params:
    """What every component takes."""
    params: Params = {"name": control.name, "formGroup": {"attributes": {"id": f"{control.id}-group"}}}
    if control.hint:
        params["hint"] = {"text": control.hint}
    if control.error:
        params["errorMessage"] = {"text": control.error}
    return params


def as_field(control: Control) -> Params:
    """What components with one label take."""
    return shared(control) | {"id": control.id, "label": {"text": control.label}, "describedBy": control.mark}


def as_group(control: Control) -> Params:
    """What components with a legend take."""
    fieldset = {"legend": {"text": control.label}, "describedBy": control.mark}
    return shared(control) | {"idPrefix": control.id, "fieldset": fieldset}


def as_item(item: Item) -> Params:
    """One radio button or tick box."""
    params: Params = {"id": item.id, "value": item.value, "text": item.label, "checked": item.checked}
    if item.hint:
        params["hint"] = {"text": item.hint}
    if item.exclusive:
        params["behaviour"] = "exclusive"
    return params


@pytest.mark.parametrize("value", ["", "0", "27", HOSTILE])
@pytest.mark.parametrize(
    "details",
    [
        {},
        {"kind": "email", "spellcheck": False},
        {"inputmode": "numeric", "classes": "govuk-input--width-4", "unit": "days"},
    ],
)
def test_an_input_is_govuks(value: str, details: Params) -> None:
    for control in states_of(replace(TEXT, value=value, **details)):
        params = as_field(control) | {
            "value": value,
            "type": control.kind,
            "classes": control.classes,
            "inputmode": control.inputmode,
        }
        if not control.spellcheck:
            params["spellcheck"] = False
        if control.unit:
            params["suffix"] = {"text": control.unit}
        assert pieces(by_us("input", control)) == pieces(by_them("input", params))


@pytest.mark.parametrize("value", ["", "One line", f"Two\n  lines {HOSTILE}"])
def test_a_textarea_is_govuks(value: str) -> None:
    for control in states_of(replace(TEXT, value=value, rows=7)):
        params = as_field(control) | {"value": value, "rows": 7}
        assert pieces(by_us("textarea", control)) == pieces(by_them("textarea", params))


def test_a_textarea_keeps_an_empty_first_line() -> None:
    """HTML drops a newline right after the tag, so the macro writes one more."""
    drawn = pieces(by_us("textarea", replace(TEXT, value="\nsecond line")))
    assert "\nsecond line" in drawn


@pytest.mark.parametrize("classes", ["", "govuk-radios--inline"])
def test_radios_are_govuks(classes: str) -> None:
    for control in states_of(replace(TEXT, items=OPTIONS[:2], classes=classes)):
        params = as_group(control) | {"items": [as_item(item) for item in control.items], "classes": classes}
        assert pieces(by_us("radios", control)) == pieces(by_them("radios", params))


def test_a_select_is_govuks() -> None:
    for control in states_of(replace(TEXT, items=OPTIONS)):
        items = [{"value": i.value, "text": i.label, "selected": i.checked} for i in control.items]
        assert pieces(by_us("select", control)) == pieces(by_them("select", as_field(control) | {"items": items}))


def test_checkboxes_are_govuks() -> None:
    for control in states_of(replace(TEXT, items=OPTIONS)):
        params = as_group(control) | {"items": [as_item(item) for item in control.items]}
        assert pieces(by_us("checkboxes", control)) == pieces(by_them("checkboxes", params))


def test_a_single_tick_box_is_govuks() -> None:
    label = Markup('Not known yet<span class="govuk-visually-hidden">: {}</span>').format(HOSTILE)
    item = Item("tie-nk", "yes", label)
    ours = by_us("tick", replace(TEXT, name="q-tie-nk", items=(item,), classes="govuk-checkboxes--small"))
    params = {
        "name": "q-tie-nk",
        "classes": "govuk-checkboxes--small",
        "items": [{"id": "tie-nk", "value": "yes", "html": label}],
    }
    assert pieces(ours) == pieces(by_them("checkboxes", params))


def test_a_date_is_govuks() -> None:
    for control in states_of(replace(TEXT, items=PARTS)):
        wrong = " govuk-input--error" if control.error else ""
        items = [
            given({"id": i.id, "name": i.name, "label": i.label, "value": i.value, "classes": i.classes + wrong})
            for i in control.items
        ]
        params = as_group(control) | {"id": control.id, "items": items}
        assert pieces(by_us("date_input", control)) == pieces(by_them("date-input", params))


@pytest.mark.parametrize("classes", ["", "govuk-button--secondary"])
def test_a_button_is_govuks(classes: str) -> None:
    params = {"text": HOSTILE, "classes": classes, "name": "do", "value": "add people"}
    assert pieces(by_us("button", HOSTILE, classes, "do", "add people")) == pieces(by_them("button", params))


def test_details_are_govuks() -> None:
    ours = OURS.from_string(
        '{% from "_govuk.html" import details %}{% call details("About & why") %}<p>Guidance</p>{% endcall %}'
    ).render()
    params = {"summaryText": "About & why", "html": "<p>Guidance</p>"}
    assert pieces(ours) == pieces(by_them("details", params))


def test_an_error_summary_is_govuks_and_takes_focus_without_its_script() -> None:
    links = (Link("#seen-c1", HOSTILE), Link("around#people", "Enter a number"))
    params = {
        "titleText": "There is a problem",
        "errorList": [{"href": link.href, "text": link.message} for link in links],
        "attributes": {"tabindex": "-1", "autofocus": ""},
    }
    assert pieces(by_us("error_summary", "There is a problem", links)) == pieces(by_them("error-summary", params))
