"""Small forms made at random, with every draft of each: what the proofs say can be held to trying everything."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import product
from typing import Any

from hypothesis import strategies as st

from engine.definition import Definition, definition_from_json
from tests.engine.forms import form_json, question, section

Json = Any
DAYS = tuple(f"2026-01-{day:02}" for day in range(1, 8))
"""Three days before the one day that conditions name, and three after it."""
NAMED_DAY = DAYS[3]
NOT_KNOWN = {"not_known": True}
MOST_DRAFTS = 700
_CELLS: Sequence[dict[str, Json]] = (
    {},
    {"a": "yes"},
    {"a": "no"},
    {"a": "yes", "b": "x"},
    {"a": "no", "b": "x"},
    {"b": "x"},
)
_ROWS = [[row] for row in _CELLS] + [[first, second] for first in _CELLS for second in _CELLS]
_FACTS = [
    {**born, **unborn, **disabled}
    for born in ({}, {"born": "2025-01-01"}, {"born": "2020-01-01"})
    for unborn in ({}, {"unborn": True})
    for disabled in ({}, {"disabled": True})
]
_ANSWERS: dict[str, Sequence[Json]] = {
    "choice": ("red", "green", "blue"),
    "choices": (["red"], ["green"], ["red", "green"], ["none"]),
    "yes_no": ("yes", "no"),
    "number": (0, 1, 2, 3),
    "scale": (1, 2, 3),
    "date": DAYS,
    "short_text": ("x", "xx"),
    "analysis": ("x", {"text": "x", "evidence": ["q0"]}),
    "rows": [[{"id": f"r{at}", **row} for at, row in enumerate(rows)] for rows in _ROWS],
}
CHOICES: list[dict[str, Json]] = [
    {"value": "red", "label": "Red", "group": "warm"},
    {"value": "green", "label": "Green"},
    {"value": "none", "label": "None", "exclusive": True},
]
_SETTINGS: dict[str, dict[str, Json]] = {
    "choices": {"options": CHOICES},
    "short_text": {"max_length": 2},
    "analysis": {"max_length": 1, "evidence": True},
    "number": {"minimum": 0, "maximum": 3, "integer": True},
    "scale": {"minimum": 1, "maximum": 3},
}


@dataclass
class Small:
    """A form's JSON and every answer to its questions that can make a difference."""

    sections: list[dict[str, Json]] = field(default_factory=list)
    asked: list[dict[str, Json]] = field(default_factory=list)
    per_child: set[str] = field(default_factory=set)
    reads_facts: bool = False
    reads_today: bool = False
    some_child: int = 0

    @property
    def definition(self) -> Definition:
        """The form."""
        return definition_from_json(form_json(*self.sections))

    def answers(self, asked: dict[str, Json]) -> list[Json]:
        """Every answer to a question that can make a difference, and none."""
        not_known = asked.get("not_known", asked["kind"] == "fact")
        return [None, *_ANSWERS[asked["type"]], *([NOT_KNOWN] if not_known else [])]

    @property
    def days(self) -> Sequence[str | None]:
        """Every day it can be."""
        return (None, *DAYS) if self.reads_today else (NAMED_DAY,)

    @property
    def facts(self) -> Sequence[dict[str, Json]]:
        """All that can be known about a child."""
        return _FACTS if self.reads_facts else [{}]

    def size(self, children: int) -> int:
        """How many drafts there are about so many children."""
        shared, own = len(self.days), len(self.facts)
        for asked in self.asked:
            if asked["id"] in self.per_child:
                own *= len(self.answers(asked))
            else:
                shared *= len(self.answers(asked))
        return int(shared * own**children)

    def drafts(self, children: int) -> Iterator[tuple[dict[str, Json], dict[str, Json]]]:
        """Every draft about so many children, with its context."""
        own = [asked for asked in self.asked if asked["id"] in self.per_child]
        shared = [asked for asked in self.asked if asked["id"] not in self.per_child]
        child = list(product(self.facts, *map(self.answers, own)))
        names = [f"c{number}" for number in range(1, children + 1)]
        for day, *answers in product(self.days, *map(self.answers, shared)):
            for family in product(child, repeat=children):
                draft = {asked["id"]: answer for asked, answer in zip(shared, answers, strict=True)}
                for at, asked in enumerate(own, start=1):
                    draft[asked["id"]] = {name: each[at] for name, each in zip(names, family, strict=True)}
                context = {"children": [{"id": name, **each[0]} for name, each in zip(names, family, strict=True)]}
                yield draft, context if day is None else {"today": day, **context}


@st.composite
def small_forms(draw: st.DrawFn) -> Small:
    """Forms of two to six questions; each section begins with a statement, which is shown whenever the section is."""
    small = Small()
    for number in range(draw(st.integers(1, 3))):
        per_child = draw(st.integers(0, 3)) == 0
        made = section(f"s{number}", question(f"here{number}", "statement"))
        if per_child:
            made["per_child"] = True
        if bool(small.asked) and draw(st.booleans()):
            before = replace(small)
            made["show_when"] = _condition(draw, small, per_child, 1)
            if small.size(1) > MOST_DRAFTS:
                del made["show_when"]
                small = before
        for _ in range(draw(st.integers(1, 2))):
            small = _add(draw, small, made, per_child)
        small.sections.append(made)
    return small


def _add(draw: st.DrawFn, small: Small, made: dict[str, Json], for_child: bool) -> Small:
    before = replace(small)
    per_child = for_child or draw(st.integers(0, 4)) == 0
    kind_of = draw(st.sampled_from(sorted(_ANSWERS)))
    asked = question(f"q{len(small.asked)}", kind_of, **_SETTINGS.get(kind_of, {}))
    asked["kind"] = draw(st.sampled_from(("fact", "decision")))
    asked["required"] = draw(st.booleans())
    if per_child and not for_child:
        asked["per_child"] = True
    if kind_of == "rows":
        asked.update(_rows(draw, small, per_child))
    if kind_of == "date":
        asked.update(_date_limits(draw, small, per_child))
    if bool(small.asked) and draw(st.integers(0, 2)):
        asked["show_when"] = _condition(draw, small, per_child, 1)
    small.asked = [*small.asked, asked]
    small.per_child = small.per_child | ({asked["id"]} if per_child else set())
    if small.size(1) > MOST_DRAFTS:
        return before
    made["questions"].append(asked)
    return small


def _rows(draw: st.DrawFn, small: Small, per_child: bool) -> dict[str, Json]:
    first = question("a", "yes_no", not_known=False, required=draw(st.booleans()))
    second = question("b", not_known=False, required=draw(st.booleans()), max_length=1)
    if draw(st.booleans()):
        second["show_when"] = _row_condition(draw)
    elif bool(small.asked) and draw(st.booleans()):
        second["show_when"] = {"all": [_row_condition(draw), _condition(draw, small, per_child, 1)]}
    most = draw(st.integers(1, 2))
    return {"columns": [first, second], "maximum_rows": most, "minimum_rows": draw(st.integers(0, most))}


def _row_condition(draw: st.DrawFn) -> Json:
    leaf = {"row": "a", **draw(st.sampled_from(({"is": "yes"}, {"is": "no"}, {"is_not": "no"}, {"answered": True})))}
    return {"not": leaf} if draw(st.integers(0, 3)) == 0 else leaf


def _date_limits(draw: st.DrawFn, small: Small, per_child: bool) -> dict[str, Json]:
    dates = [asked["id"] for asked in small.asked if asked["type"] == "date"]
    earlier = [name for name in dates if per_child or name not in small.per_child]
    limits = {name: draw(st.sampled_from([None, "today", NAMED_DAY, *earlier])) for name in ("not_before", "not_after")}
    given = {name: limit for name, limit in limits.items() if limit is not None and draw(st.booleans())}
    small.reads_today |= "today" in given.values()
    return given


def _condition(draw: st.DrawFn, small: Small, for_child: bool, depth: int) -> Json:
    shape = draw(st.integers(0, 5))
    if shape < 3 or depth == 0:
        return _leaf(draw, small, for_child)
    if shape == 3:
        return {"not": _condition(draw, small, for_child, depth - 1)}
    parts = [_condition(draw, small, for_child, depth - 1) for _ in range(2)]
    return {"all" if shape == 4 else "any": parts}


def _leaf(draw: st.DrawFn, small: Small, for_child: bool) -> Json:
    if draw(st.integers(0, 6)) == 0:
        small.reads_facts, small.some_child = True, small.some_child + (not for_child)
        return draw(st.sampled_from(_ABOUT_A_CHILD))
    asked = draw(st.sampled_from(small.asked))
    small.some_child += not for_child and asked["id"] in small.per_child
    comparisons = [*_COMPARISONS[asked["type"]], {"answered": True}]
    if asked.get("not_known", asked["kind"] == "fact"):
        comparisons.append(NOT_KNOWN)
    found = draw(st.sampled_from(comparisons))
    small.reads_today |= "today" in found.values()
    return {"question": asked["id"], **found}


_ABOUT_A_CHILD = (
    {"child": "age", "less_than": 3},
    {"child": "unborn", "is": True},
    {"child": "disabled", "is_not": False},
)
_COMPARISONS: dict[str, list[dict[str, Json]]] = {
    "choice": [{"is": "red"}, {"is_not": "red"}, {"in": ["red", "blue"]}, {"is": "green"}],
    "choices": [
        {"includes": "red"},
        {"includes": "green"},
        {"includes_any": ["red", "none"]},
        {"includes_group": "warm"},
    ],
    "yes_no": [{"is": "yes"}, {"is": "no"}, {"is_not": "yes"}],
    "number": [{"more_than": 1}, {"at_least": 1.5}, {"less_than": 1}, {"at_most": 2}, {"is": 2}, {"is_not": 0}],
    "scale": [{"more_than": 1}, {"at_least": 3}, {"at_most": 1}],
    "date": [{"before": NAMED_DAY}, {"after": NAMED_DAY}, {"before": "today"}, {"after": "today"}, {"is": NAMED_DAY}],
    "short_text": [],
    "analysis": [],
    "rows": [
        {"any_row": {"row": "a", "is": "yes"}},
        {"any_row": {"row": "a", "is": "no"}},
        {"any_row": {"not": {"row": "a", "answered": True}}},
        {"any_row": {"all": [{"row": "a", "is": "no"}, {"row": "b", "answered": True}]}},
    ],
}
