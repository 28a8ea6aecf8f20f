"""Two presses of one button, or two admins at once, on either database: one thing is done, and both are answered."""

import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier, BrokenBarrierError

from sqlalchemy import event, func, select
from werkzeug.test import TestResponse

from tests.webapp.accounts.office import Office, email_of, link_in, summary
from tests.webapp.visitor import Visitor
from webapp.store.authorities import teams
from webapp.store.database import reading
from webapp.store.people import people

CEDRIC = {"name": "Cedric Holloway", "job": "social worker", "role": "practitioner", "team": "1", "new_team": ""}
CEDRIC |= {"email": "cedric.holloway@council.example", "phone": ""}
EDDA = {**CEDRIC, "name": "Edda Moss", "email": "edda.moss@council.example"}


@contextmanager
def _meeting(office: Office) -> Iterator[None]:
    """Each of two waits, before it first writes about people, until the other is as far, or half a second."""
    both = Barrier(2)

    def wait(*told: object) -> None:
        if re.match("(INSERT INTO|UPDATE) (people|teams|accounts) ", str(told[2])):
            try:
                both.wait(0.5)
            except BrokenBarrierError:
                return

    event.listen(office.own_database, "before_cursor_execute", wait)
    yield
    event.remove(office.own_database, "before_cursor_execute", wait)


def _together(office: Office, *acts: Callable[[], TestResponse]) -> list[TestResponse]:
    with _meeting(office), ThreadPoolExecutor(len(acts)) as threads:
        return [each.result() for each in [threads.submit(act) for act in acts]]


def _adding(ines: Visitor, form: dict[str, str], key: str = "") -> Callable[[], TestResponse]:
    found = re.search(r'name="key" value="([^"]+)"', ines.get("/people/add").text)
    assert found is not None
    return lambda: ines.send("/people/add", {**form, "key": key or found[1]})


def _number(office: Office, name: str) -> int:
    with reading(office.database) as connection:
        return connection.execute(select(func.count()).where(people.c.name == name)).scalar_one()


def test_two_presses_add_one_person(either_office: Office) -> None:
    """Both are shown a link, of which the newer works."""
    admins = [either_office.at("Ines Marchbanks") for _ in range(2)]
    pages = _together(either_office, *(_adding(ines, CEDRIC, "one and the same") for ines in admins))
    assert [page.status_code for page in pages] == [200, 200]
    works = [either_office.browser().get(link_in(page)).status_code for page in pages]
    assert sorted(works) == [200, 404]
    assert _number(either_office, "Cedric Holloway") == 1


def test_two_who_give_out_the_same_address_at_once(either_office: Office) -> None:
    """The second is told at the box, also where one adds somebody and the other changes an entry."""
    office = either_office
    ines = office.at("Ines Marchbanks")
    added, other = _together(office, _adding(ines, CEDRIC), _changing(office, "Adaeze Finch", CEDRIC["email"]))
    assert sorted([added.status_code, other.status_code]) in ([200, 400], [303, 400])
    refused = added if added.status_code == 400 else other
    assert summary(refused) == [("email", "This e-mail address is somebody’s already: each person needs their own")]


def _changing(office: Office, name: str, email: str) -> Callable[[], TestResponse]:
    ines, address = office.at("Ines Marchbanks"), office.address(name)
    ines.get(address)
    form = {**CEDRIC, "name": name, "email": email}
    return lambda: ines.send(address, form)


def test_two_changes_to_one_address_at_once(either_office: Office) -> None:
    """One is saved."""
    both = [_changing(either_office, name, "shared@council.example") for name in ("Adaeze Finch", "Tom Brackley")]
    pages = _together(either_office, *both)
    assert sorted(page.status_code for page in pages) == [303, 400]


def test_two_new_teams_of_one_name_at_once_are_one(either_office: Office) -> None:
    """Whatever the capitals."""
    forms = [{**CEDRIC, "new_team": "Night duty team"}, {**EDDA, "new_team": "night DUTY team"}]
    pages = _together(either_office, *(_adding(either_office.at("Ines Marchbanks"), form) for form in forms))
    assert [page.status_code for page in pages] == [200, 200]
    with reading(either_office.database) as connection:
        names = connection.execute(select(teams.c.name)).scalars().all()
    assert len([name for name in names if name.casefold() == "night duty team"]) == 1


def test_a_second_press_is_held_back_in_the_browser_too(office: Office) -> None:
    """The button says what is going on."""
    ines = office.at("Ines Marchbanks")
    assert 'data-once="Adding"' in ines.get("/people/add").text
    assert 'data-once="Saving"' in ines.get(office.address("Adaeze Finch")).text
    assert email_of("Adaeze Finch") in ines.get("/people").text
