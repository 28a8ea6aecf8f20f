"""A line on the terminal that says how far a long command is; nothing where nobody watches."""

import sys
from time import monotonic
from types import TracebackType

SECONDS_BEFORE = 0.5


class Progress:
    """Counts steps on the error stream of a terminal once the work has taken half a second."""

    def __init__(self, total: int, what: str) -> None:
        """Expect so many steps of something, such as "files checked"."""
        self.total, self.what, self.done = total, what, 0
        self.begun = monotonic()
        self.shown = False

    def __enter__(self) -> "Progress":
        return self

    def step(self) -> None:
        """One more is done."""
        self.steps(1)

    def steps(self, number: int) -> None:
        """So many more are done."""
        self.done += number
        if sys.stderr.isatty() and monotonic() - self.begun > SECONDS_BEFORE:
            self.shown = True
            print(f"\r{self.done} of {self.total} {self.what}", end="", file=sys.stderr, flush=True)

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Leave the terminal's line empty."""
        if self.shown:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
