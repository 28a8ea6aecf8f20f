"""A manager changes who works with a child, having talked about it."""

import pytest
from flask import Flask

from tests.webapp.assessments.desk import Desk, Page, begin, words
from tests.webapp.record.test_new_contact import acts, errors
from tests.webapp.record.test_record import visitor
from tests.webapp.visitor import Visitor
from webapp.store.database import Database

TALK = "Corin & Adaeze: he knows the school."


@pytest.fixture
def tom(app: Flask) -> Visitor:
    """The manager of the Larkfield team."""
    return visitor(app, "Tom Brackley")


def page_of(tom: Visitor, child: str = "Wren Tallowby") -> tuple[str, Page]:
    """The address and the page on which who works with a child is changed."""
    address = Page(tom.get("/")).link(child)
    link = Page(tom.get(address)).link("Change who works with")
    return link, Page(tom.get(link))


def options(page: Page) -> dict[str, str]:
    """Who can be chosen, with what is sent."""
    return {words(each): each.get("value", "") for each in page.root.iter("option")}


def ticks(page: Page) -> dict[str, str]:
    """Who works with the child, with what is sent to take it from them."""
    labels = {each.get("for"): words(each) for each in page.root.iter("label")}
    boxes = [each for each in page.root.iter("input") if each.get("name") == "ended"]
    return {labels[each.get("id")]: each.get("value", "") for each in boxes}


def test_whoever_can_work_with_a_child_can_be_chosen(tom: Visitor) -> None:
    """By team, without those who have the child already and those who are no caseworkers."""
    _, page = page_of(tom)
    assert list(options(page)) == [
        "Nobody new",
        "Larkfield team, the whole team",
        "Corin Ashby-Lowe, social worker",
        "Tom Brackley, team manager",
        "Saltmere team, the whole team",
        "Jago Merrick-Vale, team manager",
        "Nell Ottaway, social worker",
    ]
    assert list(ticks(page)) == ["Adaeze Finch, social worker"]
    assert "Nobody has stopped working with Wren." in page.text


def test_a_child_is_given_to_another_worker(app: Flask, tom: Visitor, worker: Visitor, database: Database) -> None:
    """The one finds it, the other no longer does and is told when saving; the manager reads what was said."""
    desk = begin(worker, names=["Wren"])
    link, page = page_of(tom)
    to = options(page)["Corin Ashby-Lowe, social worker"]
    sent = {"to": to, "ended": list(ticks(page).values()), "conversation": TALK}
    response = tom.send(link, sent)
    assert response.status_code == 303
    child = Page(tom.get(response.location))
    assert "Saved. Who works with Wren now stands beside." in child.text
    assert "Corin Ashby-Lowe, social worker" in child.text
    assert "Wren Tallowby" in visitor(app, "Corin Ashby-Lowe").get("/").text
    _told_that_it_is_gone(worker, desk)
    again = Page(tom.get(link))
    assert "Adaeze Finch, social worker 12 March 2026 to 12 March 2026" in again.text
    assert f"When it ended: {TALK}" in again.text
    assert [act for act in acts(database) if act != "opened"] == ["ended", "allocated"]


def test_a_draft_about_brothers_and_sisters_is_told_before_they_are_parted(tom: Visitor, worker: Visitor) -> None:
    """Nobody could go on with it afterwards, so it is said who writes it, about whom and since when."""
    _, page = page_of(tom)
    assert "Only who works with all of them" not in page.text
    begin(worker)
    _, page = page_of(tom)
    told = "The visit about Wren and Ossie, begun 12 March 2026, is still being written by Adaeze Finch."
    assert f"{told} Only who works with all of them can go on with it" in page.text


def test_whoever_parts_children_of_a_draft_is_told_how_to_put_it_right(tom: Visitor, worker: Visitor) -> None:
    """On the child's page at once, and on the page of who works with the child until it is put right."""
    begin(worker)
    link, page = page_of(tom)
    sent = {"to": options(page)["Corin Ashby-Lowe, social worker"], "conversation": TALK}
    parting = Page(tom.get(tom.send(link, {**sent, "ended": list(ticks(page).values())}).location))
    told = "Nobody works with every child that the visit begun 12 March 2026 is about, Wren and Ossie"
    assert told in parting.text
    assert parting.link("Let one worker work with all of them") == link
    again = Page(tom.get(link))
    assert "Nobody works with all of them now, so nobody can go on with it" in again.text
    right = {"to": options(again)["Adaeze Finch, social worker"], "conversation": TALK}
    assert told not in Page(tom.get(tom.send(link, right).location)).text
    assert "Nobody works with all of them now" not in Page(tom.get(link)).text


def test_nothing_is_said_of_parting_where_the_whole_team_works_with_the_other(tom: Visitor, worker: Visitor) -> None:
    """Whoever is of the team can go on with it."""
    begin(worker)
    link, page = page_of(tom)
    sent = {"to": options(page)["Larkfield team, the whole team"], "conversation": TALK}
    after = Page(tom.get(tom.send(link, {**sent, "ended": list(ticks(page).values())}).location))
    assert "Nobody works with every child" not in after.text


def test_a_child_that_leaves_the_team_with_a_draft_behind_is_told_on_the_list(tom: Visitor, worker: Visitor) -> None:
    """Without a name, for the child is no longer the manager's."""
    begin(worker)
    link, page = page_of(tom)
    to = options(page)["Nell Ottaway, social worker"]
    response = tom.send(link, {"to": to, "ended": list(ticks(page).values()), "conversation": TALK})
    home = Page(tom.get(response.location)).text
    assert "A form about this child and others is still being written, and nobody works with all of them now" in home
    assert "Wren" not in home


def _told_that_it_is_gone(worker: Visitor, desk: Desk) -> None:
    wren = desk.children["Wren"]
    assert worker.get(f"/children/{wren}").status_code == 404
    refused = worker.send(desk.address("visit"), {"held": ["q-contact"], "q-contact": "phone", "key": "k"})
    assert refused.status_code == 403
    assert "Wren is no longer allocated to you or your team" in refused.text


def test_a_child_given_to_another_team_leaves_the_managers_list(tom: Visitor) -> None:
    """Which is said on the list, without the name in the address."""
    link, page = page_of(tom)
    to = options(page)["Saltmere team, the whole team"]
    response = tom.send(link, {"to": to, "ended": list(ticks(page).values()), "conversation": TALK})
    assert response.location == "/?given=1"
    home = Page(tom.get(response.location))
    assert "Saved. The child is no longer with your team" in home.text
    assert "Wren" not in home.text
    assert tom.get(link).status_code == 404


@pytest.mark.parametrize(
    ("chosen", "ended", "conversation", "told"),
    [
        ("", False, TALK, ["Choose who is to work with the child, or who no longer does"]),
        ("Corin Ashby-Lowe, social worker", False, " ", ["Write a line about what was talked about, and with whom"]),
        ("", True, TALK, ["Somebody has to work with Wren: give the record to another worker or team"]),
        ("Corin Ashby-Lowe, social worker", True, "x" * 2001, ["What was talked about must be 2,000 characters"]),
    ],
)
def test_a_change_is_talked_about_and_leaves_somebody(
    tom: Visitor, database: Database, chosen: str, ended: bool, conversation: str, told: list[str]
) -> None:
    """Else nothing is changed, and what was chosen and typed stands."""
    link, page = page_of(tom)
    sent = {
        "to": options(page).get(chosen, ""),
        "ended": list(ticks(page).values()) if ended else [],
        "conversation": conversation,
    }
    response = tom.send(link, sent)
    again = Page(response)
    assert response.status_code == 400
    assert [line[: len(begins)] for line, begins in zip(errors(again), told, strict=True)] == told
    assert words(again.at("conversation")) == conversation.strip()
    assert [each.get("checked") is not None for each in again.root.iter("input") if each.get("name") == "ended"] == [
        ended
    ]
    assert [each.get("value") for each in again.root.iter("option") if each.get("selected") is not None] == (
        [sent["to"]] if chosen else []
    )
    assert "allocated" not in acts(database)


def test_nobody_who_is_no_caseworker_is_given_a_child(tom: Visitor, app: Flask) -> None:
    """Whatever is sent, only those to choose from count."""
    link, _ = page_of(tom)
    for whom in ("team Practice and performance", "team Harbour team", "person x"):
        assert tom.send(link, {"to": whom, "conversation": TALK}).status_code == 400


def test_a_worker_changes_nothing(worker: Visitor, tom: Visitor) -> None:
    """And sees no link to it."""
    link, _ = page_of(tom)
    page = Page(worker.get(link.removesuffix("/allocation")))
    assert "Change who works with" not in page.text
    assert worker.get(link).status_code == 403
    assert worker.send(link, {"to": "", "conversation": TALK}).status_code == 403


def test_another_teams_manager_finds_nothing(app: Flask, tom: Visitor) -> None:
    """As if the child were not there."""
    link, _ = page_of(tom)
    jago = visitor(app, "Jago Merrick-Vale")
    assert jago.get(link).status_code == 404
    assert jago.send(link, {"to": "", "conversation": TALK}).status_code == 404


def test_brothers_and_sisters_go_with_a_child_in_one_step(tom: Visitor, app: Flask, database: Database) -> None:
    """Each is told by whom they are with now, and each is logged."""
    link, page = page_of(tom)
    assert "Also for Ossie, 3 years" in page.text
    assert page.described("also-1") == "With Adaeze Finch now"
    ossie = page.at("also-1").get("value")
    to = options(page)["Corin Ashby-Lowe, social worker"]
    sent = {"to": to, "ended": list(ticks(page).values()), "conversation": TALK, "also": [ossie]}
    assert tom.send(link, sent).status_code == 303
    home = visitor(app, "Corin Ashby-Lowe").get("/").text
    assert "Wren Tallowby" in home
    assert "Ossie Tallowby" in home
    assert "Tallowby" not in visitor(app, "Adaeze Finch").get("/").text
    assert [act for act in acts(database) if act != "opened"] == ["ended", "allocated"] * 2


def test_only_brothers_and_sisters_within_reach_go_with_a_child(tom: Visitor, app: Flask) -> None:
    """Whatever else is ticked stays with whom it was."""
    link, page = page_of(tom)
    juno = Page(tom.get("/")).link("Juno Brindlecombe").rsplit("/", 1)[1]
    to = options(page)["Corin Ashby-Lowe, social worker"]
    assert tom.send(link, {"to": to, "conversation": TALK, "also": [juno, "x"]}).status_code == 303
    assert "Juno" not in visitor(app, "Corin Ashby-Lowe").get("/").text


def test_a_family_is_handed_over_whole_or_not_at_all(tom: Visitor, worker: Visitor, database: Database) -> None:
    """Where one child would be left with nobody, nothing is changed for any, and what was ticked stands."""
    link, page = page_of(tom)
    to = options(page)["Corin Ashby-Lowe, social worker"]
    assert tom.send(link, {"to": to, "conversation": TALK}).status_code == 303
    again = Page(tom.get(link))
    sent = {"ended": [ticks(again)["Adaeze Finch, social worker"]], "conversation": TALK}
    response = tom.send(link, sent | {"also": [again.at("also-1").get("value")]})
    assert response.status_code == 400
    refused = Page(response)
    assert errors(refused)[0].startswith("Somebody has to work with Ossie")
    assert refused.at("also-1").get("checked") is not None
    assert "ended" not in acts(database)
    assert "Wren Tallowby" in worker.get("/").text


def test_a_page_that_is_shown_again_is_logged(tom: Visitor, database: Database) -> None:
    """It holds what was talked about before."""
    link, _ = page_of(tom)
    before = acts(database).count("opened")
    assert tom.send(link, {"to": "", "conversation": TALK}).status_code == 400
    assert acts(database).count("opened") == before + 1


def test_what_was_talked_about_is_given_back_where_it_cannot_be_saved(tom: Visitor, worker: Visitor) -> None:
    """Such as where the child has been given to another team meanwhile."""
    link, page = page_of(tom)
    key = next(each.get("value") for each in page.root.iter("input") if each.get("name") == "writer")
    to = options(page)["Saltmere team, the whole team"]
    sent = {"to": to, "ended": list(ticks(page).values()), "conversation": TALK, "writer": key}
    assert tom.send(link, sent).status_code == 303
    refused = tom.send(link, sent)
    assert refused.status_code == 404
    assert TALK in Page(refused).text
