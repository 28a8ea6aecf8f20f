"""Lists of rows: added, written in, moved and removed by buttons that save the rest of the page too."""

from xml.etree.ElementTree import Element

import pytest

from tests.webapp.assessments.desk import Desk, Page, pieces, words


@pytest.fixture
def visit(desk: Desk) -> Desk:
    """A visit made in person."""
    desk.save("visit", {"q-contact": "in_person"})
    return desk


def row_of(page: Page) -> str:
    """The id of the row that is open."""
    return page.fields()["row"][0].partition(".")[2]


def add(desk: Desk, name: str, **cells: str) -> str:
    """Add a person with some cells and close the row; gives the row's id."""
    row = row_of(desk.follow("around", {"do": "add q-people"}))
    written = {desk.name("people", "", row, column): value for column, value in cells.items()}
    who = desk.name("people", "", row, "who")
    desk.follow("around", {f"{who}-name": name, **written, "do": f"done q-people {row}"}, f"?row=q-people.{row}")
    return row


def rows(page: Page) -> list[str]:
    """The names of the people on the list, in order."""
    return [words(bold) for bold in page.at("q-people-group").iter("b")]


def buttons(page: Page) -> list[str]:
    """The words of the buttons of the list, in order."""
    return [words(each) for each in page.at("q-people-group").iter("button")]


def focused(page: Page) -> Element:
    """Where the keyboard goes on."""
    return next(each for each in page.root.iter() if each.get("autofocus") is not None)


def test_an_empty_list_says_what_can_be_added(visit: Desk) -> None:
    """In words, with its button."""
    page = visit.open("around")
    assert "No person added yet." in page.text
    assert "Add a person" in buttons(page)


def test_adding_opens_a_row_and_saves_the_rest(visit: Desk) -> None:
    """The keyboard goes to the new row."""
    page = visit.follow("around", {"q-saw": "Two coats.", "do": "add q-people"})
    assert words(focused(page)) == "Person 1"
    assert page.fields()["q-saw"] == ["Two coats."]
    assert visit.name("people", "", row_of(page), "tie") in page.asked


def test_a_row_is_told_in_a_few_words(visit: Desk) -> None:
    """Its name and what else was said; each button has the row in its name."""
    add(visit, "Marisa Tallowby", tie="lives", there="yes")
    page = visit.open("around")
    assert rows(page) == ["Marisa Tallowby"]
    assert "Marisa Tallowby Lives here" in words(page.at("q-people-group")).replace("Tallowby", "Tallowby ").replace(
        "  ", " "
    )
    assert buttons(page)[:2] == ["Edit Marisa Tallowby", "Remove Marisa Tallowby"]


def test_cells_are_saved_by_the_script_one_at_a_time(visit: Desk) -> None:
    """A cell that opens another brings it; other cells and rows are not touched."""
    first = add(visit, "Marisa Tallowby", tie="lives")
    second = row_of(visit.follow("around", {"do": "add q-people"}))
    page = visit.open("around", f"?row=q-people.{second}")
    identity = visit.name("people", "", second, "identity")
    changed = pieces(visit.save("around", {identity: "yes"}, page, row=f"q-people.{second}"))
    style, html = changed[f"{identity}-question"]
    assert style == "afterend"
    assert visit.name("people", "", second, "identity_how") in html
    assert rows(visit.open("around")) == ["Marisa Tallowby", "Person 2"]
    assert visit.open("around", f"?row=q-people.{first}").fields()[visit.name("people", "", first, "tie")] == ["lives"]


def test_rows_are_moved_without_dragging(visit: Desk) -> None:
    """The keyboard stays on the button, or on its opposite where the row has come to an end."""
    add(visit, "Marisa")
    kit = add(visit, "Kit")
    page = visit.follow("around", {"do": f"up q-people {kit}"})
    assert rows(page) == ["Kit", "Marisa"]
    assert words(focused(page)) == "Down move Kit"


def test_removing_asks_first(visit: Desk) -> None:
    """Keeping changes nothing; removing takes the row off the list, and the keyboard goes to what was done."""
    kit = add(visit, "Kit")
    page = visit.follow("around", {"do": f"remove q-people {kit}"})
    assert words(focused(page)) == "Remove Kit?"
    assert rows(visit.follow("around", {"do": f"keep q-people {kit}"})) == ["Kit"]
    page = visit.follow("around", {"do": f"removed q-people {kit}"})
    assert rows(page) == []
    assert words(focused(page)) == "Removed Kit."


def test_removing_is_taken_back_until_the_next_change(visit: Desk) -> None:
    """The row comes back to its place with what it said, the keyboard to it; after another change nothing does."""
    kit = add(visit, "Kit", tie="stays")
    add(visit, "Pearl")
    page = visit.follow("around", {"do": f"removed q-people {kit}"})
    assert "Removed Kit. Undo removing Kit" in words(page.at("q-people-group")).replace("Kit.Undo", "Kit. Undo")
    page = visit.follow("around", {"do": f"undo q-people {kit}"})
    assert rows(page) == ["Kit", "Pearl"]
    assert words(focused(page)) == "Edit Kit"
    assert "Stays at times" in words(page.at("q-people-group"))
    visit.follow("around", {"do": f"removed q-people {kit}"})
    add(visit, "Marisa")
    assert not visit.open("around", f"?removed=q-people.{kit}").has("removed")
    page = visit.follow("around", {"do": f"undo q-people {kit}"})
    assert rows(page) == ["Pearl", "Marisa"]
    assert focused(page).get("id") == "q-people"


def test_what_was_not_removed_is_not_offered_back(visit: Desk) -> None:
    """A row that is there, one that never was, a question without rows, a made-up address."""
    kit = add(visit, "Kit")
    for target in (f"q-people.{kit}", "q-people.nobody", "q-saw.r", "q-nothing.r", "people"):
        assert not visit.open("around", f"?removed={target}").has("removed")


def test_a_row_with_something_to_mend_says_so(visit: Desk) -> None:
    """On the list as in the row."""
    step = row_of(visit.follow("next", {"do": "add q-steps"}))
    by_when = visit.name("steps", "", step, "by_when")
    visit.save("next", {by_when: None, f"{by_when}-day": "42"}, row=f"q-steps.{step}")
    assert "Something here needs mending" in visit.open("next").text
    assert "Enter a real date" in visit.open("next", f"?row=q-steps.{step}").text


def test_rows_open_questions_outside_them(visit: Desk) -> None:
    """Once somebody is not identified, it is asked how to find out."""
    add(visit, "Kit", identity="no")
    assert "q-identify" in visit.open("around").asked


def test_a_button_for_a_row_that_is_gone_does_nothing(visit: Desk) -> None:
    """Nor does one for a list that is not there."""
    for order in ("up q-people gone", "removed q-people gone", "add q-nothing", "add q-saw", "dance q-people r"):
        response = visit.post("around", {"do": order})
        assert response.status_code == 303
    assert rows(visit.open("around")) == []


def test_each_child_has_rows_of_their_own(visit: Desk) -> None:
    """An injury of Wren's is not on Ossie's list."""
    visit.save("each_child", {visit.name("injury", child): "yes" for child in ("Wren", "Ossie")})
    wrens = visit.name("injuries", "Wren")
    row = row_of(visit.follow("each_child", {"do": f"add {wrens}"}))
    body = visit.name("injuries", "Wren", row, "body")
    visit.save("each_child", {body: "Left arm"}, row=f"{wrens}.{row}")
    page = visit.open("each_child")
    assert "Left arm" in words(page.at(f"{wrens}-group"))
    assert "No injury added yet." in words(page.at(f"{visit.name('injuries', 'Ossie')}-group"))


def test_a_button_pressed_twice_adds_one_row(desk: Desk) -> None:
    """The second press repeats the first, and both lead to the same open row."""
    fields = {**desk.open("around").fields(), "do": "add q-people"}
    first, second = (desk.visitor.send(desk.address("around"), fields) for _ in range(2))
    assert (first.status_code, second.status_code) == (303, 303)
    assert first.location == second.location
    assert desk.open("around").response.text.count('value="edit q-people ') == 1


def test_one_page_adds_to_two_lists(desk: Desk) -> None:
    """Gone back after adding to one, the same page can add to another."""
    fields = desk.open("around").fields()
    for name in ("q-people", "q-accounts"):
        assert desk.visitor.send(desk.address("around"), {**fields, "do": f"add {name}"}).status_code == 303
    page = desk.open("around").response.text
    assert page.count('value="edit q-people ') == page.count('value="edit q-accounts ') == 1
