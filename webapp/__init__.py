"""The web face of Pith: pages for practitioners over the engine and the store."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from webapp.clock import utc_now
from webapp.config import Settings

if TYPE_CHECKING:
    from webapp.refusals import Pith


def create_app(settings: Settings, clock: Callable[[], datetime] = utc_now) -> "Pith":
    """The application over a database made ready by `store.migrations.prepare`, as seen at the clock's moments."""
    from webapp.application import application  # commands that serve nothing need not load the web

    return application(settings, clock)
