"""What a worker, a manager and everybody else see of a trial: that a form is under it, why, and how to be out of it."""

from collections.abc import Mapping

import pytest
from flask import Flask
from sqlalchemy import select

from tests.webapp.assessments.desk import Desk, Page, begin
from tests.webapp.assessments.finished import finish, submit
from tests.webapp.conftest import NOW
from tests.webapp.store.trial_plans import arm_of_team, committed, plan_for
from tests.webapp.visitor import Visitor
from webapp.access import Viewer
from webapp.store.access_log import access_log
from webapp.store.assessments import assessment_to_write
from webapp.store.children import children_of
from webapp.store.database import Database, reading, writing
from webapp.store.people import everyone
from webapp.store.trial_planning import add_trial
from webapp.store.trial_registration import stop
from webapp.store.trial_tables import trial_forms, trial_measures, trial_taken_out
from webapp.store.trials import Trial
from webapp.store.under_trial import Kind, take_out

LINE = "This form is under trial"
ASKED = "How well did this form help you think about this child?"
RESULTS = ("better", "worse", "more minutes", "fewer minutes", "average", "mean")


@pytest.fixture
def people(database: Database) -> Mapping[str, Viewer]:
    """Everybody by their first name."""
    with reading(database) as connection:
        return {person.name.partition(" ")[0]: person for person in everyone(connection)}


@pytest.fixture
def trial(database: Database, people: Mapping[str, Viewer]) -> Trial:
    """The trial of the visit, running."""
    return committed(database, people)


@pytest.fixture
def tried(trial: Trial, worker: Visitor) -> Desk:
    """A visit that Adaeze has begun under the trial."""
    return begin(worker)


@pytest.fixture
def handed_in(tried: Desk) -> Desk:
    """The same once it was submitted."""
    finish(tried)
    submit(tried)
    return tried


def measures(database: Database) -> dict[str, float]:
    """What was measured, by outcome."""
    with reading(database) as connection:
        rows = connection.execute(select(trial_measures.c.outcome, trial_measures.c.value))
        return {outcome: value for outcome, value in rows}  # noqa: C416


def as_manager(app: Flask, name: str = "Tom Brackley") -> Visitor:
    """A manager at another browser."""
    visitor = app.test_client()
    assert isinstance(visitor, Visitor)
    return visitor.sign_in(name)


def test_beginning_and_writing_say_that_the_form_is_under_trial(trial: Trial, worker: Visitor) -> None:
    """In one line: why, and whom to ask, with a link to what is told to staff and families."""
    desk = begin(worker)
    child = desk.children["Wren"]
    beginning = Page(worker.get(f"/children/{child}/begin/visit"))
    writing = desk.open("visit")
    for page in (beginning, writing):
        assert f"{LINE}: {trial.plan.question} To ask about it: Rowan Tideswell, 01632 960111." in page.text
        assert page.link("About this trial") == f"/trials/{trial.key}/about"
    assert writing.link("Opting out") == f"/assessments/{desk.key}/trial"
    assert "Under trial in your team" in Page(worker.get(f"/children/{child}/begin")).text


def test_outside_a_trial_nothing_is_said_of_trials(worker: Visitor) -> None:
    """Neither while it is begun, nor written, nor read; and its page for that is not there."""
    desk = begin(worker)
    assert LINE not in desk.open("visit").text
    finish(desk)
    assert "trial" not in Page(worker.get(submit(desk))).text
    assert worker.get(f"/assessments/{desk.key}/trial").status_code == 404


def test_the_form_that_is_opened_is_the_teams_own(
    database: Database, people: Mapping[str, Viewer], trial: Trial, tried: Desk
) -> None:
    """In the words of the arm that the team was drawn for."""
    with reading(database) as connection:
        plain = arm_of_team(connection, trial, people["Adaeze"].team_name) == "plain"
    tried.save("visit", {"q-contact": "in_person", "q-place": "home"})
    assert ("What did you see at home, in plain words?" in tried.open("around").text) == plain


def test_what_is_told_of_a_trial_is_for_everybody_here_and_holds_no_result(
    app: Flask, trial: Trial, tried: Desk
) -> None:
    """The question, both forms by name, one's own team's, information, opting out; elsewhere it is not there."""
    page = Page(tried.visitor.get(f"/trials/{trial.key}/about"))
    for words in (trial.plan.question, trial.plan.for_staff, trial.plan.for_families, trial.plan.opt_out):
        assert words in page.text
    assert "Your team writes on “The visit" in page.text
    assert not [words for words in RESULTS if f" {words} " in page.text.replace("which of them is better", "")]
    assert (
        "Your team does not take part"
        in Page(as_manager(app, "Petra Oakenfull").get(f"/trials/{trial.key}/about")).text
    )
    assert as_manager(app, "Bryony Castledine").get(f"/trials/{trial.key}/about").status_code == 404


def test_what_differs_is_told_to_those_who_plan_and_those_who_write(app: Flask, trial: Trial) -> None:
    """In the words of the change, on the plan as it was registered and on what workers read."""
    for who, address in (("Adaeze Finch", f"/trials/{trial.key}/about"), ("Rowan Tideswell", f"/trials/{trial.key}")):
        page = Page(as_manager(app, who).get(address)).text
        assert "What is different in the form under trial:" in page
        assert "What did you see at home, in plain words?" in page


def test_a_plan_that_is_not_registered_is_told_to_nobody(
    app: Flask, database: Database, people: Mapping[str, Viewer]
) -> None:
    """There is nothing to take part in yet."""
    with writing(database) as connection:
        planned = add_trial(connection, people["Rowan"], plan_for(people), NOW)
    assert as_manager(app).get(f"/trials/{planned.key}/about").status_code == 404


def test_the_one_question_follows_submission_and_may_be_left(database: Database, handed_in: Desk) -> None:
    """It stands on the page that is read, once; nothing chosen is told; the answer can be changed on its page."""
    visitor, key = handed_in.visitor, handed_in.key
    assert ASKED in Page(visitor.get(f"/assessments/{key}/read")).text
    nothing = visitor.send(f"/assessments/{key}/trial/worker", {})
    assert nothing.status_code == 400
    assert "Choose one of the five" in nothing.text
    assert visitor.send(f"/assessments/{key}/trial/worker", {"worker": "4"}).status_code == 303
    assert ASKED not in Page(visitor.get(f"/assessments/{key}/read")).text
    assert measures(database)["worker_rating"] == 4
    visitor.get(f"/assessments/{key}/trial")
    visitor.send(f"/assessments/{key}/trial/worker", {"worker": "2"})
    assert measures(database)["worker_rating"] == 2
    assert {"minutes", "words", "not_known", "days"} <= measures(database).keys()


def test_what_the_family_said_is_entered_with_its_day(app: Flask, database: Database, handed_in: Desk) -> None:
    """By the worker or the manager; a day that cannot be is told at its boxes, with what was typed."""
    manager, address = as_manager(app), f"/assessments/{handed_in.key}/trial"
    manager.get(address)
    day = {"said_on-day": "12", "said_on-month": "3", "said_on-year": "2026"}
    wrong = manager.send(f"{address}/family", {"family": "5", **day, "said_on-year": "2031"})
    assert wrong.status_code == 400
    assert "Give the day on which they said it" in wrong.text
    assert 'value="2031"' in wrong.text
    assert manager.send(f"{address}/family", {"family": "5", **day}).status_code == 303
    assert measures(database)["family_rating"] == 5
    assert "What the family said is kept." in Page(manager.get(f"{address}?done=family")).text


def test_after_a_trial_was_stopped_its_forms_are_still_asked_about(
    database: Database, people: Mapping[str, Viewer], trial: Trial, handed_in: Desk
) -> None:
    """What was begun counts until the registered end, and its page says so."""
    with writing(database) as connection:
        stop(connection, people["Rowan"], trial.key, "Enough", NOW)
    visitor, key = handed_in.visitor, handed_in.key
    assert ASKED in Page(visitor.get(f"/assessments/{key}/read")).text
    page = Page(visitor.get(f"/assessments/{key}/trial"))
    assert "The trial was stopped: no form is begun under it any more." in page.text
    assert page.has("worker")
    assert visitor.send(f"/assessments/{key}/trial/worker", {"worker": "4"}).status_code == 303
    assert measures(database)["worker_rating"] == 4


def test_a_family_opts_out_on_one_page_and_nothing_of_them_is_measured(database: Database, handed_in: Desk) -> None:
    """The worker notes it; what was measured is forgotten and the form says nothing of the trial any more."""
    visitor, address = handed_in.visitor, f"/assessments/{handed_in.key}/trial"
    assert measures(database) != {}
    visitor.get(address)
    unticked = visitor.send(f"{address}/opt-out")
    assert (unticked.status_code, "Tick this if the family has said so" in unticked.text) == (400, True)
    assert measures(database) != {}
    assert visitor.send(f"{address}/opt-out", {"opted_out": "yes"}).status_code == 303
    assert measures(database) == {}
    page = Page(visitor.get(address))
    assert "The family has opted out of this trial" in page.text
    assert not page.has("worker")
    assert LINE not in Page(visitor.get(f"/assessments/{handed_in.key}/read")).text


def test_a_draft_begun_before_its_family_opted_out_says_on_which_form(
    database: Database, people: Mapping[str, Viewer], trial: Trial, tried: Desk
) -> None:
    """So that of two visits the worker knows which is the usual one; that the form is under trial is not said."""
    visitor, address = tried.visitor, f"/assessments/{tried.key}/trial"
    visitor.get(address)
    visitor.send(f"{address}/opt-out", {"opted_out": "yes"})
    with reading(database) as connection:
        plain = arm_of_team(connection, trial, people["Adaeze"].team_name) == "plain"
    before, since = tried.open("visit").text, begin(visitor).open("visit").text
    which = "the form under trial" if plain else "the usual form"
    told = f"Begun on {which} before the family opted out of its trial: nothing about it is measured any more."
    assert (told in before, LINE in before) == (True, False)
    assert (told in since, "so this is the usual one" in since) == (False, True)


def test_a_family_that_opted_out_is_not_told_of_the_trial_where_a_form_is_begun(
    tried: Desk, database: Database, people: Mapping[str, Viewer]
) -> None:
    """Neither on the page of one of its children nor of another, also where nobody was ticked; other families are."""
    visitor, address = tried.visitor, f"/assessments/{tried.key}/trial"
    visitor.get(address)
    visitor.send(f"{address}/opt-out", {"opted_out": "yes"})
    for name in ("Wren", "Ossie"):
        beginning = f"/children/{tried.children[name]}/begin/visit"
        page = Page(visitor.get(beginning))
        assert (LINE in page.text, "Begin a" in page.text) == (False, True)
        again = visitor.send(beginning, {})
        assert (again.status_code, LINE in again.text) == (400, False)
    with reading(database) as connection:
        other = next(each for each in children_of(connection, people["Adaeze"]) if each.family_name != "Tallowby")
    assert LINE in Page(visitor.get(f"/children/{other.key}/begin/visit")).text


def test_a_family_refuses_before_a_form_is_begun(
    tried: Desk, database: Database, people: Mapping[str, Viewer], trial: Trial
) -> None:
    """Ticked where a form is begun: the usual one is begun, and every form about them is out of the trial."""
    visitor, beginning = tried.visitor, f"/children/{tried.children['Wren']}/begin/visit"
    page = Page(visitor.get(beginning))
    assert "The family does not want to take part: use the usual form" in page.text
    nobody = visitor.send(beginning, {"refused": "yes"})
    assert (nobody.status_code, 'value="yes" checked' in nobody.text) == (400, True)
    sent = {"children": tried.children["Wren"], "refused": "yes", "key": "a-page"}
    begun = [visitor.send(beginning, sent) for _ in range(2)]
    assert len({each.location for each in begun}) == 1
    with reading(database) as connection:
        served = connection.execute(select(trial_forms.c.served_arm, trial_forms.c.why).order_by("assessment_id")).all()
        out = connection.execute(select(trial_taken_out.c.kind, trial_taken_out.c.reason)).all()
        acts = [each.act for each in connection.execute(select(access_log))]
    assert [tuple(each) for each in served[1:]] == [("now", "family")]
    assert [each.kind for each in out] == ["family", "family"]
    assert "did not want to take part" in out[0].reason
    assert acts.count("opted_out") == 2
    assert "The family does not want to take part" not in Page(visitor.get(beginning)).text


def test_a_family_of_one_child_can_refuse_before_a_form_is_begun(
    trial: Trial, worker: Visitor, database: Database, people: Mapping[str, Viewer]
) -> None:
    """The form under trial is not begun by choosing it: its page with the tick comes first, other forms’ do not."""
    with reading(database) as connection:
        mine = children_of(connection, people["Adaeze"])
    names = [each.family_name for each in mine]
    alone = next(each for each in mine if names.count(each.family_name) == 1)
    page = worker.get(f"/children/{alone.key}/begin").text
    assert f'href="/children/{alone.key}/begin/visit"' in page
    assert f'action="/children/{alone.key}/begin/visit"' not in page
    assert f'action="/children/{alone.key}/begin/supervision"' in page
    assert "The family does not want to take part" in worker.get(f"/children/{alone.key}/begin/visit").text


def test_outside_a_trial_no_family_can_refuse_one(worker: Visitor) -> None:
    """Nothing is ticked there, and what is sent all the same changes nothing."""
    desk = begin(worker)
    beginning = f"/children/{desk.children['Wren']}/begin/visit"
    assert "take part" not in Page(worker.get(beginning)).text
    assert worker.send(beginning, {"children": desk.children["Wren"], "refused": "yes"}).status_code == 303


def test_a_manager_takes_a_form_out_for_safety_with_a_reason(app: Flask, database: Database, tried: Desk) -> None:
    """A worker cannot, and is told whom to ask; without a reason nothing happens; it is logged."""
    address = f"/assessments/{tried.key}/trial"
    assert "Talk to your manager" in Page(tried.visitor.get(address)).text
    assert tried.visitor.send(f"{address}/take-out", {"reason": "Unsafe"}).status_code == 403
    manager = as_manager(app)
    manager.get(address)
    assert "Write a line that says why" in manager.send(f"{address}/take-out", {"reason": " "}).text
    assert manager.send(f"{address}/take-out", {"reason": "It hides what she said"}).status_code == 303
    told = Page(manager.get(f"{address}?done=taken-out")).text
    assert "You can go on with this one, or set it aside and begin anew." in told
    assert "Taken out for safety by Tom Brackley on 12 March 2026: It hides what she said" in told
    with reading(database) as connection:
        assert [each.kind for each in connection.execute(select(trial_taken_out))] == ["safety"]
        acts = [each.act for each in connection.execute(select(access_log))]
    assert "taken_out" in acts


def test_only_a_manager_is_led_to_taking_a_submitted_form_out(app: Flask, handed_in: Desk) -> None:
    """The worker’s link names what the worker can do there; a submitted form is not said to be gone on with."""
    manager, address = as_manager(app), f"/assessments/{handed_in.key}"
    mine, theirs = (Page(each.get(f"{address}/read")) for each in (handed_in.visitor, manager))
    assert mine.link("What the family said and opting out") == f"{address}/trial"
    assert theirs.link("What the family said, opting out, and taking this form out") == f"{address}/trial"
    told = Page(manager.get(f"{address}/trial")).text
    assert "This one stays in the record as it was submitted." in told
    assert "go on with this one" not in told


@pytest.mark.parametrize(("kind", "words"), [("family", "the family has opted out"), ("safety", "for safety")])
def test_with_a_child_who_is_out_nothing_is_said_to_be_tried(
    kind: Kind, words: str, people: Mapping[str, Viewer], database: Database, tried: Desk
) -> None:
    """The usual form begun afterwards carries no notice, but one line that says why."""
    with writing(database) as connection:
        form = assessment_to_write(connection, people["Adaeze"], tried.key)
        take_out(connection, people["Tom" if kind == "safety" else "Adaeze"], form, kind, "Too much", NOW)
    child = tried.children["Wren"]
    assert "Under trial in your team" not in Page(tried.visitor.get(f"/children/{child}/begin")).text
    beginning = Page(tried.visitor.get(f"/children/{child}/begin/visit"))
    again = begin(tried.visitor).open("visit")
    for page in (beginning, again):
        assert LINE not in page.text
        assert "Nothing is tried here" in page.text
        assert words in page.text


def test_a_usual_form_after_a_take_out_says_nothing_of_the_trial_once_submitted(
    people: Mapping[str, Viewer], database: Database, tried: Desk
) -> None:
    """Nothing was tried with it, so nothing is asked about it."""
    with writing(database) as connection:
        form = assessment_to_write(connection, people["Adaeze"], tried.key)
        take_out(connection, people["Tom"], form, "safety", "Too much", NOW)
    again = begin(tried.visitor)
    finish(again)
    page = Page(tried.visitor.get(submit(again))).text
    assert LINE not in page
    assert ASKED not in page


STRANGERS = ("Corin Ashby-Lowe", "Nell Ottaway", "Jago Merrick-Vale", "Rowan Tideswell", "Bryony Castledine")


@pytest.mark.parametrize("stranger", STRANGERS)
def test_who_is_not_on_the_case_does_nothing_about_a_form_under_trial(
    stranger: str, app: Flask, database: Database, handed_in: Desk
) -> None:
    """Neither reads that it is under trial nor rates it, opts a family out or takes it out."""
    before, address = measures(database), f"/assessments/{handed_in.key}/trial"
    visitor = as_manager(app, stranger)
    assert visitor.get(address).status_code in (403, 404)
    for deed in ("worker", "family", "opt-out", "take-out"):
        assert visitor.send(
            f"{address}/{deed}", {"worker": "1", "family": "1", "reason": "x", "opted_out": "yes"}
        ).status_code in (
            403,
            404,
        )
    assert measures(database) == before
    with reading(database) as connection:
        assert connection.execute(select(trial_taken_out)).all() == []
