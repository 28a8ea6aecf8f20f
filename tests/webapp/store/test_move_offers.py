"""Moving drafts is offered by those who look after forms, to the version in use, and withdrawn again."""

from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from tests.webapp.conftest import NOW
from tests.webapp.store.moving import new_version, plainer
from webapp.access import Viewer
from webapp.store.access_log import access_log
from webapp.store.database import Database, reading, writing
from webapp.store.definitions import edition
from webapp.store.errors import NotYours, OtherInUse
from webapp.store.move_offers import Offer, move_offers, offer_move, offers, withdraw_offer
from webapp.store.withdrawals import Withdrawal, withdraw

People = dict[str, Viewer]
LATER = NOW + timedelta(minutes=5)


def test_an_offer_says_who_made_it_and_when(database: Database, people: People) -> None:
    """To everybody of the authority and nobody of another; made twice it is one."""
    ines = people["Ines"]
    with writing(database) as connection:
        to = new_version(connection, ines, 1, plainer)
        for at in (NOW, LATER):
            offer_move(connection, ines, to, at)
        assert offers(connection, people["Adaeze"], NOW.date()) == {"visit": Offer(to, "Ines Marchbanks", NOW)}
        assert offers(connection, people["Bryony"], NOW.date()) == {}
        acts = connection.execute(select(access_log.c.act, access_log.c.record_id)).all()
    assert [tuple(row) for row in acts] == [("move_offered", to.id)]


def test_withdrawn_it_is_gone_and_can_be_made_anew(database: Database, people: People) -> None:
    """Withdrawn twice, it is withdrawn once."""
    ines = people["Ines"]
    with writing(database) as connection:
        to = new_version(connection, ines, 1, plainer)
        offer_move(connection, ines, to, NOW)
        for _ in range(2):
            withdraw_offer(connection, ines, to, NOW)
        assert offers(connection, ines, NOW.date()) == {}
        offer_move(connection, ines, to, LATER)
        assert offers(connection, ines, NOW.date())["visit"].at == LATER
        assert len(connection.execute(select(move_offers.c.id)).all()) == 3


def test_only_the_version_in_use_is_offered(database: Database, people: People) -> None:
    """An offer ends when another version comes into use, or its own goes out of use."""
    ines = people["Ines"]
    with writing(database) as connection:
        shipped = edition(connection, ines, "visit", NOW.date())
        first = new_version(connection, ines, 1, plainer)
        offer_move(connection, ines, first, NOW)
        second = new_version(connection, ines, 2, lambda form: None)
        assert offers(connection, ines, NOW.date()) == {}
        for step in (offer_move, withdraw_offer):
            with pytest.raises(OtherInUse):
                step(connection, ines, first, NOW)
        offer_move(connection, ines, second, NOW)
        withdraw(connection, Withdrawal("visit", 2, "A mistake", ines.authority, ines.id), NOW)
        assert offers(connection, ines, NOW.date()) == {}
        assert edition(connection, ines, "visit", NOW.date()) == first != shipped


def test_only_those_who_look_after_forms_offer_it(database: Database, people: People) -> None:
    """Not who tries them, nor who writes."""
    with writing(database) as connection:
        to = edition(connection, people["Ines"], "visit", NOW.date())
        for name in ("Rowan", "Adaeze", "Tom"):
            for step in (offer_move, withdraw_offer):
                with pytest.raises(NotYours):
                    step(connection, people[name], to, NOW)


def test_offers_only_grow(database: Database, people: People) -> None:
    """The database itself refuses to change one."""
    with writing(database) as connection:
        offer_move(connection, people["Ines"], edition(connection, people["Ines"], "visit", NOW.date()), NOW)
    with pytest.raises(DBAPIError), writing(database) as connection:
        connection.execute(text("UPDATE move_offers SET act = 'withdrawn'"))
    with reading(database) as connection:
        assert connection.execute(select(move_offers.c.act)).scalars().all() == ["offered"]
