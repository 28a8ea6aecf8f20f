"""What the columns that every XLSForm has say of a question, once its type is known."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.exports.told import Telling, quoted
from engine.exports.xlsform.calculations import worked_out_from
from engine.exports.xlsform.expressions import CannotSay
from engine.exports.xlsform.known import Questions
from engine.exports.xlsform.limits import limits_from, parameters_from
from engine.exports.xlsform.types import TAKEN
from engine.question_types import question_types

Json = Any
_MOST_SCALE = 100
_WRITE_IT = "Write it anew as the form needs it, or leave it to the person who reads the answer."


@dataclass(frozen=True, slots=True)
class Standard:
    """The cells of a row that say what an answer is: its type as one word, and four columns."""

    row_type: str
    constraint: str = ""
    calculation: str = ""
    parameters: str = ""
    appearance: str = ""


def question_type_of(standard: Standard, yes_or_no: bool) -> str:
    """The type of question that a row says by itself; `yes_or_no` says that its list is just that."""
    if standard.row_type == "select_one" and yes_or_no:
        return "yes_no"
    if standard.row_type == "text" and "multiline" in standard.appearance.split():
        return "long_text"
    if standard.row_type == "range" and not _is_scale(standard.parameters):
        return "number"
    return TAKEN[standard.row_type].type


def derived(
    kind: str, standard: Standard, questions: Questions, rows: str | None, telling: Telling
) -> tuple[dict[str, Json], list[str]]:
    """The settings of a question of a type, without those that are the default, and the options that stand alone.

    Raises CannotSay for a calculation that Pith has no counterpart of.
    """
    found: dict[str, Json] = {}
    if standard.row_type in TAKEN:
        found |= TAKEN[standard.row_type].settings
    if standard.row_type == "range":
        found |= _range(kind, standard.parameters, telling)
    alone: list[str] = []
    if standard.constraint:
        limits, alone, unfit = limits_from(standard.constraint, kind, bool(found.get("integer")), questions, rows)
        found |= limits
        for why in unfit:
            mend = "Say it in the hint, or have it checked by the person who reads it."
            telling.left_out("constraint", f"{quoted(standard.constraint)}: {why}", mend)
    if kind == "worked_out" and standard.calculation:
        settings, roughly = worked_out_from(standard.calculation, questions, rows)
        found |= settings
        if roughly:
            telling.changed("calculation", "The age is counted in whole years to the day, and not by 365 days a year.")
    elif standard.calculation:
        telling.left_out("calculation", "An answer that is filled in by a calculation is asked empty.", _WRITE_IT)
    defaults = question_types()[kind].defaults
    return {key: each for key, each in found.items() if key not in defaults or defaults[key] != each}, alone


def _is_scale(parameters: str) -> bool:
    try:
        given = parameters_from(parameters)
    except CannotSay:
        return True
    least, most, step = given["start"], given["end"], given["step"]
    whole = all(isinstance(each, int) for each in (least, most, step))
    return whole and step == 1 and -_MOST_SCALE <= least < most <= _MOST_SCALE


def _range(kind: str, parameters: str, telling: Telling) -> dict[str, Json]:
    try:
        given = parameters_from(parameters)
    except CannotSay as refusal:
        telling.changed("parameters", refusal.message, "0 to 10 is taken; set the ends of the scale.")
        return {}
    if given["more"]:
        telling.left_out("parameters", f"Not taken over: {', '.join(given['more'])}.")
    settings: dict[str, Json] = {"minimum": given["start"], "maximum": given["end"]}
    if kind == "number":
        settings["step"] = given["step"]
    return settings


def standard_of(cells: Mapping[str, str]) -> Standard:
    """The cells of a row that was written by us, by column."""
    names = ("constraint", "calculation", "parameters", "appearance")
    return Standard(cells["type"].split()[0].lower(), *(cells.get(name, "") for name in names))
