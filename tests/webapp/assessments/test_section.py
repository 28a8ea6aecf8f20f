"""A section's page: what it asks, how each question stands on it, and where the other sections are."""

import gzip
from collections.abc import Callable

from engine.definition import definition_from_json
from tests.webapp.assessments.desk import Desk, Page, begin, words
from tests.webapp.conftest import NOW
from tests.webapp.visitor import Visitor
from webapp.store.database import Database, writing
from webapp.store.definitions import Publication, publish

Feature = Callable[[str], Desk]


def test_a_new_form_asks_only_what_is_always_asked(desk: Desk) -> None:
    """Follow-ups are not there until an answer opens them."""
    assert desk.open("visit").asked == ["q-visited_on", "q-contact"]


def test_a_section_for_each_child_asks_under_each_name(desk: Desk) -> None:
    """Wren's questions stand under her name and age, Ossie's under his; the name is heard in every label."""
    desk.save("visit", {"q-contact": "in_person"})
    page = desk.open("each_child")
    assert [words(heading) for heading in page.root.iter("h2") if heading.get("id")] == [
        "Wren, 6", "Ossie, 3", "To hand",
    ]  # fmt: skip
    assert page.asked == [desk.name(question, child) for child in ("Wren", "Ossie") for question in ("seen", "injury")]
    assert "Did you see the child? About Wren" in page.text


def test_a_question_for_each_child_among_others_shows_whom_it_is_about(feature: Feature) -> None:
    """Without a heading over it the child's name stands in front of the label."""
    page = feature("each-child-question").open("school")
    assert "Wren: Was the child often away?" in page.text
    assert "Ossie: Was the child often away?" in page.text


def test_an_unborn_child_is_asked_other_questions(worker: Visitor) -> None:
    """Nobody asks whether a child not yet born was seen."""
    asked = begin(worker, names=["Baby"]).open("each_child").asked
    assert [name.split("-")[1] for name in asked] == ["pregnancy", "baby_ready"]


def test_each_question_says_how_and_why_it_is_asked(desk: Desk) -> None:
    """The hint is tied to its control; guidance and reason are one disclosure, named for its question."""
    desk.save("visit", {"q-contact": "in_person"})
    page = desk.open("each_child")
    seen = desk.name("seen", "Wren")
    fieldset = next(each for each in page.at(f"{seen}-group").iter("fieldset"))
    assert fieldset.get("aria-describedby") == f"{seen}-hint"
    about = words(next(page.at(f"{seen}-question").iter("details")))
    assert about.startswith("About this question: Did you see the child? About Wren")
    assert "Seen means that you were in the same place" in about
    assert "Why we ask: A child who has not been seen" in about


def test_not_known_yet_is_a_tick_with_its_question_in_its_name(desk: Desk) -> None:
    """It opens one line; where the form does not offer it there is no tick."""
    desk.save("visit", {"q-contact": "in_person"})
    page = desk.open("visit")
    label = next(each for each in page.root.iter("label") if each.get("for") == "u-place")
    assert words(label) == "Not known yet: Where did you go?"
    assert page.has("d-place")
    assert not page.has("u-contact")


def test_a_follow_up_says_which_answer_opened_it(desk: Desk) -> None:
    """The line is part of the control's description."""
    desk.save("visit", {"q-contact": "in_person"})
    page = desk.open("visit")
    mark = words(page.at("q-place-mark"))
    assert mark == "Added because you chose “In person”"
    fieldset = next(page.at("q-place-group").iter("fieldset"))
    assert "q-place-mark" in fieldset.get("aria-describedby", "")


def test_a_follow_up_says_what_is_not_known_yet(desk: Desk) -> None:
    """Also where "not known yet" opened it."""
    desk.save("visit", {"q-contact": "phone"})
    go_back = desk.name("go_back", "Wren")
    desk.save("each_child", {go_back: None, go_back.replace("q-", "u-", 1): "y"})
    mark = desk.open("each_child").at(f"{desk.name('until_then', 'Wren')}-mark")
    assert words(mark) == "Added because “When will you see the child next?” is not known yet"


def test_options_chosen_from_a_group_are_named_in_the_reason(feature: Feature) -> None:
    """Only those of the options chosen that opened the question are named."""
    desk = feature("includes")
    desk.save("life", {"q-areas": ["health", "money"]})
    page = desk.open("life")
    assert words(page.at("q-child_now-mark")) == "Added because you chose “Health”"
    assert words(page.at("q-world_now-mark")) == "Added because you chose “Money”"


def test_the_list_of_sections_says_in_words_how_far_each_is(desk: Desk) -> None:
    """Never a percentage, never a colour alone."""
    desk.save("visit", {"q-contact": "phone"})
    steps = words(desk.open("visit").at("steps"))
    assert "The visit 1 of 2 answered" in steps
    assert "Making sense nothing written yet" in steps
    assert "Check your answers when you are ready" in steps
    desk.save("visit", {"q-visited_on": None, "q-visited_on-day": "2", "q-visited_on-month": "3",
                        "q-visited_on-year": "2026", "q-visited_on-time": "10:00"})  # fmt: skip
    assert "The visit all answered" in words(desk.open("visit").at("steps"))


def test_a_section_that_only_tells_something_says_so(worker: Visitor, database: Database) -> None:
    """It was not answered: nothing in it can be."""
    note = {"id": "note", "type": "statement", "kind": "fact", "label": "Before you go", "why": "It helps."}
    form = {"form": "telling", "version": 1, "title": "Telling", "purpose": "Tells.",
            "sections": [{"id": "first", "title": "First", "questions": [note]}]}  # fmt: skip
    with writing(database) as connection:
        publish(connection, Publication(definition_from_json(form), {}), NOW)
    assert "First nothing to answer" in words(begin(worker, "telling").open("first").at("steps"))


def test_a_section_with_nothing_to_ask_is_not_there(feature: Feature) -> None:
    """Its address leads nowhere, and the list leaves it out, until an answer opens it."""
    desk = feature("section-condition")
    assert "School" not in words(desk.open("first").at("steps"))
    assert desk.visitor.get(desk.address("at_school")).status_code == 404
    desk.save("first", {"q-school": "yes"})
    assert "School" in words(desk.open("first").at("steps"))
    assert desk.visitor.get(desk.address("at_school")).status_code == 200


def test_the_title_leads_from_the_page_to_the_authority(desk: Desk) -> None:
    """Page, form, product, authority."""
    assert desk.open("visit").title == "The visit – Visit – Pith – Northshire Council"


def test_sections_stand_under_the_headings_of_their_groups(worker: Visitor, database: Database) -> None:
    """Each heading once, over the first of its sections that has something to show."""
    sections = [
        {
            "id": f"s{number}",
            "title": f"Part {number}",
            "questions": [
                {"id": f"q{number}", "type": "long_text", "kind": "fact", "label": "What?", "why": "It helps."}
            ],
            **({"group": group} if group else {}),
        }
        for number, group in enumerate(("", "The child", "The child", "The family"))
    ]
    grouped = {"form": "grouped", "version": 1, "title": "Grouped", "purpose": "Shows groups.", "sections": sections}
    with writing(database) as connection:
        publish(connection, Publication(definition_from_json(grouped), {}), NOW)
    steps = begin(worker, "grouped").open("s0").at("steps")
    told = [words(each) for each in steps.iter() if each.tag in ("h2", "b")]
    assert told == [
        "Part 0", "The child", "Part 1", "Part 2", "The family", "Part 3", "Check your answers",
    ]  # fmt: skip


def test_a_worked_out_value_stands_in_words(feature: Feature) -> None:
    """Once its answers are there; until then the page says so."""
    desk = feature("add-days")
    desk.save("plan", {"q-again": "yes"})
    assert "Worked out once the answers it needs are here." in desk.open("plan").text
    desk.save("plan", {"q-visited_on": None, "q-days": "10", "q-visited_on-day": "2", "q-visited_on-month": "March",
                       "q-visited_on-year": "2026"})  # fmt: skip
    assert "That is on12 March 2026" in desk.open("plan").text


def test_a_statement_shows_the_answers_it_is_about(feature: Feature) -> None:
    """Words for the reader, with what was said beside them."""
    desk = feature("statements")
    desk.save("night", {"q-safe": "no"})
    assert "Ring the duty manager now.Is the child safe tonight? No" in desk.open("night").text


def test_a_question_stands_beside_the_earlier_answers_it_shows(desk: Desk) -> None:
    """Folded, each with its own question; nothing where none of them was answered."""
    desk.save("visit", {"q-contact": "in_person"})
    assert "What you wrote before this" not in desk.open("sense").text
    desk.save("around", {"q-saw": "Two coats."})
    desk.save("each_child", {desk.name("seen", "Wren"): "alone"})
    desk.save("each_child", {desk.name("child_words", "Wren"): "“I shut my door.”"})
    beside = words(desk.open("sense").at("q-meaning-question"))
    assert "What you wrote before this" in beside
    assert "Wren: “I shut my door.”" in beside
    assert "What did you see for yourself?Two coats." in beside


def test_a_page_is_small(desk: Desk) -> None:
    """A section of ten questions is at most 15 kB compressed."""
    desk.save("visit", {"q-contact": "in_person"})
    desk.save("each_child", {desk.name("seen", child): "with_others" for child in ("Wren", "Ossie")})
    page = desk.open("each_child")
    assert len(page.asked) >= 10
    assert len(gzip.compress(page.response.data)) <= 15_000


def test_answers_are_shown_as_text(desk: Desk) -> None:
    """Whatever was typed, none of it is HTML on any page."""
    bad = "</textarea><script>alert(1)</script>{{ 7 * 7 }}"
    desk.save("visit", {"q-contact": "in_person"})
    desk.save("around", {"q-saw": bad})
    desk.save("sense", {"q-meaning": None, "q-meaning-text": bad})
    for page in (desk.open("around"), desk.open("sense"), desk.page("check")):
        assert "<script>alert" not in page.response.text
        assert bad in page.text or bad in "".join(page.root.itertext())


def test_a_page_that_was_not_asked_for_by_its_script_is_whole(desk: Desk) -> None:
    """Without the script's header a post leads to a page."""
    assert isinstance(desk.follow("visit", {"q-contact": "phone"}), Page)
