"""Nobody opens what is not theirs: every route with an id, tried by everybody who has no business with it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast, get_args

import pytest
from flask import Flask
from werkzeug.routing import Rule

from engine.places import Place
from tests.webapp.conftest import NOW
from tests.webapp.visitor import Visitor
from webapp.access import (
    ADMIN,
    AUDITOR,
    CASEWORK,
    FORMS,
    MANAGER,
    PRACTITIONER,
    SIGNED_IN,
    Reach,
    Role,
    Viewer,
    may_look_after_people,
    may_write,
    open_to_all,
    reach,
    rule_of,
)
from webapp.store.assessments import assessment_to_write
from webapp.store.beginning import begin_assessment
from webapp.store.changes import SetAnswer
from webapp.store.children import children_of
from webapp.store.database import Database, writing
from webapp.store.definitions import edition
from webapp.store.people import NewPerson, add_person, everyone
from webapp.store.saves import Change, save
from webapp.store.submissions import Frozen, submit

STRANGERS = {
    "another worker of the team": "Corin Ashby-Lowe",
    "a worker of another team": "Nell Ottaway",
    "the manager of another team": "Jago Merrick-Vale",
    "who looks after forms and people": "Ines Marchbanks",
    "who tries forms": "Rowan Tideswell",
    "who checks the log": "Petra Oakenfull",
    "a worker of another authority": "Bryony Castledine",
}
SECRET = "canary-words-of-the-child"
CONTENT = (SECRET, "Wren", "Tallowby", "N-20418", "960105")
KEYS_OF = {"/children/": "child", "/assessments/": "assessment", "/people/": "person"}
OTHER_ARGUMENTS = {"form": "visit", "section_id": "visit"}
NOT_RECORDS = frozenset({"asset", "accounts.link", "accounts.use_link"})
"""Routes whose argument names no record: a link is its own key, and has tests of its own."""
OF_FORMS = "/forms/"
"""Where forms are changed: nobody's record stands there, and who may is asked below; links have tests of their own."""
OF_TRIALS = "/trials/"
"""Where trials are planned and read: nobody's record stands there; who may is asked in the tests of trials."""


@dataclass(frozen=True, slots=True)
class Records:
    """The keys of Wren's record, of a draft about her, of a submitted assessment, and of somebody elsewhere."""

    child: str
    assessment: str
    submitted: str
    person: str


@pytest.fixture
def records(database: Database) -> Records:
    """Records of Adaeze's that hold words nobody else should see."""
    with writing(database) as connection:
        adaeze = next(person for person in everyone(connection) if person.name == "Adaeze Finch")
        wren = next(child for child in children_of(connection, adaeze) if child.given_name == "Wren")
        visit = edition(connection, adaeze, "visit", NOW.date())
        keys = [begin_assessment(connection, adaeze, visit, [wren], NOW) for _ in range(2)]
        for key in keys:
            draft = assessment_to_write(connection, adaeze, key)
            change = Change(Place("child_words", wren.key), SetAnswer(SECRET), 0, "k")
            save(connection, adaeze, draft, change, NOW)
        frozen = Frozen({"child_words": {wren.key: SECRET}}, [f"child_words[{wren.key}]"], {}, {})
        submit(connection, adaeze, draft, frozen, SECRET, NOW)
        elsewhere = next(person for person in everyone(connection) if person.authority != adaeze.authority)
    return Records(wren.key, keys[0], keys[1], elsewhere.key)


def _addresses(app: Flask, records: Records) -> list[tuple[str, str]]:
    """Each method and address of a route with an id, with the records' keys in it, drafts and submitted."""
    found = []
    for rule in app.url_map.iter_rules():
        if rule.arguments and rule.endpoint not in NOT_RECORDS and not rule.rule.startswith((OF_FORMS, OF_TRIALS)):
            for assessment in (records.assessment, records.submitted):
                address = _address(
                    app, rule, {"child": records.child, "assessment": assessment, "person": records.person}
                )
                found += [(method, address) for method in ("GET", "POST") if method in (rule.methods or ())]
    return list(dict.fromkeys(found))


def _address(app: Flask, rule: Rule, keys: Mapping[str, str]) -> str:
    values: dict[str, Any] = {}
    for name in rule.arguments:
        kind = next((kind for prefix, kind in KEYS_OF.items() if rule.rule.startswith(f"{prefix}<{name}>")), None)
        assert kind or name in OTHER_ARGUMENTS, f"say here which record <{name}> of {rule.rule} names"
        values[name] = keys[kind] if kind else OTHER_ARGUMENTS[name]
    with app.test_request_context():
        return app.url_for(rule.endpoint, **values)


def _ask(client: Visitor, method: str, address: str) -> Any:
    return client.get(address) if method == "GET" else client.send(address, {"children": "x"})


@pytest.mark.parametrize("stranger", STRANGERS.values(), ids=STRANGERS)
def test_strangers_find_nothing(stranger: str, app: Flask, client: Visitor, records: Records) -> None:
    """To whom is not on the case a record is not there: no content, and no difference to a key never given out."""
    addresses = _addresses(app, records)
    made_up = _addresses(app, Records(*["k" * 16] * 4))
    assert len({address for _, address in addresses}) >= 6
    client.sign_in(stranger)
    nothing = {(method, _ask(client, method, address).status_code) for method, address in made_up}
    for method, address in addresses:
        response = _ask(client, method, address)
        assert response.status_code in (403, 404), f"{method} {address}"
        assert (method, response.status_code) in nothing
        assert not [words for words in CONTENT if words in response.text]


def test_who_is_signed_out_sees_nothing(app: Flask, client: Visitor, records: Records) -> None:
    """Pages lead to signing in; posts are refused with what to do about it."""
    for method, address in _addresses(app, records):
        response = client.open(address, method=method)
        assert response.status_code == (302 if method == "GET" else 401)
        assert not [words for words in CONTENT if words in response.text]
        if method == "POST":
            assert "Sign in again" in response.text


def test_every_page_but_a_few_needs_somebody_signed_in(app: Flask, client: Visitor) -> None:
    """Whatever a rule does not open to all leads to signing in."""
    for rule in app.url_map.iter_rules():
        declared = rule_of(app.view_functions[rule.endpoint])
        assert declared is not None
        if not declared.open and "GET" in (rule.methods or ()):
            with app.test_request_context():
                values: dict[str, Any] = dict.fromkeys(rule.arguments, "x" * 43)
                address = app.url_for(rule.endpoint, **values)
            assert client.get(address).location.startswith("/sign-in?next=")


def test_the_worker_and_the_manager_of_the_case_do_get_in(client: Visitor, records: Records) -> None:
    """The same addresses do hold something: the strangers' tests would notice it."""
    client.sign_in("Adaeze Finch")
    assert SECRET in client.get(f"/assessments/{records.submitted}/read").text
    assert "Wren" in client.get(f"/children/{records.child}").text
    client.sign_in("Tom Brackley")
    assert SECRET in client.get(f"/assessments/{records.submitted}/read").text


def test_a_manager_does_not_write_for_the_worker(app: Flask, client: Visitor, records: Records) -> None:
    """Whatever begins, saves or submits is refused to the manager of the case, whether there or not.

    Who works with a child is the manager's to say, the language of what one reads is everybody's own, and a form is
    taken out of a trial by the manager too.
    """
    client.sign_in("Tom Brackley")
    posts = [address for method, address in _addresses(app, records) if method == "POST"]
    not_writing = ("/allocation", "/particulars", "/language", "/trial/family", "/trial/opt-out", "/trial/take-out")
    posts = [address for address in posts if not address.endswith(not_writing)]
    assert posts
    assert {client.send(address).status_code for address in posts} == {403}


@pytest.mark.parametrize("name", ["Adaeze Finch", "Tom Brackley", "Petra Oakenfull", "Bryony Castledine"])
def test_only_those_who_look_after_forms_change_them(name: str, app: Flask, client: Visitor) -> None:
    """Every address of a form's drafts and versions, read or posted to: there or not, it is refused alike."""
    client.sign_in(name)
    rules = [rule for rule in app.url_map.iter_rules() if rule.rule.startswith(OF_FORMS) and "form" in rule.arguments]
    assert len(rules) >= 8
    for rule in rules:
        for form in ("visit", "no-such-form"):
            address = rule.rule.replace("<form>", form)
            methods = [method for method in ("GET", "POST") if method in (rule.methods or ())]
            assert {_ask(client, method, address).status_code for method in methods} == {403}, address


def test_a_form_that_is_not_there_is_not_found(app: Flask, client: Visitor) -> None:
    """Not by those who look after forms either, and another authority's is not there."""
    client.sign_in("Ines Marchbanks")
    for rule in app.url_map.iter_rules():
        if rule.rule.startswith(OF_FORMS) and "form" in rule.arguments:
            address = rule.rule.replace("<form>", "no-such-form")
            for method in ("GET", "POST"):
                if method in (rule.methods or ()):
                    assert _ask(client, method, address).status_code in (400, 404, 409), f"{method} {address}"


READ_BY_POLICY = {
    *("/forms/<form>/draft", "/forms/<form>/draft/text", "/forms/<form>/versions", "/forms/<form>/under-way"),
    *("/forms/<form>/draft/try", "/forms/<form>/draft/cases", "/forms/<form>/draft/download"),
    *("/forms/<form>/local", "/forms/<form>/local.json", "/forms/<form>/newer"),
}
"""What those who try forms may look at of one that is being changed."""

OF_ONE = {"/forms/<form>/draft/cases/<key>", "/forms/<form>/versions/<version>/download"}
"""What they may look at of one thing, which is not there."""

TRYING = "/forms/<form>/draft/try"
"""What they may post: nothing of it is kept."""


def _of_forms(app: Flask, method: str) -> list[str]:
    """The rules of a form's drafts and versions that take a method."""
    rules = [rule for rule in app.url_map.iter_rules() if "form" in rule.arguments and rule.rule.startswith(OF_FORMS)]
    return [rule.rule for rule in rules if method in (rule.methods or ())]


def test_those_who_try_forms_read_a_draft_and_change_nothing(app: Flask, client: Visitor) -> None:
    """They have its pages, without a button; every page that leads to a change, and every post, is refused."""
    client.sign_in("Ines Marchbanks").get("/forms/visit/draft")
    client.send("/forms/visit/draft/begin")
    client.sign_in("Rowan Tideswell")
    for rule in _of_forms(app, "GET"):
        status = client.get(f"{_of_the_visit(rule)}?at=seen").status_code
        assert status == (200 if rule in READ_BY_POLICY else 404 if rule in OF_ONE else 403), rule
    assert 'name="act"' not in client.get("/forms/visit/draft?at=seen").text
    for rule in _of_forms(app, "POST"):
        status = client.send(_of_the_visit(rule), {"part": "seen", "act": "save"}).status_code
        assert status == (400 if rule == TRYING else 403), rule


def _of_the_visit(rule: str) -> str:
    return rule.replace("<form>", "visit").replace("<key>", "none").replace("<version>", "own-99")


def _box(client: Visitor) -> str:
    return client.get("/forms/visit/draft/text").text.partition('id="definition"')[2].partition("</textarea>")[0]


def test_a_post_without_the_token_of_a_page_changes_no_form(app: Flask, client: Visitor) -> None:
    """Every one of them, by whoever may change forms."""
    client.sign_in("Ines Marchbanks").get("/forms/visit/draft")
    client.send("/forms/visit/draft/begin")
    before = _box(client)
    rules = _of_forms(app, "POST")
    assert {"change", "look", "arrange", "add", "add-section", "asked"} <= {rule.rpartition("/")[2] for rule in rules}
    for rule in rules:
        response = client.post(_of_the_visit(rule), data={"part": "seen", "act": "out", "sure": "1"})
        assert response.status_code == 400, rule
    assert _box(client) == before


def test_another_authoritys_draft_is_not_there(database: Database, client: Visitor) -> None:
    """Whoever looks after forms elsewhere sees none, and what is posted with its key changes nothing."""
    with writing(database) as connection:
        bryony = next(person for person in everyone(connection) if person.name == "Bryony Castledine")
        other = NewPerson("Morwenna Attlebridge", "practice lead", "admin", "01632 960199")
        add_person(connection, bryony.authority, bryony.team, other)
    client.sign_in("Ines Marchbanks").get("/forms/visit/draft")
    client.send("/forms/visit/draft/begin")
    page = client.get("/forms/visit/draft?at=seen").text
    based = dict(re.findall(r'name="(draft|revision)" value="([^"]*)"', page))
    client.sign_in("Morwenna Attlebridge")
    assert "Nobody is changing this form" in client.get("/forms/visit/draft?at=seen").text
    for what in ("change", "look", "arrange", "add", "add-section", "asked", "text", "undo", "discard"):
        sent = {**based, "part": "seen", "act": "out", "sure": "1", "label": "Is there?", "why": "So"}
        response = client.send(f"/forms/visit/draft/{what}", {**sent, "type": "yes_no", "kind": "fact"})
        assert response.status_code == 409, what
        assert "Did you see the child" not in response.text
    page = client.sign_in("Ines Marchbanks").get("/forms/visit/draft?at=seen").text
    assert dict(re.findall(r'name="(draft|revision)" value="([^"]*)"', page)) == based


def _viewer(role: str) -> Viewer:
    return Viewer(7, "key", "Name", "job", cast("Any", role), 3, "Team", 1, "Authority")


def test_rules_let_through_whom_they_name() -> None:
    """A route's rule is asked before anything is read."""
    rules = (SIGNED_IN, CASEWORK, PRACTITIONER, MANAGER, FORMS, ADMIN, AUDITOR)
    let_through = {role: [rule.allows(_viewer(role)) for rule in rules] for role in get_args(Role)}
    assert let_through == {
        "practitioner": [True, True, True, False, False, False, False],
        "manager": [True, True, False, True, False, False, False],
        "admin": [True, False, False, False, True, True, False],
        "policy": [True, False, False, False, True, False, False],
        "auditor": [True, False, False, False, False, False, True],
    }
    view = open_to_all("a reason")(lambda: None)
    rule = rule_of(view)
    assert rule is not None
    assert rule.open
    assert rule.words == "a reason"
    assert rule_of(lambda: None) is None


def test_the_policy_is_one() -> None:
    """Workers reach their own and their team's children, managers their colleagues' too; only workers write.

    Whoever looks after forms, people or the log reaches no record.
    """
    worker, manager = reach(_viewer("practitioner")), reach(_viewer("manager"))
    assert (worker.authority, worker.person, worker.team, worker.colleagues) == (1, 7, 3, False)
    assert manager.colleagues
    for role in ("admin", "policy", "auditor"):
        assert reach(_viewer(role)) == Reach(1, None, None, colleagues=False)
    assert [role for role in get_args(Role) if may_write(_viewer(role))] == ["practitioner"]
    assert [role for role in get_args(Role) if may_look_after_people(_viewer(role))] == ["admin"]
