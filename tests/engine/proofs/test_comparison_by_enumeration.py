"""What comparing two forms finds equals what trying every draft of both finds."""

from collections.abc import Iterator
from copy import deepcopy
from itertools import product
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.definition import definition_from_json
from engine.journey import Journey, context_from_json, evaluate
from engine.places import Place
from engine.proofs import Comparison, NotDecided
from tests.engine.forms import form_json, question
from tests.engine.proofs.small_forms import CHOICES, DAYS, NAMED_DAY, Small, small_forms
from tests.engine.proofs.test_by_enumeration import path_of

Json = Any


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Small, list[dict[str, Json]]]:
    """A small form and what was made of it: a condition, an option, a limit or a question more or less."""
    small = draw(small_forms())
    sections = deepcopy(small.sections)
    for _ in range(draw(st.integers(1, 2))):
        at = draw(st.sampled_from(sections))
        asked = draw(st.sampled_from(at["questions"]))
        change = draw(st.sampled_from(("drop", "open", "close", "option", "setting", "setting", "column")))
        if change == "drop" and len(at["questions"]) > 1:
            at["questions"].remove(asked)
        elif change == "open":
            draw(st.sampled_from((at, asked))).pop("show_when", None)
        elif change == "close":
            _close(draw, small, sections)
        elif change == "option" and len(asked.get("options", ())) > 1:
            asked["options"] = asked["options"][1:]
        elif change == "setting":
            _change_setting(draw, sections)
        elif change == "column" and "columns" in asked:
            _change_columns(draw, asked["columns"])
    return small, sections


SETTINGS: dict[str, list[dict[str, Json]]] = {
    "choices": [
        {"options": [{**each, "label": "Other", "exclusive": each["value"] in alone} for each in CHOICES]}
        for alone in (["green"], ["red", "green"], ["green", "none"], [])
    ],
    "short_text": [{"max_length": 1}, {"max_length": 3}, {"format": "email", "max_length": 90}],
    "analysis": [{"evidence": False}, {"max_length": 9}],
    "number": [{"maximum": 0}, {"maximum": 2}, {"minimum": 2}, {"step": 2}, {"minimum": -1, "step": 2}],
    "scale": [{"maximum": 2}, {"minimum": 2}, {"minimum": 0, "maximum": 9}],
    "date": [{"partial": True}, {"time": True}, {"not_before": NAMED_DAY}, {"not_after": DAYS[5]}],
    "rows": [{"minimum_rows": least, "maximum_rows": most} for least, most in ((0, 1), (0, 2), (1, 1), (1, 2), (2, 2))],
}
"""Other settings, with which a type takes more or fewer of the answers that are tried."""


def _change_setting(draw: st.DrawFn, sections: list[dict[str, Json]]) -> None:
    """Have a question take other answers, one that conditions read where there is any."""
    settable = [each for at in sections for each in at["questions"] if each["type"] in SETTINGS]
    read = [each for each in settable if f"'question': '{each['id']}'" in str(sections)]
    if settable:
        asked = draw(st.sampled_from(read or settable))
        asked.update(draw(st.sampled_from(SETTINGS[asked["type"]])))


def _close(draw: st.DrawFn, small: Small, sections: list[dict[str, Json]]) -> None:
    """Have the first answer decide about a section, a question or a column that stands after it."""
    parts = [part for at in sections for part in (at, *at["questions"])]
    first = small.asked[0]["id"] if small.asked else ""
    found = [part for at, part in enumerate(parts) if first in [before["id"] for before in parts[:at]]]
    found += [column for part in found for column in part.get("columns", ())]
    if found:
        where, more = draw(st.sampled_from(found)), {"question": first, "answered": True}
        where["show_when"] = {"all": [where["show_when"], more]} if "show_when" in where else more


def _change_columns(draw: st.DrawFn, columns: list[dict[str, Json]]) -> None:
    """Leave a column out, or have it take other answers."""
    if draw(st.booleans()):
        columns.pop()
    else:
        columns[-1]["format"] = "email"


@settings(max_examples=30)
@given(pairs())
def test_differences_equal_trying_every_draft(pair: tuple[Small, list[dict[str, Json]]]) -> None:
    """For every question and column, about one child or two, over all types and operators."""
    check(*pair)


def check(small: Small, sections: list[dict[str, Json]]) -> None:
    """Hold the differences of a form and what was made of it to those that trying every draft finds."""
    base, changed = small.definition, definition_from_json(form_json(*sections))
    options = {q.id: {option.value for option in q.options} for q in changed.questions if q.type == "choices"}
    differing: set[str] = set()
    most = max(number for number in (1, 2) if number == 1 or small.size(number) < 2_000)
    for answers, context in (draft for number in range(1, most + 1) for draft in small.drafts(number)):
        fitted = {name: fit(answer, options[name]) if name in options else answer for name, answer in answers.items()}
        before = evaluate(base, answers, context_from_json(context))
        if not could_be_given(before, answers):
            continue
        after = evaluate(changed, fitted, context_from_json(context))
        differing |= missing(before, after)
    comparison = Comparison(base, changed)
    paths = {q.id for q in base.questions} | {f"{q.id}.{c.id}" for q in base.questions for c in q.columns}
    outcomes = {path: outcome(comparison, path) for path in paths}
    undecided = {path for path, told in outcomes.items() if told is None}
    found = {path for path, told in outcomes.items() if told}
    assert differing <= found | undecided
    assert not undecided or any(asked.get("minimum_rows") == 2 for at in sections for asked in at["questions"])
    if most > small.some_child or not (small.per_child or small.reads_facts):
        assert found == differing - undecided


def outcome(comparison: Comparison, path: str) -> bool | None:
    """Whether the first form alone shows a question; None where it could not be decided."""
    try:
        return comparison.shown_in_first_only(path) is not None
    except NotDecided:
        return None


def could_be_given(before: Journey, answers: Json) -> bool:
    """Whether the first form takes as many rows as a draft has, and shows every cell that they fill in."""
    if any(finding.code in ("too_few", "too_many") for _, finding in before.findings):
        return False
    return all(
        place not in before.shown_set or cell in before.shown_set
        for place, rows in rows_in(answers)
        for index, row in enumerate(rows)
        for cell in (place._replace(row=index, column=name) for name in row.keys() - {"id"})
    )


def rows_in(answers: Json) -> Iterator[tuple[Place, Json]]:
    """The rows of a draft, by the place of the question that they answer."""
    for name, answer in answers.items():
        by_child = answer if isinstance(answer, dict) else {None: answer}
        for child, own in by_child.items():
            if isinstance(own, list) and isinstance(own[0], dict):
                yield Place(name, child), own


def missing(before: Journey, after: Journey) -> set[str]:
    """The questions and columns shown at a place before and not after."""
    return {path_of(place) for place in before.shown_set - after.shown_set}


def fit(answer: Json, options: set[str]) -> Json:
    """An answer of a list of options without those a form does not have; of every child where it is asked for each."""
    if isinstance(answer, list):
        return [value for value in answer if value in options]
    if isinstance(answer, dict) and "not_known" not in answer:
        return {child: fit(own, options) for child, own in answer.items()}
    return answer


def test_trying_every_draft_tries_many() -> None:
    """The comparison with trying everything means something: drafts differ in every question."""
    small = Small(asked=[question("a", "yes_no"), question("b", "choice")])
    assert len(list(small.drafts(1))) == small.size(1) == len(list(product(range(4), range(5))))
