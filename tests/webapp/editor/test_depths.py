"""In the outline a follow-up stands deeper than what it follows from."""

from typing import Any

import pytest

from tests.webapp.assessments.desk import Page
from tests.webapp.editor.drafting import Drafting
from tests.webapp.editor.test_draft import ines
from webapp.editor.depths import DEEPEST, depths

__all__ = ["ines"]

Json = Any


def asked(name: str, *read: str, key: str = "question") -> Json:
    """A question with a condition that reads others."""
    leaves = [{key: each, "answered": True} for each in read]
    return {"id": name, **({"show_when": leaves[0] if len(leaves) == 1 else {"any": leaves}} if leaves else {})}


@pytest.mark.parametrize(
    ("questions", "expected"),
    [
        ([asked("a"), asked("b", "a"), asked("c", "b"), asked("d", "a")], {"a": 0, "b": 1, "c": 2, "d": 1}),
        ([asked("a"), asked("b", "a"), asked("c", "a", "b")], {"a": 0, "b": 1, "c": 2}),
        ([asked("a", "elsewhere"), asked("b", "a")], {"a": 1, "b": 2}),
        ([asked("a", "age", key="child")], {"a": 1}),
        (
            [asked("q0"), *(asked(f"q{n}", f"q{n - 1}") for n in range(1, 9))],
            {f"q{n}": min(n, DEEPEST) for n in range(9)},
        ),
    ],
    ids=["one after the other", "of several the deepest", "from another section", "a fact of the child", "no deeper"],
)
def test_what_follows_stands_deeper(questions: list[Json], expected: dict[str, int]) -> None:
    """By what its condition reads, wherever in the condition."""
    assert depths(questions) == expected


def test_columns_follow_columns() -> None:
    """Of the same rows."""
    columns = [asked("said"), asked("by", "said", key="row"), asked("sure", "by", key="row")]
    assert depths(columns, "accounts") == {"said": 0, "by": 1, "sure": 2}


def test_the_outline_shows_it(ines: Drafting) -> None:
    """In the visit: a child that was not seen is gone back to, and what holds until then is asked after that."""
    page: Page = ines.look_at("seen")
    classes = {each.get("class", "") for each in page.root.iter("li")}
    assert {"is-when", "is-when is-when-2", "is-when is-when-3"} <= classes
