"""A problem that the check knows a way out of is mended at one press, and the step can be undone."""

import pytest
from flask import Flask

from tests.webapp.assessments.desk import Page
from tests.webapp.editor.drafting import Drafting
from tests.webapp.visitor import Visitor

MISSPELT = ('{"question": "injury", "is": "yes"}', '{"question": "injury", "is": "yess"}')


@pytest.fixture
def ines(client: Visitor) -> Drafting:
    """Ines Marchbanks, who looks after forms, at a draft of the visit."""
    return Drafting(client.sign_in("Ines Marchbanks"), "visit").begin()


def misspelt(ines: Drafting) -> str:
    """A draft in which a condition waits for an option that is not there; gives the words of the first mend."""
    ines.change(*MISSPELT)
    page = ines.look_at("injuries")
    assert "has no option “yess”" in page.text
    return offered(page)[0]


def offered(page: Page) -> list[str]:
    """The words of the buttons that mend something."""
    return [each.get("value", "") for each in page.root.iter("button") if each.get("name") == "mend"]


def pressed(ines: Drafting, words: str) -> dict[str, str]:
    """What the button with these words sends."""
    forms = (each for each in ines.look_at("injuries").root.iter("form"))
    mending = next(each for each in forms if each.get("action", "").endswith("/draft/mend"))
    hidden = {each.get("name", ""): each.get("value", "") for each in mending.iter("input")}
    return {**hidden, "mend": words}


def test_one_press_mends_and_one_undoes_it(ines: Drafting) -> None:
    """The option that is nearest is written in its place."""
    words = misspelt(ines)
    assert ines.visitor.send(f"{ines.address}/mend", pressed(ines, words)).status_code == 303
    assert "has no option" not in ines.look_at("injuries").text
    assert MISSPELT[0] in " ".join(ines.text().split())
    assert ines.press("/undo", **ines.based()).status_code == 303
    assert "has no option “yess”" in ines.look_at("injuries").text


def test_what_is_no_longer_offered_is_not_done(ines: Drafting) -> None:
    """Neither a mend of what was mended meanwhile, nor one that nobody offered."""
    words = misspelt(ines)
    sent = pressed(ines, words)
    assert ines.visitor.send(f"{ines.address}/mend", {**sent, "mend": "Use “Perhaps”"}).status_code == 409
    assert ines.visitor.send(f"{ines.address}/mend", sent).status_code == 303
    assert ines.visitor.send(f"{ines.address}/mend", sent).status_code == 409
    assert ines.visitor.send(f"{ines.address}/mend", {**sent, "part": "nowhere"}).status_code == 409


def test_who_only_reads_is_offered_none(ines: Drafting, app: Flask) -> None:
    """A policy officer sees the problem, and no button."""
    misspelt(ines)
    client = app.test_client()
    assert isinstance(client, Visitor)
    rowan = Drafting(client.sign_in("Rowan Tideswell"), "visit")
    page = rowan.look_at("injuries")
    assert "has no option “yess”" in page.text
    assert not offered(page)


def test_it_is_offered_where_it_is_chosen_when_a_question_is_asked(ines: Drafting) -> None:
    """The same buttons, which do the same."""
    words = misspelt(ines)
    page = Page(ines.visitor.get(f"{ines.address}/asked?at=injuries"))
    assert offered(page)[0] == words
    mending = next(each for each in page.root.iter("form") if each.get("action", "").endswith("/draft/mend"))
    sent = {each.get("name", ""): each.get("value", "") for each in mending.iter("input")}
    assert ines.visitor.send(f"{ines.address}/mend", {**sent, "mend": words}).status_code == 303
    assert "has no option" not in Page(ines.visitor.get(f"{ines.address}/asked?at=injuries")).text
