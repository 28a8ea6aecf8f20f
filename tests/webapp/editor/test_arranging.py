"""Parts of a form are added, moved, copied, split and taken out; what others depend on is never taken out unasked."""

import json
from typing import Any

import pytest

from tests.webapp.assessments.desk import Page
from tests.webapp.editor.drafting import Drafting
from tests.webapp.editor.test_pieces import question
from tests.webapp.visitor import Visitor


@pytest.fixture
def ines(client: Visitor) -> Drafting:
    """Ines Marchbanks at a draft of the visit that she has begun."""
    return Drafting(client.sign_in("Ines Marchbanks")).begin()


def order(ines: Drafting, section: str) -> list[str]:
    """The ids of a section's questions."""
    form = json.loads(ines.text())
    return next([q["id"] for q in each["questions"]] for each in form["sections"] if each["id"] == section)


def sections(ines: Drafting) -> list[str]:
    """The ids of the sections."""
    return [each["id"] for each in json.loads(ines.text())["sections"]]


def arrange(ines: Drafting, part: str, act: str, **sent: str) -> Any:
    """Press one of the buttons that say where a part stands."""
    return ines.press("/arrange", **ines.based(), part=part, act=act, **sent)


def add(ines: Drafting, after: str, what: str = "add", **written: str) -> Any:
    """Send the page that adds a question or a section."""
    sent = {
        "type": "yes_no",
        "kind": "fact",
        "label": "Is there a dog?",
        "why": "It says who to ring first.",
        **written,
    }
    return ines.press(f"/{what}", **ines.based(), part=after, **sent)


def test_a_question_is_moved_and_undone(ines: Drafting) -> None:
    """Up and down by one, to any other place, and back to the letter."""
    before = ines.text()
    was = order(ines, "around")
    assert arrange(ines, "people", "up").status_code == 303
    assert order(ines, "around") == ["people", "saw", *was[2:]]
    assert arrange(ines, "people", "down").status_code == 303
    assert order(ines, "around") == was
    assert arrange(ines, "people", "to", place="in:next").status_code == 303
    assert order(ines, "next")[0] == "people"
    assert arrange(ines, "people", "to", place="goals").status_code == 303
    assert order(ines, "sense")[:2] == ["goals", "people"]
    for _ in range(4):
        ines.press("/undo", **ines.based())
    assert ines.text() == before


def test_what_is_first_stays_first(ines: Drafting) -> None:
    """A button that can do nothing does nothing."""
    before = ines.text()
    assert arrange(ines, "visited_on", "up").status_code == 303
    assert arrange(ines, "next", "down").status_code == 303
    assert ines.text() == before


def test_sections_and_columns_are_moved_too(ines: Drafting) -> None:
    """Each among its own."""
    was = sections(ines)
    assert arrange(ines, was[1], "up").status_code == 303
    assert sections(ines)[:2] == [was[1], was[0]]
    columns = [each["id"] for each in question(ines, "people")["columns"]]
    assert arrange(ines, f"people.{columns[1]}", "up").status_code == 303
    assert [each["id"] for each in question(ines, "people")["columns"]][:2] == [columns[1], columns[0]]


def test_a_copy_has_an_id_of_its_own(ines: Drafting) -> None:
    """It comes after what it was copied from, and is looked at."""
    response = arrange(ines, "saw", "duplicate")
    assert "at=saw_2" in response.location
    assert order(ines, "around")[:2] == ["saw", "saw_2"]
    copy = question(ines, "saw_2")
    assert {**copy, "id": "saw"} == question(ines, "saw")


def test_a_section_is_split_at_a_question(ines: Drafting) -> None:
    """The second begins with it and says which it was part of; the order of the questions stays."""
    was = order(ines, "around")
    arrange(ines, was[2], "split")
    second = sections(ines)[sections(ines).index("around") + 1]
    assert order(ines, "around") + order(ines, second) == was
    assert order(ines, second)[0] == was[2]
    assert "continued" in ines.look_at(second).text


def test_what_nothing_depends_on_is_taken_out_at_once(ines: Drafting) -> None:
    """And what stood before it is looked at."""
    assert "at=people" in arrange(ines, "identify", "out").location or "identify" not in ines.text()
    assert "identify" not in order(ines, "around")


def test_what_others_depend_on_is_taken_out_only_when_that_was_read(ines: Drafting) -> None:
    """Each that depends on it is named and one click away; then they are changed with it, and all can be undone."""
    before = ines.text()
    refused = arrange(ines, "seen", "out")
    assert refused.status_code == 409
    page = Page(refused)
    assert "When did you see the child? : when it is asked depends on it" in page.text.replace("?:", "? :")
    assert 'at=seen_at"' in page.response.text.replace("#part", '"')
    assert ines.text() == before
    assert arrange(ines, "seen", "out", sure="1").status_code == 303
    assert '"seen"' not in ines.text()
    ines.press("/undo", **ines.based())
    assert ines.text() == before


def test_a_question_is_added_after_what_was_looked_at(ines: Drafting) -> None:
    """Its id is made of its words; the page that follows is its panel."""
    response = add(ines, "saw")
    assert "at=is_there_a_dog" in response.location
    assert order(ines, "around")[:2] == ["saw", "is_there_a_dog"]
    assert "Is there a dog?" in ines.look_at("is_there_a_dog").text
    assert "Nothing has to be mended before it can be published." in ines.look().text


@pytest.mark.parametrize("kind", ["choice", "choices", "date", "number", "person", "rows", "scale", "analysis"])
def test_a_question_of_any_type_is_sound_from_the_start(ines: Drafting, kind: str) -> None:
    """With what its type cannot be without."""
    assert add(ines, "saw", type=kind).status_code == 303
    assert "Nothing has to be mended before it can be published." in ines.look().text


def test_a_question_without_words_or_reason_is_not_added(ines: Drafting) -> None:
    """What was typed stays."""
    before = ines.text()
    refused = add(ines, "saw", label="", why="So that we know.")
    assert refused.status_code == 400
    page = Page(refused)
    assert page.title.startswith("Error: ")
    assert "Enter the question" in page.described("label")
    assert "".join(page.at("why").itertext()).strip() == "So that we know."
    assert ines.text() == before


def test_a_section_is_added_with_its_first_question(ines: Drafting) -> None:
    """After the section of what was looked at."""
    was = sections(ines)
    response = add(ines, "saw", "add-section", title="Pets and play")
    assert "at=pets_and_play" in response.location
    assert sections(ines) == [*was[: was.index("around") + 1], "pets_and_play", *was[was.index("around") + 1 :]]
    assert order(ines, "pets_and_play") == ["is_there_a_dog"]


def test_a_column_is_added_to_rows(ines: Drafting) -> None:
    """Only with what a row can hold."""
    page = Page(ines.visitor.get(f"{ines.address}/add?after=people.who"))
    assert not any(each.get("value") == "rows" for each in page.root.iter("input"))
    add(ines, "people.who")
    columns = [each["id"] for each in question(ines, "people")["columns"]]
    assert columns[columns.index("who") + 1] == "is_there_a_dog"


def test_how_a_question_is_answered_is_changed(ines: Drafting) -> None:
    """What both types have stays; what the new one cannot be without comes with it."""
    assert ines.change_part("place", type="choices").status_code == 303
    changed = question(ines, "place")
    assert changed["type"] == "choices"
    assert changed["options"]
    assert ines.change_part("saw", type="choice").status_code == 303
    assert len(question(ines, "saw")["options"]) == 2


def test_what_goes_with_a_question_is_said_before(ines: Drafting) -> None:
    """A value that could no longer be worked out is named, and goes in the same step."""
    form = json.loads(ines.text())
    form["sections"][0]["questions"] += [
        {"id": "told_on", "type": "date", "kind": "fact", "label": "When were you told?", "why": "To count"},
        {"id": "waited", "type": "worked_out", "kind": "fact", "label": "Days since", "why": "To see"}
        | {"function": "days_between", "of": ["told_on", "visited_on"]},
    ]
    ines.save(json.dumps(form))
    page = Page(arrange(ines, "told_on", "out"))
    assert "“Days since” could be worked out from: that goes too." in page.text
    assert "Days since : it is worked out from it" in page.text.replace("since:", "since :")
    assert arrange(ines, "told_on", "out", sure="1").status_code == 303
    assert "waited" not in ines.text()


def test_no_section_is_left_without_questions(ines: Drafting) -> None:
    """Its only question is neither moved elsewhere nor taken out: the draft could be changed only as text then."""
    add(ines, "saw", "add-section", title="Alone")
    before = ines.text()
    for act in ("to", "out"):
        refused = arrange(ines, "is_there_a_dog", act, place="saw")
        assert refused.status_code == 400
        page = Page(refused)
        assert page.title.startswith("Error: ")
        assert "A section cannot be without questions: take the section out instead" in page.text
    assert page.has("piece-form")
    assert ines.text() == before


def test_where_a_part_cannot_go_is_told_where_it_was_chosen(ines: Drafting) -> None:
    """The page on which a place is chosen stays, with the place and why it is none."""
    add(ines, "saw", "add-section", title="Alone")
    page = Page(arrange(ines, "is_there_a_dog", "to", place="saw"))
    assert "A section cannot be without questions" in page.described("place")
    assert page.filled("main")["place"] == ["saw"]
    page = Page(arrange(ines, "saw", "to", place="saw"))
    assert "“What did you see for yourself?” cannot come after itself." in page.described("place")
    assert "Nothing was done: look at how it stands" not in page.text


def test_the_last_section_stays(ines: Drafting) -> None:
    """A form has one at least."""
    first, *others = sections(ines)
    for each in others:
        assert arrange(ines, each, "out", sure="1").status_code == 303
    refused = arrange(ines, first, "out", sure="1")
    assert refused.status_code == 400
    assert "A form cannot be without sections: add another one first." in Page(refused).text
    assert sections(ines) == [first]


def test_a_section_is_not_split_at_its_first_question(ines: Drafting) -> None:
    """It is not offered there; a page that still offers it is answered with the reason, not with another change."""
    assert "Split the section here" not in ines.look_at("visited_on").text
    assert "Split the section here" in ines.look_at("contact").text
    refused = arrange(ines, "visited_on", "split")
    assert refused.status_code == 400
    text = Page(refused).text
    assert "Nothing would be left of “The visit” before “When was the visit?”, which is its first question." in text
    assert "You changed the draft" not in text


@pytest.mark.parametrize(
    ("what", "box", "told"),
    [
        ("add", "label", "“label” is longer than 500 characters. Shorten it."),
        ("add", "why", "“why” is longer than 2,000 characters. Shorten it."),
        ("add-section", "title", "“title” is longer than 300 characters. Shorten it."),
        ("add-section", "label", "“label” is longer than 500 characters. Shorten it."),
    ],
)
def test_what_is_too_long_to_be_added_is_told_at_its_box(ines: Drafting, what: str, box: str, told: str) -> None:
    """And all that was typed stays."""
    before, written = ines.text(), {"title": "Pets", "why": "So that we know.", box: "x" * 2_001}
    refused = add(ines, "saw", what, **written)
    assert refused.status_code == 400
    page = Page(refused)
    assert told in page.described(box)
    for name in ("label", "why"):
        assert "".join(page.at(name).itertext()).strip() == written.get(name, "Is there a dog?")
    assert ines.text() == before


def test_each_step_has_its_words_while_the_draft_has_errors(ines: Drafting) -> None:
    """What was done to which part, where what it changes cannot be worked out."""
    ines.change('"question": "seen"', '"question": "sene"')
    ines.change_part("saw", hint="Only what you saw.")
    arrange(ines, "identify", "up")
    arrange(ines, "saw", "duplicate")
    arrange(ines, "saw_2", "out")
    arrange(ines, "people", "split")
    add(ines, "saw")
    add(ines, "saw", "add-section", title="Pets and play", label="Is there a cat?")
    ines.press("/asked", **ines.based(), part="seen_at", act="always")
    ines.change_part("*", purpose="Another purpose.")
    saw = "“What did you see for yourself?”"
    text = ines.look_at("saw").text
    for told in (
        f"Changed {saw}",
        "Moved “",
        f"Duplicated {saw}",
        f"Took out {saw}",
        "Split the section at “",
        "Added “Is there a dog?”",
        "Added “Pets and play”",
        "Changed when “When did you see the child?” is asked",
        "Changed the form itself",
    ):
        assert told in text
