"""pith create-admin: the first account of an authority, for somebody who then adds the others in the browser."""

import argparse
import os
import sys
from getpass import getpass

from engine.errors import BadInput
from webapp import clock
from webapp.accounts.particulars import Typed, on_one_line, problems_in
from webapp.accounts.passwords import hashed, weakness
from webapp.commands.installation import bare_database
from webapp.config import settings_from
from webapp.store.access_log import log_act
from webapp.store.accounts import account_of, add_account, as_kept, holder_of, set_password
from webapp.store.authorities import add_authority, authority_named, team_named
from webapp.store.database import Connection, Database, reading, writing
from webapp.store.people import NewPerson, add_person

TEAM, JOB = "Administration", "administrator"


class NotUsable(BadInput):
    """--{argument}: {problem}."""

    code = "not_usable"


class EmailTaken(BadInput):
    """Somebody signs in with {email} already: each person needs an address of their own."""

    code = "email_taken"


class NoGoodPassword(BadInput):
    """{problem} Nobody was added."""

    code = "no_good_password"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Who it is, and where."""
    parser.add_argument("--authority", required=True, metavar="NAME", help="the authority; made if there is none such")
    parser.add_argument("--name", required=True, help="the person's name")
    parser.add_argument("--email", required=True, help="the e-mail address to sign in with")
    parser.add_argument("--job", default=JOB, help=f"what the person does ({JOB})")
    parser.add_argument("--team", default=TEAM, help=f"the team; made if there is none such ({TEAM})")


def run(chosen: argparse.Namespace) -> int:
    """Ask for a password and add the person; where standard input is no terminal, its first line is the password."""
    typed = _typed(chosen)
    authority = on_one_line(chosen.authority)
    database = bare_database(settings_from(os.environ))
    _refuse_taken(database, typed.email)
    password = _password()
    problem = weakness(password, (typed.name, typed.email, authority))
    if problem:
        raise NoGoodPassword(problem=problem.rstrip(".") + ".")
    with writing(database) as connection:
        _add(connection, authority, typed, hashed(password))
    database.dispose()
    print(f"{typed.name} can now sign in with {as_kept(typed.email)}, and add others under People.")
    return 0


def _typed(chosen: argparse.Namespace) -> Typed:
    told = {name: on_one_line(getattr(chosen, name)) for name in ("name", "job", "email")}
    typed = Typed(role="admin", new_team=on_one_line(chosen.team) or TEAM, **told)
    problems = problems_in(typed, ())
    if not on_one_line(chosen.authority):
        problems["authority"] = "Enter the authority's name"
    for argument, problem in problems.items():
        raise NotUsable(argument=argument.removeprefix("new_"), problem=problem)
    return typed


def _refuse_taken(database: Database, email: str) -> None:
    with reading(database) as connection:
        if holder_of(connection, email) is not None:
            raise EmailTaken(email=as_kept(email))


def _password() -> str:
    if sys.stdin is None or not sys.stdin.isatty():
        return _readable((sys.stdin.readline() if sys.stdin else "").rstrip("\r\n"))
    first = _readable(getpass("Password: "))
    if getpass("The same again: ") != first:
        raise NoGoodPassword(problem="The two were not the same.")
    return first


def _readable(password: str) -> str:
    """The password, unless it holds bytes that are no text: nobody could type it into a page."""
    try:
        password.encode()
    except UnicodeEncodeError as error:
        raise NoGoodPassword(problem="The password is not written in UTF-8.") from error
    return password


def _add(connection: Connection, authority_name: str, typed: Typed, password_hash: str) -> None:
    at = clock.utc_now()
    authority = authority_named(connection, authority_name)
    if authority is None:
        authority = add_authority(connection, authority_name)
    person = NewPerson(typed.name, typed.job, "admin")
    number = add_person(connection, authority, team_named(connection, authority, typed.new_team), person)
    add_account(connection, authority, number, typed.email)
    set_password(connection, number, password_hash, at)
    account = account_of(connection, number)
    assert account is not None
    log_act(connection, account.person, "person", [number], "added", at)
