"""A form is tried as a worker would fill it in, and nothing of that is kept anywhere."""

import json
from collections.abc import Sequence

import pytest

from tests.webapp.assessments.desk import Page, words
from tests.webapp.editor.drafting import Drafting
from tests.webapp.editor.test_draft import SAW, ines
from tests.webapp.editor.trying import Trying
from tests.webapp.visitor import Visitor
from webapp.library import shipped_definitions
from webapp.store.database import METADATA, Database, reading

__all__ = ["ines"]


@pytest.fixture
def trying(ines: Drafting) -> Trying:
    """Ines, who tries her draft of the visit."""
    return Trying(ines.visitor).begin()


def rows(database: Database) -> dict[str, int]:
    """How many rows each table has."""
    with reading(database) as connection:
        return {
            name: len(connection.execute(table.select()).all())
            for name, table in METADATA.tables.items()
            if name != "sessions"
        }


def test_it_begins_with_the_first_section_for_one_invented_child(trying: Trying) -> None:
    """The page says that nothing is kept, and whom it is about."""
    assert trying.heading == "The visit"
    assert "You are trying the draft of Visit. Nothing you write here is kept" in trying.shown.text
    assert "Visit · Ada Example, 8" in trying.shown.text
    assert trying.shown.asked == ["q-visited_on", "q-contact"]


def test_it_asks_what_the_draft_asks(ines: Drafting) -> None:
    """As it stands, and not as it is in use."""
    ines.change(SAW, "What did you see with your own eyes?")
    trying = Trying(ines.visitor).begin()
    assert "What did you see with your own eyes?" in trying.press("go around", {"q-contact": "in_person"}).text


def test_a_follow_up_keeps_the_section_until_it_was_seen(trying: Trying) -> None:
    """Without script, as for a worker: it says which question was added, and Continue then goes on."""
    page = trying.press("next", {"q-contact": "in_person"})
    assert trying.heading == "The visit"
    assert "2 questions added below:" in page.text
    assert "Added because you chose “In person”" in page.text
    trying.press("next")
    assert trying.heading == "The child"


def test_with_script_only_what_changed_is_sent(trying: Trying) -> None:
    """The question that opened, the sections as they stand, and what the page carries on."""
    fragment = trying.change(**{"q-contact": "in_person"})
    assert 'id="q-place-question"' in fragment
    assert 'id="q-contact-question"' not in fragment
    assert "1 of 4 answered" in fragment
    assert "2 questions added below" in fragment
    assert "&#34;contact&#34;:&#34;in_person&#34;" in fragment


def test_with_script_a_question_goes_again(trying: Trying) -> None:
    """What stood in it is kept in the page."""
    trying.press("next", {"q-contact": "in_person"})
    fragment = trying.change(**{"q-contact": "phone", "q-place": "home"})
    assert '<hx-partial hx-target="#q-place-question" hx-swap="delete">' in fragment
    assert "2 questions removed, their answers are kept" in fragment
    assert "&#34;place&#34;:&#34;home&#34;" in fragment


def test_sections_in_any_order_and_back(trying: Trying) -> None:
    """What was written goes along, and each section says how far it is."""
    trying.press("go sense", {"q-contact": "phone"})
    assert trying.heading == "Making sense"
    page = trying.press("go visit", {"q-meaning-text": "He is quieter than he was."})
    assert words(page.at("steps")[0]) == "The visit 1 of 2 answered"
    assert words(page.at("steps")[3]) == "Making sense 1 of 3 answered"
    assert trying.sheet["answers"] == {"contact": "phone", "meaning": "He is quieter than he was."}


def test_an_answer_that_needs_mending_is_told_at_its_question(trying: Trying) -> None:
    """With an error summary once, as for a worker."""
    page = trying.press("next", {"q-visited_on-day": "31", "q-visited_on-month": "2", "q-visited_on-year": "2026"})
    assert trying.heading == "The visit"
    assert "There is a problem" in page.text
    trying.press("next")
    assert trying.heading == "The child"


def test_for_two_sisters_and_a_baby_to_come(trying: Trying) -> None:
    """Ages, what is known and the day are chosen; each child has a part, and the answers stay."""
    chosen = {"whom": "sisters", "elder": "12", "younger": "1", "disabled": "y", "day": "2026-06-30"}
    page = trying.press("whom", {"q-contact": "in_person", **chosen})
    assert "Ada, 12, Nell, 15 months, and Baby, expected 8 October 2026, Example, on 30 June 2026" in page.text
    first = trying.sheet["context"]["children"][0]
    assert (first["disabled"], first.get("interpreter")) == (True, None)
    page = trying.press("go each_child")
    assert "q-seen-c-c2" in page.asked
    assert "q-mother_seen-c-c3" in page.asked
    assert trying.sheet["answers"] == {"contact": "in_person"}
    page = trying.press("whom", {"whom": "one"})
    assert trying.heading == "The child"
    assert "Nell" not in page.text


@pytest.mark.parametrize("day", ["", "yesterday", "0001-01-01", "9999-12-31", "2026-02-30"])
def test_a_day_that_is_none_leaves_the_day_as_it_was(trying: Trying, day: str) -> None:
    """Ages that are no numbers stay within what children can be."""
    trying.press("whom", {"whom": "one", "elder": "-5", "day": "2026-06-30"})
    trying.press("whom", {"whom": "sisters", "elder": "many", "younger": "1000", "day": day})
    assert trying.sheet["context"]["today"] == "2026-06-30"
    assert "Ada, 8, Nell, 25" in trying.shown.text


def test_rows_are_added_written_in_moved_and_removed(trying: Trying) -> None:
    """As for a worker, with the row that was removed put back."""
    trying.press("go around")
    page = trying.press("add q-people")
    assert page.has("q-people-r-r1-who-question")
    trying.press("done q-people r1", {"q-people-r-r1-who-name": "Dana"})
    trying.press("add q-people")
    page = trying.press("done q-people r2", {"q-people-r-r2-who-name": "Lee"})
    assert page.text.index("Dana") < page.text.index("Lee")
    page = trying.press("up q-people r2")
    assert page.text.index("Lee") < page.text.index("Dana")
    assert "Remove Lee?" in trying.press("remove q-people r2").text
    page = trying.press("removed q-people r2")
    assert "Removed Lee." in page.text
    assert [row["id"] for row in trying.sheet["answers"]["people"]] == ["r1"]
    trying.press("undo q-people r2")
    assert [row["id"] for row in trying.sheet["answers"]["people"]] == ["r2", "r1"]
    trying.press("remove q-people r1")
    trying.press("removed q-people r1")
    trying.press("add q-people")
    assert [row["id"] for row in trying.sheet["answers"]["people"]] == ["r2", "r1"]


def test_the_check_leads_to_what_is_missing(trying: Trying) -> None:
    """To its section and its question, told there; a row that holds it is open."""
    page = trying.press("check", {"q-contact": "in_person"})
    assert trying.heading == "Check your answers"
    assert page.text.index("Before it could be submitted") < page.text.index("Answer this before you submit")
    button = next(each for each in page.root.iter("button") if each.get("value") == "mend sense")
    assert button.get("formaction") == "/forms/visit/draft/try#q-meaning-text"
    page = trying.press("mend sense")
    assert trying.heading == "Making sense"
    assert "Error:" in page.described("q-meaning-text")


def test_the_record_is_read_as_it_would_be(trying: Trying) -> None:
    """What it means first; with nothing written the page says so."""
    assert "Nothing is written yet, so there is nothing to read." in trying.press("read").text
    trying.press("go sense")
    page = trying.press("read", {"q-meaning-text": "He is quieter than he was."})
    assert trying.heading == "Visit"
    assert page.text.index("What we make of it") < page.text.index("He is quieter than he was.")


def test_start_again_takes_the_answers_away_and_nothing_else(trying: Trying) -> None:
    """For the same children, on the same day."""
    trying.press("whom", {"q-contact": "phone", "whom": "sisters", "day": "2026-06-30"})
    page = trying.press("again")
    assert trying.sheet["answers"] == {}
    assert "and Baby, expected 8 October 2026, Example, on 30 June 2026" in page.text


def test_nothing_is_kept(ines: Drafting, database: Database) -> None:
    """No row of any table, nothing in the address, and a page that is fetched anew holds nothing."""
    before = rows(database)
    trying = Trying(ines.visitor).begin()
    trying.press("go around", {"q-contact": "in_person"})
    trying.press("add q-people", {"q-saw": "Words that nobody keeps."})
    trying.press("check")
    trying.press("read")
    assert rows(database) == before
    assert "Words that nobody keeps." in trying.shown.text
    assert "Words that nobody keeps." not in Page(ines.visitor.get(trying.address)).text


@pytest.mark.parametrize("form", [path.parent.name for path in shipped_definitions()])
def test_every_shipped_form_can_be_tried_to_its_end(client: Visitor, form: str) -> None:
    """Its version in use, from the list of forms: every section, the check and the record; each page is linted."""
    client.sign_in("Ines Marchbanks")
    trying = Trying(client, f"/forms/{form}/draft/try?version=shipped-1").begin()
    assert "version 1 as it comes with Pith" in trying.shown.text
    assert "Make a case of this" not in trying.shown.text
    seen: Sequence[str] = []
    while trying.heading != "Check your answers":
        seen = [*seen, trying.heading]
        trying.press("next")
        assert trying.heading not in seen
    trying.press("read")


def test_a_form_in_another_language(ines: Drafting) -> None:
    """A language that the form has is chosen beside whom it is for; one that it does not have is not taken."""
    label = {"en": "What it means", "cy": "Beth mae’n ei olygu"}
    question = {"id": "meaning", "type": "analysis", "kind": "analysis", "label": label, "why": label, "prompts": []}
    form = {"form": "visit", "version": 1, "title": label, "purpose": label, "languages": ["en", "cy"]}
    section = {"id": "s", "title": label, "questions": [question]}
    ines.save(json.dumps({**form, "sections": [section]}))
    trying = Trying(ines.visitor).begin()
    assert trying.heading == "What it means"
    trying.press("whom", {"language": "cy"})
    assert trying.heading == "Beth mae’n ei olygu"
    trying.press("whom", {"language": "fr"})
    assert trying.heading == "What it means"


def test_a_draft_with_errors_cannot_be_tried_and_what_was_typed_stays(ines: Drafting) -> None:
    """The page leads to what has to be mended; mended, it goes on with the same answers."""
    trying = Trying(ines.visitor).begin()
    trying.press("go around", {"q-contact": "phone"})
    sound = ines.text()
    ines.save(sound.replace('"sections": [', '"sections" ['))
    refused = trying.send("next", {"q-saw": "A warm kitchen."})
    assert refused.status_code == 409
    page = Page(refused)
    assert "Visit cannot be tried yet One thing has to be mended first" in page.text
    assert page.link("See what has to be mended") == "/forms/visit/draft"
    carried = page.at("sheet").get("value", "")
    ines.save(sound)
    again = Trying(ines.visitor)
    again.page = Page(ines.visitor.send(again.address, {"sheet": carried}))
    assert again.sheet["answers"] == {"contact": "phone"}
    ines.save("{")
    assert "cannot be tried yet" in Trying(ines.visitor).begin().shown.text


def test_without_a_draft_the_way_to_one_is_shown(client: Visitor) -> None:
    """Trying leads to where a draft is begun; a version that is not there is not found."""
    client.sign_in("Ines Marchbanks")
    assert client.get("/forms/visit/draft/try").location == "/forms/visit/draft"
    client.get("/forms/visit/draft")
    assert client.send("/forms/visit/draft/try", {"sheet": "{}"}).status_code == 409
    assert client.get("/forms/visit/draft/try?version=own-9").status_code == 404
    assert client.get("/forms/visit/draft/try?case=nothing").status_code in (302, 404)
