"""At each question of a draft stands what staff do with it, and what they said about it can be answered there."""

from typing import Any

import pytest

from tests.webapp.assessments.desk import Desk, Page, begin, words
from tests.webapp.conftest import NOW
from tests.webapp.editor.drafting import Drafting
from tests.webapp.store.submitted import FIVE, submitted, ten
from tests.webapp.visitor import Visitor
from webapp.editor.staff import what_it_took
from webapp.store.database import Database, writing
from webapp.store.definitions import edition
from webapp.store.feedback import Word, leave_word
from webapp.store.feedback_answers import Replying, remarks_on, reply
from webapp.store.people import everyone

SHY = "For a shy two-year-old there is no way."
DONE = "You may now say that the child is too young."


@pytest.fixture
def ines(client: Visitor) -> Drafting:
    """Ines Marchbanks at a draft of the visit that she has begun."""
    return Drafting(client.sign_in("Ines Marchbanks")).begin()


def say(database: Database, question: str | None, said: str, section: str = "each_child") -> str:
    """Adaeze says something about the visit; gives the key of it."""
    with writing(database) as connection:
        people = {each.name: each for each in everyone(connection)}
        adaeze = people["Adaeze Finch"]
        leave_word(
            connection, adaeze, edition(connection, adaeze, "visit", NOW.date()), Word(section, question, said), NOW
        )
        found = remarks_on(connection, people["Ines Marchbanks"], "visit", NOW.date())
        return next(each.key for each in found if each.said.word.words == said)


def used(page: Page) -> dict[str, str]:
    """The terms under “What staff do with it” with what is said of them."""
    part = next(each for each in page.root.iter("section") if each.get("aria-labelledby") == "staff")
    return {words(each[0]): words(each[1]) for each in part.iter("div") if len(each) == 2 and each[0].tag == "dt"}


def answering(page: Page, key: str) -> dict[str, Any]:
    """What the form that answers a remark sends as it stands."""
    row = page.at(f"remark-{key}")
    found = {each.get("name", ""): each.get("value", "") for each in row.iter("input") if each.get("type") == "hidden"}
    return {**found, "words": "".join(next(row.iter("textarea")).itertext()).strip()}


def test_before_anything_was_submitted_it_says_what_will_stand_there(ines: Drafting) -> None:
    """At a question and at a column; a section and the form have nothing to tell."""
    for part in ("saw", "people.who"):
        text = ines.look_at(part).text
        assert "No form with this question was submitted yet. It is told from 10 forms by 5 people on." in text
        assert "Nobody said anything about it yet." in text
    for part in ("around", "*"):
        assert "What staff" not in ines.look_at(part).text


def test_of_a_few_only_their_number_is_told(ines: Drafting, database: Database) -> None:
    """Nothing of what was answered."""
    with writing(database) as connection:
        people = {each.name.partition(" ")[0]: each for each in everyone(connection)}
        for who in ("Adaeze", "Adaeze", "Corin"):
            submitted(connection, people, who, {"saw": "Two coats."}, ["saw"])
    page = ines.look_at("saw")
    assert "Too few to say: 3 forms by 2 people." in page.text
    assert used(page) == {}
    assert "Two coats" not in page.response.text


@pytest.mark.parametrize("name", ["Ines Marchbanks", "Rowan Tideswell"])
def test_how_a_question_is_answered_is_told_in_words(
    ines: Drafting, client: Visitor, database: Database, name: str
) -> None:
    """With the time it takes and the days it is told of; to who looks after forms and to who tries them."""
    with writing(database) as connection:
        people = {each.name.partition(" ")[0]: each for each in everyone(connection)}
        ten(connection, people, {"saw": "Two coats.", "seen": {"c1": "alone"}}, ["saw", "seen[c1]", "seen[c2]"])
        for number in range(10):
            record = {"saw": {"not_known": True}} if number == 0 else {}
            submitted(connection, people, FIVE[number % 5], record, ["saw"], {"saw": 170})
    page = Drafting(client.sign_in(name)).look_at("saw")
    assert used(page) == {
        "Asked": "in 20 of 20 forms",
        "Answered": "50 % of these",
        "Not known yet": "5 %",
        "Left blank": "45 %",
        "Time": "about 3 minutes, in half of the forms less",
    }
    assert "From the forms submitted 12 March 2026 to 12 March 2026, whichever version asked it." in page.text
    seen = used(ines.look_at("seen"))
    assert seen["Asked"] == "in 10 of 20 forms"
    assert seen["Answered"] == "50 % of the 20 times it was asked"
    assert seen["Not known yet"] == "never"
    assert "Too few were asked it to say how they answer." not in ines.look_at("seen").text
    assert "Too few were asked it to say how they answer." in ines.look_at("go_back").text


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (4, "less than half a minute in most forms"),
        (30, "about 1 minute, in half of the forms less"),
        (170, "about 3 minutes, in half of the forms less"),
    ],
)
def test_time_is_told_in_minutes(seconds: float, said: str) -> None:
    """To the nearest, since it is counted from saves."""
    assert what_it_took(seconds) == said


def test_a_remark_is_answered_at_its_question(ines: Drafting, client: Visitor, database: Database) -> None:
    """The outline marks it until it is; the answer stands under it there and among the forms, and can be changed."""
    key = say(database, "seen_why", SHY)
    assert "1 remark" in words(ines.look_at("saw").at("outline"))
    page = ines.look_at("seen_why")
    assert "Adaeze Finch, 12 March 2026, about version 1" in words(page.at(f"remark-{key}"))
    response = client.send("/forms/visit/remarks", {**answering(page, key), "words": f" {DONE} "})
    assert response.status_code == 303
    assert response.location == f"/forms/visit/draft?at=seen_why#remark-{key}"
    page = ines.look_at("seen_why")
    assert f"We did: {DONE} Ines Marchbanks, 12 March 2026" in words(page.at(f"remark-{key}"))
    assert "remark" not in words(page.at("outline"))
    client.send("/forms/visit/remarks", {**answering(page, key), "words": "Otherwise."})
    forms = Page(client.get("/forms"))
    assert "We did: Otherwise. Ines Marchbanks" in words(forms.at(f"remark-{key}"))
    assert DONE not in forms.text
    assert forms.link("What got in the way") == f"/forms/visit/draft?at=seen_why#remark-{key}"


def test_who_tries_forms_reads_remarks_and_answers_none(ines: Drafting, client: Visitor, database: Database) -> None:
    """There is no box, and what is posted is refused."""
    key = say(database, "seen_why", SHY)
    page = Drafting(client.sign_in("Rowan Tideswell")).look_at("seen_why")
    assert words(page.at(f"remark-{key}")).endswith("Not answered yet.")
    assert not list(page.at(f"remark-{key}").iter("form"))
    assert client.send("/forms/visit/remarks", {"remark": key, "words": DONE}).status_code == 403


def test_remarks_on_a_section_and_on_what_is_gone_have_their_place(ines: Drafting, database: Database) -> None:
    """At the section, and at the form itself, with the question as it was asked."""
    whole, gone = say(database, None, "Too long."), say(database, "baby_held", "Why twice?")
    assert ines.look_at("each_child").has(f"remark-{whole}")
    assert "What staff said about it" in ines.look_at("each_child").text
    assert ines.press("/arrange", **ines.based(), part="baby_held", act="out").status_code == 303
    page = ines.look_at("*")
    assert "Who holds the baby? Why twice?" in words(page.at(f"remark-{gone}"))
    assert not ines.look_at("each_child").has(f"remark-{gone}")


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("  \r\n", "Write what was done, or why nothing was"),
        ("x" * 2001, "This has 2,001 characters; 2,000 is the most. Shorten it"),
    ],
)
def test_what_is_wrong_with_an_answer_is_said_at_its_box(
    ines: Drafting, client: Visitor, database: Database, typed: str, problem: str
) -> None:
    """Nothing is kept, and what was typed stays."""
    key = say(database, "seen_why", SHY)
    sent = {**answering(ines.look_at("seen_why"), key), "words": typed}
    refused = client.send("/forms/visit/remarks", sent)
    assert refused.status_code == 400
    page = Page(refused)
    assert page.link(problem) == f"#reply-{key}"
    assert problem in page.described(f"reply-{key}")
    assert answering(page, key)["words"] == typed.strip()
    assert "We did:" not in ines.look_at("seen_why").text


def test_two_who_answer_at_once_are_told(ines: Drafting, client: Visitor, database: Database) -> None:
    """Theirs stands, mine is in the box; saved again it takes the place of theirs."""
    key = say(database, "seen_why", SHY)
    sent = {**answering(ines.look_at("seen_why"), key), "words": "Mine."}
    with writing(database) as connection:
        admin = next(each for each in everyone(connection) if each.name == "Ines Marchbanks")
        reply(connection, admin, Replying("visit", key, "Theirs.", 0), NOW)
    refused = client.send("/forms/visit/remarks", sent)
    assert refused.status_code == 409
    page = Page(refused)
    assert "We did: Theirs." in page.text
    assert "answered it while your page was open" in page.text
    assert answering(page, key)["words"] == "Mine."
    assert client.send("/forms/visit/remarks", answering(page, key)).status_code == 303
    assert "We did: Mine." in ines.look_at("seen_why").text


def test_without_a_draft_a_remark_leads_to_beginning_one(client: Visitor, database: Database) -> None:
    """At the question it is about; an answer sent after the draft ended is kept all the same."""
    key = say(database, "seen_why", SHY)
    forms = Page(client.sign_in("Ines Marchbanks").get("/forms"))
    assert "1 remark, not answered yet." in forms.text
    begin_page = Page(client.get(forms.link("What got in the way")))
    back = next(each.get("value") for each in begin_page.root.iter("input") if each.get("name") == "back")
    response = client.send("/forms/visit/remarks", {"remark": key, "words": DONE, "based_on": "0"})
    assert response.location == f"/forms#remark-{key}"
    assert client.send("/forms/visit/draft/begin", {"back": back}).location == "/forms/visit/draft?at=seen_why"
    assert "1 remark, answered." in Page(client.get("/forms")).text


def test_staff_read_what_was_done_where_they_leave_a_remark(client: Visitor, database: Database) -> None:
    """With the question and the day and without anybody's name; what is not answered is not there."""
    key = say(database, "seen_why", SHY)
    say(database, "saw", "Not answered.", "around")
    desk: Desk = begin(client.sign_in("Corin Ashby-Lowe"), names=["Tobi"])
    address = f"{desk.address('visit')}/feedback"
    assert "You said" not in Page(client.get(address)).text
    with writing(database) as connection:
        admin = next(each for each in everyone(connection) if each.name == "Ines Marchbanks")
        reply(connection, admin, Replying("visit", key, DONE, 0), NOW)
    page = Page(client.get(address))
    told = f"What got in the way of seeing the child alone? You said: {SHY} We did: {DONE} 12 March 2026"
    assert told in page.text
    assert "Not answered." not in page.text
    assert "Adaeze" not in page.text
    assert "Ines" not in page.text


def test_that_a_remark_was_answered_stands_in_the_log(client: Visitor, database: Database) -> None:
    """With the form and its version."""
    key = say(database, "seen_why", SHY)
    client.sign_in("Ines Marchbanks").get("/forms")
    client.send("/forms/visit/remarks", {"remark": key, "words": DONE, "based_on": "0"})
    page = Page(client.sign_in("Petra Oakenfull").get("/who-has-looked"))
    assert "answered what was said about the form visit version 1" in page.text
