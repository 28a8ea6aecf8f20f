"""The form of a page: names, what is shown, what is read back, and what a page never touches."""

import sys
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from engine.definition import Definition, definition_from_json
from engine.forms import (
    HELD,
    Address,
    PageForm,
    address_of,
    changes,
    field_name,
    page_form,
    read_posted,
    standings,
)
from engine.journey import Context, evaluate
from engine.journey.context import Child
from engine.places import Place

Json = Any
HOSTILE_IDS = ("data", "meta", "process", "errors", "validate", "populate_obj", "form_errors", "held", "csrf_token")

question_ids = st.from_regex(r"[a-z][a-z0-9_]{0,62}", fullmatch=True)
tokens = st.from_regex(r"[A-Za-z0-9_-]{1,64}", fullmatch=True)
questions_alone = st.tuples(question_ids, st.none() | tokens, st.none(), st.none())
cells = st.tuples(question_ids, st.none() | tokens, tokens, question_ids)
addresses = (questions_alone | cells).map(lambda parts: Address(*parts))


def question(name: str, type_name: str = "short_text", **more: Json) -> dict[str, Json]:
    """A question as a definition holds it."""
    return {"id": name, "type": type_name, "kind": "fact", "label": name, "why": "To try it", **more}


def form_of(*questions: dict[str, Json]) -> Definition:
    """A form of one section."""
    section = {"id": "page", "title": "Page", "questions": list(questions)}
    return definition_from_json(
        {"form": "one", "version": 1, "title": "One", "purpose": "One page", "sections": [section]}
    )


SEEN = question("seen", "choice", options=[{"value": "alone", "label": "Alone"}, {"value": "no", "label": "Not seen"}])
AREAS = question(
    "areas", "choices", options=[{"value": "health", "label": "Health"}, {"value": "sleep", "label": "Sleep"}]
)
WORDS = question("words", "long_text")
PEOPLE = question("people", "rows", columns=[question("who"), question("met", "yes_no"), question("born", "date")])
FAMILY = form_of(SEEN, AREAS, WORDS, PEOPLE)
TWO_CHILDREN = Context("2026-03-05", (Child("c1"), Child("c-2_x")))
EACH_CHILD = form_of({**SEEN, "per_child": True}, {**PEOPLE, "per_child": True})


def shown(definition: Definition, answers: dict[str, Json], context: Context = TWO_CHILDREN) -> PageForm:
    """The page with everything the journey shows."""
    return page_form(standings(definition, evaluate(definition, answers, context).shown, answers), answers)


def sent(form: PageForm, **typed: str | Sequence[str]) -> MultiDict[str, str]:
    """What a browser posts: the page as it stands, some fields typed into (an empty list sends nothing)."""
    values: MultiDict[str, str] = MultiDict([(HELD, name) for name in form.held])
    for entry in form.entries:
        for name, value in _as_sent(entry.field) + _as_sent(entry.doing):
            values.add(name, value)
        if entry.not_known is not None and entry.not_known.data:
            values.add(entry.not_known.name, "y")
    for name, text in typed.items():
        values.setlist(name, [text] if isinstance(text, str) else list(text))
    return values


def _as_sent(field: Any) -> list[tuple[str, str]]:
    if field is None:
        return []
    if hasattr(field, "inputs"):
        return [(each.name, each.value) for each in field.inputs]
    data = field.data if isinstance(field.data, list) else [field.data]
    return [(field.name, value) for value in data if value is not None]


def saved(
    definition: Definition, answers: dict[str, Json], posted: MultiDict[str, str], context: Context = TWO_CHILDREN
) -> dict[str, Json]:
    """What the post changes in the draft."""
    children = [child.id for child in context.children]
    return changes(definition, answers, read_posted(definition, children, answers, posted))


@given(addresses)
def test_every_address_has_a_name_that_leads_back(address: Address) -> None:
    """Names and addresses are one to one, and a name needs no escaping in HTML or CSS."""
    assert address_of(field_name(address)) == address
    assert field_name(address).replace("-", "").replace("_", "").isalnum()
    assert len({field_name(address), field_name(address, "not_known"), field_name(address, "doing")}) == 3


@given(addresses, addresses)
def test_no_two_addresses_share_a_name(first: Address, second: Address) -> None:
    """Different places never meet in one field."""
    assert (first == second) == (field_name(first) == field_name(second))


@pytest.mark.parametrize(
    "name", ["", "q-", "q-A", "seen", "q-seen-c-", "q-seen-c-a-b", "q-seen-r-r1", "u-seen", "q-seen\n"]
)
def test_other_names_lead_nowhere(name: str) -> None:
    """What is not the name of an answer's field has no address."""
    assert address_of(name) is None


def test_ids_that_a_form_class_uses_itself_are_only_ids() -> None:
    """Questions may be called as WTForms' own attributes are."""
    definition = form_of(*(question(name) for name in HOSTILE_IDS))
    answers = {name: f"about {name}" for name in HOSTILE_IDS}
    form = shown(definition, answers)
    assert [entry.field.data for entry in form.entries] == list(answers.values())
    assert saved(definition, answers, sent(form, **{f"q-{name}": "new" for name in HOSTILE_IDS})) == dict.fromkeys(
        HOSTILE_IDS, "new"
    )


ANSWERS: dict[str, Json] = {
    "seen": "alone",
    "areas": ["health"],
    "words": "She said\nno.",
    "people": [{"id": "r1", "who": "Kit", "met": "yes", "born": "2001-02"}, {"id": "r-2", "who": {"not_known": True}}],
}
PER_CHILD: dict[str, Json] = {
    "seen": {"c1": "alone", "c-2_x": {"not_known": True, "doing": "Asking"}},
    "people": {"c-2_x": [{"id": "r1", "who": "Kit"}]},
}
DRAFTS: list[tuple[Definition, dict[str, Json]]] = [
    (FAMILY, ANSWERS),
    (FAMILY, {}),
    (FAMILY, {"words": {"not_known": True, "doing": "Ring the school"}, "people": {"not_known": True}}),
    (EACH_CHILD, PER_CHILD),
]


@pytest.mark.parametrize(("definition", "answers"), DRAFTS)
def test_a_page_posted_untouched_changes_nothing(definition: Definition, answers: dict[str, Json]) -> None:
    """Valid or not, known or not, what is stored comes back as it was."""
    assert saved(definition, answers, sent(shown(definition, answers))) == {}


def test_an_unticked_box_that_was_on_the_page_clears_its_answer() -> None:
    """A held question with nothing posted is blank now."""
    posted = sent(shown(FAMILY, ANSWERS), **{"q-areas": [], "q-seen": []})
    assert saved(FAMILY, ANSWERS, posted) == {"areas": None, "seen": None}


def test_an_unticked_box_that_was_not_on_the_page_is_no_answer() -> None:
    """A question that the page did not hold keeps its answer, posted or not."""
    posted = MultiDict([(HELD, "q-words"), ("q-words", "New."), ("q-seen", "no")])
    assert saved(FAMILY, ANSWERS, posted) == {"words": "New."}


def test_line_ends_from_a_browser_are_no_change() -> None:
    """A text box posts other line ends than it was given."""
    posted = sent(shown(FAMILY, ANSWERS), **{"q-words": "She said\r\nno."})
    assert saved(FAMILY, ANSWERS, posted) == {}


NOT_KNOWN: list[tuple[Json, dict[str, str], Json]] = [
    (None, {"u-words": "y"}, {"not_known": True}),
    (None, {"u-words": "y", "d-words": " Ring the school "}, {"not_known": True, "doing": "Ring the school"}),
    (None, {"d-words": "Ring the school"}, {"not_known": True, "doing": "Ring the school"}),
    ("Old.", {"u-words": "y", "q-words": "Old."}, {"not_known": True}),
    ("Old.", {"u-words": "y", "q-words": "Old and new."}, "Old and new."),
    ({"not_known": True}, {"u-words": "y", "q-words": "She told me."}, "She told me."),
    ({"not_known": True}, {"q-words": ""}, None),
    ({"not_known": True, "doing": "Asking"}, {"q-words": "She told me.", "d-words": "Asking"}, "She told me."),
]


@pytest.mark.parametrize(("stored", "typed", "value"), NOT_KNOWN)
def test_not_known_yet_gives_way_to_what_is_newly_written(stored: Json, typed: dict[str, str], value: Json) -> None:
    """A tick stands for the answer until words are newly written, and what is being done is never dropped alone."""
    answers = {} if stored is None else {"words": stored}
    posted = MultiDict([(HELD, "q-words"), *typed.items()])
    assert read_posted(FAMILY, ["c1"], answers, posted) == {Address("words"): value}


def test_not_known_is_not_read_where_it_is_not_offered() -> None:
    """A decision that must be made has no such box, and one that is posted all the same does nothing."""
    definition = form_of(question("plan", kind="decision"))
    form = shown(definition, {})
    assert form.entries[0].not_known is None
    posted = MultiDict([(HELD, "q-plan"), ("u-plan", "y"), ("d-plan", "Later")])
    assert read_posted(definition, [], {}, posted) == {Address("plan"): None}


def test_each_child_has_its_own_field() -> None:
    """An answer typed for one child leaves the other's alone, and clearing the last one leaves nothing."""
    form = shown(EACH_CHILD, PER_CHILD)
    assert [entry.field.name for entry in form.entries][:2] == ["q-seen-c-c1", "q-seen-c-c_d2_ux"]
    posted = sent(form, **{"q-seen-c-c1": "no"})
    assert saved(EACH_CHILD, PER_CHILD, posted) == {"seen": {**PER_CHILD["seen"], "c1": "no"}}
    gone = MultiDict([(HELD, "q-seen-c-c1")])
    assert saved(EACH_CHILD, {"seen": {"c1": "alone"}}, gone) == {"seen": None}


def test_changes_for_two_children_are_both_kept() -> None:
    """One page that asks for each child saves every child's answer."""
    posted = sent(shown(EACH_CHILD, {}), **{"q-seen-c-c1": "no", "q-seen-c-c_d2_ux": "alone"})
    assert saved(EACH_CHILD, {}, posted) == {"seen": {"c1": "no", "c-2_x": "alone"}}


@pytest.mark.parametrize(
    "name",
    ["q-seen-c-c9", "q-seen", "q-nothing-c-c1", "q-people-c-c1-r-r1-nothing", "q-seen-c-c1-r-r1-who", "q-", "meta"],
)
def test_names_that_lead_nowhere_are_passed_over(name: str) -> None:
    """Another child, no child, another question or column: nothing is read."""
    assert read_posted(EACH_CHILD, ["c1"], {}, MultiDict([(HELD, name), (name, "no")])) == {}


def test_characters_that_no_text_can_hold_are_left_out() -> None:
    """Line ends, tabs and every letter stay; what a database or a page would refuse goes."""
    posted = MultiDict({HELD: "q-words", "q-words": "a\x00b\x1b\tc\n\ud800d é 😀"})
    assert read_posted(FAMILY, (), {}, posted) == {Address("words"): "ab\tc\nd é 😀"}


def test_a_value_that_is_worked_out_cannot_be_posted() -> None:
    """The page shows it and holds no field for it."""
    definition = form_of(question("age", "worked_out", function="age", of=["born"]), question("note", "statement"))
    form = shown(definition, {})
    assert form.held == ()
    posted = MultiDict([(HELD, "q-age"), ("q-age", "7"), (HELD, "q-note"), ("q-note", "x")])
    assert read_posted(definition, [], {}, posted) == {}


def test_cells_are_fields_under_their_row() -> None:
    """A cell typed into changes that cell; rows keep their order and whatever else they hold."""
    form = shown(FAMILY, ANSWERS)
    cells = [entry for entry in form.entries if entry.address.row is not None]
    assert list(dict.fromkeys(cell.address.row for cell in cells)) == ["r1", "r-2"]
    assert next(cell.field.name for cell in cells if cell.address.row == "r-2") == "q-people-r-r_d2-who"
    posted = sent(form, **{"q-people-r-r_d2-met": "no", "q-people-r-r1-who": ""})
    assert saved(FAMILY, ANSWERS, posted) == {
        "people": [
            {"id": "r1", "met": "yes", "born": "2001-02"},
            {"id": "r-2", "who": {"not_known": True}, "met": "no"},
        ]
    }


def test_rows_added_elsewhere_stay() -> None:
    """Rows that this page did not hold are not removed by it, and its own new row comes after them."""
    posted = MultiDict([(HELD, "q-people"), (HELD, "q-people-r-new-who"), ("q-people-r-new-who", "Aunt")])
    assert saved(FAMILY, ANSWERS, posted)["people"] == [*ANSWERS["people"], {"id": "new", "who": "Aunt"}]


def test_an_empty_new_row_is_not_kept() -> None:
    """Nothing typed into a new row adds no row."""
    posted = MultiDict([(HELD, "q-people"), (HELD, "q-people-r-new-who"), ("q-people-r-new-who", " ")])
    assert saved(FAMILY, {}, posted) == {}


def test_rows_can_be_not_known_yet_only_while_they_are_empty() -> None:
    """The tick never takes rows away."""
    ticked = MultiDict([(HELD, "q-people"), ("u-people", "y"), ("d-people", "Asking the school")])
    not_known = {"not_known": True, "doing": "Asking the school"}
    assert saved(FAMILY, {}, ticked) == {"people": not_known}
    assert saved(FAMILY, {"people": [{"id": "r1"}]}, ticked) == {"people": not_known}
    assert saved(FAMILY, ANSWERS, ticked) == {}
    assert saved(FAMILY, {"people": not_known}, MultiDict([(HELD, "q-people")])) == {"people": None}


def test_what_was_typed_and_is_no_answer_is_kept_and_shown() -> None:
    """An impossible date and a number in words are stored as typed and stand on the page again."""
    definition = form_of(question("born", "date"), question("days", "number"))
    posted = sent(shown(definition, {}), **{"q-born-day": "31", "q-born-month": "Febuary", "q-born-year": "2026"})
    posted["q-days"] = "a week"
    stored = saved(definition, {}, posted)
    assert stored == {"born": {"day": "31", "month": "Febuary", "year": "2026"}, "days": "a week"}
    again = dict(_as_sent(shown(definition, stored).entries[0].field))
    assert again == {"q-born-day": "31", "q-born-month": "Febuary", "q-born-year": "2026"}


@pytest.mark.parametrize("people", ["Kit", ["Kit"], [{"who": "Kit"}], [{"id": ["r1"]}], {"r1": "Kit"}, 7])
def test_rows_that_are_none_are_shown_as_none_and_not_wiped(people: Json) -> None:
    """A draft from elsewhere may hold anything; the page still opens, and saving it leaves what it cannot show."""
    answers = {"people": people}
    form = shown(FAMILY, answers)
    assert [entry for entry in form.entries if entry.address.row is not None] == []
    assert saved(FAMILY, answers, MultiDict([(HELD, "q-people")])) in ({}, {"people": None})


def calls_made(count: int) -> int:
    """How many Python functions run to show a page of so many questions and to read it back."""
    kinds = (SEEN, AREAS, WORDS, question("born", "date"))
    definition = form_of(*({**kinds[n % 4], "id": f"asked_{n}"} for n in range(count)))
    places = [Place(each.id) for each in definition.questions]
    made = 0

    def on_call(_frame: object, event: str, _argument: object) -> None:
        nonlocal made
        made += event == "call"

    sys.setprofile(on_call)
    try:
        form = page_form(standings(definition, places, {}), {})
        changes(definition, {}, read_posted(definition, [], {}, sent(form)))
    finally:
        sys.setprofile(None)
    return made


def test_work_grows_no_faster_than_the_page() -> None:
    """Seven times the questions take about seven times the steps, at 700 as at 100."""
    calls_made(4)
    assert calls_made(700) <= 7.2 * calls_made(100)
