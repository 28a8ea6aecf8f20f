"""Turns at hashing: two at once, two more wait a moment, and everybody else is told at once to come back."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, local

from webapp.refusals import Crowded

AT_ONCE = 2
"""Each hash takes 64 MiB while it is made."""

WAITING = 2
"""How many may wait: each of them takes one of the server's threads from everybody else."""

PATIENCE = 2.0
"""Seconds that each waits at most."""

_THERE = BoundedSemaphore(AT_ONCE + WAITING)
_HASHING = BoundedSemaphore(AT_ONCE)
_OWN = local()


@contextmanager
def turn() -> Iterator[None]:
    """Hold a turn while hashing, or while doing more with it; within one of one's own this is that one.

    Raises Crowded.
    """
    if getattr(_OWN, "held", False):
        yield
        return
    with _within(_THERE, 0), _within(_HASHING, PATIENCE):
        _OWN.held = True
        try:
            yield
        finally:
            _OWN.held = False


@contextmanager
def _within(bound: BoundedSemaphore, seconds: float) -> Iterator[None]:
    if not bound.acquire(timeout=seconds):
        raise Crowded
    try:
        yield
    finally:
        bound.release()
