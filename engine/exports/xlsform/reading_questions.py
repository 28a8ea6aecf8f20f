"""From a row of the survey to a question's JSON, with what of it did not fit."""

import re
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from typing import Any

from engine.code_lists import CodeList
from engine.conditions import parse, resolve_groups
from engine.exports.told import Telling, quoted
from engine.exports.xlsform.columns import CellRow
from engine.exports.xlsform.derived import Standard, derived, question_type_of
from engine.exports.xlsform.expressions import CannotSay
from engine.exports.xlsform.extras import CONDITION_ALONE, LEFT_OUT, PREFIX, BadCell, question_keys, value_of
from engine.exports.xlsform.known import Questions, known
from engine.exports.xlsform.languages import as_text
from engine.exports.xlsform.limits import LIMITS, constraint_of
from engine.exports.xlsform.names import free_name, id_from
from engine.exports.xlsform.options import Lists, is_yes_no
from engine.exports.xlsform.relevant import asked_at_least, condition_from
from engine.exports.xlsform.types import LEFT_OUT as ROWS_LEFT_OUT
from engine.exports.xlsform.types import ROW_TYPES, TAKEN, row_type
from engine.schema.parts import ID
from engine.text import DEFAULT_LANGUAGE

Json = Any
_READ = ("type", "name", "label", "hint", "guidance_hint", "required", "relevant", "constraint", "calculation")
_LOOKS = ("appearance", "parameters", "disabled")
COLUMNS_LEFT_OUT: Mapping[str, tuple[str, str]] = {
    "choice_filter": ("All options are offered: no earlier answer narrows them.", "Ask one question for each list."),
    "constraint_message": ("Pith has its own words for what is wrong.", "Say in the hint what is expected."),
    "required_message": ("Pith has its own words for what is missing.", "Say in the hint what is expected."),
    "default": ("Nothing is answered before somebody answers it.", "Let an earlier answer be carried forward."),
    "readonly": ("Every question can be answered.", "Make it a statement where it only tells something."),
    "repeat_count": ("Rows are added as they are needed.", "Set maximum_rows where there may be no more."),
    "trigger": ("Nothing is worked out at a moment of its own.", ""),
    "image": ("Pith shows no pictures with a question.", "Say it in the guidance."),
    "audio": ("Pith plays no sound.", "Say it in the guidance."),
    "video": ("Pith shows no films.", "Say it in the guidance."),
    "big-image": ("Pith shows no pictures with a question.", "Say it in the guidance."),
    "note": ("A note for those who write the form is not kept.", "Write it into the reason."),
}
SURVEY_COLUMNS = (*_READ, *_LOOKS, *COLUMNS_LEFT_OUT)
_TRUE, _FALSE = frozenset({"yes", "true", "true()", "1"}), frozenset({"", "no", "false", "false()", "0"})
_OURS_APART = frozenset({"id", "type", "show_when", "part", "options", "columns", "code_list"})
_CHOOSING = frozenset({"choice", "choices"})


class QuestionReading:
    """Reads the rows of questions one after the other; a condition can name only what was read before."""

    def __init__(self, lists: Lists, code_lists: Mapping[str, CodeList], telling: Telling) -> None:
        self.lists, self.code_lists, self.telling = lists, code_lists, telling
        self.questions = Questions()
        self.ids: dict[str | None, set[str]] = {None: set()}

    def free_id(self, wanted: str, rows: str | None = None) -> str:
        """The id, or the next that no section and question, or no other column of the rows, has."""
        taken = self.ids.setdefault(rows, set())
        found = free_name(wanted, taken)
        taken.add(found)
        return found

    def section_id(self, row: CellRow) -> str:
        """The id of the section that a group becomes."""
        return self._id(row, "section", None)

    def _id(self, row: CellRow, otherwise: str, rows: str | None) -> str:
        name, own = row.plain("name"), row.plain(f"{PREFIX}id")
        if own and re.fullmatch(ID.strip("^$"), own):
            found = self.free_id(own, rows)
        else:
            own = ""
            found = self.free_id(name if re.fullmatch(ID.strip("^$"), name) else id_from(name, otherwise), rows)
        if found != (own or name):
            why = "a name is lower case, and stands once" if name else "it had no name"
            self.telling.changed("name", f"It is called “{found}” now: {why}.")
        return found

    def question(self, row: CellRow, rows: str | None) -> dict[str, Json] | None:
        """A question's or column's JSON without the columns of rows; None where it has no place, which is told."""
        kind, listed, other = row_type(row.plain("type"))
        if kind not in TAKEN:
            self._tell_left_out(kind)
            return None
        options = self._options(row, listed, other) if kind in ("select_one", "select_multiple", "rank") else []
        if options is None:
            return None
        standard = Standard(
            kind, *(row.plain(name) for name in ("constraint", "calculation", "parameters", "appearance"))
        )
        typed = self._type(row, standard, is_yes_no(options))
        found = self._asked(row, typed, rows)
        try:
            settings, alone = derived(typed, standard, self.questions, rows, self.telling)
        except CannotSay as refusal:
            mend = "Work it out where the answers are used, or ask for it."
            self.telling.left_out(
                "calculation", f"{quoted(standard.calculation)}: {refusal.message} The row is left out.", mend
            )
            self.ids[rows].discard(found["id"])
            return None
        return self._completed(row, found, settings, _standing_alone(options, alone), rows)

    def _completed(
        self, row: CellRow, found: dict[str, Json], settings: dict[str, Json], options: list[Json], rows: str | None
    ) -> dict[str, Json] | None:
        typed = found["type"]
        if typed in _CHOOSING:
            found |= self._choices(row, options)
        ours = self.ours(row, question_keys(typed, rows is not None), _OURS_APART)
        found |= {**settings, **ours}
        found = {key: each for key, each in found.items() if each != _NOTHING}
        self._held_limits(row, found, settings, ours, options, rows)
        if typed == "worked_out" and not {"function", "of"} <= set(found):
            self.telling.left_out("calculation", "There is no calculation, so there is nothing to work out.")
            return None
        condition = self.condition(row, rows)
        found |= {} if condition is None else {"show_when": condition}
        self._tell_unfit(row, typed)
        self.questions.add(known(row.plain("name"), found, rows, options if typed != "yes_no" else _YES_NO))
        return found

    def _tell_left_out(self, kind: str) -> None:
        if kind in ROWS_LEFT_OUT:
            self.telling.left_out("type", f"“{kind}” has no place in a form of Pith.", ROWS_LEFT_OUT[kind])
        elif kind:
            self.telling.left_out("type", f"“{kind}” is no type that is known.", "Choose one that is on the list.")
        else:
            self.telling.left_out("type", "A row without a type.", "Say what kind of answer is asked for.")

    def _options(self, row: CellRow, listed: str, other: bool) -> list[Json] | None:
        if not listed or self.lists.lists.get(listed) is None:
            message = f"The sheet choices has no list “{listed}”, so the question has nothing to choose from."
            self.telling.left_out("type", message, "Write the list, or mend its name.")
            return None
        options = self.lists.options(listed) or []
        if other and all(option["value"] != "other" for option in options):
            options.append({"value": "other", "label": "Other"})
            self.telling.changed(
                "type", "or_other: “Other” is an option now, and nothing asks which.", "Add a follow-up."
            )
        return options

    def _type(self, row: CellRow, standard: Standard, yes_or_no: bool) -> str:
        """The type of question: ours where the column says one that can stand in such a row."""
        own = row.plain(f"{PREFIX}type")
        if own and standard.row_type in ROW_TYPES.get(own, ()):
            return own
        if own:
            self.telling.left_out(f"{PREFIX}type", f"“{own}” cannot stand in a row of the type {standard.row_type}.")
        taken = TAKEN[standard.row_type]
        if taken.changed:
            self.telling.changed("type", taken.changed)
        return question_type_of(standard, yes_or_no)

    def _asked(self, row: CellRow, typed: str, rows: str | None) -> dict[str, Json]:
        """What is asked: id, type, kind, words, and whether it must be answered."""
        found: dict[str, Json] = {"id": self._id(row, "question", rows), "type": typed, "kind": "fact"}
        label = as_text(row.words("label"))
        if label is None:
            self.telling.changed("label", "It has no words: it is called by its name.", "Write the question.")
        found["label"] = label or row.plain("name") or found["id"]
        if any("${" in each for each in row.words("label").values()):
            message = "An answer is put into the words here, and Pith shows earlier answers beside a question."
            self.telling.changed("label", message, "Reword it, and name the answer under shows.")
        for column, key in (("hint", "hint"), ("guidance_hint", "guidance")):
            words = as_text(row.words(column))
            found |= {} if words is None else {key: words}
        return {**found, **self._required(row)}

    def _required(self, row: CellRow) -> dict[str, Json]:
        cell = row.plain("required").lower()
        if cell not in _TRUE | _FALSE:
            message = f"“{cell}”: whether an answer is needed cannot depend on others."
            self.telling.left_out("required", message, "Ask it under a condition, and require it there.")
        return {"required": True} if cell in _TRUE else {}

    def _choices(self, row: CellRow, options: list[Json]) -> dict[str, Json]:
        """The code list that the question names, while its options are those of the list; else the options."""
        name = row.plain(f"{PREFIX}code_list")
        if not name:
            return {"options": options}
        code_list = self.code_lists.get(name)
        codes = [] if code_list is None else [code.value for code in code_list.valid_codes()]
        if codes == [option["value"] for option in options]:
            return {"code_list": name}
        why = "is not known here" if code_list is None else "has other options by now"
        message = f"The code list “{name}” {why}: the options stand in the form itself."
        self.telling.changed(f"{PREFIX}code_list", message, "Name the list again where it should be followed.")
        return {"options": options}

    def ours(self, row: CellRow, schemas: Mapping[str, Json], apart: AbstractSet[str]) -> dict[str, Json]:
        """What our columns say, by key; a key that nothing of this kind has is told."""
        found: dict[str, Json] = {}
        for column, words in row.cells.items():
            key = column.removeprefix(PREFIX)
            if key == column or key in apart:
                continue
            if key not in schemas:
                self.telling.left_out(column, "Nothing of this kind has such a setting.")
                continue
            try:
                left_out = list(words.values()) == [LEFT_OUT] and "propertyNames" not in schemas[key]
                found[key] = _NOTHING if left_out else value_of(words, schemas[key])
            except BadCell as refusal:
                self.telling.left_out(column, refusal.message)
        return found

    def _held_limits(
        self,
        row: CellRow,
        found: dict[str, Json],
        settings: Mapping[str, Json],
        ours: Mapping[str, Json],
        options: list[Json],
        rows: str | None,
    ) -> None:
        """Our limits count while the constraint is the one that belongs to them; else somebody changed it since."""
        limits = [key for key in LIMITS if key in ours]
        if not limits or found["type"] == "scale":
            return
        if constraint_of({**found, "options": options}, self.questions, rows) == row.plain("constraint"):
            return
        for key in limits:
            found.pop(key, None)
            found |= {key: settings[key]} if key in settings else {}
            self.telling.changed(f"{PREFIX}{key}", "The constraint says something else by now, and is followed.")

    def condition(self, row: CellRow, rows: str | None) -> Json:
        """When a row is asked: ours while the expression beside it belongs to it, else what the expression says."""
        expression = " ".join(row.plain("relevant").split("\n"))
        own = self._own_condition(row)
        if own is not None:
            resolved = resolve_groups(parse(own), self.questions.members(rows))
            if asked_at_least(resolved, self.questions, rows)[0] == expression:
                return own
            self.telling.changed(
                f"{PREFIX}show_when", "The column relevant says something else by now, and is followed."
            )
        if not expression:
            return None
        try:
            return condition_from(expression, self.questions, rows)
        except CannotSay as refusal:
            message = f"{quoted(expression)}: {refusal.message} It is always asked now."
            self.telling.left_out("relevant", message, "Say when it is asked in a condition of Pith.")
            return None

    def _own_condition(self, row: CellRow) -> Json:
        cell = row.plain(f"{PREFIX}show_when")
        if not cell:
            return None
        try:
            return value_of({DEFAULT_LANGUAGE: cell}, CONDITION_ALONE)
        except BadCell:
            self.telling.left_out(
                f"{PREFIX}show_when", "This is no condition of Pith.", "Write it as JSON, or clear it."
            )
            return None

    def _tell_unfit(self, row: CellRow, typed: str) -> None:
        """What the other columns ask for that a question of Pith does not do."""
        for column, (message, mend) in COLUMNS_LEFT_OUT.items():
            if row.words(column):
                self.telling.left_out(column, message, mend)
        looks = [each for each in row.plain("appearance").split() if each != "multiline"]
        if looks:
            self.telling.left_out("appearance", "How a question looks is the same everywhere in Pith.")
        if row.words("parameters") and row_type(row.plain("type"))[0] != "range":
            self.telling.left_out("parameters", "A question of this type takes no parameters.")
        if typed == "date" and {"year", "month-year"} & set(looks):
            self.telling.left_out("appearance", "A whole day is asked.", "Set partial where a month or a year will do.")


_NOTHING: Json = object()
"""What our column says of a key that the form itself does not have."""
_YES_NO = ({"value": "yes", "label": "Yes"}, {"value": "no", "label": "No"})


def _standing_alone(options: list[Json], alone: list[str]) -> list[Json]:
    """The options, those marked that the constraint says stand alone."""
    return [
        {**each, "exclusive": True} if each["value"] in alone and "exclusive" not in each else each for each in options
    ]
