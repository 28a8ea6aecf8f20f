"""Which type of question is which type of row."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Json = Any


@dataclass(frozen=True, slots=True)
class Taken:
    """What a type of row becomes: a type of question, settings, and words where it is not quite the same."""

    type: str
    settings: Mapping[str, Json] = field(default_factory=dict)
    changed: str = ""


TAKEN: Mapping[str, Taken] = {
    "text": Taken("short_text"),
    "string": Taken("short_text"),
    "integer": Taken("number", {"integer": True}),
    "int": Taken("number", {"integer": True}),
    "decimal": Taken("number"),
    "range": Taken("scale"),
    "date": Taken("date"),
    "datetime": Taken("date", {"time": True}),
    "select_one": Taken("choice"),
    "select_multiple": Taken("choices"),
    "note": Taken("statement"),
    "calculate": Taken("worked_out"),
    "begin_repeat": Taken("rows"),
    "time": Taken("short_text", {}, "A time of day alone is asked as a short text."),
    "acknowledge": Taken("yes_no", {}, "Agreeing is asked as yes or no."),
    "trigger": Taken("yes_no", {}, "Agreeing is asked as yes or no."),
    "barcode": Taken("short_text", {}, "A barcode is typed as a short text."),
    "rank": Taken("choices", {}, "Options to put in order are asked as any number of options, without an order."),
}
"""The types of rows that are taken over, in lower case, without the name of a list."""

_FILES = "Pith keeps no files with an answer. Keep it with the child’s documents, or ask in words what it shows."
_PLACES = "Pith asks for no coordinates. Ask for the address in words."
_KEPT = "Pith keeps by itself who wrote what, and when. Nothing is needed in its place."
_OUTSIDE = "Pith reads no other files. Write the options out, or name a code list."
LEFT_OUT: Mapping[str, str] = {
    **dict.fromkeys(("image", "audio", "video", "file", "background-audio", "photo"), _FILES),
    **dict.fromkeys(("geopoint", "geotrace", "geoshape", "location", "start-geopoint", "osm"), _PLACES),
    **dict.fromkeys(("start", "end", "today", "username", "deviceid", "audit", "phonenumber", "email"), _KEPT),
    **dict.fromkeys(("simserial", "subscriberid", "imei"), _KEPT),
    **dict.fromkeys(("select_one_from_file", "select_multiple_from_file", "select_one_external"), _OUTSIDE),
    **dict.fromkeys(("xml-external", "csv-external"), _OUTSIDE),
    "hidden": "Pith asks nothing out of sight. Ask it, or work it out.",
}
"""The types of rows that have no place in a form of Pith, and what to do instead."""

ROW_TYPES: Mapping[str, frozenset[str]] = {
    "short_text": frozenset({"text", "string"}),
    "long_text": frozenset({"text", "string"}),
    "analysis": frozenset({"text", "string"}),
    "person": frozenset({"text", "string"}),
    "number": frozenset({"integer", "int", "decimal", "range"}),
    "scale": frozenset({"range"}),
    "date": frozenset({"date", "datetime"}),
    "choice": frozenset({"select_one"}),
    "yes_no": frozenset({"select_one", "acknowledge", "trigger"}),
    "choices": frozenset({"select_multiple"}),
    "statement": frozenset({"note"}),
    "worked_out": frozenset({"calculate", "note"}),
    "rows": frozenset({"begin_repeat"}),
}
"""The types of rows in which each type of question can stand."""

_SPELLINGS = {
    "begin group": "begin_group",
    "end group": "end_group",
    "begin repeat": "begin_repeat",
    "end repeat": "end_repeat",
    "begin loop": "begin_repeat",
    "end loop": "end_repeat",
    "select one from": "select_one",
    "select one": "select_one",
    "select1": "select_one",
    "select_one_from": "select_one",
    "select all that apply from": "select_multiple",
    "select multiple from": "select_multiple",
    "select multiple": "select_multiple",
    "select all that apply": "select_multiple",
    "date time": "datetime",
}


def row_type(cell: str) -> tuple[str, str, bool]:
    """A row's type in its one spelling, the list it names, and whether “other” is added to the list."""
    words = cell.split()
    other = words[-1:] == ["or_other"]
    words = words[:-1] if other else words
    for length in range(min(5, len(words)), 0, -1):
        spelt = " ".join(words[:length]).lower()
        if spelt in _SPELLINGS:
            return _SPELLINGS[spelt], " ".join(words[length:]), other
    return (words[0].lower() if words else ""), " ".join(words[1:]), other


def row_type_of(data: Mapping[str, Json], calculated: bool, choices: str) -> str:
    """The type of row for a question: `calculated` says there is a calculation, `choices` names its list."""
    kind = data["type"]
    if kind in ("choice", "yes_no", "choices"):
        return f"{'select_multiple' if kind == 'choices' else 'select_one'} {choices}"
    if kind == "number":
        return "integer" if data.get("integer") else "decimal"
    if kind == "date":
        return "dateTime" if data.get("time") else "date"
    if kind == "worked_out":
        return "calculate" if calculated else "note"
    return {"scale": "range", "statement": "note", "rows": "begin_repeat"}.get(kind, "text")
