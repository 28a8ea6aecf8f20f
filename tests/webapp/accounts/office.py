"""An authority's own Pith in a test: its people sign in with passwords, and the test moves the clock."""

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, cast

from argon2 import PasswordHasher
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.webapp.conftest import NOW
from tests.webapp.visitor import Visitor
from webapp.current import Surroundings
from webapp.store.access_log import access_log
from webapp.store.accounts import accounts, as_kept, set_password
from webapp.store.database import Database, reading, writing
from webapp.store.people import people

PASSWORD = "quiet orchard bicycle lamp"
"""What everybody has but Rowan, who has not set one yet."""

NEW = "seven kettles under snow"
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
HASHED = QUICK.hash(PASSWORD)
COOKIE = "__Host-pith"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0"
SAFARI = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/18.1 Mobile/15E148 Safari/604.1"
)


@dataclass(slots=True)
class Clock:
    """The moment it is, as long as the test does not say otherwise."""

    moment: datetime = NOW

    def __call__(self) -> datetime:
        """This moment."""
        return self.moment

    def later(self, **much: float) -> None:
        """Let time pass, such as later(minutes=5)."""
        self.moment += timedelta(**much)


@dataclass(slots=True)
class Office:
    """The application, its database and its clock."""

    app: Flask
    database: Database
    clock: Clock = field(default_factory=Clock)

    @property
    def own_database(self) -> Database:
        """The application's own connections to the same database."""
        return cast("Surroundings", self.app.extensions["pith"]).database

    def browser(self, user_agent: str = FIREFOX) -> Visitor:
        """A browser in which nobody is signed in."""
        visitor = cast("Visitor", self.app.test_client())
        visitor.environ_base["HTTP_USER_AGENT"] = user_agent
        return visitor

    def at(self, name: str, user_agent: str = FIREFOX) -> Visitor:
        """A browser in which somebody has signed in."""
        visitor = self.browser(user_agent)
        response = enter(visitor, email_of(name))
        assert response.status_code == 302
        return visitor

    def give_passwords(self) -> None:
        """To everybody but Rowan."""
        with writing(self.database) as connection:
            for person, email in connection.execute(select(accounts.c.person_id, accounts.c.email)).all():
                if email != email_of("Rowan Tideswell"):
                    set_password(connection, person, HASHED, NOW)

    def address(self, name: str) -> str:
        """Where an admin finds somebody."""
        return f"/people/{self.one(people.c.key, name)}"

    def do(self, act: str, name: str) -> TestResponse:
        """Press one of the buttons of somebody's page, as Ines, the admin: "end", "back" or "link"."""
        ines = self.at("Ines Marchbanks")
        ines.get(self.address(name))
        return ines.send(f"{self.address(name)}/{act}")

    def one(self, column: Any, name: str) -> Any:
        """One column of somebody's row among the people."""
        with reading(self.database) as connection:
            return connection.execute(select(column).where(people.c.name == name)).scalar_one()

    def password_hash(self, name: str) -> str:
        """What is stored of somebody's password."""
        with reading(self.database) as connection:
            query = select(accounts.c.password_hash).where(accounts.c.email == as_kept(email_of(name)))
            return str(connection.execute(query).scalar_one())

    def acts(self) -> list[tuple[str, str, str]]:
        """What was done with people apart from signing in and out, in order: by whom, the act, with whom."""
        return [each for each in self.all_acts() if not each[1].startswith("sign")]

    def all_acts(self) -> list[tuple[str, str, str]]:
        """The same, signing in and out too."""
        by, whom = people.alias(), people.alias()
        query = (
            select(by.c.name, access_log.c.act, whom.c.name)
            .join(by, by.c.id == access_log.c.person_id)
            .join(whom, whom.c.id == access_log.c.record_id)
            .where(access_log.c.record == "person")
            .order_by(access_log.c.id)
        )
        with reading(self.database) as connection:
            return [(each[0], each[1], each[2]) for each in connection.execute(query)]


def email_of(name: str) -> str:
    """The address that one of the invented people signs in with."""
    return f"{name.lower().replace(' ', '.')}@council.example"


def enter(visitor: Visitor, email: str, password: str = PASSWORD, **more: str) -> TestResponse:
    """Fetch the page to sign in on, and send it filled in."""
    visitor.get("/sign-in")
    return visitor.send("/sign-in", {"email": email, "password": password, **more})


def signed_in(visitor: Visitor) -> bool:
    """Whether somebody is signed in in a browser."""
    return visitor.get("/account").status_code == 200


def cookie(visitor: Visitor) -> str:
    """The token that a browser keeps."""
    found = visitor.get_cookie(COOKIE)
    assert found is not None
    return found.value


def replayed(office: Office, token: str) -> bool:
    """Whether a copied token lets anybody in."""
    visitor = office.browser()
    visitor.set_cookie(COOKIE, token)
    return signed_in(visitor)


def link_in(response: TestResponse) -> str:
    """The path of the link that a page shows to hand over."""
    found = re.search(r"https?://[^/\s]+(/new-password/[\w-]+)", response.text)
    assert found is not None
    return found[1]


def summary(response: TestResponse) -> list[tuple[str, str]]:
    """Where each line of the error summary leads, and its words."""
    part = response.text.partition("govuk-error-summary__list")[2].partition("</ul>")[0]
    return re.findall(r'<a href="#([^"]+)">([^<]+)</a>', part)
