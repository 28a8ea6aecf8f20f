"""What is new in a draft is called by its words until the form is published, and answers are kept under its name."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from engine.editing import Form as ReadForm
from engine.editing import form_of, name_to_follow, values_to_follow, with_name, with_values
from engine.overlays.faults import OperationFault
from webapp import current
from webapp.editor.case_files import cases_of
from webapp.editor.ground import Ground
from webapp.editor.panel.subjects import Form, Subject
from webapp.store.contents import content_of
from webapp.store.errors import NoSuchRecord
from webapp.store.publishing import versions_of

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
    if renames and not _in_a_case(ground, {old for old, _ in renames}):
        # A condition that names what is not there cannot be written anew: then the values stay.
        with suppress(OperationFault):
            before, changed = with_values(before, name, renames), with_values(changed, name, renames)
    new = name_to_follow(before, changed, name) if name else name
    if new != name and follows(ground, name):
        return Followed(with_name(changed, name, new), with_name(before, name, new), new)
    return Followed(changed, None if before is stood else before, name)


def follows(ground: Ground, name: str) -> bool:
    """Whether a part of a draft may still be called otherwise: no version has or had it, and no case names it."""
    if not name or any(name in each.spots or name in each.sections for each in _versions(ground)):
        return False
    return not _in_a_case(ground, {name, name.rpartition(".")[2]})


def _versions(ground: Ground) -> list[ReadForm]:
    """Every version of the form that the authority has or had, those that wait for their day too."""
    with current.reading() as connection:
        try:
            found = versions_of(connection, current.viewer(), ground.form, ground.day)
        except NoSuchRecord:
            return []
        return [form_of(content_of(connection, each.edition)) for each in found]


def _values(ground: Ground, name: str) -> frozenset[str]:
    """The values that the question's options have or had in any of them."""
    asked = [each.asked(name).data for each in _versions(ground) if name in each.spots]
    return frozenset(option["value"] for each in asked for option in each.get("options", ()))


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
