"""What holds the database against what was sent sees each thing that can go wrong."""

from collections.abc import Callable
from dataclasses import replace
from types import SimpleNamespace

import pytest

from benchmarks.crash.ledger import Held, Sent, outcome, sealed, whole

HERE, THERE = ("a", "day0"), ("a", "day1")
SENT = [
    Sent(HERE, "k1", sealed("one"), 1),
    Sent(HERE, "k2", sealed("two"), 2),
    Sent(THERE, "k2", sealed("too"), 1),
    Sent(HERE, "k3", sealed("three")),
]


def _row(place: tuple[str, str], key: str, words: str, revision: int) -> SimpleNamespace:
    return SimpleNamespace(
        assessment=place[0],
        question=place[1],
        save_key=f"{key} q-{place[1]}",
        value=sealed(words),
        revision=revision,
        saved_at=revision,
    )


ROWS = [_row(HERE, "k1", "one", 1), _row(HERE, "k2", "two", 2), _row(THERE, "k2", "too", 1)]


def _held(*rows: SimpleNamespace) -> Held:
    return Held(rows, {(row.assessment, row.question): row for row in rows})


def test_what_was_never_acknowledged_may_be_there_or_not() -> None:
    """It is counted apart, and is no fault."""
    without = outcome(SENT, _held(*ROWS))
    assert (without.acknowledged, without.only_stored, without.clean) == (3, 0, True)
    stored = outcome(SENT, _held(*ROWS, _row(HERE, "k3", "three", 3)))
    assert (stored.acknowledged, stored.only_stored, stored.clean) == (3, 1, True)


FAULTY: dict[str, Callable[[], Held]] = {
    "lost": lambda: _held(ROWS[0], ROWS[2]),
    "doubled": lambda: _held(*ROWS, _row(HERE, "k2", "two", 3)),
    "torn": lambda: _held(*ROWS[:2], SimpleNamespace(**{**vars(ROWS[2]), "value": sealed("too")[:-1]})),
    "halved": lambda: _held(*ROWS[:2]),
    "strange": lambda: _held(*ROWS, _row(THERE, "nobody's", "x", 2)),
    "broken": lambda: _held(*ROWS, _row(THERE, "k3", "x", 3)),
    "behind": lambda: replace(_held(*ROWS), current={HERE: ROWS[0], THERE: ROWS[2]}),
}


@pytest.mark.parametrize("fault", FAULTY)
def test_a_fault_is_seen(fault: str) -> None:
    """Each has its name, and an answer with other words or another revision counts as lost."""
    found = outcome(SENT, FAULTY[fault]())
    assert found.faults[fault] == 1
    assert not found.clean


def test_a_page_that_was_shown_and_not_logged_is_seen() -> None:
    """As many openings as pages, or more where the reply was lost."""
    assert outcome(SENT, replace(_held(*ROWS), logged=3), opened=3).clean
    assert outcome(SENT, replace(_held(*ROWS), logged=2), opened=3).faults["unlogged"] == 1


def test_other_words_under_an_acknowledged_key_are_a_loss() -> None:
    """Whole or not."""
    assert outcome(SENT, _held(_row(HERE, "k1", "other", 1), *ROWS[1:])).faults["lost"] == 1


@pytest.mark.parametrize("words", ["", "x", sealed("a b")[:-1], sealed("a b").replace("b", "c"), "a" + sealed("a b")])
def test_a_torn_text_does_not_fit_its_seal(words: str) -> None:
    """Cut short, changed or run together."""
    assert whole(sealed("a b\nc"))
    assert not whole(words)
