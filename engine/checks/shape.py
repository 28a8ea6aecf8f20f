"""Faults of shape: keys missing or unknown, values of the wrong kind, too long, too many or out of range."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from engine.checks._shapes import ShapeFault
from engine.checks._written import Written
from engine.checks.base import Found, Named, Words, error
from engine.schema.parts import FORM_ID, ID, LANGUAGE, NAME, VALUE
from engine.source import escape

Json = Any

KINDS = {
    "missing_key": error("“{key}” is missing here.", "Add it: {what}"),
    "unknown_key": error("There is no key “{key}” here.", "{nearest}"),
    "unknown_type": error("There is no question type “{value}” {where}.", "{nearest}"),
    "not_allowed": error("{key} cannot be “{value}”.", "{nearest}"),
    "wrong_type": error("{key} should be {wanted}.", "Write {wanted} in its place."),
    "bad_name": error("“{value}” cannot be used as a name here.", "Use {letters}."),
    "blank_text": error("{key} has no words.", "Write something, or take it out."),
    "empty": error("{key} holds too little.", "Put at least {limit:,} in, or take it out."),
    "too_many": error("{key} holds more than {limit:,}.", "Keep {limit:,} or fewer."),
    "too_long": error("{key} is longer than {limit:,} characters.", "Shorten it."),
    "too_small": error("{key} is below {limit:,}.", "Write {limit:,} or more."),
    "too_large": error("{key} is above {limit:,}.", "Write {limit:,} or less."),
    "listed_twice": error("“{value}” stands twice in this list.", "Take one out."),
    "options_twice": error("A question takes options or a code list, not both.", "Take one of them out."),
    "wrong_shape": error("{key} is not written as it should be.", "{what}"),
}

_JSON_TYPES = {
    "string": "a text in quotation marks",
    "object": "an object in curly brackets",
    "array": "a list in square brackets",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "null": "null",
}
_SMALL = "lower-case letters, digits and _, a letter first, at most 63 characters"
_LETTERS = {
    ID: _SMALL,
    FORM_ID: "lower-case letters, digits and -, a letter first, at most 63 characters",
    VALUE: "letters, digits, full stop, - and _, at most 63 characters, no full stop or - first",
    NAME: "lower-case letters, digits, full stop and _, a letter first, at most 127 characters",
    LANGUAGE: "a language's code, such as en or cy",
}
_LIMITS = {
    "minLength": "blank_text",
    "maxLength": "too_long",
    "minItems": "empty",
    "minProperties": "empty",
    "maxItems": "too_many",
    "maxProperties": "too_many",
    "minimum": "too_small",
    "exclusiveMinimum": "too_small",
    "maximum": "too_large",
    "exclusiveMaximum": "too_large",
}


def find(form: Written) -> Iterator[Found]:
    """Every place that breaks the definition's schema, conditions left out."""
    for pointer, fault in form.shape_faults:
        yield from _told(form, pointer, fault)
    for question in form.with_columns:
        for fault in question.shape_faults:
            yield from _told(form, question.pointer, fault, column=question.rows is not None)


def _told(form: Written, base: str, fault: ShapeFault, column: bool = False) -> Iterator[Found]:
    pointer = _pointer(base, fault)
    if fault.keyword == "anyOf":
        yield from _nearest_branch(form, base, fault)
    elif fault.keyword in _LIMITS:
        yield Found(_LIMITS[fault.keyword], pointer, {"key": _place(fault), "limit": fault.wanted})
    elif fault.keyword == "type":
        yield Found("wrong_type", pointer, {"key": _place(fault), "wanted": _wanted([fault.wanted])})
    elif fault.keyword == "pattern":
        yield _bad_name(pointer, fault)
    elif fault.keyword in ("enum", "const"):
        yield _not_allowed(form, pointer, fault, column)
    else:
        yield _of_keys(form, pointer, fault)


def _of_keys(form: Written, pointer: str, fault: ShapeFault) -> Found:
    if fault.keyword == "required":
        detail = {
            "key": Named(fault.name, "key"),
            "what": _what(fault.schema["properties"].get(fault.name, {})),
        }
        return Found("missing_key", f"{pointer}/{fault.name}", detail)
    if fault.keyword == "additionalProperties":
        known = [Named(key, "key") for key in fault.schema["properties"]]
        nearest = form.nearest.mend(fault.name, known, "keys")
        return Found("unknown_key", pointer, {"key": fault.name, "nearest": nearest})
    if fault.keyword == "uniqueItems":
        return Found("listed_twice", pointer, {"value": fault.name})
    if fault.keyword == "oneOf" and "options" in fault.value:
        return Found("options_twice", f"{pointer}/code_list")
    if fault.keyword == "oneOf":
        return Found(
            "missing_key",
            f"{pointer}/options",
            {"key": Named("options", "key"), "what": "what there is to choose from."},
        )
    return Found("wrong_shape", pointer, {"key": _place(fault), "what": _what(fault.schema)})


def _nearest_branch(form: Written, base: str, fault: ShapeFault) -> Iterator[Found]:
    """Of several shapes that are allowed, tell what is wrong by the one whose JSON type fits."""
    fitting = [branch for branch in fault.branches if not any(_of_wrong_type(each, fault) for each in branch)]
    if fitting:
        for each in fitting[0]:
            yield from _told(form, base, each)
        return
    wanted = _wanted(each.wanted for branch in fault.branches for each in branch if each.path == fault.path)
    yield Found("wrong_type", _pointer(base, fault), {"key": _place(fault), "wanted": wanted})


def _of_wrong_type(fault: ShapeFault, whole: ShapeFault) -> bool:
    return fault.keyword == "type" and fault.path == whole.path


def _bad_name(pointer: str, fault: ShapeFault) -> Found:
    if fault.of_a_name:
        pointer = f"{pointer}/{escape(str(fault.value))}"
    letters = _LETTERS.get(fault.wanted)
    if letters is None:
        return Found("wrong_shape", pointer, {"key": _place(fault), "what": _what(fault.schema)})
    return Found("bad_name", pointer, {"value": str(fault.value), "letters": letters})


def _not_allowed(form: Written, pointer: str, fault: ShapeFault, column: bool) -> Found:
    allowed = [str(each) for each in (fault.wanted if fault.keyword == "enum" else [fault.wanted])]
    value = str(fault.value)
    if fault.path == ("type",):
        detail = {"value": value, "where": "in rows" if column else "here"}
        return Found("unknown_type", pointer, {**detail, "nearest": form.nearest.mend(value, allowed, "types")})
    nearest = form.nearest.mend(value, allowed, "words")
    return Found("not_allowed", pointer, {"key": _place(fault), "value": value, "nearest": nearest})


def _pointer(base: str, fault: ShapeFault) -> str:
    return base + "".join(f"/{escape(str(part))}" for part in fault.path)


def _wanted(types: Iterable[str | list[str]]) -> str:
    names = [name for each in types for name in ([each] if isinstance(each, str) else each)]
    return " or ".join(dict.fromkeys(_JSON_TYPES[name] for name in names))


def _place(fault: ShapeFault) -> Words:
    """The key that is wrong, an item of a list by its number."""
    if not fault.path:
        return Words("This")
    last = fault.path[-1]
    if isinstance(last, int):
        holder = {"key": Named(str(fault.path[-2]), "key")} if len(fault.path) > 1 else {}
        return Words(f"Item {last + 1} of “{{key}}”" if holder else f"Item {last + 1}", holder)
    return Words("“{key}”", {"key": Named(str(last), "key")})


def _what(schema: Mapping[str, Json]) -> str:
    description = str(schema.get("description", "see the description of the format."))
    return description[:1].lower() + description[1:]
