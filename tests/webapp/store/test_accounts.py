"""Accounts, links, waits and colleagues on either database: what two people do at once, and what is refused."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

import pytest
from sqlalchemy import event

from tests.webapp.conftest import NOW
from webapp.access import Viewer
from webapp.store.account_links import account_by_link, make_link, use_link, void_links
from webapp.store.accounts import (
    account_by_email,
    account_of,
    add_account,
    change_email,
    hold_account,
    holder_of,
    nobody_has_one,
    rehash,
    set_password,
)
from webapp.store.authorities import authority_named, team_named, teams_of
from webapp.store.colleagues import (
    Particulars,
    bring_back,
    change_colleague,
    colleague_by_key,
    colleagues_of,
    end_colleague,
)
from webapp.store.database import Connection, Database, reading, writing
from webapp.store.errors import NoAdminLeft, NoSuchRecord
from webapp.store.people import NewPerson, add_person
from webapp.store.sessions import begin_session, end_session_by_key, end_sessions_of, sessions_of, viewer_of_session
from webapp.store.sign_in_attempts import clear_attempts, count_failure, hold_attempts

LATER = NOW + timedelta(hours=12)
SOON = NOW + timedelta(days=3)
ADAEZE = "adaeze.finch@council.example"
People = dict[str, Viewer]
Found = TypeVar("Found")


def test_an_account_is_found_by_its_address(database: Database, people: People) -> None:
    """However it is capitalised; without a password it has an empty hash, and a wrong address finds nothing."""
    with reading(database) as connection:
        found = account_by_email(connection, f" {ADAEZE.upper()}\0 ")
        assert found is not None
        assert (found.person, found.email, found.password_hash) == (people["Adaeze"], ADAEZE, "")
        assert account_of(connection, people["Adaeze"].id) == found
        assert holder_of(connection, ADAEZE.upper()) == people["Adaeze"].id
        assert account_by_email(connection, "nobody@council.example") is None
        assert holder_of(connection, "nobody@council.example") is None
        assert not nobody_has_one(connection)


def test_an_address_belongs_to_one_person(database: Database, people: People) -> None:
    """The database itself refuses a second, also in another authority."""
    bryony = people["Bryony"]
    with pytest.raises(Exception, match=r"(?i)unique|busy"), writing(database) as connection:
        change_email(connection, bryony.authority, bryony.id, ADAEZE)
    with reading(database) as connection:
        assert holder_of(connection, ADAEZE) == people["Adaeze"].id


def test_a_new_password_and_one_under_new_parameters(database: Database, people: People) -> None:
    """A hash made anew for an old password does not undo a change that came between."""
    with writing(database) as connection:
        set_password(connection, people["Adaeze"].id, "one", NOW)
        old = hold_account(connection, ADAEZE)
        assert old is not None
        rehash(connection, old, "one, made anew")
        set_password(connection, people["Adaeze"].id, "two", NOW)
        rehash(connection, old, "one, made anew")
    with reading(database) as connection:
        found = account_by_email(connection, ADAEZE)
        assert found is not None
        assert found.password_hash == "two"


def test_somebody_without_an_account_gets_one_with_their_address(database: Database, people: People) -> None:
    """Changing an address and giving the first one are the same act."""
    ines = people["Ines"]
    with writing(database) as connection:
        person = add_person(connection, ines.authority, ines.team, NewPerson("Edda Moss", "clerk", "policy"))
        change_email(connection, ines.authority, person, "Edda@council.example")
        change_email(connection, ines.authority, person, "edda.moss@council.example")
        assert holder_of(connection, "edda@council.example") is None
        assert holder_of(connection, "edda.moss@council.example") == person


def test_a_link_is_used_once_also_by_two_at_once(database: Database, people: People) -> None:
    """Only one of two who hold the same link sets a password with it."""
    with writing(database) as connection:
        token = make_link(connection, people["Ines"], people["Adaeze"].id, NOW, SOON)
    used = _at_once(database, lambda connection: use_link(connection, token, NOW))
    assert sorted(used) == [False, True]
    with reading(database) as connection:
        assert account_by_link(connection, token, NOW) is None


def test_a_link_ends_by_time_by_a_newer_one_and_when_its_person_leaves(database: Database, people: People) -> None:
    """And a used one stays used, whatever is made void after it."""
    ines, adaeze = people["Ines"], people["Adaeze"]
    with writing(database) as connection:
        first = make_link(connection, ines, adaeze.id, NOW, SOON)
        other = make_link(connection, ines, people["Tom"].id, NOW, SOON)
        assert account_by_link(connection, first, SOON - timedelta(seconds=1)) is not None
        assert account_by_link(connection, first, SOON) is None
        second = make_link(connection, ines, adaeze.id, NOW, SOON)
        assert account_by_link(connection, first, NOW) is None
        assert account_by_link(connection, second, NOW) is not None
        end_colleague(connection, ines, colleague_by_key(connection, ines, adaeze.key, NOW), NOW)
        assert account_by_link(connection, second, NOW) is None
        assert account_by_link(connection, other, NOW) is not None
        void_links(connection, people["Tom"].id, NOW)
        assert account_by_link(connection, other, NOW) is None


def test_failures_are_counted_one_after_the_other(database: Database) -> None:
    """Guesses sent at once are each counted: none slips past the wait."""

    def fail(connection: Connection) -> int:
        failures, _ = hold_attempts(connection, ADAEZE, NOW)
        count_failure(connection, ADAEZE, NOW)
        return failures

    assert sorted(_at_once(database, fail, 5)) == [0, 1, 2, 3, 4]
    with writing(database) as connection:
        assert hold_attempts(connection, ADAEZE.upper(), NOW) == (5, NOW)
        assert hold_attempts(connection, "nobody@council.example", NOW) == (0, NOW)
        clear_attempts(connection, ADAEZE)
        assert hold_attempts(connection, ADAEZE, NOW) == (0, NOW)


def test_whoever_signs_in_meanwhile_takes_nothing_away_from_under_a_guess(database: Database) -> None:
    """The guess is counted before or after the failures are forgotten; nobody meets an error."""
    with writing(database) as connection:
        hold_attempts(connection, ADAEZE, NOW)
        count_failure(connection, ADAEZE, NOW)
    clears: list[threading.Thread] = []

    def clear() -> None:
        with writing(database) as connection:
            clear_attempts(connection, ADAEZE)

    def begin(*_: object) -> None:
        if threading.current_thread() is threading.main_thread():
            clears.append(threading.Thread(target=clear))
            clears[-1].start()
            clears[-1].join(0.3)

    event.listen(database, "after_cursor_execute", begin)
    with writing(database) as connection:
        assert hold_attempts(connection, ADAEZE, NOW)[0] in (0, 1)
        count_failure(connection, ADAEZE, NOW)
    event.remove(database, "after_cursor_execute", begin)
    for each in clears:
        each.join()
    with writing(database) as connection:
        assert hold_attempts(connection, ADAEZE, NOW)[0] in (0, 1)


def test_failures_are_forgotten_after_a_day(database: Database) -> None:
    """When anybody tries next."""
    with writing(database) as connection:
        hold_attempts(connection, ADAEZE, NOW)
        count_failure(connection, ADAEZE, NOW)
        assert hold_attempts(connection, ADAEZE, NOW + timedelta(days=1))[0] == 1
        later = NOW + timedelta(days=1, seconds=1)
        assert hold_attempts(connection, ADAEZE, later) == (0, later)


def test_two_admins_who_end_each_other_at_once_do_not_both_go(database: Database, people: People) -> None:
    """One is left, who is told."""
    ines, nell = people["Ines"], people["Nell"]
    with writing(database) as connection:
        found = colleague_by_key(connection, ines, nell.key, NOW)
        team = teams_of(connection, nell.authority)[0][0]
        change_colleague(connection, ines, found, Particulars(nell.name, nell.job, "admin", "", team, found.email))
    others = iter((nell, ines))
    lock = threading.Lock()

    def end(connection: Connection) -> str:
        with lock:
            other = next(others)
        colleague = colleague_by_key(connection, ines, other.key, NOW)
        try:
            end_colleague(connection, ines, colleague, NOW)
        except NoAdminLeft:
            return "refused"
        return "ended"

    assert sorted(_at_once(database, end)) == ["ended", "refused"]


def test_who_is_no_admin_asks_in_vain(database: Database, people: People) -> None:
    """The store itself gives nobody's particulars to anybody else, and none of another authority."""
    with reading(database) as connection:
        assert {each.name for each in colleagues_of(connection, people["Ines"], NOW)} == {
            person.name for person in people.values() if person.authority == people["Ines"].authority
        }
        for name in ("Adaeze", "Tom", "Rowan", "Petra", "Bryony"):
            with pytest.raises(NoSuchRecord):
                colleagues_of(connection, people[name], NOW)
        with pytest.raises(NoSuchRecord):
            colleague_by_key(connection, people["Ines"], people["Bryony"].key, NOW)


def test_who_left_and_came_back_is_not_signed_in_again(database: Database, people: People) -> None:
    """The sessions of before are over for good."""
    ines, tom = people["Ines"], people["Tom"]
    with writing(database) as connection:
        token = begin_session(connection, tom, NOW, LATER)
        colleague = colleague_by_key(connection, ines, tom.key, NOW)
        end_colleague(connection, ines, colleague, NOW)
        gone = colleague_by_key(connection, ines, tom.key, NOW)
        assert gone.ended_at == NOW
        assert viewer_of_session(connection, token, NOW) is None
        assert account_of(connection, tom.id) is None
        assert bring_back(connection, gone).ended_at is None
        assert viewer_of_session(connection, token, NOW) is None
        assert account_of(connection, tom.id) is not None


def test_sessions_are_listed_and_ended_by_their_owner(database: Database, people: People) -> None:
    """Newest first, until they end; another's key ends nothing."""
    tom, nell = people["Tom"], people["Nell"]
    with writing(database) as connection:
        first, second, third = (
            begin_session(connection, tom, NOW + timedelta(minutes=number), LATER, words)
            for number, words in enumerate(("Firefox on Windows", "Safari on an iPhone", ""))
        )
        other = begin_session(connection, nell, NOW, LATER)
        found = sessions_of(connection, tom, second, NOW)
        assert [(each.browser, each.here) for each in found] == [
            ("", False),
            ("Safari on an iPhone", True),
            ("Firefox on Windows", False),
        ]
        end_session_by_key(connection, nell, found[2].key, NOW)
        assert viewer_of_session(connection, first, NOW) == tom
        end_session_by_key(connection, tom, found[2].key, NOW)
        assert viewer_of_session(connection, first, NOW) is None
        end_sessions_of(connection, tom.id, NOW, but=third)
        assert viewer_of_session(connection, second, NOW) is None
        assert viewer_of_session(connection, third, NOW) == tom
        assert viewer_of_session(connection, other, NOW) == nell
        assert sessions_of(connection, tom, third, LATER) == ()


def test_authorities_and_teams_are_found_by_name(database: Database, people: People) -> None:
    """Whatever the capitals; a team that is not there is made, in this authority only."""
    northshire, southmere = people["Ines"].authority, people["Bryony"].authority
    with writing(database) as connection:
        assert authority_named(connection, "NORTHSHIRE council") == northshire
        assert authority_named(connection, "Nowhere Council") is None
        assert team_named(connection, northshire, "larkfield TEAM") == people["Adaeze"].team
        made = team_named(connection, southmere, "Larkfield team")
        assert (made, "Larkfield team") in teams_of(connection, southmere)
        assert made != people["Adaeze"].team


def test_adding_the_same_account_twice_is_refused(database: Database, people: People) -> None:
    """One person, one account."""
    adaeze = people["Adaeze"]
    with pytest.raises(Exception, match=r"(?i)unique|busy"), writing(database) as connection:
        add_account(connection, adaeze.authority, adaeze.id, "another@council.example")


def _at_once(database: Database, act: Callable[[Connection], Found], times: int = 2) -> list[Found]:
    """What each of several gets who do the same in transactions of their own at the same moment."""
    begun, found = threading.Barrier(times), list[Found]()

    def do() -> None:
        begun.wait()
        with writing(database) as connection:
            found.append(act(connection))

    threads = [threading.Thread(target=do) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found
