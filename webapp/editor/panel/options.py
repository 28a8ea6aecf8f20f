"""The options of a choice as rows to reword, add, move and take out, or the code list in their place."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.editing import blank_options, new_value
from engine.question_types import question_types
from engine.schema.question import OPTION
from webapp.drawing.values import Control, Item
from webapp.editor.panel.boxes import Around, Drawn, Posted, Setting
from webapp.editor.panel.settings import drawn, read, retold
from webapp.editor.panel.words import OF_AN_OPTION

Json = Any

BLANK = 1
"""Rows without words at the end, to add an option in."""

FIRST, EXCLUSIVE = ("label",), "exclusive"
_OWN_LIST = "Options of its own"


@dataclass(frozen=True, slots=True)
class Row:
    """An option: the number of its row, its value ("" for one not there yet), its words first, then the rest."""

    number: int
    value: str
    words: Sequence[Drawn]
    more: Sequence[Drawn]


@dataclass(frozen=True, slots=True)
class Options:
    """What there is to choose from: the rows, or the code list that is chosen in their place."""

    rows: Sequence[Row]
    code_list: Control


def takes_options(question: Mapping[str, Json]) -> bool:
    """Whether a question's type offers options."""
    found = question_types().get(str(question.get("type")))
    return found is not None and found.takes_options


def drawn_options(
    question: Mapping[str, Json], around: Around, lists: Sequence[str], posted: Posted | None = None
) -> Options:
    """The options of a question, or as they were posted where that was refused."""
    chosen = (posted.get("code_list", "") if posted is not None else question.get("code_list")) or ""
    items = [
        Item("", name, name.replace("_", " ") if name else _OWN_LIST, checked=name == chosen) for name in ("", *lists)
    ]
    if chosen and chosen not in lists:
        items.append(Item("", chosen, f"{chosen.replace('_', ' ')} (not here)", checked=True))
    hint = "A code list is dated, and shared by every form that asks for it."
    control = Control(id="code_list", name="code_list", label="What there is to choose from", hint=hint, items=items)
    if chosen:
        return Options((), control)
    return Options(tuple(_rows(question, around, posted)), control)


def _rows(question: Mapping[str, Json], around: Around, posted: Posted | None) -> Iterator[Row]:
    options = list(question.get("options", ()))
    values = posted.getlist("option") if posted is not None else [each["value"] for each in options] + [""] * BLANK
    for number, (value, one) in enumerate(zip(values, _before(options, values), strict=True)):
        words: list[Drawn] = []
        more: list[Drawn] = []
        for setting in _settings(number):
            if _has_no_effect(setting, question, one):
                continue
            controls = drawn(setting, one.get(_key(setting)), around)
            if posted is not None:
                controls = retold(controls, posted)
            (words if _key(setting) in FIRST else more).extend(controls)
        yield Row(number, value, words, more)


def _before(options: Sequence[Json], values: Sequence[str]) -> Iterator[Json]:
    """For each row the option that it was drawn from, options with one value in their order; {} for a new one."""
    left: dict[str, list[Json]] = {}
    for each in options:
        left.setdefault(each["value"], []).append(each)
    for value in values:
        yield left[value].pop(0) if left.get(value) else {}


def _settings(number: int) -> Iterator[Setting]:
    """The settings of the option in a row, each under a key of its own."""
    for key, schema in OPTION["properties"].items():
        if key != "value":
            title, about = OF_AN_OPTION.get(key, (schema["title"].lower(), schema["description"]))
            name = f"Option {number + 1}"
            if key == "label":
                yield Setting(f"options.{number}.{key}", name, "", schema, wanted=True)
            else:
                yield Setting(f"options.{number}.{key}", f"{name}: {title}", about, schema)


def _has_no_effect(setting: Setting, question: Mapping[str, Json], option: Mapping[str, Json]) -> bool:
    """Whether a setting is for questions of several answers; one that is set stays, so that it can be taken away."""
    return _key(setting) == EXCLUSIVE and question.get("type") == "choice" and EXCLUSIVE not in option


def _key(setting: Setting) -> str:
    return setting.key.rpartition(".")[2]


def read_options(question: Mapping[str, Json], posted: Posted, around: Around) -> dict[str, Json]:
    """The options or the code list as they were posted: both keys, None for the one that is not used.

    A row without words is no option; where a code list is left and there are no rows yet, two options are put in.
    Raises NotRead.
    """
    code_list = posted.get("code_list", "")
    if code_list:
        return {"options": None, "code_list": code_list}
    options, values = question.get("options", ()), posted.getlist("option")
    if not options and not values:
        return {"options": blank_options(), "code_list": None}
    return {"options": [option for _, option in _options_read(question, posted, around)] or None, "code_list": None}


def place_of_row(question: Mapping[str, Json], posted: Posted, row: str) -> int | None:
    """Which of the options that `read_options` gives stood in a row, by its number as a button has it; None for none.

    By its place, since two options may have the same value by mistake.
    """
    numbers = [str(number) for number, _ in _options_read(question, posted, Around())]
    return numbers.index(row) if row in numbers else None


def _options_read(
    question: Mapping[str, Json], posted: Posted, around: Around
) -> Iterator[tuple[int, dict[str, Json]]]:
    """Each option that was posted with the number of its row."""
    options, values = question.get("options", ()), posted.getlist("option")
    found: list[Json] = []
    for number, (value, before) in enumerate(zip(values, _before(options, values), strict=True)):
        option = {_key(each): read(each, posted, before.get(_key(each)), around) for each in _settings(number)}
        if option["label"] is None:
            continue
        taken = {"options": [*options, *found]}
        own = value if before else new_value(taken, option["label"])
        found.append(_in_order({"value": own, **option}, before))
        yield number, found[-1]


def _in_order(option: Mapping[str, Json], before: Mapping[str, Json]) -> dict[str, Json]:
    """The option without what is not set, its keys as they stood before."""
    keys = [*before, *(key for key in option if key not in before)]
    return {key: option[key] for key in keys if option.get(key) is not None}


def moved(options: Sequence[Json], at: int, by: int) -> list[Json]:
    """The options with the one at a place that many places further on, as far as there are any."""
    order = list(options)
    one = order.pop(at)
    order.insert(max(0, at + by), one)
    return order
