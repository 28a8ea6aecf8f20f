"""What was typed into the boxes of a plan, kept valid or not, and the boxes that show it again."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from werkzeug.datastructures import MultiDict

from engine.trials.plan import Typed, day_from
from webapp.drawing.values import Control, Item

_NEVER_SHOWN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")

Form = MultiDict[str, str]
Wrong = Mapping[str, str]
"""What is wrong with a box, by its name."""

PARTS = (("day", "Day", 2), ("month", "Month", 2), ("year", "Year", 4))
LONGEST = 4_000
"""Characters of one text that are kept."""


def words_typed(form: Form, name: str) -> str:
    """A text, no longer than is kept."""
    return clean(form.get(name, ""))[:LONGEST]


def clean(typed: str) -> str:
    """A text with the line breaks of this side, without what no page can show."""
    return _NEVER_SHOWN.sub("", typed.replace("\r\n", "\n")).strip()


def number_typed(form: Form, name: str) -> Typed:
    """A number where it is one, else what was typed; None for nothing."""
    typed = words_typed(form, name)
    try:
        return int(typed)
    except ValueError:
        return typed or None


def day_typed(form: Form, name: str) -> str:
    """A day as an ISO date; where there is no such day, the parts with strokes between, "" for nothing."""
    parts = [words_typed(form, f"{name}-{part}")[:10].replace("/", " ") for part, _, _ in PARTS]
    if not any(parts):
        return ""
    try:
        day, month, year = map(int, parts)
        return date(year, month, day).isoformat()
    except ValueError:
        return "/".join(parts)


def parts_of(typed: str) -> tuple[str, str, str]:
    """Day, month and year as they stand in their boxes."""
    found = day_from(typed)
    if found is not None:
        return str(found.day), str(found.month), str(found.year)
    day, month, year = [*typed.split("/"), "", "", ""][:3]
    return day, month, year


def shown(typed: Typed) -> str:
    """A number as it stands in its box."""
    return "" if typed is None else str(typed)


def box(name: str, label: str, value: str, wrong: Wrong, hint: str = "", classes: str = "") -> Control:
    """A box of one line."""
    return Control(name, name, label, hint, wrong.get(name, ""), value, classes=classes)


def number_box(name: str, label: str, value: Typed, wrong: Wrong, hint: str = "", unit: str = "") -> Control:
    """A box for a number, with its unit behind it."""
    narrow = "govuk-input--width-4"
    return Control(
        name, name, label, hint, wrong.get(name, ""), shown(value), classes=narrow, inputmode="decimal", unit=unit
    )


def text_box(name: str, label: str, value: str, wrong: Wrong, hint: str = "", rows: int = 3) -> Control:
    """A box of several lines."""
    return Control(name, name, label, hint, wrong.get(name, ""), value, rows=rows)


def day_box(name: str, label: str, typed: str, wrong: Wrong, hint: str = "") -> Control:
    """Three boxes for a day."""
    items = [
        Item(f"{name}-{part}", value, words, name=f"{name}-{part}", classes=f"govuk-input--width-{width}")
        for (part, words, width), value in zip(PARTS, parts_of(typed), strict=True)
    ]
    return Control(name, name, label, hint, wrong.get(name, ""), items=items)


def choice(
    name: str, label: str, options: Iterable[tuple[str, str, str]], chosen: str, wrong: Wrong, hint: str = ""
) -> Control:
    """Radio buttons; each option is its value, its label and its hint."""
    items = [
        Item(f"{name}-{number}", value, words, about, checked=value == chosen)
        for number, (value, words, about) in enumerate(options)
    ]
    return Control(name, name, label, hint, wrong.get(name, ""), items=items)


def listed(
    name: str, label: str, options: Iterable[tuple[str, str]], chosen: str, wrong: Wrong, hint: str = ""
) -> Control:
    """A list to choose one from."""
    items = [Item("", value, words, checked=value == chosen) for value, words in options]
    return Control(name, name, label, hint, wrong.get(name, ""), items=items)


def ticks(
    name: str, label: str, options: Iterable[tuple[str, str, str]], chosen: Sequence[str], wrong: Wrong, hint: str = ""
) -> Control:
    """Tick boxes, as `choice`."""
    items = [
        Item(f"{name}-{number}", value, words, about, checked=value in chosen)
        for number, (value, words, about) in enumerate(options)
    ]
    return Control(name, name, label, hint, wrong.get(name, ""), items=items)
