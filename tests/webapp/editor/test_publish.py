"""Publishing says what it means before it is done, needs a reason, and is taken back in one step."""

import json
import re

import pytest

from tests.webapp.assessments.desk import Page, begin
from tests.webapp.editor.drafting import Drafting
from tests.webapp.editor.test_draft import SAW, ines
from tests.webapp.visitor import Visitor

__all__ = ["ines"]

PLAINER = "What did you see with your own eyes?"
LIFE = "What does this visit tell you about life in this home?"
WHY = {"reason": "Workers asked for plainer words"}


def back(drafting: Drafting, to: str = "shipped-1", in_use: str = "own-1", reason: str = "A mistake") -> Page:
    """Take a version out of use, and look at what follows."""
    address = "/forms/visit/versions"
    drafting.visitor.get(address)
    sent = {"to": to, "in_use": in_use, "reason": reason}
    response = drafting.visitor.send(f"{address}/back", sent)
    return Page(response if response.status_code != 303 else drafting.visitor.get(response.location))


def test_the_page_says_what_publishing_means(client: Visitor) -> None:
    """The change in words, the cost of both, statutory items, and how many assessments stay where they are."""
    begin(client.sign_in("Adaeze Finch"))
    drafting = Drafting(client.sign_in("Ines Marchbanks")).begin()
    drafting.change(SAW, PLAINER)
    page = Page(client.get("/forms/visit/publish")).text
    assert f"and is now “{PLAINER}”." in page
    assert "Questions at most 22 22 22" in page
    assert "All 5 that come from this form stay." in page
    assert "1 is being written on earlier versions, and stays there." in page


def test_a_published_change_is_begun_by_everybody_from_then_on(client: Visitor) -> None:
    """An assessment that is under way keeps the words it was begun with."""
    client.sign_in("Adaeze Finch")
    before = begin(client)
    drafting = Drafting(client.sign_in("Ines Marchbanks")).begin()
    drafting.change(LIFE, PLAINER)
    response = drafting.publish(**WHY)
    assert response.status_code == 303
    page = Page(client.get(response.location)).text
    assert "Published: whoever begins this form from now on has your version 1." in page
    assert "Published 12 March 2026 at 09:30 by Ines Marchbanks Workers asked for plainer words" in page
    assert re.search(r"\b[0-9a-f]{64}\b", page)
    client.sign_in("Adaeze Finch")
    assert LIFE in Page(client.get(before.address("sense"))).text
    assert PLAINER in Page(client.get(begin(client).address("sense"))).text


def test_without_a_reason_nothing_is_published(ines: Drafting) -> None:
    """What is missing is told at its box, and what was written stays."""
    ines.change('"minutes": 50', '"minutes": 20')
    for sent, message in (
        ({"reason": " ", "budget_reason": "kept words"}, "Say why this version is published"),
        ({"reason": "kept words"}, "Say why this form may go over its budget"),
        ({"reason": "w" * 2001, "budget_reason": "kept words"}, "A reason has at most 2,000 characters"),
    ):
        refused = ines.publish(**sent)
        page = Page(refused)
        assert refused.status_code == 400
        assert page.title.startswith("Error:")
        assert message in page.text
        assert "kept words" in refused.text
    assert "Nobody is changing" not in ines.look().text
    assert ines.publish(**WHY, budget_reason="For one term").status_code == 303
    assert "Over its budget: For one term" in Page(ines.visitor.get("/forms/visit/versions")).text


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ('"sections": [', '"sections" [', "Line 15: A colon is missing after a key."),
        ('"title": "The visit",', "", "Line 16:"),
        (
            "When was the visit?",
            "When did you go?",
            "“When did you go?” is protected by the base: its “Question” may not change.",
        ),
    ],
    ids=["not JSON", "an error", "a protected question weakened"],
)
def test_with_an_error_it_cannot_be_published(ines: Drafting, before: str, after: str, told: str) -> None:
    """Each is told with a link to its question, or to its line of the text; posting all the same publishes nothing."""
    ines.change(before, after)
    address = "/forms/visit/publish"
    page = Page(ines.visitor.get(address))
    assert told in page.text
    assert "It cannot be published while something has to be mended." in page.text
    assert re.search(r'href="/forms/visit/draft(/text\?line=\d+#definition|\?at=\w+#part)"', page.response.text)
    assert ines.visitor.send(address, {**ines.based(), **WHY}).status_code == 400
    assert "Version 1 as it comes with Pith, in use" in Page(ines.visitor.get("/forms/visit/versions")).text


def test_a_dropped_protected_question_is_refused(ines: Drafting) -> None:
    """Another question in its place, under an id of its own, is not the same."""
    ines.save(ines.text().replace('"visited_on"', '"went_on"'))
    page = Page(ines.visitor.get("/forms/visit/publish")).text
    assert "“visited_on” is protected by the base and may not be left out." in page


def test_what_was_changed_since_it_was_looked_at_is_not_published(ines: Drafting) -> None:
    """The page is shown again as the draft stands now."""
    seen = ines.based()
    ines.change(SAW, PLAINER)
    refused = ines.visitor.send("/forms/visit/publish", {**seen, **WHY})
    assert refused.status_code == 409
    assert "changed the draft at 09:30, so nothing was published" in Page(refused).text


def test_a_second_press_publishes_nothing_more(ines: Drafting) -> None:
    """The draft is gone with the first; one version stands."""
    sent = {**ines.based(), **WHY}
    answers = [ines.visitor.send("/forms/visit/publish", sent).status_code for _ in range(2)]
    assert answers == [303, 409]
    assert Page(ines.visitor.get("/forms/visit/versions")).text.count("Your version") == 1


def test_going_back_is_one_step_with_a_reason(ines: Drafting) -> None:
    """To what ships or to an earlier version of one's own; the list says when and why."""
    for _ in range(3):
        ines.publish(**WHY)
        ines.begin()
    page = Page(ines.visitor.get("/forms/visit/versions")).text
    assert "What is begun from then on? Your version 2 Your version 1 Version 1 as it comes with Pith" in page
    assert "Say why it is taken out of use" in back(ines, "own-1", "own-3", reason=" ").text
    page = back(ines, "own-1", "own-3").text
    assert "Done: whoever begins this form from now on has your version 1." in page
    assert page.count("Taken out of use 12 March 2026: A mistake.") == 2
    page = back(ines).text
    assert "Version 1 as it comes with Pith, in use" in page
    assert "out of use. What is begun" not in page


def test_a_version_that_came_into_use_meanwhile_is_not_taken_back(ines: Drafting) -> None:
    """Only what was looked at is."""
    ines.publish(**WHY)
    ines.begin().publish(**WHY)
    assert "Another version of this form came into use while this page was open." in back(ines).text
    assert "Your version 2, in use" in Page(ines.visitor.get("/forms/visit/versions")).text


def test_whoever_tries_forms_reads_the_versions(ines: Drafting) -> None:
    """Who published what and why, without the way back."""
    ines.publish(**WHY)
    rowan = ines.visitor.sign_in("Rowan Tideswell")
    page = Page(rowan.get("/forms/visit/versions"))
    assert "Workers asked for plainer words" in page.text
    assert "out of use" not in page.text
    assert rowan.send("/forms/visit/versions/back", {"to": "shipped-1", "reason": "r"}).status_code == 403


def test_what_other_forms_share_is_told_when_it_goes(ines: Drafting) -> None:
    """A fact that several forms ask for, and a list that several fill; nothing is said of what stays."""
    stays = "Facts and lists that other forms ask for too stay as they are."
    assert stays in Page(ines.visitor.get("/forms/visit/publish")).text
    form = json.loads(ines.text())
    for section in form["sections"]:
        section["questions"] = [each for each in section["questions"] if each["id"] != "goals"]
    ines.save(json.dumps(form))
    text = Page(ines.visitor.get("/forms/visit/publish")).text
    assert stays not in text
    assert "Child and family assessment and Plan review have it too." in text
    assert "No longer from this form: the child’s list of goals." in text
