"""Edits of a draft made from a seed: answers given, changed, taken away, said not to be known, or mistyped."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from random import Random
from typing import Any

Json = Any
Question = Mapping[str, Json]

CLEARED, MISTYPED, NOT_KNOWN = 0.1, 0.05, 0.08
MOST_ROWS = 4
_EMPTY: Mapping[str, Json] = {}


def filled(form: Mapping[str, Json], context: Mapping[str, Json], seed: int) -> dict[str, Json]:
    """A draft in which every question was answered once, whatever is shown."""
    chance = Random(f"filled/{seed}")
    children = [child["id"] for child in context["children"]]
    draft: dict[str, Json] = {}
    for question, per_child in _asked(form):
        each = {child: _value(chance, question) for child in children} if per_child else _value(chance, question)
        draft[question["id"]] = each
    return draft


def edits(
    form: Mapping[str, Json], context: Mapping[str, Json], seed: int, count: int, start: Mapping[str, Json] = _EMPTY
) -> Iterator[dict[str, Json]]:
    """So many changes of one question each, `{question id: the new value or None}`, hidden questions among them."""
    chance = Random(f"edits/{seed}")
    children = [child["id"] for child in context["children"]]
    draft = dict(start)
    asked = list(_asked(form))
    for _ in range(count if asked else 0):
        question, per_child = chance.choice(asked)
        value = _new_value(chance, question, draft.get(question["id"]), children if per_child else ())
        draft[question["id"]] = value
        yield {question["id"]: value}


def _asked(form: Mapping[str, Json]) -> Iterator[tuple[Question, bool]]:
    for section in form["sections"]:
        for question in section["questions"]:
            if question["type"] not in ("statement", "worked_out"):
                yield question, bool(section.get("per_child") or question.get("per_child"))


def _new_value(chance: Random, question: Question, before: Json, children: Sequence[str]) -> Json:
    if not children:
        return _value(chance, question)
    kept = dict(before) if isinstance(before, Mapping) else {}
    kept[chance.choice(children)] = _value(chance, question)
    return {child: value for child, value in kept.items() if value is not None} or None


def _value(chance: Random, question: Question) -> Json:
    luck = chance.random()
    if luck < CLEARED:
        return chance.choice((None, "", "  ", []))
    if luck < CLEARED + MISTYPED:
        return chance.choice(("not an answer at all", "-", 10**9, [7], {"odd": 1}, True))
    if luck < CLEARED + MISTYPED + NOT_KNOWN:
        return chance.choice(({"not_known": True}, {"not_known": True, "doing": "Asking the school"}))
    return VALUES[question["type"]](chance, question)


def _option_values(question: Question) -> list[str]:
    return [option["value"] for option in question["options"]]


def _choice(chance: Random, question: Question) -> Json:
    return chance.choice(_option_values(question))


def _choices(chance: Random, question: Question) -> Json:
    values = _option_values(question)
    return sorted(chance.sample(values, chance.randint(1, min(3, len(values)))))


def _yes_no(chance: Random, _question: Question) -> Json:
    return chance.choice(("yes", "no"))


def _number(chance: Random, question: Question) -> Json:
    most = question.get("maximum", 10)
    return chance.choice((chance.randint(0, most), chance.randint(0, most), 2.5, most + 1))


def _day(chance: Random, question: Question) -> Json:
    day = f"{chance.randint(2019, 2026)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
    if question.get("time"):
        return chance.choice((f"{day}T{chance.randint(0, 23):02}:{chance.randint(0, 59):02}", day))
    return day[: chance.choice((4, 7, 10))] if question.get("partial") else day


def _text(chance: Random, _question: Question) -> Json:
    return chance.choice(("She said no.", "He sleeps well", "Seen with her aunt\nand alone", " x "))


def _person(chance: Random, _question: Question) -> Json:
    return chance.choice(({"name": "Kit"}, {"description": "a man in a cap"}, {"relationship": "aunt"}, {"name": " "}))


def _rows(chance: Random, question: Question) -> Json:
    return [_row(chance, question, number) for number in range(1, chance.randint(1, MOST_ROWS) + 1)]


def _row(chance: Random, question: Question, number: int) -> Json:
    filled = [column for column in question["columns"] if chance.random() < 0.7]
    return {"id": f"r{number}", **{column["id"]: _value(chance, column) for column in filled}}


VALUES: Mapping[str, Callable[[Random, Question], Json]] = {
    "choice": _choice,
    "choices": _choices,
    "yes_no": _yes_no,
    "number": _number,
    "scale": _number,
    "date": _day,
    "short_text": _text,
    "long_text": _text,
    "analysis": _text,
    "person": _person,
    "rows": _rows,
}
"""What a person might answer to each type, now and then something its settings do not allow."""
