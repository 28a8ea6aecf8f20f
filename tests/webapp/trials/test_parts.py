"""The pages of the part of another authority: what keeps it from joining, who may open early, what it may say."""

import json

import pytest
from sqlalchemy import update

from tests.webapp.assessments.desk import Page
from tests.webapp.store.together import NORTHSHIRE, SOUTHMERE
from tests.webapp.trials.planning import NOW, QUESTION, WEAKER, people
from tests.webapp.trials.with_southmere import MORWENNA, ROWAN, Both
from webapp.store.contents import content_of
from webapp.store.database import writing
from webapp.store.definitions import edition
from webapp.store.drafts import Beginning, begin_draft
from webapp.store.people import NewPerson, add_person
from webapp.store.people import people as people_table
from webapp.store.trial_registration import stop


def told_and_found(page: Page) -> str:
    """The words of the error summary, each line of which leads to something on the page."""
    summary = page.response.text.partition('class="govuk-error-summary__body"')[2].partition("</ul>")[0]
    for href in summary.split('href="#')[1:]:
        assert f'id="{href.partition(chr(34))[0]}"' in page.response.text
    assert summary
    return summary


def test_what_keeps_a_part_from_joining_is_told_where_it_has_no_box(both: Both) -> None:
    """No figure from before of its teams: told at the teams, with what can be done here."""
    both.ask().as_(ROWAN)
    assert both.rowan.save("outcome", baseline="yes").status_code == 400
    response = both.join()
    assert response.status_code == 400
    summary = told_and_found(Page(response))
    assert "nothing is known before the trial" in summary
    assert 'href="#teams"' in summary
    assert f"ask {NORTHSHIRE} not to adjust" in summary


def test_a_fault_of_the_forms_is_told_as_for_who_leads_to_put_right(both: Both) -> None:
    """The form under trial drops a protected question: the summary leads to the plan, which says who can change it."""
    both.ask().as_(ROWAN)
    assert both.rowan.save("arms", changes=json.dumps(WEAKER)).status_code == 400
    response = both.join()
    assert response.status_code == 400
    summary = told_and_found(Page(response))
    assert "protected" in summary
    assert f"Only {NORTHSHIRE} can put that right" in summary


@pytest.mark.parametrize("role", ["manager", "auditor"])
def test_a_joiner_with_another_role_keeps_no_page_from_opening(both: Both, role: str) -> None:
    """Every step of the plan in Northshire opens, and the last one says that Southmere has to join again."""
    both.ask().join()
    with writing(both.rowan.database) as connection:
        of_morwenna = update(people_table).where(people_table.c.id == both.others.morwenna.id)
        connection.execute(of_morwenna.values(role=role))
    both.as_(ROWAN)
    assert both.rowan.save("outcome", baseline="yes").status_code == 400
    for step in ("arms", "teams", "outcome", "safety"):
        both.rowan.look(step)
    assert f"{SOUTHMERE} has to join again" in both.rowan.look("register").text


def test_an_authority_reads_that_it_has_to_join_again(both: Both) -> None:
    """Whoever joined has another role since: a colleague finds it on the invitation, joins, and it is gone."""
    both.ask().join()
    told = "Whoever joined for this authority has left or has another role since"
    assert told not in both.as_(MORWENNA).get(both.invitation).text
    with writing(both.rowan.database) as connection:
        of_morwenna = update(people_table).where(people_table.c.id == both.others.morwenna.id)
        connection.execute(of_morwenna.values(role="auditor", name="Morwenna Penrose"))
        office = (both.others.morwenna.authority, both.others.morwenna.team)
        add_person(connection, *office, NewPerson(MORWENNA, "policy officer", "policy"))
    assert told in both.as_(MORWENNA).get(both.invitation).text
    assert both.join().status_code == 303
    assert told not in both.as_(MORWENNA).get(both.invitation).text


@pytest.mark.parametrize("days", ["3651", "1000000", "9" * 400], ids=["many", "more", "beyond"])
def test_more_days_than_anybody_waits_are_told_at_their_box(both: Both, days: str) -> None:
    """What was typed stands there, and the page says how many days there can be."""
    both.as_(ROWAN)
    response = both.rowan.save("outcome", primary="completed_within", primary_days=days, baseline="yes")
    assert response.status_code == 400
    assert "at most 3,650" in response.text
    assert days in response.text
    both.rowan.look("register")


def test_a_plan_that_nobody_may_open_says_so_everywhere(both: Both) -> None:
    """The invitation and the part's page say nobody, until an amendment in Northshire names somebody."""
    both.as_(ROWAN)
    both.rowan.save("safety", openers=[])
    both.ask()
    page = Page(both.as_(MORWENNA).get(both.invitation))
    assert "Who may open results earlynobody" in page.text
    assert f"{NORTHSHIRE} alone can amend the plan" in page.text
    lead, part = both.registered()
    visitor = both.as_(MORWENNA)
    page = Page(visitor.get(f"/trials/{part.key}"))
    assert "Who may open results earlynobody" in page.text
    assert "Nobody may open the results before the end" in page.text
    assert "it alone can amend the plan" in page.text
    visitor, key = both.as_(ROWAN), people(both.rowan.database)[ROWAN].key
    visitor.get(f"/trials/{lead.key}")
    visitor.send(f"/trials/{lead.key}/amend", {"words": "Somebody should.", "openers": key})
    page = Page(both.as_(MORWENNA).get(f"/trials/{part.key}"))
    assert f"Somebody whom {NORTHSHIRE} named may open the results before the end" in page.text
    assert ROWAN not in page.text.partition("as text")[0]


def test_an_opener_is_told_to_the_part_without_a_name(both: Both) -> None:
    """The plan names Rowan: Southmere reads that Northshire named somebody, and nothing of who."""
    both.ask()
    page = Page(both.as_(MORWENNA).get(both.invitation))
    assert f"Who may open results earlysomebody whom {NORTHSHIRE} named" in page.text
    _, part = both.registered()
    page = Page(both.as_(MORWENNA).get(f"/trials/{part.key}"))
    assert f"Who may open results earlysomebody whom {NORTHSHIRE} named" in page.text
    assert f"Somebody whom {NORTHSHIRE} named may open" in page.text


def test_a_part_has_no_box_for_who_opens_early(both: Both) -> None:
    """It is for who leads to say: sent all the same, with a watcher or without, nothing is kept."""
    _, part = both.registered()
    visitor, address = both.as_(MORWENNA), f"/trials/{part.key}"
    assert 'name="openers"' not in visitor.get(address).text
    for watcher in ("", both.others.senara.key):
        sent = {"words": "For us", "watcher": watcher, "openers": both.others.morwenna.key}
        assert visitor.send(f"{address}/amend", sent).status_code == 400
    assert "For us" not in visitor.get(address).text


def test_earlier_trials_of_a_part_are_told_without_a_link_elsewhere(both: Both) -> None:
    """Both drew and stopped before: Northshire reads of Southmere’s teams with its name, Southmere has its own link."""
    lead, part = both.registered()
    with writing(both.rowan.database) as connection:
        stop(connection, people(both.rowan.database)[ROWAN], lead.key, "It fell badly", NOW)
    both.as_(ROWAN)
    both.rowan.begin("Does it fall better?").fill_in()
    both.key = ""
    both.ask()
    page = Page(both.as_(MORWENNA).get(both.invitation))
    assert page.link(QUESTION) == f"/trials/{part.key}"
    assert "It fell badly" in page.text
    assert "in which earlier trials of this form its teams were" in page.text
    again, theirs = both.registered()
    for name, trial, own, other in ((ROWAN, again, lead, SOUTHMERE), (MORWENNA, theirs, part, NORTHSHIRE)):
        page = Page(both.as_(name).get(f"/trials/{trial.key}"))
        assert f"In {other}: {QUESTION}" in page.text
        assert page.link(QUESTION) == f"/trials/{own.key}"


def test_publishing_opens_whatever_trial_the_address_names(both: Both) -> None:
    """One that is not there, one of another authority and one that is sealed give no reason, and no refusal."""
    lead, part = both.registered()
    with writing(both.rowan.database) as connection:
        ines = people(both.rowan.database)["Ines Marchbanks"]
        content = {**content_of(connection, edition(connection, ines, "visit", NOW.date())), "version": 2}
        begin_draft(connection, ines, Beginning("visit", None, json.dumps(content)), NOW)
    visitor = both.as_("Ines Marchbanks")
    for query in ("", "?trial=nothing", f"?trial={part.key}", f"?trial={lead.key}"):
        response = visitor.get(f"/forms/visit/publish{query}")
        assert response.status_code == 200
        assert "It did better in trial" not in response.text


def test_who_checks_reads_that_another_authority_stopped_the_trial(both: Both) -> None:
    """The log in Southmere says Northshire did, and nobody’s name, job or team of it."""
    lead, _ = both.registered()
    with writing(both.rowan.database) as connection:
        stop(connection, people(both.rowan.database)[ROWAN], lead.key, "The form is replaced", NOW)
    page = Page(both.as_(both.others.senara.name).get("/who-has-looked"))
    assert f"{NORTHSHIRE}stopped a trial of the form" in page.text
    assert f"{MORWENNA}policy officer, Policyregistered a trial of the form" in page.text
    assert ROWAN not in page.text


def test_discarding_after_an_answer_says_whose(both: Both) -> None:
    """Southmere joined while the page was open: nothing is discarded, and the words say that it answered."""
    both.ask()
    visitor = both.as_(ROWAN)
    address = f"/trials/{both.rowan.key}/discard"
    revision = Page(visitor.get(address)).filled("main")["revision"]
    both.join()
    visitor = both.as_(ROWAN)
    visitor.get(address)
    response = visitor.send(address, {"revision": revision})
    assert response.status_code == 409
    assert f"{SOUTHMERE} answered while your page was open" in response.text
