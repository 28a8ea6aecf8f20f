"""pith demo --reset: the demonstration as it was on its first day, today."""

import argparse
import os

from webapp.commands.installation import bare_database, ready_database
from webapp.config import settings_from
from webapp.store import migrations


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do is said in full, since it cannot be undone."""
    parser.add_argument("--reset", action="store_true", required=True, help="drop everything written and begin anew")


def run(chosen: argparse.Namespace) -> int:
    """Empty the demonstration's database, of no other, and fill it again; a running server goes on with it."""
    settings = settings_from(os.environ, demo=True)
    database = bare_database(settings)
    migrations.migrate(database, "base")
    database.dispose()
    ready_database(settings).dispose()
    print("The demonstration is as it was on its first day.")
    return 0
