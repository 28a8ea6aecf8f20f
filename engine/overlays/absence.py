"""What hiding a question does to the conditions that read it: its answer is absent, so a leaf over it is false."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

Json = Any


class Hidden(NamedTuple):
    """What is hidden: a question, or a column of the rows named."""

    question: str
    column: str | None = None

    @property
    def path(self) -> str:
        """As operations write it: `worry`, `people.met`."""
        return self.question if self.column is None else f"{self.question}.{self.column}"


def without_answer(condition: Json, hidden: Hidden, rows: str | None = None) -> Json | bool:
    """The condition while the hidden question has no answer; True or False where nothing else decides it.

    `rows` names the question whose row the condition stands in. What is not a condition comes back as it was.
    """
    if not isinstance(condition, Mapping):
        return condition
    if isinstance(condition.get("all"), list):
        return _joined("all", condition, [without_answer(part, hidden, rows) for part in condition["all"]])
    if isinstance(condition.get("any"), list):
        return _joined("any", condition, [without_answer(part, hidden, rows) for part in condition["any"]])
    if "not" in condition:
        return _negated(condition, without_answer(condition["not"], hidden, rows))
    return _leaf(condition, hidden, rows)


def _joined(word: str, condition: Mapping[str, Json], parts: list[Json]) -> Json | bool:
    decisive = word == "any"
    if any(part is decisive for part in parts):
        return decisive
    left = [part for part in parts if not isinstance(part, bool)]
    if left == condition[word]:
        return condition
    if not left:
        return not decisive
    return left[0] if len(left) == 1 else {word: left}


def _negated(condition: Mapping[str, Json], part: Json | bool) -> Json | bool:
    if isinstance(part, bool):
        return not part
    return condition if part == condition["not"] else {"not": part}


def _leaf(leaf: Mapping[str, Json], hidden: Hidden, rows: str | None) -> Json | bool:
    if hidden.column is None:
        reads_it = leaf.get("question") == hidden.question
        return False if reads_it else _any_row(leaf, hidden, leaf.get("question"))
    if leaf.get("row") == hidden.column and rows == hidden.question:
        return False
    return _any_row(leaf, hidden, leaf.get("question"))


def _any_row(leaf: Mapping[str, Json], hidden: Hidden, rows: str | None) -> Json | bool:
    if "any_row" not in leaf:
        return leaf
    inner = without_answer(leaf["any_row"], hidden, rows)
    if inner is True:
        # "Some row, whatever it holds": there is a row, which "not known yet" is not.
        known = {"not": {"question": rows, "not_known": True}}
        return {"all": [{"question": rows, "answered": True}, known]}
    if inner is False:
        return False
    return leaf if inner == leaf["any_row"] else {**leaf, "any_row": inner}


def questions_named(condition: Json) -> Iterator[str]:
    """The questions a condition reads, in reading order, whatever else is wrong with it."""
    if isinstance(condition, list):
        for part in condition:
            yield from questions_named(part)
    elif isinstance(condition, Mapping):
        if isinstance(condition.get("question"), str):
            yield condition["question"]
        for key in ("all", "any", "not", "any_row"):
            yield from questions_named(condition.get(key))
