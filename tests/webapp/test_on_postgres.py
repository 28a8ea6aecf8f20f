"""A worker's day over PostgreSQL: begun, saved, refused in plain words, submitted, and nothing lost in between."""

import re
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from flask import Flask
from sqlalchemy import event

from tests.postgres import Kept
from tests.webapp.applications import application
from tests.webapp.assessments.desk import VISITED, Desk, begin, share_the_tallowbys
from tests.webapp.assessments.finished import finish, submit
from tests.webapp.conftest import NOW
from tests.webapp.visitor import Visitor
from webapp.config import Settings
from webapp.current import Surroundings
from webapp.store.database import Database

pytestmark = pytest.mark.postgres


class Demonstration(Settings):
    """Settings of the demonstration, but over a database of the test's choosing: people sign in by their names."""

    @property
    def database_url(self) -> str:
        """What was named, whether or not it is a demonstration."""
        return self.database


@pytest.fixture
def app(on_postgres: Kept, tmp_path: Path) -> Iterator[Flask]:
    """The whole application at NOW, over PostgreSQL."""
    settings = Demonstration(data=tmp_path, database=on_postgres.url, secret_key="only for tests", demo=True)
    made = application(settings, lambda: NOW)
    yield made
    _database(made).dispose()


def _database(app: Flask) -> Database:
    return cast("Surroundings", app.extensions["pith"]).database


@pytest.fixture
def desk(app: Flask) -> Desk:
    """A visit to Wren and Ossie that Adaeze has begun."""
    return begin(cast("Visitor", app.test_client()).sign_in("Adaeze Finch"))


def _saw(desk: Desk) -> list[str]:
    return desk.open("around").fields()["q-saw"]


def test_what_is_saved_stands_on_the_page(desk: Desk) -> None:
    """To the letter, and a second sending of the same save changes nothing."""
    desk.save("visit", {"q-contact": "in_person", **VISITED})
    page = desk.open("around")
    for _ in range(2):
        response = desk.save("around", {"q-saw": "Two coats. ŵ 🙂"}, page, based_on={"q-saw": 0}, key="the same")
        assert response.headers["Pith-Save"] == "saved"
    assert _saw(desk) == ["Two coats. ŵ 🙂"]
    assert desk.open("visit").fields()["q-visited_on-time"] == ["10:00"]


def test_nobody_is_overwritten_unseen(desk: Desk, app: Flask) -> None:
    """A save on top of a colleague's is refused with both texts, and hers stays."""
    desk.save("visit", {"q-contact": "in_person"})
    visitor = cast("Visitor", app.test_client()).sign_in(share_the_tallowbys(_database(app)))
    page = desk.open("around")
    Desk(visitor, desk.key, desk.children).save("around", {"q-saw": "Corin saw a man leave."})
    response = desk.save("around", {"q-saw": "Nobody was in."}, page, based_on={"q-saw": 0})
    assert (response.status_code, response.headers["Pith-Save"]) == (409, "refused")
    assert "Corin saw a man leave." in response.text
    assert "Nobody was in." in response.text
    assert _saw(desk) == ["Corin saw a man leave."]


def test_a_visit_is_submitted_once_and_then_stays_as_it_is(desk: Desk) -> None:
    """Pressed twice it is handed in once, and a save that comes later is refused in words."""
    finish(desk)
    page = desk.open("around")
    address = submit(desk)
    assert desk.visitor.send(f"/assessments/{desk.key}/submit").location == address
    late = desk.save("around", {"q-saw": "too late"}, page)
    assert late.status_code == 409
    assert "has been submitted" in late.text
    assert "Two coats." in desk.visitor.get(address).text


def test_no_request_fails_when_connections_were_ended_in_between(desk: Desk, on_postgres: Kept) -> None:
    """The next save makes a new connection and is saved as if nothing had been."""
    desk.save("visit", {"q-contact": "in_person"})
    page = desk.open("around")
    on_postgres.server.hang_up(on_postgres.name)
    assert desk.save("around", {"q-saw": "after"}, page).headers["Pith-Save"] == "saved"
    assert _saw(desk) == ["after"]


def test_a_database_that_is_gone_is_told_and_the_next_save_works(desk: Desk, on_postgres: Kept) -> None:
    """The words stay on the page, which sends them again once the server is back."""
    desk.save("visit", {"q-contact": "in_person"})
    page = desk.open("around")
    on_postgres.server.stop(signal.SIGQUIT)
    try:
        refused = desk.save("around", {"q-saw": "while it was down"}, page, key="the same")
        assert refused.status_code == 503
        assert "cannot reach its database" in refused.text
        assert "still on your page" in refused.text
    finally:
        on_postgres.server.start()
    again = desk.save("around", {"q-saw": "while it was down"}, page, key="the same")
    assert again.headers["Pith-Save"] == "saved"
    assert _saw(desk) == ["while it was down"]


def test_a_character_that_no_text_holds_is_left_out_or_refused(desk: Desk) -> None:
    """In an answer and in the line to the manager it is left out; an address with it leads nowhere."""
    finish(desk)
    desk.save("around", {"q-saw": "Two\0 coats."})
    assert _saw(desk) == ["Two coats."]
    assert "Read\0 tonight" not in desk.visitor.get(submit(desk, "Re\0ad tonight.")).text
    for address in ("/children/a%00b", "/assessments/a%00b"):
        assert desk.visitor.get(address).status_code == 400


def test_a_save_writes_one_answer_however_many_there_are(desk: Desk, app: Flask) -> None:
    """As many statements with a full form as with an empty one, and the only rows written are the answer's own."""
    desk.save("visit", {"q-contact": "in_person"})
    before = _statements_of_a_save(desk, app, "one", 0)
    finish(desk)
    after = _statements_of_a_save(desk, app, "two", _revision(desk))
    written = [each.split()[:3] for each in after if each.startswith(("INSERT", "UPDATE", "DELETE"))]
    assert written == [["INSERT", "INTO", "answer_history"], ["UPDATE", "answers", "SET"]]
    assert len(after) == len(before)
    assert not any("FROM answers" in each for each in after)
    assert len(after) <= 5


def _revision(desk: Desk) -> int:
    found = re.search(r'value="q-saw (\d+)"', desk.open("around").response.text)
    assert found is not None
    return int(found[1])


def _statements_of_a_save(desk: Desk, app: Flask, words: str, revision: int) -> list[str]:
    """What one save of one text sends to the database, the gate before it among them."""
    page, seen = desk.open("around"), list[str]()
    listener = (_database(app), "before_cursor_execute", lambda *args: seen.append(args[2]))
    event.listen(*listener)
    response = desk.save("around", {"q-saw": words}, page, based_on={"q-saw": revision})
    event.remove(*listener)
    assert response.headers["Pith-Save"] == "saved"
    return seen
