"""What can be wrong with one operation of an overlay, each with its words and its mend."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import ClassVar, Literal

from engine.checks.base import Words
from engine.errors import BadInput


@dataclass(frozen=True, slots=True)
class OverlayProblem:
    """One problem: the operation that caused it (from 1; None for none), where in the overlay, and what to do.

    `about` names the question, column or section of the resulting form that it is about, "" where it is none;
    `words` are as in `Problem`.
    """

    operation: int | None
    pointer: str
    code: str
    message: str
    mend: str
    severity: Literal["error", "warning"] = "error"
    about: str = ""
    words: tuple[Words, Words] | None = field(default=None, compare=False, repr=False)


class OperationFault(BadInput):
    """This operation cannot be done."""

    code = "operation"
    mend: ClassVar[str] = "Change or take out the operation."

    def __init__(self, key: str = "", mend: str = "", **detail: object) -> None:
        """Keep the key of the operation at fault (a pointer below it) and how to mend it."""
        super().__init__(**detail)
        self.key = key
        self.how_to_mend = mend or self.mend


class UnknownQuestion(OperationFault):
    """There is no question “{name}” in the form at this point."""

    code = "unknown_question"


class HiddenQuestion(OperationFault):
    """“{name}” is hidden by operation {operation}."""

    code = "hidden_question"
    mend = "Take the hiding out, or leave the question alone here."


class UnknownSection(OperationFault):
    """There is no section “{name}” in the form at this point."""

    code = "unknown_section"


class UnknownOption(OperationFault):
    """“{question}” has no option “{name}” at this point."""

    code = "unknown_option"


class UnknownKey(OperationFault):
    """“{op}” cannot change “{name}” of a {subject}."""

    code = "unknown_key"


class IdTaken(OperationFault):
    """The id “{name}” is already used in the form."""

    code = "id_taken"
    mend = "Give what you add an id of its own."


class IdReserved(OperationFault):
    """The id “{name}” stays reserved for what operation {operation} hides, since answers to it may exist."""

    code = "id_reserved"
    mend = "Give what you add an id of its own, or change the question instead of hiding it."


class OptionTaken(OperationFault):
    """“{question}” already has an option “{name}”."""

    code = "option_taken"
    mend = "Use “reword” to give the option other words, or another value."


class FromCodeList(OperationFault):
    """The options of “{question}” come from the code list “{name}”."""

    code = "from_code_list"
    mend = "Leave them as they are: the list is kept for everyone who uses it."


class NoOptions(OperationFault):
    """“{question}” has no options of its own."""

    code = "no_options"
    mend = "Name a question of type choice or choices."


class ElsewhereThan(OperationFault):
    """“{after}” does not stand in “{container}”."""

    code = "elsewhere"
    mend = "Name the section that “after” stands in, or leave the section out."


class NoRows(OperationFault):
    """“{name}” has no rows that a column could stand in."""

    code = "no_rows"
    mend = "Name a question of type rows, or a section."


class ColumnsStay(OperationFault):
    """A column cannot leave its rows, nor a question become one: “{name}”."""

    code = "columns_stay"
    mend = "Hide it, and add a new one where you want it."


class AfterItself(OperationFault):
    """“{name}” cannot come after itself."""

    code = "after_itself"
    mend = "Name the question or section that comes before it."


class OtherSection(OperationFault):
    """“{name}” does not stand in the section “{section}”."""

    code = "other_section"
    mend = "Name the question of this section that the second one begins with."


class NothingLeft(OperationFault):
    """Nothing would be left of “{section}” before “{name}”, which is its first question."""

    code = "nothing_left"
    mend = "Split it further down, or leave it in one."


class NoTypeOfColumn(OperationFault):
    """A column cannot be of type “{name}”."""

    code = "no_type_of_column"
    mend = "Choose a type that holds one value."


class SettingOfAnother(OperationFault):
    """A question of type {type} has no setting “{name}”."""

    code = "setting_of_another"
    mend = "Take it out here; what every question has is for “set” and “reword”."


class MissingSettings(OperationFault):
    """A question of type {type} also needs: {names}."""

    code = "missing_settings"
    mend = "Give it in “settings”."


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """A mend for a name that is nowhere: the nearest one there is, or an honest list."""
    choices = list(known)
    near = get_close_matches(name, choices, n=1, cutoff=0.6)
    if near:
        return f"Did you mean “{near[0]}”?"
    listed = ", ".join(choices[:12]) + (" and others" if len(choices) > 12 else "")
    return f"There are: {listed}." if listed else "There is none here: take it out."
