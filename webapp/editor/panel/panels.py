"""The panel of a part of a form: everything that can be set there as controls, and what was posted as JSON again."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.overlays.places import questions
from engine.text import in_language
from webapp.config import LANGUAGE
from webapp.drawing.values import Link
from webapp.editor.panel.boxes import Around, Drawn, NotRead, Posted, Setting
from webapp.editor.panel.keys import parts_of, settings_of
from webapp.editor.panel.options import Options, drawn_options, read_options, takes_options
from webapp.editor.panel.settings import drawn, read, retold
from webapp.editor.panel.subjects import Form, Subject

Json = Any
Wrong = Mapping[str, str]

OPTIONS, TYPE = "options", "type"
_NOTHING_WRONG: Wrong = {}
NO_WAYS: Mapping[str, str] = {}
"""Where nothing that is wrong has to be changed at another part."""


@dataclass(frozen=True, slots=True)
class DrawnPart:
    """Controls under a heading."""

    heading: str
    controls: Sequence[Drawn]


@dataclass(frozen=True, slots=True)
class Panel:
    """What can be set of a part of a form, and the way to each thing that is wrong with what was posted."""

    subject: Subject
    parts: Sequence[DrawnPart]
    options: Options | None
    problems: Sequence[Link]


def around(form: Form, subject: Subject) -> Around:
    """The form's languages, and the questions that stand before a part of it; for the form itself all of them."""
    found = []
    for path, spot, question in questions(form):
        if subject.spot is not None and (spot.section, spot.question) >= (subject.spot.section, subject.spot.question):
            break
        found.append((path, in_language(question["label"], LANGUAGE)))
    return Around(tuple(form.get("languages", (LANGUAGE,))), tuple(found))


def panel_of(
    form: Form,
    subject: Subject,
    lists: Sequence[str],
    posted: Posted | None = None,
    wrong: Wrong = _NOTHING_WRONG,
    ways: Mapping[str, str] = NO_WAYS,
) -> Panel:
    """The panel as the form has it or, where what was posted was refused, as it was posted.

    `lists` are the code lists that can be named; `wrong` says by key what is wrong with a setting, `ways` the address
    of the part where that is changed, where it is another.
    """
    among = around(form, subject)
    parts = [
        DrawnPart(part.heading, tuple(_drawn(part.settings, subject, among, posted, wrong)))
        for part in parts_of(subject)
    ]
    options = drawn_options(subject.value, among, lists, posted) if takes_options(subject.value) else None
    problems = [Link(f"#{each.control.first}", each.control.error) for part in parts for each in part.controls]
    shown = {setting.key for setting in settings_of(subject)}
    boxes = {OPTIONS: "#code_list", **ways}
    problems += [Link(boxes.get(key, "#part"), wrong[key]) for key in wrong if key not in shown]
    return Panel(subject, parts, options, [each for each in problems if each.message])


def _drawn(
    settings: Sequence[Setting], subject: Subject, among: Around, posted: Posted | None, wrong: Wrong
) -> Iterator[Drawn]:
    for setting in settings:
        controls = drawn(setting, subject.value.get(setting.key), among)
        yield from controls if posted is None else retold(controls, posted, wrong.get(setting.key, ""))


def read_panel(form: Form, subject: Subject, posted: Posted) -> tuple[dict[str, Json], Wrong]:
    """The JSON of a part of a form with what was posted, and by key what could not be read; that stays as it was."""
    among = around(form, subject)
    found: dict[str, Json] = {}
    wrong: dict[str, str] = {}
    for setting in settings_of(subject):
        if setting.key == TYPE and not posted.get(f"set-{TYPE}"):
            continue
        try:
            found[setting.key] = read(setting, posted, subject.value.get(setting.key), among)
        except NotRead as refused:
            wrong[setting.key] = str(refused)
        if setting.wanted and found.get(setting.key, "") is None:
            wrong[setting.key] = f"“{setting.title}” cannot be left empty"
    if takes_options(subject.value):
        found |= read_options(subject.value, posted, among)
    return _in_order(subject.value, found), wrong


def _in_order(before: Form, found: Mapping[str, Json]) -> dict[str, Json]:
    """What stood before with what was found: keys in their order, new ones last, without what is not set."""
    merged = {**before, **found}
    return {key: value for key, value in merged.items() if value is not None}
