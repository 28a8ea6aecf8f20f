"""What is new in a draft is called by its words until the form is published, and answers are kept under its name."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from engine.editing import form_of, name_to_follow, values_to_follow, with_name, with_values
from engine.overlays.faults import OperationFault
from webapp import current
from webapp.editor.case_files import cases_of
from webapp.editor.ground import Ground
from webapp.editor.panel.subjects import Form, Subject

Json = Any


@dataclass(frozen=True, slots=True)
class Followed:
    """A form with a change, and what its part is called then.

    `before` is the form before it under the same names and values; None where they are those it had.
    """

    form: Form
    before: Form | None
    name: str


def followed(ground: Ground, stood: Form, changed: Form, subject: Subject) -> Followed:
    """A change of a part, with the names and values that follow its words in the same step."""
    name, before = subject.name, stood
    renames = values_to_follow(before, changed, name, _values(ground, name)) if "options" in subject.value else ()
    if renames and ground.waiting is None and not _in_a_case(ground, {old for old, _ in renames}):
        # A condition that names what is not there cannot be written anew: then the values stay.
        with suppress(OperationFault):
            before, changed = with_values(before, name, renames), with_values(changed, name, renames)
    new = name_to_follow(before, changed, name) if name else name
    if new != name and follows(ground, name):
        return Followed(with_name(changed, name, new), with_name(before, name, new), new)
    return Followed(changed, None if before is stood else before, name)


def follows(ground: Ground, name: str) -> bool:
    """Whether a part of a draft may still be called otherwise: no version has it, and no case names it.

    While a version waits for its day nothing is called otherwise, since that may have it.
    """
    if not name or ground.waiting is not None or _is_published(ground, name):
        return False
    return not _in_a_case(ground, {name, name.rpartition(".")[2]})


def _is_published(ground: Ground, name: str) -> bool:
    sections = {section.id for section in ground.before.sections}
    shipped = (form_of(each) for each in (ground.base_json, ground.shipped) if each is not None)
    in_use = name in sections or ground.before.find(name) is not None
    return in_use or any(name in each.spots or name in each.sections for each in shipped)


def _values(ground: Ground, name: str) -> frozenset[str]:
    """The values that the question's options have in versions there are."""
    in_use = ground.before.find(name)
    found = {each.value for each in in_use.options} if in_use else set()
    for each in (ground.base_json, ground.shipped):
        known = form_of(each) if each is not None else None
        if known is not None and name in known.spots:
            found |= {option["value"] for option in known.asked(name).data.get("options", ())}
    return frozenset(found)


def _in_a_case(ground: Ground, names: set[str]) -> bool:
    with current.reading() as connection:
        cases = cases_of(connection, ground.form)
    return any(not names.isdisjoint(_words(each.source.value)) for each in cases)


def _words(value: Json) -> Iterator[str]:
    """Every key and every value of a case; the parts of what names a place as well."""
    if isinstance(value, Mapping):
        for key, each in value.items():
            yield from _words(key)
            yield from _words(each)
    elif isinstance(value, list):
        for each in value:
            yield from _words(each)
    elif isinstance(value, str):
        yield value
        yield from value.replace("/", ".").replace("[", ".").split(".")
