"""Everything works without the page's script: the form's own button saves, and the next page says what follows."""

from tests.webapp.assessments.desk import VISITED as SAVED
from tests.webapp.assessments.desk import Desk, Page, words

VISITED = {name: value for name, value in SAVED.items() if value is not None}


def test_saving_goes_on_to_the_next_section(desk: Desk) -> None:
    """Where nothing was opened and nothing needs mending."""
    page = desk.follow("visit", {**VISITED, "q-contact": "phone"})
    assert page.title.startswith("The child – Visit")


def test_saving_stays_where_it_opened_a_question(desk: Desk) -> None:
    """A line at the top says how many were added, with a link to each, and takes the keyboard."""
    page = desk.follow("visit", {**VISITED, "q-contact": "in_person"})
    notice = next(each for each in page.root.iter("div") if each.get("aria-label") == "Added")
    assert words(notice) == "Saved. 2 questions added below:Where did you go?Did the family know you were coming?"
    assert notice.get("autofocus") is not None
    assert page.link("Where did you go?") == "#q-place"
    assert page.asked == ["q-visited_on", "q-contact", "q-place", "q-expected"]


def test_the_next_press_goes_on(desk: Desk) -> None:
    """Nobody is held up twice for the same questions."""
    desk.follow("visit", {**VISITED, "q-contact": "in_person"})
    assert desk.follow("visit", {}).title.startswith("The child – Visit")


def test_an_answer_to_mend_is_told_once_and_holds_nobody_up(desk: Desk) -> None:
    """The summary takes the keyboard and leads to the field; pressed again, the button goes on."""
    wrong = {**VISITED, "q-visited_on-day": "42", "q-contact": "phone"}
    page = desk.follow("visit", wrong)
    summary = next(each for each in page.root.iter("div") if each.get("class") == "govuk-error-summary")
    assert page.title.startswith("Error: The visit")
    assert summary.get("autofocus") is not None
    assert page.link("When was the visit? – Enter a real date") == "#q-visited_on-day"
    assert page.fields()["q-contact"] == ["phone"]
    assert desk.follow("visit", {}, "?stays=1").title.startswith("The child – Visit")


def test_a_problem_names_its_own_field(desk: Desk) -> None:
    """The message is part of the field's description."""
    page = desk.follow("visit", {**VISITED, "q-visited_on-day": "42"})
    fieldset = next(page.at("q-visited_on-group").iter("fieldset"))
    assert "q-visited_on-error" in fieldset.get("aria-describedby", "").split()
    assert words(page.at("q-visited_on-error")) == "Error: Enter a real date and a time, such as 27 3 2026 and 15:30"


def test_the_line_for_not_known_is_there_without_script(desk: Desk) -> None:
    """Ticked or not, it stands in the page, and a new answer wins over the tick."""
    desk.follow("visit", {**VISITED, "q-contact": "in_person"})
    desk.follow("visit", {"u-place": "y", "d-place": "Asking"})
    page = desk.open("visit")
    assert page.fields()["u-place"] == ["y"]
    desk.follow("visit", {"q-place": "home"})
    fields = desk.open("visit").fields()
    assert (fields.get("u-place"), fields["q-place"]) == (None, ["home"])


def test_two_people_in_one_answer_both_keep_their_text(desk: Desk, colleague: Desk) -> None:
    """The page shows both; what was typed stays in the box, and everything else was saved."""
    desk.save("visit", {"q-contact": "in_person"})
    fields = desk.open("around").fields()
    colleague.save("around", {"q-saw": "Corin saw a man leave."})
    response = desk.visitor.send(desk.address("around"), {**fields, "q-saw": "Nobody was in."})
    assert response.status_code == 409
    page = Page(response)
    assert "Corin Ashby-Lowe wrote at 09:30 Corin saw a man leave. You wrote Nobody was in." in page.text
    assert page.fields()["q-saw"] == ["Nobody was in."]
    assert colleague.open("around").fields()["q-saw"] == ["Corin saw a man leave."]
    desk.visitor.send(desk.address("around"), page.fields())
    assert colleague.open("around").fields()["q-saw"] == ["Nobody was in."]


def test_the_last_section_leads_to_checking(desk: Desk) -> None:
    """There is always a next step."""
    page = desk.follow("next", {"q-manager_today": "no"})
    assert page.title.startswith("What happens next")
    assert desk.follow("next", {}).title.startswith("Check your answers")


def test_pressing_enter_in_a_box_saves(desk: Desk) -> None:
    """The first button of the form is the one a browser presses, and it is no button of a list."""
    form = next(form for form in desk.open("around").root.iter("form") if form.get("data-save-to"))
    first = next(form.iter("button"))
    assert first.get("name") is None
    assert first.get("tabindex") == "-1"


def test_an_older_tab_takes_nothing_away_that_it_did_not_change(desk: Desk) -> None:
    """One person with two tabs: the button of the older one leaves what was written in the other."""
    desk.save("visit", {"q-contact": "in_person"})
    older = desk.open("around").fields()
    desk.save("around", {"q-saw": "Thought of in the newer tab."})
    assert desk.visitor.send(desk.address("around"), older).status_code == 303
    assert desk.open("around").fields()["q-saw"] == ["Thought of in the newer tab."]


def test_a_page_sent_again_with_another_sentence_saves_it(desk: Desk) -> None:
    """The reply was lost, or Back was pressed: the page is the same, and its words are what is wanted now."""
    desk.save("visit", {"q-contact": "in_person"})
    fields = desk.open("around").fields()
    for text in ("Two coats.", "Two coats. A red bowl.", "Two coats."):
        response = desk.visitor.send(desk.address("around"), {**fields, "q-saw": text})
        assert response.status_code == 303
        assert desk.open("around").fields()["q-saw"] == [text]


def test_an_older_tab_does_not_overwrite_what_was_written_in_the_newer(desk: Desk) -> None:
    """The page shows both, what was typed stays in the box, and what was chosen is saved."""
    desk.save("visit", {"q-contact": "in_person"})
    older = desk.open("around").fields()
    desk.post("around", {"q-saw": "On the phone."})
    response = desk.visitor.send(desk.address("around"), {**older, "q-saw": "At the desk."})
    assert response.status_code == 409
    page = Page(response)
    assert "You wrote at 09:30, in another window or on another device On the phone." in page.text
    assert page.fields()["q-saw"] == ["At the desk."]
    assert desk.open("around").fields()["q-saw"] == ["On the phone."]
    desk.visitor.send(desk.address("around"), {**page.fields(), "do": "mine q-saw"})
    assert desk.open("around").fields()["q-saw"] == ["At the desk."]


def test_words_of_a_row_stay_when_an_older_tab_is_sent(desk: Desk) -> None:
    """Cells too are only written where they were changed."""
    page = desk.follow("around", {"do": "add q-people"})
    row, older = page.fields()["row"][0].split(".")[1], page.fields()
    there = desk.name("people", row=row, column="there")
    desk.save("around", {there: "yes"}, row=f"q-people.{row}")
    assert desk.visitor.send(desk.address("around"), older).status_code == 303
    assert desk.open("around", f"?row=q-people.{row}").fields()[there] == ["yes"]
