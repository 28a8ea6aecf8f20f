"""The people of an authority: added, changed, ended and brought back by an admin, each act written down."""

import re

import pytest
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from tests.webapp.accounts.office import (
    NEW,
    PASSWORD,
    Office,
    cookie,
    email_of,
    enter,
    link_in,
    replayed,
    signed_in,
    summary,
)
from tests.webapp.visitor import Visitor
from webapp.store.authorities import teams
from webapp.store.database import reading
from webapp.store.people import people

CEDRIC = {
    "name": "Cedric Holloway",
    "job": "social worker",
    "role": "practitioner",
    "team": "1",
    "new_team": "",
    "email": "cedric.holloway@council.example",
    "phone": "01632 960120",
}


@pytest.fixture
def ines(office: Office) -> Visitor:
    """Ines Marchbanks, the only admin of Northshire."""
    return office.at("Ines Marchbanks")


def _add(ines: Visitor, **other: str) -> TestResponse:
    page = ines.get("/people/add").text
    key = re.search(r'name="key" value="([^"]+)"', page)
    assert key is not None
    return ines.send("/people/add", {"key": key[1], **CEDRIC, **other})


def _filled_in(page: str) -> dict[str, str]:
    """What the boxes of a page hold, by their names."""
    found = dict(re.findall(r'<input class="govuk-input[^>]* name="(\w+)"[^>]*? value="([^"]*)"', page))
    role = re.search(r'value="(\w+)" checked', page)
    team = re.search(r'<option value="(\d+)" selected', page)
    return found | {"role": role[1] if role else "", "team": team[1] if team else ""}


def _change(office: Office, ines: Visitor, who: str, **to: str) -> TestResponse:
    address = office.address(who)
    page = ines.get(address).text
    return ines.send(address, {"phone": "", "new_team": "", **_filled_in(page), **to})


def test_the_list_says_who_works_where_and_how_they_stand(office: Office, ines: Visitor) -> None:
    """By team: name, job, role in words, address, phone, and whether they sign in; nobody of another authority."""
    page = ines.get("/people").text
    assert re.findall(r'<h2 class="pith-h3"[^>]*>([^<]+)</h2>', page) == [
        "Larkfield team",
        "Practice and performance",
        "Saltmere team",
        "No longer work here",
    ]
    assert "<b>Adaeze Finch</b></a>, social worker" in page
    assert "Writes about children · adaeze.finch@council.example · 01632 960100" in page
    assert page.count(">Can sign in<") == 7
    assert "Cannot sign in yet. Needs a link to set a password" in page
    assert "Nobody yet. Who leaves stands here" in page
    assert "Bryony" not in page


def test_only_an_admin_finds_it(office: Office) -> None:
    """Nobody else is shown the page, or the way to it."""
    for name in ("Adaeze Finch", "Tom Brackley", "Petra Oakenfull"):
        visitor = office.at(name)
        assert visitor.get("/people").status_code == 403
        assert 'href="/people"' not in visitor.get("/help").text
    assert 'href="/people"' in office.at("Ines Marchbanks").get("/help").text


def test_somebody_added_sets_a_password_and_signs_in(office: Office, ines: Visitor) -> None:
    """The link that the page shows is all they need; what was typed is as it was typed."""
    page = _add(ines)
    assert page.status_code == 200
    assert "It works once, until 15 March 2026, 09:30." in page.text
    assert (
        "Cannot sign in yet. Has a link to set a password, which works until 15 March 2026, 09:30"
        in ines.get("/people").text
    )
    link, cedric = link_in(page), office.browser()
    assert "Cedric Holloway, Northshire Council" in cedric.get(link).text
    assert cedric.send(link, {"new_password": NEW}).location == "/"
    assert "Cedric Holloway" in cedric.get("/").text
    assert enter(office.browser(), CEDRIC["email"], NEW).status_code == 302
    assert "01632 960120" in ines.get("/people").text


def test_the_same_form_sent_twice_adds_one_person(office: Office, ines: Visitor) -> None:
    """A double click shows a link that works."""
    page = ines.get("/people/add").text
    key = re.findall(r'name="key" value="([^"]+)"', page)[0]
    first, second = (link_in(ines.send("/people/add", {"key": key, **CEDRIC})) for _ in range(2))
    with reading(office.database) as connection:
        number = connection.execute(select(func.count()).where(people.c.name == CEDRIC["name"])).scalar()
    assert number == 1
    assert office.browser().get(first).status_code == 404
    assert office.browser().get(second).status_code == 200


def test_a_made_up_form_reaches_nobody_who_is_there(office: Office, ines: Visitor) -> None:
    """Somebody's own key in place of the form's makes neither a link for them nor a second person of that key."""
    for name in ("Bryony Castledine", "Adaeze Finch"):
        ines.get("/people/add")
        _add(ines, key=office.one(people.c.key, name), email=f"{name.partition(' ')[0]}@elsewhere.example")
    assert {whom for _, _, whom in office.acts()} == {"Cedric Holloway"}


def test_a_new_team_is_made_and_one_of_that_name_is_used(office: Office, ines: Visitor) -> None:
    """Capitals make no second team."""
    _add(ines, team="", new_team="Night duty team")
    _add(ines, team="", new_team="night DUTY team", name="Edda Moss", email="edda.moss@council.example")
    with reading(office.database) as connection:
        names = connection.execute(select(teams.c.name)).scalars().all()
    assert [name for name in names if name.casefold() == "night duty team"] == ["Night duty team"]
    assert office.one(people.c.team_id, "Edda Moss") == office.one(people.c.team_id, "Cedric Holloway")


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"name": " "}, ("name", "Enter a name")),
        ({"name": "x" * 101}, ("name", "This has 101 characters; 100 is the most")),
        ({"job": ""}, ("job", "Enter what they do, such as social worker")),
        ({"role": ""}, ("role", "Choose what they do in Pith")),
        ({"role": "owner"}, ("role", "Choose what they do in Pith")),
        ({"team": ""}, ("team", "Choose a team, or enter a new one")),
        ({"team": "4"}, ("team", "Choose a team, or enter a new one")),
        ({"email": ""}, ("email", "Enter an e-mail address")),
        ({"email": "cedric@"}, ("email", "Enter an e-mail address, such as name@example.org")),
        ({"email": "c d@council.example"}, ("email", "Enter an e-mail address, such as name@example.org")),
        (
            {"email": "Nell.Ottaway@council.example"},
            ("email", "This e-mail address is somebody’s already: each person needs their own"),
        ),
        (
            {"email": email_of("Bryony Castledine")},
            ("email", "This e-mail address is somebody’s already: each person needs their own"),
        ),
        ({"phone": "0" * 41}, ("phone", "This has 41 characters; 40 is the most")),
    ],
)
def test_what_cannot_be_is_told_at_its_box_and_the_rest_stays(
    wrong: dict[str, str], told: tuple[str, str], office: Office, ines: Visitor
) -> None:
    """Nobody is added, and nothing is typed twice."""
    response = _add(ines, **wrong)
    assert response.status_code == 400
    assert summary(response) == [told]
    assert "<title>Error: " in response.text
    kept = {name: value for name, value in CEDRIC.items() if value and name not in wrong}
    assert kept.items() <= _filled_in(response.text).items()
    assert office.acts() == []


def test_every_change_shows_in_the_list(office: Office, ines: Visitor) -> None:
    """Name, job, role, team, address and phone; the person goes on working and signs in with the new address."""
    adaeze = office.at("Adaeze Finch")
    response = _change(
        office,
        ines,
        "Adaeze Finch",
        name="Adaeze Finch-Moor",
        job="senior social worker",
        role="manager",
        new_team="Night duty team",
        email="adaeze.finch-moor@council.example",
        phone="01632 960121",
    )
    page = ines.get(response.location).text
    assert "Adaeze Finch-Moor: the changes are saved." in page
    assert "<b>Adaeze Finch-Moor</b></a>, senior social worker" in page
    assert "Manages a team · adaeze.finch-moor@council.example · 01632 960121" in page
    assert "Night duty team" in page
    assert "Your team’s children" in adaeze.get("/").text
    assert enter(office.browser(), email_of("Adaeze Finch")).status_code == 400
    assert enter(office.browser(), "adaeze.finch-moor@council.example").status_code == 302


def test_a_change_that_cannot_be_keeps_what_was_typed(office: Office, ines: Visitor) -> None:
    """And changes nothing."""
    response = _change(office, ines, "Adaeze Finch", name="Somebody Else", email=email_of("Tom Brackley"))
    assert response.status_code == 400
    assert _filled_in(response.text)["name"] == "Somebody Else"
    assert summary(response)[0][0] == "email"
    assert enter(office.browser(), email_of("Adaeze Finch")).status_code == 302


def test_who_has_left_is_signed_out_at_once_and_kept_out(office: Office, ines: Visitor) -> None:
    """Every session ends, no link works, the name stays in the list of those who left."""
    adaeze = office.at("Adaeze Finch")
    copied = cookie(adaeze)
    link = link_in(office.do("link", "Adaeze Finch"))
    response = office.do("end", "Adaeze Finch")
    page = ines.get(response.location).text
    assert "Adaeze Finch no longer works here, and is signed out everywhere." in page
    assert "No longer works here since 12 March 2026" in page.partition('id="gone"')[2]
    assert not replayed(office, copied)
    assert enter(office.browser(), email_of("Adaeze Finch")).status_code == 400
    assert office.browser().get(link).status_code == 404
    assert ines.send(f"{office.address('Adaeze Finch')}/link").status_code == 404


def test_who_comes_back_signs_in_as_before(office: Office, ines: Visitor) -> None:
    """With the password they had; sessions and links of before stay ended."""
    adaeze = office.at("Adaeze Finch")
    copied = cookie(adaeze)
    link = link_in(office.do("link", "Adaeze Finch"))
    office.do("end", "Adaeze Finch")
    response = office.do("back", "Adaeze Finch")
    assert "Adaeze Finch works here again" in ines.get(response.location).text
    assert not replayed(office, copied)
    assert office.browser().get(link).status_code == 404
    assert enter(office.browser(), email_of("Adaeze Finch")).status_code == 302


def test_an_authority_is_never_left_without_an_admin(office: Office, ines: Visitor) -> None:
    """The last one can neither leave nor become something else, and the page says why and what to do."""
    words = "Nobody else looks after people and forms in Northshire Council. Let somebody else do so first."
    changed = _change(office, ines, "Ines Marchbanks", role="policy", job="policy lead")
    assert (changed.status_code, summary(changed)) == (409, [("role", words)])
    assert _filled_in(changed.text)["job"] == "policy lead"
    ended = ines.send(f"{office.address('Ines Marchbanks')}/end")
    assert (ended.status_code, summary(ended)) == (409, [("leaving", words)])
    assert signed_in(ines)
    assert office.acts() == []


def test_an_admin_who_has_left_does_not_count_as_one(office: Office, ines: Visitor) -> None:
    """Only who works here can look after the others."""
    _change(office, ines, "Rowan Tideswell", role="admin")
    office.do("end", "Rowan Tideswell")
    assert ines.send(f"{office.address('Ines Marchbanks')}/end").status_code == 409


def test_once_there_is_another_an_admin_may_go(office: Office, ines: Visitor) -> None:
    """Their own session ends with it."""
    _change(office, ines, "Nell Ottaway", role="admin")
    assert _change(office, ines, "Ines Marchbanks", role="policy").location == "/account"
    assert ines.get("/people").status_code == 403
    nell = office.at("Nell Ottaway")
    nell.get(office.address("Nell Ottaway"))
    assert nell.send(f"{office.address('Nell Ottaway')}/end").status_code == 409


def test_every_act_is_written_down(office: Office, ines: Visitor) -> None:
    """Who did what with whom, in order."""
    _add(ines)
    _change(office, ines, "Cedric Holloway", job="senior social worker")
    for act in ("link", "end", "back"):
        office.do(act, "Cedric Holloway")
    assert [(by, whom) for by, _, whom in office.acts()] == [("Ines Marchbanks", "Cedric Holloway")] * 6
    assert [act for _, act, _ in office.acts()] == [
        "added",
        "link_made",
        "changed_job",
        "link_made",
        "ended",
        "brought_back",
    ]


def test_markup_in_a_name_is_shown_as_text(office: Office, ines: Visitor) -> None:
    """Whatever is typed, the page stays what it is."""
    _add(ines, name='<script>alert("x")</script>', job="<b>bold</b>", new_team="<i>team</i>")
    page = ines.get("/people").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_the_people_of_the_demonstration_can_be_looked_after_too(client: Visitor) -> None:
    """Whoever tries Pith sees how it goes; there people are chosen by name."""
    client.sign_in("Ines Marchbanks")
    page = client.get("/people").text
    assert page.count("Can sign in, by choosing their name") == 8
    assert link_in(_add(client))
    client.sign_in("Cedric Holloway")
    assert "no password to change" in client.get("/account").text


def test_nobody_is_told_a_password(office: Office, ines: Visitor) -> None:
    """No page for an admin holds a password or its hash."""
    pages = ines.get("/people").text + ines.get(office.address("Adaeze Finch")).text
    assert PASSWORD not in pages
    assert office.password_hash("Adaeze Finch")[:20] not in pages
