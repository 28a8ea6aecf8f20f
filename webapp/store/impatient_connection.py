"""A connection to PostgreSQL that gives up by itself, since a frozen server keeps its sockets open and says nothing."""

from collections.abc import Generator
from time import monotonic
from typing import Any

import psycopg

_EACH = 0.1
"""Seconds after which the driver looks whether it still wants to wait."""


class ImpatientConnection(psycopg.Connection[Any]):
    """Waits `patience` seconds for an answer, then closes; None waits for as long as the server's own limits say."""

    patience: float | None = None

    def wait(self, gen: Any, interval: float = _EACH, timeout: float | None = None) -> Any:
        """What the driver's generator gives in the end; raises OperationalError once patience is over."""
        if self.patience is None:
            return super().wait(gen, interval, timeout)
        return super().wait(self._limited(gen, monotonic() + self.patience), interval, timeout)

    def _limited(self, gen: Any, end: float) -> Generator[Any, Any, Any]:
        try:
            wanted = next(gen)
            while True:
                ready = yield wanted
                if not ready and monotonic() > end:
                    self.pgconn.finish()
                    raise psycopg.OperationalError("the server does not answer")
                wanted = gen.send(ready)
        except StopIteration as done:
            return done.value
