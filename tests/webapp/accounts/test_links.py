"""A one-time link sets one person's password once, within three days, and signs them in."""

import pytest

from tests.webapp.accounts.office import NEW, PASSWORD, Office, cookie, email_of, enter, link_in, replayed, summary
from webapp.store.account_links import account_links
from webapp.store.database import reading

ROWAN = email_of("Rowan Tideswell")


@pytest.fixture
def link(office: Office) -> str:
    """A link that Ines has made for Rowan, who has no password yet."""
    return link_in(office.do("link", "Rowan Tideswell"))


def test_it_sets_the_password_and_signs_in(office: Office, link: str) -> None:
    """The page says whose it is and the address to sign in with; choosing leads straight in."""
    visitor = office.browser()
    page = visitor.get(link).text
    assert "Rowan Tideswell, Northshire Council" in page
    assert f'value="{ROWAN}"' in page
    assert 'autocomplete="new-password"' in page
    assert visitor.send(link, {"new_password": NEW}).status_code == 303
    assert "Rowan Tideswell" in visitor.get("/help").text
    assert enter(office.browser(), ROWAN, NEW).status_code == 302
    assert ("Rowan Tideswell", "password_set", "Rowan Tideswell") in office.acts()


def test_it_works_once(office: Office, link: str) -> None:
    """Whoever finds it afterwards learns nothing, not even whose it was."""
    visitor = office.browser()
    visitor.get(link)
    visitor.send(link, {"new_password": NEW})
    late = office.browser()
    late.get("/sign-in")
    for response in (late.get(link), late.send(link, {"new_password": "another one, quite long"})):
        assert response.status_code == 404
        assert "This link does not work" in response.text
        assert "Rowan" not in response.text
    assert enter(office.browser(), ROWAN, NEW).status_code == 302


def test_looking_at_it_does_not_use_it_up(office: Office, link: str) -> None:
    """A program that follows links to see what is behind them breaks nothing."""
    for _ in range(3):
        assert office.browser().get(link).status_code == 200


def test_it_runs_out_after_three_days(office: Office, link: str) -> None:
    """To the second."""
    office.clock.later(days=3, seconds=-1)
    assert office.browser().get(link).status_code == 200
    office.clock.later(seconds=1)
    assert office.browser().get(link).status_code == 404


def test_a_new_link_makes_the_earlier_one_void(office: Office, link: str) -> None:
    """Only the newest is worth anything."""
    newer = link_in(office.do("link", "Rowan Tideswell"))
    assert office.browser().get(link).status_code == 404
    assert office.browser().get(newer).status_code == 200


def test_a_made_up_link_is_told_as_any_that_does_not_work(office: Office) -> None:
    """There is one page for all of them."""
    visitor = office.browser()
    response = visitor.get("/new-password/never-given-out")
    assert response.status_code == 404
    assert "Ask whoever gave it to you for a new one." in response.text


def test_an_easy_password_is_refused_and_the_link_is_left(office: Office, link: str) -> None:
    """The page says why; the next try with the same link works."""
    visitor = office.browser()
    visitor.get(link)
    refused = visitor.send(link, {"new_password": "Rowan Tideswell"})
    assert refused.status_code == 400
    assert summary(refused)[0][0] == "new-password"
    assert "made of your name" in refused.text
    assert visitor.send(link, {"new_password": NEW}).status_code == 303


def test_using_it_ends_every_session_and_every_wait(office: Office) -> None:
    """Whoever else was signed in as this person is out, and a name that had to wait need not any longer."""
    earlier = cookie(office.at("Adaeze Finch"))
    for number in range(6):
        enter(office.browser(), email_of("Adaeze Finch"), f"guess {number}")
    link, visitor = link_in(office.do("link", "Adaeze Finch")), office.browser()
    visitor.get(link)
    before = cookie(visitor)
    visitor.send(link, {"new_password": NEW})
    assert not replayed(office, earlier)
    assert not replayed(office, before)
    assert replayed(office, cookie(visitor))
    assert enter(office.browser(), email_of("Adaeze Finch"), NEW).status_code == 302
    assert enter(office.browser(), email_of("Adaeze Finch"), PASSWORD).status_code == 400


def test_what_stands_in_it_is_stored_nowhere(office: Office, link: str) -> None:
    """A copy of the database opens no account."""
    with reading(office.database) as connection:
        rows = str(connection.execute(account_links.select()).all())
    assert "12, 9, 30" in rows
    assert link.rpartition("/")[2] not in rows


def test_it_is_the_address_that_the_admins_browser_knows(office: Office) -> None:
    """Behind a proxy the server itself does not know its name."""
    ines = office.at("Ines Marchbanks")
    address = office.address("Rowan Tideswell")
    ines.get(address)
    page = ines.send(f"{address}/link", headers={"Origin": "https://pith.northshire.example"}).text
    assert ">https://pith.northshire.example/new-password/" in page
    for strange in ("null", "", "ftp://x"):
        assert ">http://localhost/new-password/" in ines.send(f"{address}/link", headers={"Origin": strange}).text
