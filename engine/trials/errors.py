"""What is refused of a trial's design and data: each with its place, and how to mend it."""

from collections.abc import Iterator
from contextlib import contextmanager

from engine.errors import BadInput

PACKAGES = frozenset({"numpy", "scipy"})


class StatisticsMissing(BadInput):
    """Trials need numpy and scipy, which are not installed here: install Pith with its extra, pith[trials]."""

    code = "statistics_missing"


class BadDesign(BadInput):
    """The design, {place}: {why} {mend}"""

    code = "bad_design"


class BadData(BadInput):
    """{place}: {why} {mend}"""

    code = "bad_data"


class CannotTell(BadInput):
    """Nothing can be told from this: {why} {mend}"""

    code = "cannot_tell"


@contextmanager
def statistics_needed() -> Iterator[None]:
    """Import in this block what needs numpy or scipy; raises StatisticsMissing where they are not installed."""
    try:
        yield
    except ModuleNotFoundError as missing:
        if (missing.name or "").partition(".")[0] in PACKAGES:
            raise StatisticsMissing from missing
        raise
