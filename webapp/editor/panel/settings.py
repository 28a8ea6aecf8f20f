"""One setting of a form, section or question as the controls that its JSON Schema asks for, and back to JSON.

No setting is named here: what a schema says of the value decides how it is drawn, so a new question type is edited
without a line of code.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from engine.schema.parts import QUESTION
from webapp.editor.panel import choices, texts
from webapp.editor.panel.boxes import Around, Drawn, Json, Posted, Schema, Setting, plain
from webapp.editor.panel.words import SAID, VALUES

Draw = Callable[[Setting, Json, Around], Iterator[Drawn]]
Read = Callable[[Setting, Posted, Json, Around], Json]


def drawn(setting: Setting, value: Json, around: Around) -> tuple[Drawn, ...]:
    """The controls of a setting that holds a value; None for one that is not set."""
    return tuple(_kind(setting.schema)[0](setting, value, around))


def read(setting: Setting, posted: Posted, before: Json, around: Around) -> Json:
    """The value that was posted, None for nothing; what was not changed stays exactly as it was.

    Raises NotRead.
    """
    stood = drawn(setting, before, around)
    if before is not None and _as_posted(stood) == _sent(stood, posted):
        return before
    return _kind(setting.schema)[1](setting, posted, before, around)


def retold(controls: Sequence[Drawn], posted: Posted, error: str = "") -> tuple[Drawn, ...]:
    """The controls as they were posted, the first with what is wrong."""
    left = {each.control.name: posted.getlist(each.control.name) for each in controls}
    told = [_with(each, left[each.control.name]) for each in controls]
    if told and error:
        told[0] = replace(told[0], control=replace(told[0].control, error=error))
    return tuple(told)


def _with(one: Drawn, values: list[str]) -> Drawn:
    """The control as it was posted; a select takes the first value that is left, what has one name shares the rest."""
    control = one.control
    if control.items:
        chosen = [values.pop(0) if values else ""] if one.macro == "select" else values
        items = [replace(item, checked=item.value in chosen) for item in control.items]
        return replace(one, control=replace(control, items=items))
    return replace(one, control=replace(control, value=values[0] if values else ""))


def _as_posted(controls: Sequence[Drawn]) -> dict[str, list[str]]:
    """What a browser would send of controls as they stand."""
    found: dict[str, list[str]] = {}
    for each in controls:
        found.setdefault(each.control.name, []).extend(_values(each))
    return found


def _values(one: Drawn) -> list[str]:
    control = one.control
    if one.macro == "select":
        return [next((item.value for item in control.items if item.checked), control.items[0].value)]
    if control.items:
        return [item.value for item in control.items if item.checked]
    return [plain(control.value)]


def _sent(controls: Sequence[Drawn], posted: Posted) -> dict[str, list[str]]:
    return {each.control.name: [plain(value) for value in posted.getlist(each.control.name)] for each in controls}


def _parts(setting: Setting) -> Iterator[tuple[str, Setting]]:
    required = setting.schema.get("required", ())
    for key, schema in setting.schema["properties"].items():
        name = f"{setting.key}.{key}"
        title, hint = SAID.get(name, (f"{setting.title}: {schema.get('title', key).lower()}", None))
        about = schema.get("description", "") if hint is None else hint
        yield key, Setting(name, title, about, schema, key in required, VALUES.get(name, {}))


def _together(setting: Setting, value: Json, around: Around) -> Iterator[Drawn]:
    for key, part in _parts(setting):
        yield from drawn(replace(part, wanted=False), (value or {}).get(key), around)


def _read_together(setting: Setting, posted: Posted, before: Json, around: Around) -> Json:
    was = before or {}
    found = {key: read(replace(part, wanted=False), posted, was.get(key), around) for key, part in _parts(setting)}
    return {key: value for key, value in {**was, **found}.items() if value is not None} or None


_KINDS: Mapping[str, tuple[Draw, Read]] = {
    "text": (texts.texts, texts.read_texts),
    "lines": (texts.lines, texts.read_lines),
    "word": (choices.one_of, choices.read_word),
    "switch": (choices.switch, choices.read_switch),
    "number": (choices.number, choices.read_number),
    "question": (choices.question, choices.read_word),
    "several": (choices.several, choices.read_several),
    "in_order": (choices.in_order, choices.read_in_order),
    "names": (choices.names, choices.read_names),
    "together": (_together, _read_together),
    "named": (texts.named, texts.read_named),
    "name": (choices.name, choices.read_name),
}


def _kind(schema: Schema) -> tuple[Draw, Read]:
    return _KINDS[kind_of(schema)]


def kind_of(schema: Schema) -> str:
    """How a value with this schema is edited: a key of the table of kinds."""
    if "enum" in schema:
        return "word"
    if _is_text(schema):
        return "text"
    if schema.get("format") == QUESTION:
        return "question"
    if schema.get("type") == "array":
        return _kind_of_list(schema)
    if schema.get("type") == "object":
        return "together" if "properties" in schema else "named"
    return {"integer": "number", "number": "number", "boolean": "switch"}.get(schema.get("type", ""), "name")


def _kind_of_list(schema: Schema) -> str:
    items = schema["items"]
    if _is_text(items):
        return "lines"
    if items.get("format") == QUESTION:
        return "in_order"
    return "several" if "enum" in items else "names"


def _is_text(schema: Schema) -> bool:
    """Whether it is words for people: one text, or one for each language."""
    return schema.get("type") == ["string", "object"] or "anyOf" in schema
