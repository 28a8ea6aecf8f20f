"""Forms made from a seed: any number of questions of every kind, about half of them asked only under a condition."""

from collections.abc import Callable, Mapping
from itertools import count
from random import Random
from typing import Any

from benchmarks.conditions import Asked, condition

Json = Any
Made = dict[str, Json]

TOPICS = ("health", "school", "sleep", "money", "home", "friends", "safety", "food", "play", "family", "travel", "work")
GROUPS = ("child", "care", "world")
TYPES = (
    *("choice",) * 6,
    *("yes_no",) * 4,
    *("choices",) * 3,
    *("number",) * 2,
    *("scale",) * 2,
    *("date",) * 2,
    *("short_text",) * 2,
    *("long_text",) * 2,
    *("analysis", "person", "rows", "rows", "statement", "worked_out"),
)
COLUMN_TYPES = ("short_text", "choice", "yes_no", "number", "date", "choices")
KINDS = ("fact", "fact", "fact", "voice", "analysis", "decision", "statutory")
IN_A_SECTION = 10
CONDITIONAL = 0.5


def form_json(questions: int, seed: int) -> Made:
    """A definition with so many questions outside rows; the same for the same seed, on every machine."""
    author = _Author(Random(f"{questions}/{seed}"))
    sections = [
        author.section(number, min(IN_A_SECTION, questions - first))
        for number, first in enumerate(range(0, questions, IN_A_SECTION), start=1)
    ]
    return {
        "form": f"generated-{questions}-{seed}",
        "version": 1,
        "title": f"A generated form of {questions} questions",
        "purpose": "Measures and tests the engine; not a form for use.",
        "sections": sections,
    }


def context_json(seed: int) -> Made:
    """A day and one to three children, some of whose facts are not known."""
    chance = Random(f"context/{seed}")
    children = []
    for number in range(1, chance.randint(1, 3) + 1):
        child: Made = {"id": f"c{number}", "unborn": chance.random() < 0.2}
        if not child["unborn"] and chance.random() < 0.8:
            child["born"] = f"{chance.randint(2008, 2025)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        for fact in ("disabled", "interpreter"):
            if chance.random() < 0.6:
                child[fact] = chance.random() < 0.5
        children.append(child)
    return {"today": "2026-03-05", "children": children}


class _Author:
    """Writes one form from the first question to the last, so that conditions look back."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.numbers = count(1)
        self.earlier: list[Asked] = []

    def section(self, number: int, questions: int) -> Made:
        topic = self.chance.choice(TOPICS)
        section: Made = {"id": f"s{number}", "title": f"Part {number}: {topic}"}
        per_child = self.chance.random() < 0.15
        if per_child:
            section["per_child"] = True
        if self.earlier and self.chance.random() < 0.2:
            section["show_when"] = condition(self.chance, self.earlier, per_child)
        section["questions"] = [self.question(topic, per_child) for _ in range(questions)]
        return section

    def question(self, topic: str, for_child: bool) -> Made:
        type_name = self.chance.choice(TYPES)
        per_child = for_child or self.chance.random() < 0.05
        if type_name == "worked_out" and not self._inputs(per_child):
            type_name = "yes_no"
        made = self._bare(f"q{next(self.numbers)}", type_name, topic)
        if per_child and not for_child:
            made["per_child"] = True
        if self.earlier and self.chance.random() < CONDITIONAL:
            made["show_when"] = condition(self.chance, self.earlier, per_child)
        made.update(_SETTINGS.get(type_name, _nothing)(self, made, per_child))
        if type_name not in ("statement", "worked_out"):
            self.earlier.append(Asked(made, per_child))
        return made

    def _bare(self, question_id: str, type_name: str, topic: str) -> Made:
        kind = self.chance.choice(KINDS)
        made: Made = {"id": question_id, "type": type_name, "kind": kind, "label": f"About {topic}: {question_id}?"}
        made["why"] = f"It says what {topic} is like"
        answered = type_name not in ("statement", "worked_out")
        if answered and kind in ("decision", "statutory") and self.chance.random() < 0.3:
            made["not_known"] = True
        if answered and self.chance.random() < 0.15:
            made["required"] = True
        return made

    def _inputs(self, for_child: bool) -> list[str]:
        return [asked.id for asked in self.earlier if asked.type == "number" and for_child >= asked.per_child][-5:]

    def options(self, made: Mapping[str, Json], _per_child: bool) -> Made:
        """Three to six options in groups; the last of some choices excludes the others."""
        size = self.chance.randint(3, 6)
        options: list[Made] = [
            {"value": f"v{index}", "label": f"Option {index}", "group": self.chance.choice(GROUPS)}
            for index in range(1, size + 1)
        ]
        if made["type"] == "choices" and self.chance.random() < 0.6:
            options.append({"value": "none", "label": "None of these", "exclusive": True})
        return {"options": options}

    def number(self, _made: Mapping[str, Json], _per_child: bool) -> Made:
        """Limits, whole numbers only for some."""
        settings: Made = {"minimum": 0, "maximum": self.chance.choice((10, 20, 90))}
        if self.chance.random() < 0.6:
            settings["integer"] = True
        return settings

    def date(self, _made: Mapping[str, Json], _per_child: bool) -> Made:
        """Partial, with a time, or limited by today."""
        return self.chance.choice(({}, {"partial": True}, {"time": True}, {"not_after": "today"}, {}))

    def columns(self, made: Mapping[str, Json], per_child: bool) -> Made:
        """Three or four columns, of which later ones look at earlier ones or outside."""
        columns: list[Made] = []
        for number in range(1, self.chance.randint(3, 4) + 1):
            column = self._bare(f"k{number}", self.chance.choice(COLUMN_TYPES), f"row {made['id']}")
            column["label"] = f"Of row {made['id']}: {number}?"
            if columns and self.chance.random() < CONDITIONAL:
                row = [Asked(each, False) for each in columns]
                column["show_when"] = condition(self.chance, self.earlier, per_child, row)
            column.update(_SETTINGS.get(column["type"], _nothing)(self, column, per_child))
            columns.append(column)
        return {"columns": columns, "row_label": "person"}

    def working(self, _made: Mapping[str, Json], per_child: bool) -> Made:
        """The sum of numbers asked before."""
        return {"function": "sum", "of": self._inputs(per_child)}


def _nothing(_author: _Author, _made: Mapping[str, Json], _per_child: bool) -> Made:
    return {}


_SETTINGS: Mapping[str, Callable[[_Author, Mapping[str, Json], bool], Made]] = {
    "choice": _Author.options,
    "choices": _Author.options,
    "number": _Author.number,
    "date": _Author.date,
    "rows": _Author.columns,
    "worked_out": _Author.working,
}
