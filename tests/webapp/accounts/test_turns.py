"""Many who sign in at once, or one who only pretends to, hold up nobody else."""

import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event, Lock, Semaphore

import pytest
from werkzeug.test import TestResponse

from tests.webapp.accounts.office import NEW, PASSWORD, QUICK, Office, email_of, link_in, summary
from tests.webapp.visitor import Visitor
from webapp.accounts import passwords, turns

ADAEZE = email_of("Adaeze Finch")
AT_ONCE = 12
THREADS = 8
PLACES = turns.AT_ONCE + turns.WAITING


class Slow:
    """Hashes that take until they are let go."""

    def __init__(self) -> None:
        """Nothing is hashed yet."""
        self.let_go = Event()
        self.began = Semaphore(0)
        self.counting = Lock()
        self.at_work = 0
        self.most = 0

    def verify(self, password_hash: str, password: str) -> bool:
        """Whether it fits, once it is let go."""
        with self.counting:
            self.at_work += 1
            self.most = max(self.most, self.at_work)
        self.began.release()
        assert self.let_go.wait(30)
        with self.counting:
            self.at_work -= 1
        return QUICK.verify(password_hash, password)

    hash = staticmethod(QUICK.hash)
    check_needs_rehash = staticmethod(QUICK.check_needs_rehash)


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch, office: Office) -> Iterator[Slow]:
    """Hashing that stands still, and people who wait for it as long as it takes."""
    made = Slow()
    monkeypatch.setattr(passwords, "_HASHER", made)
    monkeypatch.setattr(turns, "PATIENCE", 30)
    yield made
    made.let_go.set()


def _crowd(office: Office, threads: ThreadPoolExecutor) -> list[Future[TestResponse]]:
    """Sign-ins under many names, sent together to a server of so many threads."""
    visitors = [office.browser() for _ in range(AT_ONCE)]
    for visitor in visitors:
        visitor.get("/sign-in")
    forms = [{"email": f"somebody{number}@council.example", "password": "x"} for number in range(AT_ONCE)]
    return [threads.submit(visitor.send, "/sign-in", form) for visitor, form in zip(visitors, forms, strict=True)]


def _sent_away(crowd: list[Future[TestResponse]]) -> list[TestResponse]:
    """The answers of those for whom there was no place, as soon as all of them have theirs."""
    for _ in range(2000):
        answers = [each.result() for each in crowd if each.done()]
        if len(answers) >= AT_ONCE - PLACES:
            return answers
        time.sleep(0.01)
    raise AssertionError("they wait with the others")


def test_others_are_answered_while_many_sign_ins_wait(office: Office, slow: Slow) -> None:
    """Of the server's threads only a few are ever taken; everybody past those is answered before any hash is done."""
    adaeze: Visitor = office.browser()
    with ThreadPoolExecutor(THREADS) as threads:
        crowd = _crowd(office, threads)
        page = threads.submit(adaeze.get, "/sign-in")
        try:
            assert page.result(timeout=20).status_code == 200
            refused = _sent_away(crowd)
            assert all(slow.began.acquire(timeout=20) for _ in range(turns.AT_ONCE))
        finally:
            slow.let_go.set()
    assert {each.status_code for each in refused} == {503}
    assert sorted(each.result().status_code for each in crowd) == [400] * PLACES + [503] * (AT_ONCE - PLACES)
    assert slow.most == turns.AT_ONCE


def test_who_is_sent_away_is_told_why_and_types_no_address_again(office: Office, slow: Slow) -> None:
    """In words, with when to come back; it counts as no failure, also on the page to sign in on again."""
    with ThreadPoolExecutor(THREADS) as threads:
        crowd = _crowd(office, threads)
        visitor = office.browser()
        try:
            _sent_away(crowd)
            visitor.get("/sign-in")
            told = [visitor.send("/sign-in", {"email": ADAEZE, "password": PASSWORD}) for _ in range(9)]
            again = visitor.send("/sign-in/again", {"email": ADAEZE, "password": "x"}, headers={"HX-Request": "true"})
        finally:
            slow.let_go.set()
    words = "Many people are signing in at this moment. Wait a few seconds, then try again"
    for response in told:
        assert (response.status_code, response.headers["Retry-After"]) == (503, "5")
        assert summary(response) == [("email", words)]
        assert f'value="{ADAEZE}"' in response.text
    assert (again.status_code, again.headers["Pith-Again"]) == (503, "asks")
    assert words in again.text
    assert visitor.send("/sign-in", {"email": ADAEZE, "password": PASSWORD}).status_code == 302


def test_choosing_a_password_waits_no_longer_either(office: Office, slow: Slow) -> None:
    """Neither by a link, which is left as it was, nor on one's own page."""
    slow.let_go.set()
    link, adaeze, rowan = link_in(office.do("link", "Rowan Tideswell")), office.at("Adaeze Finch"), office.browser()
    slow.let_go.clear()
    adaeze.get("/account")
    rowan.get(link)
    with ThreadPoolExecutor(THREADS) as threads:
        crowd = _crowd(office, threads)
        try:
            _sent_away(crowd)
            by_link = rowan.send(link, {"new_password": NEW})
            own = adaeze.send("/account/password", {"password": PASSWORD, "new_password": NEW})
        finally:
            slow.let_go.set()
    assert (by_link.status_code, summary(by_link)[0][0]) == (503, "new-password")
    assert (own.status_code, summary(own)[0][0]) == (503, "password")
    assert rowan.send(link, {"new_password": NEW}).status_code == 303


def test_a_turn_within_ones_own_is_the_same(office: Office) -> None:
    """Whoever holds one does not wait for another behind others."""
    with turns.turn(), turns.turn():
        assert passwords.fits(PASSWORD, office.password_hash("Adaeze Finch"))
