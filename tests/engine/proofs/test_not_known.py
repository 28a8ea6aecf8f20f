"""Follow-ups to protected questions that "not known yet" keeps shut are found, and no others."""

from typing import Any

import pytest

from engine.proofs import ClosedFollowUp, closed_by_not_known
from tests.engine.forms import form, question, section

Json = Any
SEEN = question("seen", "choice", protected=True)


def closed(*parts: dict[str, Json]) -> tuple[ClosedFollowUp, ...]:
    """What "not known yet" keeps shut in a form."""
    return closed_by_not_known(form(*parts))


@pytest.mark.parametrize(
    ("condition", "shut"),
    [
        ({"question": "seen", "is": "red"}, True),
        ({"question": "seen", "is_not": "red"}, True),
        ({"question": "seen", "answered": True}, False),
        ({"not": {"question": "seen", "is": "red"}}, False),
        ({"any": [{"question": "seen", "is": "red"}, {"question": "seen", "not_known": True}]}, False),
        ({"any": [{"question": "seen", "is": "red"}, {"question": "other", "is": "yes"}]}, False),
        ({"all": [{"question": "seen", "is": "red"}, {"question": "other", "is": "yes"}]}, True),
    ],
)
def test_a_follow_up_is_shut_where_no_other_answer_opens_it(condition: Json, shut: bool) -> None:
    """With "not known yet" given, everything else is free."""
    found = closed(SEEN, question("other", "yes_no"), question("follow", show_when=condition))
    assert found == ((ClosedFollowUp("seen", "follow"),) if shut else ())


def test_only_protected_questions_that_offer_it_are_looked_at() -> None:
    """Where it is not offered nothing can be shut by it."""
    follow = question("follow", show_when={"question": "seen", "is": "red"})
    assert closed({**SEEN, "not_known": False}, follow) == ()
    assert closed({**SEEN, "protected": False}, follow) == ()


def test_what_other_questions_make_impossible_is_seen() -> None:
    """Each condition could hold alone; that they cannot hold together only the whole form tells."""
    chase = question("chase", "yes_no", show_when={"question": "seen", "not_known": True})
    other = question("other", "yes_no", show_when={"question": "seen", "answered": True})
    opens = {
        "any": [
            {"question": "seen", "is": "red"},
            {"all": [{"question": "other", "is": "yes"}, {"not": {"question": "seen", "not_known": True}}]},
        ]
    }
    assert closed(SEEN, chase, other, question("follow", show_when=opens)) == (ClosedFollowUp("seen", "follow"),)


def test_a_section_can_be_the_follow_up() -> None:
    """It is told by its id."""
    shut = section("two", question("a"), show_when={"question": "seen", "is": "red"})
    assert closed(section("one", SEEN), shut) == (ClosedFollowUp("seen", "two"),)


def test_a_child_is_not_helped_by_another() -> None:
    """The follow-up must open for the child of whom it is not known."""
    seen = {**SEEN, "per_child": True}
    follow = question("follow", per_child=True, show_when={"question": "seen", "is": "red"})
    plan = question("plan", show_when={"question": "seen", "is": "red"})
    assert closed(seen, follow, plan) == (ClosedFollowUp("seen", "follow"), ClosedFollowUp("seen", "plan"))


def test_a_row_is_not_helped_by_another() -> None:
    """A follow-up in the row, and one to the rows, must open by the row that is not known."""
    met = question("met", "yes_no", protected=True)
    why = question("why", show_when={"row": "met", "is": "no"})
    rows = question("people", "rows", columns=[question("who"), met, why])
    some = question("plan", show_when={"question": "people", "any_row": {"row": "met", "is": "no"}})
    unsure = question("ask", show_when={"question": "people", "any_row": {"row": "met", "not_known": True}})
    assert closed(rows, some, unsure) == (
        ClosedFollowUp("people.met", "people.why"),
        ClosedFollowUp("people.met", "plan"),
    )


def test_a_follow_up_that_can_never_be_shown_is_not_told_here() -> None:
    """That is another fault, told as such."""
    never = {"all": [{"question": "seen", "is": "red"}, {"question": "seen", "is": "green"}]}
    assert closed(SEEN, question("follow", show_when=never)) == ()
