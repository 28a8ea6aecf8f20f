"""From a definition to the sheets of an XLSForm, with what other tools would lose."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from engine.definition import Definition, Question, Section
from engine.exports.told import Telling, Unfit
from engine.exports.xlsform.calculations import calculation_of
from engine.exports.xlsform.derived import derived, question_type_of, standard_of
from engine.exports.xlsform.extras import LEFT_OUT, OPTION_PREFIX, PREFIX, cells, form_keys, question_keys, section_keys
from engine.exports.xlsform.known import Questions, known
from engine.exports.xlsform.languages import heading, in_columns, language_name, languages_in
from engine.exports.xlsform.limits import constraint_of
from engine.exports.xlsform.losses import ELSEWHERE, approximations
from engine.exports.xlsform.names import sheet_name
from engine.exports.xlsform.options import is_yes_no
from engine.exports.xlsform.relevant import asked_at_least
from engine.exports.xlsform.said_back import condition_said
from engine.exports.xlsform.spreadsheet import LONGEST_CELL, tidy
from engine.exports.xlsform.types import row_type_of
from engine.question_types.yes_no import ANSWERS
from engine.text import DEFAULT_LANGUAGE

Json = Any
Cells = dict[str, str]
_STANDARD = frozenset({"id", "type", "label", "show_when", "options", "columns"})
_OF_SECTION = frozenset({"id", "title", "intro", "show_when", "questions"})
_OF_FORM = frozenset({"form", "version", "title", "sections"})
_YES_NO = "yes_no"


class Writing:
    """Writes one definition: the rows of the three sheets, and what is told."""

    def __init__(self, definition: Definition) -> None:
        self.definition = definition
        self.telling = Telling()
        self.questions = Questions()
        self.survey: list[Cells] = []
        self.choices: list[Cells] = []
        self.settings: Cells = {}
        self.names: set[str] = set()
        self.lists: dict[str, str] = {}
        self.languages = self._languages()
        self.alone = self.languages == [DEFAULT_LANGUAGE]
        self._write()

    def _languages(self) -> list[str]:
        listed = list(self.definition.languages)
        texts = [text for section in self.definition.sections for text in _texts(section)]
        return [*listed, *(each for each in languages_in(texts) if each not in listed)]

    @property
    def told(self) -> tuple[Unfit, ...]:
        """What did not fit, then once for each of our columns what other tools do not see."""
        return (*self.telling.all, *_ours("survey", self.survey), *_ours("choices", self.choices))

    def _write(self) -> None:
        self._settings()
        for section in self.definition.sections:
            self._section(section)

    def _settings(self) -> None:
        given = self.definition.given
        self.telling.at("settings", 2)
        form = {"form_title": in_columns(given["title"]).get(self.languages[0], ""), "form_id": given["form"]}
        self.settings = {**form, "version": str(given["version"]), "default_language": language_name(self.languages[0])}
        title = {"title": given["title"]} if not isinstance(given["title"], str) else {}
        kept = {key: each for key, each in given.items() if key not in _OF_FORM}
        if kept.get("languages", [DEFAULT_LANGUAGE]) == self.languages and "languages" in kept and not self.alone:
            del kept["languages"]
        elif self.languages != list(self.definition.languages):
            kept["languages"] = list(self.definition.languages)
        for key, value in {**title, **kept}.items():
            self.settings |= cells(key, value, form_keys()[key])
        self._cut(self.settings)

    def _row(self, row: Cells) -> None:
        self._cut(row)
        self.survey.append({heading: words for heading, words in row.items() if words})

    def _cut(self, row: Cells) -> None:
        """Make each cell's text such as a cell can hold, and say where that changed it."""
        for column, words in row.items():
            kept = tidy(words)
            if len(kept) > LONGEST_CELL:
                kept = ""
                mend = "Make it shorter, or carry the form over as JSON."
                self.telling.left_out(column, f"A cell holds no more than {LONGEST_CELL:,} characters.", mend)
            elif kept != words:
                self.telling.changed(column, "Spaces at the ends, line ends and invisible characters are not kept.")
            row[column] = kept

    def _name(self, wanted: str) -> str:
        name = sheet_name(wanted, self.names)
        self.names.add(name)
        return name

    def _begin(self, wanted: str) -> str:
        name = self._name(wanted)
        self.telling.at("survey", len(self.survey) + 2, wanted)
        return name

    def _words(self, column: str, text: Json) -> Cells:
        """A text's columns; what would be taken for an answer put into the words is taken apart."""
        words = in_columns(text)
        if any("${" in each for each in words.values()):
            self.telling.changed(column, "“${” would be taken for an answer: a space is put between the two.")
        return {heading(column, code, self.alone): each.replace("${", "$ {") for code, each in words.items()}

    def _section(self, section: Section) -> None:
        given = next(each for each in self.definition.given["sections"] if each["id"] == section.id)
        name = self._begin(section.id)
        row = {"type": "begin_group", "name": name, **self._words("label", section.title)}
        row |= {} if any(each.type == "rows" for each in section.questions) else {"appearance": "field-list"}
        row |= self._id(name, section.id)
        row |= self._relevant(given, section.show_when, None)
        kept = {key: each for key, each in given.items() if key not in _OF_SECTION}
        for key, value in kept.items():
            row |= cells(key, value, section_keys()[key])
        if section.per_child:
            self.telling.changed("", "It is asked once for each child, and another tool asks it once.")
        self._row(row)
        if section.intro is not None:
            intro = self._begin(f"{section.id}_intro")
            self._row({"type": "note", "name": intro, **self._words("label", section.intro), f"{PREFIX}part": "intro"})
        for question in section.questions:
            self._question(question, None)
        self._row({"type": "end_group"})

    def _id(self, name: str, given: str) -> Cells:
        return {} if name == given else {f"{PREFIX}id": given}

    def _relevant(self, given: Mapping[str, Json], condition: Json, rows: str | None) -> Cells:
        """The condition as other tools read it, and as it is where they cannot say the same."""
        if condition is None:
            return {}
        resolved = self.definition.resolved(condition, rows) or condition
        found, same = asked_at_least(resolved, self.questions, rows)
        row = {"relevant": found} if found else {}
        if condition_said(found, self.questions, rows) != given["show_when"]:
            row |= cells("show_when", given["show_when"], section_keys()["show_when"])
        if not same:
            often = "more often than here" if found else "always"
            message = f"Other tools ask this {often}: they cannot say all of when it is asked here."
            self.telling.changed("relevant", message, "Say in the hint when to leave it out.")
        elif "false()" in found:
            self.telling.changed(
                "relevant", "“Not known yet” is no answer elsewhere: what it opens is not asked there."
            )
        return row

    def _question(self, question: Question, rows: str | None) -> None:
        given = question.given
        name = self._begin(self._column_name(question, rows))
        options = self._options(question)
        standard = {**given, "options": options}
        calculation = calculation_of(given, self.questions, rows) if question.type == "worked_out" else None
        choices = self._list(question, name, options) if question.handler.measure in ("choice", "choices") else ""
        self.telling.at("survey", len(self.survey) + 2, question.id)
        row = {"type": row_type_of(given, calculation is not None, choices), "name": name}
        row |= {**self._words("label", question.label), **self._id(name, question.id)}
        row |= self._relevant(given, question.show_when, rows)
        row |= {"constraint": constraint_of(standard, self.questions, rows), "calculation": calculation or ""}
        row |= _looks(question)
        self._rest(question, row, rows)
        for message, mend in approximations(question, calculation is not None, row["constraint"]):
            self.telling.changed("type", message, mend)
        self._row(row)
        self.questions.add(known(name, given, rows, options))
        if question.type == "rows":
            for column in question.columns:
                self._question(column, question.id)
            self._row({"type": "end_repeat"})

    def _column_name(self, question: Question, rows: str | None) -> str:
        """A column's own name unless a question has it too."""
        return f"{rows}_{question.id}"[:63] if rows and question.id in self._ids else question.id

    @property
    def _ids(self) -> set[str]:
        own = {question.id for question in self.definition.questions}
        return self.names | own | {section.id for section in self.definition.sections}

    def _options(self, question: Question) -> list[dict[str, Json]]:
        if question.code_list is None:
            return list(question.given.get("options", ()))
        return [
            {"value": each.value, "label": each.label, "group": each.group}
            | ({"exclusive": True} if each.exclusive else {})
            for each in question.options
        ]

    def _list(self, question: Question, name: str, options: list[dict[str, Json]]) -> str:
        """The name of the list of choices, written where it stands nowhere yet."""
        wanted = (question.code_list or "").replace(".", "_") or (_YES_NO if question.type == _YES_NO else name)
        key = question.code_list or (_YES_NO if question.type == _YES_NO else f"{name} of its own")
        if key not in self.lists:
            self.lists[key] = sheet_name(wanted, set(self.lists.values()))
            choices = ANSWERS if question.type == _YES_NO else ()
            answers = [{"value": each.value, "label": each.label} for each in choices]
            for option in options or answers:
                self._choice(self.lists[key], option)
        return self.lists[key]

    def _choice(self, listed: str, option: Mapping[str, Json]) -> None:
        self.telling.at("choices", len(self.choices) + 2, option["value"])
        label = option["label"]
        of_ours = label if isinstance(label, str) else {code: label[code] for code in self.languages if code in label}
        of_ours = of_ours or {self.languages[0]: label[DEFAULT_LANGUAGE]}
        row = {"list_name": listed, "name": option["value"], **self._words("label", of_ours)}
        for code, words in in_columns(option.get("hint") or {}).items():
            row[f"{OPTION_PREFIX}hint" if code == DEFAULT_LANGUAGE else f"{OPTION_PREFIX}hint_{code}"] = words
        row[f"{OPTION_PREFIX}group"] = option.get("group") or ""
        if "exclusive" in option:
            row[f"{OPTION_PREFIX}exclusive"] = "yes" if option["exclusive"] else "no"
        self._cut(row)
        self.choices.append({heading: words for heading, words in row.items() if words})

    def _rest(self, question: Question, row: Cells, rows: str | None) -> None:
        """The other keys: in the columns that every XLSForm has where these can say them, else in ours."""
        given = {key: each for key, each in question.given.items() if key not in _STANDARD}
        if question.type != "rows":
            for key, column in (("hint", "hint"), ("guidance", "guidance_hint")):
                row |= self._words(column, given.pop(key)) if key in given else {}
            if given.get("required") is True and question.handler.takes_answer:
                row["required"] = "yes" if given.pop("required") else ""
        said = self._said(question, row, rows)
        schemas = question_keys(question.type, rows is not None)
        if question_type_of(standard_of(row), self._is_yes_no(question)) != question.type:
            row[f"{PREFIX}type"] = question.type
        for key in [*given, *(key for key in said if key not in given)]:
            if key not in given:
                row[f"{PREFIX}{key}"] = LEFT_OUT
            elif key not in said or said[key] != given[key]:
                row |= cells(key, given[key], schemas[key])

    def _is_yes_no(self, question: Question) -> bool:
        return question.type == _YES_NO or (question.type == "choice" and is_yes_no(self._options(question)))

    def _said(self, question: Question, row: Cells, rows: str | None) -> dict[str, Json]:
        """What the standard columns say already."""
        found, _ = derived(question.type, standard_of(row), self.questions, rows, Telling())
        return found


def _looks(question: Question) -> Cells:
    if question.type in ("long_text", "analysis"):
        return {"appearance": "multiline"}
    if question.type == "scale":
        least, most = question.settings["minimum"], question.settings["maximum"]
        return {"parameters": f"start={least} end={most} step=1"}
    return {}


def _texts(section: Section) -> Iterator[Json]:
    """The texts of a section that stand in columns of their own by language."""
    yield from filter(None, (section.title, section.intro))
    for question in section.questions:
        for each in (question, *question.columns):
            yield from filter(None, (each.label, each.hint, each.guidance))
            yield from (option.label for option in each.options)


def _ours(sheet: str, rows: Iterable[Cells]) -> Iterator[Unfit]:
    """Each column of ours once, with what it says and in how many rows."""
    prefixes = (PREFIX, OPTION_PREFIX)
    counted = Counter(column for row in rows for column in row if column.startswith(prefixes))
    for column, count in counted.items():
        key = column.removeprefix(PREFIX).removeprefix(OPTION_PREFIX).partition("::")[0]
        rows_told = "1 row" if count == 1 else f"{count} rows"
        meaning = ELSEWHERE.get(key, f"{key.replace('_', ' ')}, as Pith has it")
        yield Unfit(sheet, 0, column, "", "elsewhere", f"In {rows_told}: {meaning}. Other tools do not see it.", "")


def headings_of(rows: Iterable[Mapping[str, str]], first: Iterable[str]) -> list[str]:
    """The headings of a sheet: the usual ones first, ours last."""
    used = dict.fromkeys(column for row in rows for column in row)
    order = list(first)
    place = {column: number for number, column in enumerate(order)}
    plain = {column: place.get(column.partition("::")[0], len(order)) for column in used}
    ours = {column for column in used if column.startswith((PREFIX, OPTION_PREFIX))}
    return [
        *(c for c in order if c in used),
        *sorted((c for c in used if c not in order), key=lambda c: (c in ours, plain[c])),
    ]
