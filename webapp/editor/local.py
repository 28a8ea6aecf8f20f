"""What a form has of its own beside the version that ships: its operations, each in words, and the parts they mark."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.definition import Definition, definition_from_json
from engine.editing import edited, operations_between
from engine.editing.difference import NOT_TOLD
from engine.editing.subjects import created, subject
from engine.overlays.faults import OperationFault
from engine.versions import compare
from webapp.config import LANGUAGE
from webapp.editor.ground import Ground
from webapp.editor.judging import kept_by_text
from webapp.editor.sketch import sketch_of

Json = Any
Operation = Mapping[str, Json]
Operations = Sequence[Operation]

_NAMED_BY = re.compile("[^a-z0-9]+")
_MARKS: Mapping[str, str] = {"reword": "reworded here", "move": "moved here", "add": "added here"}
"""What the outline says of a part by the operation on it; of any other, that it was changed."""


@dataclass(frozen=True, slots=True)
class Local:
    """The operations that make a form of the version that ships; None where they cannot be told, for this reason."""

    operations: Operations | None
    reason: str = ""

    def __len__(self) -> int:
        """How many there are."""
        return len(self.operations or ())


@kept_by_text
def local_changes(text: str, ground: Ground) -> Local:
    """What the text of a form has of its own; nothing for a form of the authority's own."""
    if ground.base is None:
        return Local(())
    sketch = sketch_of(text, ground)
    if sketch is None:
        return Local(None, "The text has to be mended first.")
    try:
        return Local(operations_between(ground.base_json, sketch.form))
    except OperationFault as fault:
        return Local(None, f"{fault.message} {fault.how_to_mend}")


@kept_by_text
def marks_of(text: str, ground: Ground) -> Mapping[str, str]:
    """What the outline says of each part that differs from the version that ships, by the part's name."""
    found: dict[str, list[str]] = {}
    for operation in local_changes(text, ground).operations or ():
        for name, words in _marks(operation):
            if words not in found.setdefault(name, []):
                found[name].append(words)
    return {name: ", ".join(words) for name, words in found.items()}


def _marks(operation: Operation) -> Iterator[tuple[str, str]]:
    if operation["op"] in ("add", "add_section", "split"):
        yield from ((name, "added here") for name in created(operation))
    else:
        yield subject(operation), _MARKS.get(operation["op"], "changed here")


def in_words(ground: Ground, base: Json, operations: Operations) -> list[Sequence[str]]:
    """What each operation does, done one after the other to a version that ships, in sentences."""
    found: list[Sequence[str]] = []
    before, form = _read(ground, base), base
    for operation in operations:
        form = edited(form, [operation])
        after = _read(ground, form)
        changes = compare(before, after, LANGUAGE) if before and after else ()
        found.append([each.words for each in changes] or [_without_words(operation, after)])
        before = after
    return found


def _read(ground: Ground, form: Json) -> Definition | None:
    """A form as a value, None for one that has to be mended first, such as where it names no code list there is."""
    try:
        return definition_from_json(form, ground.lists, ground.day.isoformat())
    except (KeyError, TypeError, ValueError):
        return None


def _without_words(operation: Operation, after: Definition | None) -> str:
    """Of an operation that no reader of the form notices, or that can be told only once the form is mended."""
    name = subject(operation) or "The form"
    if after is None:
        return f"“{name}” is changed; how is told once the form has nothing to mend."
    return f"“{name}” is written otherwise, with the same meaning."


def without(base: Json, operations: Operations, number: int) -> tuple[Json, list[int]]:
    """The form without one of its operations (counted from 1), and the numbers of those that go with it.

    Those are the ones that cannot be done without it, such as words for a question that it adds.
    """
    form, gone = base, list[int]()
    for each, operation in enumerate(operations, start=1):
        if each == number:
            continue
        try:
            form = edited(form, [operation])
        except OperationFault:
            gone.append(each)
    return form, gone


def of_own(form: Json, own: Json) -> Json:
    """A form with the keys that no operation changes as its own text has them, in that text's order."""
    kept = {key: own[key] for key in own if key in NOT_TOLD}
    order = [*own, *(key for key in form if key not in own)]
    both = {**{key: each for key, each in form.items() if key not in NOT_TOLD}, **kept}
    return {key: both[key] for key in order if key in both}


def overlay_of(ground: Ground, owner: str, version: int, operations: Operations) -> dict[str, Json]:
    """The local changes as an overlay on the version that ships, for those who keep forms in files."""
    assert ground.base
    base = {"owner": "library", "form": ground.form, "version": ground.base.edition.version}
    named = _NAMED_BY.sub("-", owner.lower()).strip("-")[:63]
    named = named if named[:1].isalpha() else f"authority-{named}"[:63].strip("-")
    return {"owner": named, "form": ground.form, "version": version, "base": base, "changes": list(operations)}
