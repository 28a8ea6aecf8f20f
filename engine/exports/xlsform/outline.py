"""The rows of a survey in their groups and repeats: sections with questions, and lists of rows."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from engine.exports.told import Telling
from engine.exports.xlsform.columns import CellRow
from engine.exports.xlsform.extras import PREFIX, section_keys
from engine.exports.xlsform.languages import as_text
from engine.exports.xlsform.reading_questions import QuestionReading
from engine.exports.xlsform.types import row_type

Json = Any
DEEPEST = 30
_BEGINS, _ENDS = ("begin_group", "begin_repeat"), ("end_group", "end_repeat")


@dataclass(slots=True)
class _Open:
    """A group or repeat that is not closed yet, and what it became.

    section: a section; heading: a heading over sections; inner: nothing but its condition; rows; lost: left out.
    """

    kind: str
    became: str
    row: CellRow
    condition: Json = None
    section: dict[str, Json] = field(default_factory=dict)


class Outline:
    """Walks the rows once, with what is open."""

    def __init__(self, questions: QuestionReading, telling: Telling) -> None:
        self.questions, self.telling = questions, telling
        self.sections: list[dict[str, Json]] = []
        self.open: list[_Open] = []
        self.list: dict[str, Json] | None = None
        self.stray: dict[str, Json] | None = None
        self.title = ""

    def sections_of(self, rows: Sequence[CellRow], title: str) -> list[dict[str, Json]]:
        """The sections; what stands in no group comes into a section called by the form's title."""
        self.title = title
        headings = _only_groups_inside(rows)
        for row in rows:
            self._row(row, row.number in headings)
        for each in self.open:
            self.telling.at("survey", each.row.number, each.row.plain("name"))
            self.telling.changed("type", "This is begun and never ended: it ends with the sheet.", "Add an end row.")
        return [self._with_questions(each) for each in self.sections if self._holds_something(each)]

    def _with_questions(self, section: dict[str, Json]) -> dict[str, Json]:
        return {key: section[key] for key in (*(key for key in section if key != "questions"), "questions")}

    def _holds_something(self, section: dict[str, Json]) -> bool:
        if not section["questions"]:
            self.telling.at("survey", 0, section["id"])
            self.telling.left_out("", "Nothing in this group could be taken over, so there is no section for it.")
        return bool(section["questions"])

    def _row(self, row: CellRow, heading: bool) -> None:
        kind, _, _ = row_type(row.plain("type"))
        self.telling.at("survey", row.number, row.plain("name"))
        if row.plain("disabled").lower() in ("yes", "true", "true()"):
            self.telling.left_out("disabled", "This row is switched off, and is not taken over.")
        elif kind in _ENDS:
            self._end(kind)
        elif self.open and self.open[-1].became == "lost":
            self._lose(kind, row)
        elif kind in _BEGINS and len(self.open) == DEEPEST:
            self.open.append(_Open(kind, "lost", row))
            self.telling.left_out(
                "type", f"Groups stand inside groups here, more than {DEEPEST} deep.", "Write it flatter."
            )
        elif kind == "begin_group":
            self._begin_group(row, heading)
        elif kind == "begin_repeat":
            self._begin_repeat(row)
        else:
            self._question(row)

    def _end(self, kind: str) -> None:
        wanted = kind.replace("end", "begin")
        if not self.open or self.open[-1].kind != wanted:
            self.telling.left_out(
                "type", f"This {kind} ends nothing that was begun.", "Begin and end what belongs together."
            )
            return
        ended = self.open.pop()
        if ended.became == "rows":
            self._end_rows(ended)

    def _end_rows(self, ended: _Open) -> None:
        if self.list is not None and not self.list["columns"]:
            self.telling.at("survey", ended.row.number, ended.row.plain("name"))
            self.telling.left_out("", "Nothing in this repeat could be taken over, so there is no list for it.")
            self._here()["questions"].remove(self.list)
        self.list = None

    def _lose(self, kind: str, row: CellRow) -> None:
        if kind in _BEGINS:
            self.open.append(_Open(kind, "lost", row))
        self.telling.left_out(
            "", "It stands in a repeat inside a repeat, which Pith does not have.", "Ask it in a list of its own."
        )

    def _begin_group(self, row: CellRow, heading: bool) -> None:
        inside = [each for each in self.open if each.became != "heading"]
        condition = self.questions.condition(row, self._rows_id())
        if inside:
            self._inner(row, condition)
        elif heading:
            self.open.append(_Open("begin_group", "heading", row, condition))
        else:
            self._section(row, condition)

    def _inner(self, row: CellRow, condition: Json) -> None:
        self.open.append(_Open("begin_group", "inner", row, condition))
        words = as_text(row.words("label"))
        if words is not None or condition is not None:
            also = ", and each is asked when the group would be" if condition is not None else ""
            message = f"A group inside a section: its questions stand in the section{also}. Its heading is left out."
            self.telling.changed("type", message, "Make it a section of its own where the heading is needed.")
        for key in ("appearance", "hint"):
            if row.words(key) and row.plain(key) != "field-list":
                self.telling.left_out(key, "How a group looks is the same everywhere in Pith.")

    def _section(self, row: CellRow, condition: Json) -> None:
        name = row.plain("name")
        section: dict[str, Json] = {"id": self.questions.section_id(row), "title": self._heading(row, name)}
        above = [each for each in self.open if each.became == "heading"]
        if above:
            section["group"] = self._heading(above[-1].row, above[-1].row.plain("name"))
        conditions = [each.condition for each in above if each.condition is not None]
        joined = joined_conditions([*conditions, *([] if condition is None else [condition])])
        section |= {} if joined is None else {"show_when": joined}
        section |= self.questions.ours(row, section_keys(), frozenset({"id", "show_when", "part"}))
        section["questions"] = []
        self.stray = None
        self.sections.append(section)
        self.open.append(_Open("begin_group", "section", row, None, section))
        self._tell_group(row)

    def _tell_group(self, row: CellRow) -> None:
        if row.words("appearance") and row.plain("appearance") != "field-list":
            self.telling.left_out("appearance", "How a group looks is the same everywhere in Pith.")
        if row.words("hint"):
            self.telling.left_out("hint", "A section has no hint.", "Write it as the section’s intro.")

    def _heading(self, row: CellRow, name: str) -> Json:
        words = as_text(row.words("label"))
        if words is None:
            self.telling.changed("label", "A group without words is called by its name.", "Give the section a heading.")
        return words or name or "Section"

    def _begin_repeat(self, row: CellRow) -> None:
        if self.list is not None:
            self.open.append(_Open("begin_repeat", "lost", row))
            self.telling.left_out(
                "type", "A repeat inside a repeat, which Pith does not have.", "Ask it in a list of its own."
            )
            return
        question = self.questions.question(row, None)
        if question is None:
            self.open.append(_Open("begin_repeat", "lost", row))
            return
        question["columns"] = []
        self._add(question, self._here())
        self.list = question
        self.open.append(_Open("begin_repeat", "rows", row))

    def _question(self, row: CellRow) -> None:
        section = self._open_section()
        if row.plain(f"{PREFIX}part") == "intro" and section is not None and not section["questions"]:
            section["intro"] = as_text(row.words("label"))
            return
        question = self.questions.question(row, self._rows_id())
        if question is None:
            return
        if self.list is not None:
            self.list["columns"].append(self._under(question))
            return
        self._add(question, self._here())

    def _add(self, question: dict[str, Json], section: dict[str, Json]) -> None:
        section["questions"].append(self._under(question))

    def _under(self, question: dict[str, Json]) -> dict[str, Json]:
        """The question with the conditions of the groups inside the section that it stands in."""
        since = next((n for n, each in enumerate(self.open) if each.became == "rows"), 0) if self.list else 0
        inner = [each.condition for each in self.open[since:] if each.became == "inner" and each.condition is not None]
        own = [question["show_when"]] if "show_when" in question else []
        joined = joined_conditions([*inner, *own])
        if joined is not None:
            question["show_when"] = joined
        return question

    def _rows_id(self) -> str | None:
        return None if self.list is None else str(self.list["id"])

    def _open_section(self) -> dict[str, Json] | None:
        return next((each.section for each in self.open if each.became == "section"), None)

    def _here(self) -> dict[str, Json]:
        """The section that is open, or one for what stands in no group."""
        section = self._open_section() or self.stray
        if section is None:
            section = {"id": self.questions.free_id("questions"), "title": self.title, "questions": []}
            self.telling.changed(
                "type", f"What stands in no group is put into a section, “{self.title}”.", "Give it a heading."
            )
            self.stray = section
            self.sections.append(section)
        return section


def joined_conditions(conditions: Sequence[Json]) -> Json:
    """One condition that holds when all of them do, None for none."""
    if len(conditions) < 2:
        return conditions[0] if conditions else None
    return {"all": list(conditions)}


def _only_groups_inside(rows: Sequence[CellRow]) -> frozenset[int]:
    """The rows that begin a group which is in no other and holds groups only."""
    found: set[int] = set()
    depth, begun, groups, other = 0, 0, 0, False
    for row in rows:
        kind, _, _ = row_type(row.plain("type"))
        if kind in _BEGINS:
            if depth == 0:
                begun, groups, other = row.number if kind == "begin_group" else 0, 0, False
            elif depth == 1:
                groups, other = groups + (kind == "begin_group"), other or kind == "begin_repeat"
            depth += 1
        elif kind in _ENDS:
            depth = max(0, depth - 1)
            if depth == 0 and begun and groups and not other:
                found.add(begun)
        elif depth == 1 and kind:
            other = True
    return frozenset(found)
