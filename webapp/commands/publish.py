"""pith publish: make checked definitions available to everybody, as the shipped library's."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from webapp import clock
from webapp.commands.checked import Told, errors_in, problems_of_definition
from webapp.commands.installation import bare_database
from webapp.config import settings_from
from webapp.library import read_definition
from webapp.store.database import writing
from webapp.store.definitions import Publication, publish


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which definitions, and into which database."""
    parser.add_argument("paths", type=Path, nargs="+", metavar="PATH", help="a definition")
    parser.add_argument("--demo", action="store_true", help="publish into the demonstration")


def run(chosen: argparse.Namespace) -> int:
    """Publish all of them or, where one has errors or its number is taken, none; the same again changes nothing."""
    day = clock.london_day(clock.utc_now()).isoformat()
    told = [Told(path, problem) for path in chosen.paths for problem in problems_of_definition(path, day)]
    for each in told:
        print(each.in_words(), file=sys.stderr)
    if errors_in(each.problem for each in told):
        print("Nothing was published.", file=sys.stderr)
        return 1
    _publish(chosen.paths, chosen.demo)
    return 0


def _publish(paths: Sequence[Path], demo: bool) -> None:
    publications = [Publication(*read_definition(path)) for path in paths]
    database = bare_database(settings_from(os.environ, demo=demo))
    with writing(database) as connection:
        for publication in publications:
            publish(connection, publication, clock.utc_now())
    database.dispose()
    for publication in publications:
        print(f"{publication.definition.form} version {publication.definition.version} is published.")
