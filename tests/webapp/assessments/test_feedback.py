"""Saying which question of a section does not help: nothing written is lost, and the words go to the form alone."""

import pytest
from sqlalchemy import select

from tests.webapp.assessments.desk import Desk, Page, words
from tests.webapp.assessments.finished import finish, submit
from webapp.store.database import Database, reading
from webapp.store.feedback import feedback


@pytest.fixture
def visit(desk: Desk) -> Desk:
    """A visit made in person."""
    desk.save("visit", {"q-contact": "in_person"})
    return desk


def address(desk: Desk, section: str = "around") -> str:
    """Where it is said."""
    return f"{desk.address(section)}/feedback"


def kept(database: Database) -> list[tuple[str, str | None, str]]:
    """Section, question and words of all that was said."""
    with reading(database) as connection:
        rows = connection.execute(select(feedback.c.section, feedback.c.question, feedback.c.words))
        return [(section, question, said) for section, question, said in rows]


def test_following_the_link_saves_the_section_first(visit: Desk) -> None:
    """It is a button of the form: what stands in the boxes is saved, without scripts too."""
    response = visit.post("around", {"q-saw": "Two coats.", "do": "feedback"})
    assert response.location == address(visit)
    assert visit.open("around").fields()["q-saw"] == ["Two coats."]


def test_each_question_of_the_section_can_be_picked(visit: Desk) -> None:
    """Those asked now, each once however many children it is asked for, and the section as a whole; none is picked."""
    page = Page(visit.visitor.get(address(visit, "each_child")))
    labels = [words(label) for label in page.root.iter("label")]
    assert labels == [
        "Did you see the child?", "Did you see or hear of any injury or mark?", "The section as a whole",
        "Why does it not help?",
    ]  # fmt: skip
    assert not [each for each in page.root.iter("input") if each.get("checked") is not None]
    assert page.described("words").startswith("Write nothing about a family")


def test_a_refused_word_is_given_back(visit: Desk) -> None:
    """Its page belongs to another session by now: what was written stands on the page that says so."""
    form = next(Page(visit.visitor.get(address(visit))).at("main").iter("form"))
    sent = {each.get("name"): each.get("value") for each in form.iter("input") if each.get("type") == "hidden"}
    written = {"csrf_token": "of another session", "question": "q-saw", "words": "I am asked it twice."}
    response = visit.visitor.post(address(visit), data={**sent, **written})
    assert response.status_code == 400
    assert "I am asked it twice." in response.text


def test_a_word_is_not_left_under_anothers_name(visit: Desk, database: Database) -> None:
    """The page was opened by somebody else."""
    response = visit.visitor.send(address(visit), {"question": "q-saw", "words": "Too long.", "writer": "another"})
    assert response.status_code == 403
    assert "Too long." not in response.text
    assert kept(database) == []


@pytest.mark.parametrize(("choice", "question"), [("q-saw", "saw"), ("whole", None)])
def test_what_is_said_is_kept_and_thanked_for(
    visit: Desk, database: Database, choice: str, question: str | None
) -> None:
    """With a way back to the section; line ends are one character."""
    response = visit.visitor.send(address(visit), {"question": choice, "words": " Too\r\nlong. "})
    assert response.status_code == 303
    page = Page(visit.visitor.get(response.location))
    assert page.title.startswith("Thank you")
    assert page.link("Back to What you saw and heard") == visit.address("around")
    assert kept(database) == [("around", question, "Too\nlong.")]


def test_a_double_click_is_kept_once(visit: Desk, database: Database) -> None:
    """Both lead to the same thanks."""
    sent = {"question": "q-saw", "words": "Too long."}
    locations = {visit.visitor.send(address(visit), sent).location for _ in range(2)}
    assert len(locations) == 1
    assert len(kept(database)) == 1


@pytest.mark.parametrize(
    ("choice", "said", "problems"),
    [
        ("", "", ["Choose a question, or the section as a whole", "Write why it does not help"]),
        ("q-contact", "Too long.", ["Choose a question, or the section as a whole"]),
        ("q-saw", " \n ", ["Write why it does not help"]),
        ("q-saw", "x" * 2001, ["This has 2,001 characters; 2,000 is the most. Shorten it"]),
    ],
)
def test_what_is_wrong_is_said_and_what_was_written_stays(
    visit: Desk, database: Database, choice: str, said: str, problems: list[str]
) -> None:
    """Each message leads to its field; nothing is kept."""
    response = visit.visitor.send(address(visit), {"question": choice, "words": said})
    assert response.status_code == 400
    page = Page(response)
    assert page.title.startswith("Error: ")
    links = [each for each in page.root.iter("a") if (each.get("href") or "").startswith("#")][1:]
    assert [words(link) for link in links] == problems
    assert all(page.has((link.get("href") or "#")[1:]) for link in links)
    assert words(page.at("words")) == said.strip()
    assert [each.get("value") for each in page.root.iter("input") if each.get("checked") is not None] == (
        ["q-saw"] if choice == "q-saw" else []
    )
    assert kept(database) == []


def test_as_much_as_is_allowed_is_kept(visit: Desk, database: Database) -> None:
    """Two thousand characters, counted without the spaces around them."""
    visit.visitor.send(address(visit), {"question": "whole", "words": f" {'x' * 2000} "})
    assert [len(said) for _, _, said in kept(database)] == [2000]


def test_a_section_that_is_not_there_has_no_such_page(visit: Desk) -> None:
    """Neither one that the form does not have."""
    assert visit.visitor.get(address(visit, "nothing")).status_code == 404
    assert visit.visitor.send(address(visit, "nothing"), {"question": "whole", "words": "x"}).status_code == 404


def test_what_was_submitted_meanwhile_loses_no_word(desk: Desk, database: Database) -> None:
    """The form can still be spoken about; the way back leads to what can be read."""
    finish(desk)
    desk.visitor.get(address(desk))
    submit(desk)
    response = desk.visitor.send(address(desk), {"question": "whole", "words": "Too long."})
    assert response.status_code == 303
    back = Page(desk.visitor.get(response.location)).link("Back to")
    assert desk.visitor.get(back).location.endswith("/read")
    assert len(kept(database)) == 1
