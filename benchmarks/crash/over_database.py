"""The demonstration served over a database of one's choosing: `python -m benchmarks.crash.over_database URL`.

`pith run --demo` always serves a file of its own, and a server over another database has nobody to sign in as.
"""

import argparse
import os
import sys

from webapp.commands.installation import ready_database
from webapp.commands.run import listener, serve
from webapp.config import Settings, settings_from


class OverDatabase(Settings):
    """Settings of the demonstration, but the records lie in the database that was named."""

    @property
    def database_url(self) -> str:
        """What was named, whether or not it is a demonstration."""
        return self.database


def main(arguments: list[str]) -> int:
    """Serve until killed, as `pith run` does."""
    parser = argparse.ArgumentParser()
    parser.add_argument("url")
    parser.add_argument("--port", type=int, required=True)
    chosen = parser.parse_args(arguments)
    data = settings_from(os.environ).data
    settings = OverDatabase(data=data, database=chosen.url, port=chosen.port, demo=True)
    with listener(settings.port) as listening:
        ready_database(settings).dispose()
        serve(settings, listening)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
