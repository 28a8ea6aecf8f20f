"""Refusals of a request to draw teams, with the file and the line they are about."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from engine.errors import BadInput
from engine.source import Source
from engine.trials.allocation_faults import AllocationFault


class CannotBeDrawn(BadInput):
    """{path}:{line}: {why}"""

    code = "cannot_be_drawn"


@contextmanager
def placed(path: Path, source: Source) -> Iterator[None]:
    """In this block a fault of an allocation names its line; raises CannotBeDrawn."""
    try:
        yield
    except AllocationFault as fault:
        raise CannotBeDrawn(path=path, line=source.line(fault.place), why=fault.message) from fault
