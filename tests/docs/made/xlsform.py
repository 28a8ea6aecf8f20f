"""What becomes what between XLSForm and Pith, from the code that does it."""

from collections.abc import Mapping

from engine.exports.told import OUTCOMES
from engine.exports.xlsform.reading_questions import COLUMNS_LEFT_OUT
from engine.exports.xlsform.types import LEFT_OUT, ROW_TYPES, TAKEN
from tests.docs.made.writing import code, table


def taken() -> str:
    """The types of rows that are taken over."""
    rows = []
    for name, each in TAKEN.items():
        settings = ", ".join(f"`{key}`: {_written(value)}" for key, value in each.settings.items())
        rows.append((code(name), " ".join(filter(None, [code(each.type), settings])), each.changed))
    return table(["Type of row", "Becomes", "Told"], rows)


def _written(value: object) -> str:
    return str(value).lower()


def types_left_out() -> str:
    """The types of rows that have no place, by what to do instead."""
    by_mend: dict[str, list[str]] = {}
    for name, mend in LEFT_OUT.items():
        by_mend.setdefault(mend, []).append(code(name))
    return table(["Type of row", "What to do"], [(", ".join(names), mend) for mend, names in by_mend.items()])


def columns_left_out() -> str:
    """The columns that say what no question of Pith does."""
    rows = [(code(name), message, mend) for name, (message, mend) in COLUMNS_LEFT_OUT.items()]
    return table(["Column", "What is told", "What to do"], rows)


def row_types() -> str:
    """The types of rows that each type of question is written as."""
    shown: Mapping[str, str] = {name: ", ".join(map(code, sorted(rows))) for name, rows in ROW_TYPES.items()}
    return table(["Type of question", "Types of row"], [(code(name), rows) for name, rows in shown.items()])


def outcomes() -> str:
    """What can have become of something that did not fit."""
    return table(["`outcome`", "Means that"], [(code(name), words) for name, words in OUTCOMES.items()])
