"""How much there is to prove: forms that no person would write are not begun on."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from engine.conditions import leaves
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
    for path, compared in reading.compared.items():
        question = reading.paths.get(path)
        values = len(question.options) if question and question.options else 3 * len(compared) + 5
        work += len(compared) * values
    return work


def _ties(reading: Reading) -> int:
    """Every date that limits tie to others, at every day that any of them is compared with."""
    tied = set(reading.limits) | {each for t in reading.limits.values() for group in t for each in group}
    days = sum(len(literals(reading.compared.get(path, ()))) for path in tied)
    return len(tied) * (5 * days + 5) * _A_DAY


_A_CELL = 10
"""What one cell costs, and a condition on some row: as much for each row."""

_A_TEST = 4
"""What one comparison inside such a condition costs for each row, however often the same is written."""


def _cells(reading: Reading) -> int:
    """Every cell of every row, for every condition on some row, and every comparison inside one."""
    work = 0
    some_row = _inside_some_row(reading)
    for question in reading.definition.questions:
        inside = some_row.get(question.id, ())
        work += reading.rows_told_apart(question) * (
            (len(question.columns) + len(inside)) * _A_CELL + sum(inside) * _A_TEST
        )
    return work


def _inside_some_row(reading: Reading) -> Mapping[str, Sequence[int]]:
    """For each rows question how many comparisons stand inside each use of a condition on some row."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for condition in (*reading.sections.values(), *reading.questions.values()):
        for leaf in leaves(condition, into_rows=False):
            if leaf.operator == "any_row":
                found[leaf.name].append(sum(1 for _test in leaves(leaf.operand)))
    return found
