"""The operations by which things come, go and stand where another form has them."""

from collections.abc import Mapping, Sequence
from typing import Any

from engine.editing.stepping import Steps
from engine.overlays.places import question_at, questions, spot_of
from engine.versions.order import moved

Json = Any
Form = Mapping[str, Json]
Part = Mapping[str, Json]


def arrange(steps: Steps, own: Form) -> None:
    """Bring in what is new, put everything where the other form has it, then take out what that no longer has.

    What is new comes before anything goes, since what is taken out takes itself out of conditions as well.
    """
    moving = moved(_ids(steps.form["sections"]), _ids(own["sections"]))
    before: str | None = None
    for section in own["sections"]:
        if steps.section(section["id"]) is None:
            _bring(steps, own, section, before)
        elif section["id"] in moving:
            steps.do({"op": "move", "section": section["id"], "after": before})
        _put(steps, {"to_section": section["id"]}, section["questions"])
        before = section["id"]
    _put_columns(steps, own)
    _take_out(steps, own)


def _ids(parts: Sequence[Part]) -> list[str]:
    return [part["id"] for part in parts]


def _bring(steps: Steps, own: Form, section: Part, before: str | None) -> None:
    """A section that is new: the second half of one that is there, or one with what is new in it."""
    paths = steps.paths()
    here = [name for name in _ids(section["questions"]) if name in paths]
    new = [question for question in section["questions"] if question["id"] not in paths]
    is_half = bool(here) and _is_a_half(steps, own, section, here[0])
    if here and not is_half and not new:
        _move_behind_another(steps, here[0])
    if here and (is_half or not new):
        _split(steps, section, here[0], before)
        return
    added = {"op": "add_section", "after": before, "section": {**section, "questions": new}}
    steps.do_one_of(added, {**added, "section": {**_unconditional(section), "questions": [*map(_unconditional, new)]}})


def _unconditional(part: Part) -> Part:
    """Something that comes without its condition, to be given it once everything is there."""
    return {key: value for key, value in part.items() if key != "show_when"}


def _is_a_half(steps: Steps, own: Form, section: Part, first: str) -> bool:
    """Whether everything from a question to the end of its section now stands in the new one, or is gone."""
    spot = spot_of(steps.form, first)
    assert spot
    rest = set(_ids(steps.form["sections"][spot.section]["questions"][spot.question :]))
    elsewhere = {name for each in own["sections"] if each is not section for name in _ids(each["questions"])}
    return spot.question > 0 and not rest & elsewhere


def _split(steps: Steps, section: Part, first: str, before: str | None) -> None:
    """The new section split off at a question that is there; its others come to it afterwards."""
    spot = spot_of(steps.form, first)
    assert spot
    whole = steps.form["sections"][spot.section]["id"]
    steps.do({"op": "split", "section": whole, "at": first, "id": section["id"], "title": section["title"]})
    if whole != before:
        steps.do({"op": "move", "section": section["id"], "after": before})


def _move_behind_another(steps: Steps, name: str) -> None:
    """Put a question last in some section that holds another, so that it can be split off by itself."""
    for section in steps.form["sections"]:
        others = [each for each in _ids(section["questions"]) if each != name]
        if others:
            steps.do({"op": "move", "question": name, "after": others[-1]})
            return


def _put(steps: Steps, into: Mapping[str, str], wanted: Sequence[Part]) -> None:
    """Have the questions of a section, or the columns of rows, stand there in the order that is wanted."""
    (container,) = into.values()
    rows = f"{container}." if "to_rows" in into else ""
    paths, stood = steps.paths(), _standing(steps, container, rows)
    names = [f"{rows}{part['id']}" for part in wanted]
    moving, before = moved(stood, names), ""
    for name, part in zip(names, wanted, strict=True):
        place = {"after": before} if before else {**into, "after": None}
        if name not in paths:
            added = {"op": "add", "question": part, **place}
            steps.do_one_of(added, {**added, "question": _unconditional(part)})
        elif name not in stood or name in moving:
            steps.do({"op": "move", "question": name, **place})
        before = name


def _standing(steps: Steps, container: str, rows: str) -> list[str]:
    """What stands in a section or rows now."""
    if not rows:
        section = steps.section(container)
        return _ids(section["questions"]) if section else []
    spot = spot_of(steps.form, container)
    return [f"{rows}{name}" for name in _ids(question_at(steps.form, spot)["columns"])] if spot else []


def _rows_of_both(steps: Steps, own: Form) -> dict[str, Sequence[Part]]:
    """The columns of the other form, for each question that asks rows in both."""
    rows = {path for path, _, question in questions(steps.form) if "columns" in question}
    return {path: question["columns"] for path, _, question in questions(own) if "columns" in question and path in rows}


def _put_columns(steps: Steps, own: Form) -> None:
    for name, columns in _rows_of_both(steps, own).items():
        _put(steps, {"to_rows": name}, columns)


def _take_out(steps: Steps, own: Form) -> None:
    sections, paths = set(_ids(own["sections"])), {path for path, _, _ in questions(own)}
    for name in _ids(steps.form["sections"]):
        if name not in sections:
            steps.do({"op": "hide", "section": name})
    rows = _rows_of_both(steps, own)
    for path in [path for path, _, _ in questions(steps.form) if path not in paths]:
        if "." not in path or path.partition(".")[0] in rows:
            steps.do({"op": "hide", "question": path})
