"""pith withdraw: let nobody begin a version of a shipped form any more; what was begun on it goes on."""

import argparse
import os

from engine.errors import BadInput
from webapp import clock
from webapp.commands.installation import bare_database
from webapp.config import settings_from
from webapp.store.database import writing
from webapp.store.withdrawals import Withdrawal, withdraw


class NoReason(BadInput):
    """Say why it is withdrawn: --reason "..." holds no words."""

    code = "no_reason"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which version, and why."""
    parser.add_argument("form", metavar="FORM", help="the form’s id, such as visit")
    parser.add_argument("version", type=int, metavar="VERSION", help="its version")
    parser.add_argument("--reason", required=True, help="why, in a sentence: whoever would begin it reads this")
    parser.add_argument("--demo", action="store_true", help="withdraw it in the demonstration")


def run(chosen: argparse.Namespace) -> int:
    """Withdraw it; withdrawn already, nothing changes."""
    reason = chosen.reason.strip()
    if not reason:
        raise NoReason
    database = bare_database(settings_from(os.environ, demo=chosen.demo))
    with writing(database) as connection:
        stands = withdraw(connection, Withdrawal(chosen.form, chosen.version, reason), clock.utc_now())
    database.dispose()
    which = f"{chosen.form} version {chosen.version}"
    if stands == reason:
        print(f"{which} is withdrawn. What was begun on it goes on.")
    else:
        print(f"{which} was withdrawn before, and the reason given then stands: {stands}")
    return 0
