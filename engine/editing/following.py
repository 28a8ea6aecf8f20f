"""Ids and values that follow their words for as long as nobody has answered under them."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from engine.editing.applying import edited
from engine.editing.form import Form, form_of
from engine.editing.freeing import with_option_replaced
from engine.editing.naming import OF_EVERY_ROW, RESERVED, free, from_words, is_made_from

Json = Any
AForm = Mapping[str, Json]
Renames = tuple[tuple[str, str], ...]
"""Old and new, one after the other."""

_OPTION, _QUESTION = "option", "question"


def values_to_follow(before: AForm, after: AForm, path: str, kept: Collection[str]) -> Renames:
    """The options of a question whose words changed and whose value was made from the words they had, with a new one.

    `kept` are values that stay whatever their words are. What was typed by hand stays, and what two options share.
    """
    was = {each["value"]: each for each in form_of(before).asked(path).data.get("options", ())}
    values = [each["value"] for each in form_of(after).asked(path).data.get("options", ())]
    found: list[tuple[str, str]] = []
    for each in form_of(after).asked(path).data.get("options", ()):
        value, old = each["value"], was.get(each["value"])
        if old is None or value in kept or values.count(value) > 1 or old["label"] == each["label"]:
            continue
        if is_made_from(value, old["label"], _OPTION):
            others = {*values, *kept, *(new for _, new in found)} - {value}
            found.append((value, free(from_words(each["label"], _OPTION), others)))
    return tuple((old, new) for old, new in found if old != new)


def with_values(form: AForm, path: str, renames: Renames) -> dict[str, Json]:
    """The form in which options of a question have other values, and every condition that waits for them follows."""
    left: AForm = form
    for old, new in renames:
        left = edited(left, with_option_replaced(left, path, old, new))
    return dict(left)


def name_to_follow(before: AForm, after: AForm, name: str) -> str:
    """What a question, column or section is called from now on, by its path: the name itself where that stays.

    It stays where its words did not change, where it was typed by hand, and where the new words make the same.
    """
    old, new = form_of(before).holder(name).label, form_of(after).holder(name).label
    rows, _, own = name.rpartition(".")
    if old == new or not is_made_from(own, old, _QUESTION):
        return name
    made = free(from_words(new, _QUESTION), set(_taken(form_of(after), rows)) - {own})
    return f"{rows}.{made}" if rows else made


def _taken(form: Form, rows: str) -> Iterator[str]:
    yield RESERVED
    if not rows:
        yield from (*form.sections, *form.spots)
        return
    yield OF_EVERY_ROW
    yield from (path.partition(".")[2] for path in form.spots if path.startswith(f"{rows}."))
