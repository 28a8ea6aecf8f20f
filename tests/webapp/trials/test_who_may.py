"""Who may open which page about trials: everybody tried at every address."""

from datetime import UTC, datetime

import pytest
from flask import Flask

from tests.webapp.trials.planning import Planning, people
from tests.webapp.visitor import Visitor
from webapp import current
from webapp.access import FORMS, rule_of

OTHERS = ("Adaeze Finch", "Tom Brackley", "Petra Oakenfull")


def _for_those_who_try_forms(app: Flask) -> list[tuple[str, str]]:
    """Each method and rule under /trials that is for those who look after forms or try them."""
    return [
        (method, rule.rule)
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/trials") and rule_of(app.view_functions[rule.endpoint]) is FORMS
        for method in ("GET", "POST")
        if method in (rule.methods or ())
    ]


def _address(rule: str, key: str) -> str:
    return rule.replace("<key>", key).replace("<step>", "arms")


def test_workers_managers_and_auditors_have_no_access(app: Flask, planning: Planning) -> None:
    """Not to the list, to a plan, nor to any step of it, registered or not; and they do not learn its question."""
    found = _for_those_who_try_forms(app)
    assert len(found) >= 12
    planning.fill_in().register()
    for name in OTHERS:
        visitor = planning.visitor.sign_in(name)
        assert ">Trials</a>" not in visitor.get("/").text
        for method, rule in found:
            address = _address(rule, planning.key)
            response = visitor.get(address) if method == "GET" else visitor.send(address)
            assert response.status_code == 403, f"{name} {method} {address}"
            assert "plainer question" not in response.text


def test_a_trial_of_another_authority_is_not_there(app: Flask, planning: Planning) -> None:
    """To whoever tries forms elsewhere no address of it exists, nor is it changed by what they post."""
    from webapp.store.database import writing
    from webapp.store.people import NewPerson, add_person

    bryony = people(planning.database)["Bryony Castledine"]
    with writing(planning.database) as connection:
        other = NewPerson("Morwenna Attlebridge", "policy officer", "policy", "01632 960199")
        add_person(connection, bryony.authority, bryony.team, other)
    planning.fill_in().register()
    before = planning.trial()
    visitor = planning.visitor.sign_in("Morwenna Attlebridge")
    assert "plainer question" not in visitor.get("/trials").text
    for method, rule in _for_those_who_try_forms(app):
        if "<key>" in rule:
            address = _address(rule, planning.key)
            sent = {"words": "w", "reason": "r", "team": "Harbour team", "revision": "1"}
            response = visitor.get(address) if method == "GET" else visitor.send(address, sent)
            assert response.status_code == 404, f"{method} {address}"
    assert planning.trial() == before


@pytest.mark.parametrize("name", ["Rowan Tideswell", "Ines Marchbanks"])
def test_those_who_try_forms_find_trials_at_the_top(name: str, client: Visitor) -> None:
    """The policy officer and whoever looks after forms."""
    assert ">Trials</a>" in client.sign_in(name).get("/trials").text


def test_harm_is_for_the_watcher_alone(planning: Planning) -> None:
    """A plain refusal to everybody else, whoever plans the trial among them."""
    planning.fill_in().register()
    for name in ("Rowan Tideswell", "Ines Marchbanks", "Adaeze Finch", "Jago Merrick-Vale"):
        response = planning.visitor.sign_in(name).get(f"/trials/{planning.key}/harm")
        assert response.status_code == 403
        assert "Only the person who watches this trial for harm can do this" in response.text
        assert "Taken out for safety" not in response.text
    petra = planning.visitor.sign_in("Petra Oakenfull")
    assert planning.key in petra.get("/trials/watched").text
    page = petra.get(f"/trials/{planning.key}/harm")
    assert page.status_code == 200
    assert "Present form" in page.text


def test_the_watcher_finds_it_where_she_starts_and_until_its_end(app: Flask, planning: Planning) -> None:
    """A line on her first page alone; nobody else has it, and when the trial is over it is gone."""
    planning.fill_in().register()
    for name in ("Rowan Tideswell", "Adaeze Finch"):
        start = planning.visitor.sign_in(name).get("/forms" if name.startswith("Rowan") else "/")
        assert (start.status_code, "/trials/watched" in start.text) == (200, False)
    petra = planning.visitor.sign_in("Petra Oakenfull")
    page = petra.get("/who-has-looked").text
    assert "You watch a trial for harm" in page
    assert 'href="/trials/watched"' in page
    assert "You watch a trial for harm" not in petra.get("/trials/watched").text
    made: current.Surroundings = app.extensions["pith"]
    app.extensions["pith"] = current.Surroundings(
        made.settings, made.database, lambda: datetime(2026, 7, 1, 9, tzinfo=UTC)
    )
    petra.sign_in("Petra Oakenfull")
    assert "/trials/watched" not in petra.get("/who-has-looked").text
    assert "results can be opened" in petra.get("/trials/watched").text
    petra.sign_in("Rowan Tideswell").get(f"/trials/{planning.key}/result")
    petra.send(f"/trials/{planning.key}/result")
    page = petra.sign_in("Petra Oakenfull").get("/trials/watched").text
    assert "Finished on 30 June 2026" in page
    assert "results can be opened" not in page


def test_the_watcher_reads_that_late_teams_are_counted(planning: Planning) -> None:
    """Where there is one, since the result leaves it out."""
    planning.fill_in().register()
    address, told = f"/trials/{planning.key}", "Forms of teams that joined late are counted here"
    assert told not in planning.visitor.sign_in("Petra Oakenfull").get(f"{address}/harm").text
    planning.visitor.sign_in("Rowan Tideswell").get(address)
    assert planning.visitor.send(f"{address}/join", {"team": "Saltmere team"}).status_code == 303
    assert told in planning.visitor.sign_in("Petra Oakenfull").get(f"{address}/harm").text


def test_whoever_watches_nothing_is_told_so(client: Visitor) -> None:
    """The list of trials to watch says when something will stand there."""
    assert "When a registered trial names you" in client.sign_in("Adaeze Finch").get("/trials/watched").text
