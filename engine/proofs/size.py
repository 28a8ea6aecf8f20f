"""How much there is to prove: forms that no person would write are not begun on."""

from engine.proofs.pools import literals
from engine.proofs.reading import Reading

_MOST = 2_000_000
"""Comparisons of a value with a literal, some millionth of a second each."""

_A_DAY = 20
"""What one day of one date costs beside that."""


def too_large(reading: Reading) -> bool:
    """Whether only making a form ready for the solver would take longer than anybody waits."""
    return _comparisons(reading) + _ties(reading) + _cells(reading) > _MOST


def _comparisons(reading: Reading) -> int:
    """Every value of a question with every leaf over it."""
    work = 0
    for path, leaves in reading.compared.items():
        question = reading.paths.get(path)
        values = len(question.options) if question and question.options else 3 * len(leaves) + 5
        work += len(leaves) * values
    return work


def _ties(reading: Reading) -> int:
    """Every date that limits tie to others, at every day that any of them is compared with."""
    tied = set(reading.limits) | {each for t in reading.limits.values() for group in t for each in group}
    days = sum(len(literals(reading.compared.get(path, ()))) for path in tied)
    return len(tied) * (5 * days + 5) * _A_DAY


def _cells(reading: Reading) -> int:
    """Every cell of every row, for every condition on some row."""
    work = 0
    for question in reading.definition.questions:
        rows = reading.rows_told_apart(question)
        some_row = sum(leaf.operator == "any_row" for leaf in reading.compared.get(question.id, ()))
        work += rows * (len(question.columns) + some_row) * 10
    return work
