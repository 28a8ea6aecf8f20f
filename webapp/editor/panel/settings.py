"""One setting of a form, section or question as the controls that its JSON Schema asks for, and back to JSON.

No setting is named here: what a schema says of the value decides how it is drawn, so a new question type is edited
without a line of code.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from werkzeug.datastructures import MultiDict

from engine.schema.parts import QUESTION
from engine.text import DEFAULT_LANGUAGE, in_language
from webapp.drawing.values import Control, Item

Json = Any
Schema = Mapping[str, Json]
Posted = MultiDict[str, str]

SHORT = 300
"""Characters up to which a text gets a box of one line."""

LONG = 2_000
_AS_USUAL = "As usual"
_NONE = "None"


@dataclass(frozen=True, slots=True)
class Drawn:
    """A control with the name of the macro that draws it; `lang` is the language of what is written in it."""

    macro: str
    control: Control
    lang: str = DEFAULT_LANGUAGE


@dataclass(frozen=True, slots=True)
class Around:
    """What a setting is drawn among: the form's languages, and the questions it can refer to with their labels."""

    languages: Sequence[str] = (DEFAULT_LANGUAGE,)
    questions: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting by its key, with what people read and its schema.

    `wanted` must be given; `words` are those of a schema's few values where the values are not for people.
    """

    key: str
    title: str
    hint: str
    schema: Schema
    wanted: bool = False
    words: Mapping[str, str] = field(default_factory=dict)


class NotRead(ValueError):
    """What was typed for a setting is no value of its kind; the message says what is."""


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
    return [_plain(control.value)]


def _sent(controls: Sequence[Drawn], posted: Posted) -> dict[str, list[str]]:
    return {each.control.name: [_plain(value) for value in posted.getlist(each.control.name)] for each in controls}


def _plain(value: str) -> str:
    """Typed text as it is kept: browsers send every line break as two characters."""
    return value.replace("\r\n", "\n").strip()


def _control(setting: Setting, **more: Any) -> Control:
    name = f"set-{setting.key}"
    return Control(id=name.replace(".", "-"), name=name, label=setting.title, hint=setting.hint, **more)


# A text, in each of the form's languages.


def _texts(setting: Setting, value: Json, around: Around) -> Iterator[Drawn]:
    longest = _longest(setting.schema)
    rows = 2 if longest <= SHORT else 3 if longest <= LONG else 6
    for language in around.languages:
        text = value if isinstance(value, str) else (value or {}).get(language, "")
        if isinstance(value, str) and language != DEFAULT_LANGUAGE:
            text = ""
        yield Drawn("textarea", _in(setting, language, around, value=text, rows=rows), language)


def _in(setting: Setting, language: str, around: Around, **more: Any) -> Control:
    """The control of a text in one language; its label names that but for the form's first, its name but for English.

    So a box is the same language's whatever order the languages have meanwhile.
    """
    control = _control(setting, **more)
    if language != around.languages[0]:
        control = replace(control, label=f"{setting.title} ({language})", hint="")
    if language == DEFAULT_LANGUAGE:
        return control
    return replace(control, id=f"{control.id}--{language}", name=f"{control.name}:{language}")


def _read_texts(setting: Setting, posted: Posted, before: Json, around: Around) -> Json:
    found = _in_other_languages(before, around)
    for language in around.languages:
        words = _plain(posted.get(_in(setting, language, around).name, ""))
        if words:
            found[language] = words
    return _one_text(found)


def _in_other_languages(text: Json, around: Around) -> dict[str, str]:
    """What a text says in languages that the form does not have, or no longer: no box shows it, and it stays."""
    said = {DEFAULT_LANGUAGE: text} if isinstance(text, str) else text or {}
    return {language: words for language, words in said.items() if language not in around.languages}


def _one_text(found: Mapping[str, str]) -> Json:
    if not found:
        return None
    return found[DEFAULT_LANGUAGE] if list(found) == [DEFAULT_LANGUAGE] else dict(found)


def _longest(schema: Schema) -> int:
    found = schema.get("maxLength") or schema.get("anyOf", [{}])[0].get("maxLength")
    return int(found or LONG)


# Several texts, a line each.


def _lines(setting: Setting, value: Json, around: Around) -> Iterator[Drawn]:
    hint = f"{setting.hint} One on each line."
    for language in around.languages:
        written = "\n".join(in_language(each, language) if _said(each, language) else "" for each in value or ())
        yield Drawn("textarea", _in(replace(setting, hint=hint), language, around, value=written, rows=5), language)


def _said(text: Json, language: str) -> bool:
    return language in text if isinstance(text, Mapping) else language == DEFAULT_LANGUAGE


def _read_lines(setting: Setting, posted: Posted, before: Json, around: Around) -> Json:
    """Line by line, so that the languages of a text stay together; one that has no words in any is left out."""
    columns = {each: posted.get(_in(setting, each, around).name, "").splitlines() for each in around.languages}
    most = max(map(len, columns.values()))
    rows = [{each: lines[n].strip() for each, lines in columns.items() if n < len(lines)} for n in range(most)]
    as_many = len([row for row in rows if any(row.values())]) == len(before or ())
    others = [_in_other_languages(text, around) for text in before or ()] if as_many else [{} for _ in rows]
    said = ({each: words for each, words in row.items() if words} for row in rows if any(row.values()))
    found = [_one_text({**other, **words}) for words, other in zip(said, others, strict=False)]
    return [each for each in found if each is not None] or None


# One word out of a few, a switch, a number, a name.


def _one_of(setting: Setting, value: Json, around: Around) -> Iterator[Drawn]:
    usual = setting.schema.get("default")
    known = setting.words or {each: str(each).replace("_", " ").capitalize() for each in setting.schema["enum"]}
    words = list(known.items())
    yield _select(setting, words, value if value is not None else usual, open_end=usual is None)


def _select(setting: Setting, words: Sequence[tuple[str, str]], chosen: Json, open_end: bool) -> Drawn:
    nothing = [] if setting.wanted or not open_end else [Item("", "", _NONE, checked=chosen is None)]
    items = [Item("", value, label, checked=value == chosen) for value, label in words]
    if chosen is not None and chosen not in dict(words):
        items.append(Item("", str(chosen), f"{chosen} (not in the form)", checked=True))
    return Drawn("select", _control(setting, items=[*nothing, *items]))


def _read_word(setting: Setting, posted: Posted, _before: Json, _around: Around) -> Json:
    value = posted.get(_control(setting).name, "")
    return None if value in ("", setting.schema.get("default")) else value


def _switch(setting: Setting, value: Json, _around: Around) -> Iterator[Drawn]:
    if "default" in setting.schema:
        item = Item(_control(setting).id, "yes", setting.title, setting.hint, checked=bool(value))
        yield Drawn("tick", _control(setting, items=[item], classes="govuk-checkboxes--small"))
        return
    chosen = {True: "yes", False: "no"}.get(value, "")
    words = (("", _AS_USUAL), ("yes", "Yes"), ("no", "No"))
    items = [Item("", each, label, checked=each == chosen) for each, label in words]
    yield Drawn("select", _control(setting, items=items))


def _read_switch(setting: Setting, posted: Posted, _before: Json, _around: Around) -> Json:
    value = posted.get(_control(setting).name, "")
    if "default" in setting.schema:
        return True if value else None
    return {"yes": True, "no": False}.get(value)


def _number(setting: Setting, value: Json, _around: Around) -> Iterator[Drawn]:
    whole = setting.schema["type"] == "integer"
    written = "" if value is None else f"{value:.10g}" if isinstance(value, float) else str(value)
    mode = "numeric" if whole else "decimal"
    yield Drawn("input", _control(setting, value=written, inputmode=mode, classes="govuk-input--width-5"))


def _read_number(setting: Setting, posted: Posted, _before: Json, _around: Around) -> Json:
    written = posted.get(_control(setting).name, "").strip().replace(",", "")
    if not written:
        return None
    whole = setting.schema["type"] == "integer"
    try:
        if len(written) > 20:
            raise ValueError
        number = float(written)
    except ValueError as error:
        raise NotRead(f"Enter a {'whole ' if whole else ''}number, such as 3") from error
    if number != number or (whole and not number.is_integer()):
        raise NotRead(f"Enter a {'whole ' if whole else ''}number, such as 3")
    return int(number) if number.is_integer() and abs(number) < 10**15 else number


def _name(setting: Setting, value: Json, _around: Around) -> Iterator[Drawn]:
    yield Drawn("input", _control(setting, value=str(value or ""), spellcheck=False))


def _read_name(setting: Setting, posted: Posted, _before: Json, _around: Around) -> Json:
    return _plain(posted.get(_control(setting).name, "")) or None


# What refers to questions of the form.


def _question(setting: Setting, value: Json, around: Around) -> Iterator[Drawn]:
    yield _select(setting, [each for each in around.questions if "." not in each[0]], value, open_end=True)


def _several(setting: Setting, value: Json, _around: Around) -> Iterator[Drawn]:
    words = [(one, one.replace("_", " ").capitalize()) for one in setting.schema["items"]["enum"]]
    chosen = list(value or ())
    prefix = _control(setting).id
    items = [
        Item(prefix if n == 0 else f"{prefix}-{n + 1}", one, label, checked=one in chosen)
        for n, (one, label) in enumerate(words)
    ]
    yield Drawn("checkboxes", _control(setting, items=items, classes="govuk-checkboxes--small"))


def _read_several(setting: Setting, posted: Posted, _before: Json, _around: Around) -> Json:
    return posted.getlist(_control(setting).name) or None


def _in_order(setting: Setting, value: Json, around: Around) -> Iterator[Drawn]:
    """A select for each in its order, and one more to add."""
    chosen = [*(value or ()), None]
    for number, each in enumerate(chosen, start=1):
        one = _select(replace(setting, wanted=False), around.questions, each, open_end=True)
        if number > 1:
            control = one.control
            label = f"{setting.title} ({number})"
            one = replace(one, control=replace(control, id=f"{control.id}-{number}", label=label, hint=""))
        yield one


def _read_in_order(setting: Setting, posted: Posted, _before: Json, _around: Around) -> Json:
    return [each for each in posted.getlist(_control(setting).name) if each] or None


def _names(setting: Setting, value: Json, _around: Around) -> Iterator[Drawn]:
    lines = replace(setting, hint=f"{setting.hint} One on each line.")
    yield Drawn("textarea", _control(lines, value="\n".join(value or ()), rows=2, spellcheck=False))


def _read_names(setting: Setting, posted: Posted, _before: Json, _around: Around) -> Json:
    lines = _plain(posted.get(_control(setting).name, "")).split("\n")
    return [line.strip() for line in lines if line.strip()] or None


# Several settings under one key, and texts by name.


def _parts(setting: Setting) -> Iterator[tuple[str, Setting]]:
    required = setting.schema.get("required", ())
    for key, schema in setting.schema["properties"].items():
        title, hint = schema.get("title", key), schema.get("description", "")
        yield key, Setting(f"{setting.key}.{key}", f"{setting.title}: {title.lower()}", hint, schema, key in required)


def _together(setting: Setting, value: Json, around: Around) -> Iterator[Drawn]:
    for key, part in _parts(setting):
        yield from drawn(replace(part, wanted=False), (value or {}).get(key), around)


def _read_together(setting: Setting, posted: Posted, before: Json, around: Around) -> Json:
    was = before or {}
    found = {key: read(replace(part, wanted=False), posted, was.get(key), around) for key, part in _parts(setting)}
    return {key: value for key, value in {**was, **found}.items() if value is not None} or None


def _named(setting: Setting, value: Json, around: Around) -> Iterator[Drawn]:
    """Texts by name, each name a line: `name: words`."""
    hint = f"{setting.hint} One on each line: the name, a colon, the words."
    for language in around.languages:
        texts = {name: text for name, text in (value or {}).items() if _said(text, language)}
        lines = "\n".join(f"{name}: {in_language(text, language)}" for name, text in texts.items())
        yield Drawn("textarea", _in(replace(setting, hint=hint), language, around, value=lines, rows=4), language)


def _read_named(setting: Setting, posted: Posted, before: Json, around: Around) -> Json:
    others = {name: _in_other_languages(text, around) for name, text in (before or {}).items()}
    found: dict[str, dict[str, str]] = {}
    for language in around.languages:
        for line in _plain(posted.get(_in(setting, language, around).name, "")).split("\n"):
            name, colon, words = (part.strip() for part in line.partition(":"))
            if line.strip() and not (colon and name and words):
                raise NotRead(f"Write a name, a colon and the words, not “{line.strip()}”")
            if colon:
                found.setdefault(name, dict(others.get(name, {})))[language] = words
    return {name: _one_text(words) for name, words in found.items()} or None


_KINDS: Mapping[str, tuple[Draw, Read]] = {
    "text": (_texts, _read_texts),
    "lines": (_lines, _read_lines),
    "word": (_one_of, _read_word),
    "switch": (_switch, _read_switch),
    "number": (_number, _read_number),
    "question": (_question, _read_word),
    "several": (_several, _read_several),
    "in_order": (_in_order, _read_in_order),
    "names": (_names, _read_names),
    "together": (_together, _read_together),
    "named": (_named, _read_named),
    "name": (_name, _read_name),
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
