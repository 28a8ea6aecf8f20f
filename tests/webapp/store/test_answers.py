"""No save is lost, doubled or overwritten unseen."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, func, select

from engine.places import Place
from tests.webapp.conftest import NOW
from webapp.access import Viewer
from webapp.store.answers import Answer, answer_history, answers, answers_of
from webapp.store.assessments import Assessment
from webapp.store.changes import AddRow, MoveRow, Operation, RemoveRow, SetAnswer, SetCell
from webapp.store.database import Database, reading, writing
from webapp.store.errors import KeyReused, NoSuchRecord, RowGone, StaleAnswer
from webapp.store.saves import Change, save

Json = Any
Save = Callable[..., Answer]
WORDS = Place("child_words")
PEOPLE = Place("people")


@pytest.fixture
def saving(database: Database, people: dict[str, Viewer], draft: Assessment) -> Save:
    """Saves one change into the draft, as Adaeze unless told otherwise, each under a key of its own."""
    keys = iter(range(100))

    def one(
        operation: Operation,
        based_on: int,
        *,
        place: Place = WORDS,
        by: str = "Adaeze",
        key: str = "",
        of_page: bool = False,
    ) -> Answer:
        change = Change(place, operation, based_on, key or f"k{next(keys)}", of_page)
        with writing(database) as connection:
            return save(connection, people[by], draft, change, NOW)

    return one


@pytest.fixture
def stored(database: Database, draft: Assessment) -> Callable[[], dict[str, Json]]:
    """The draft's answers as they stand."""

    def now() -> dict[str, Json]:
        with reading(database) as connection:
            return answers_of(connection, draft).draft()

    return now


def _count(database: Database, table: Any) -> int:
    with reading(database) as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar_one()


def test_a_saved_answer_is_read_back(saving: Save, stored: Callable[[], dict[str, Json]]) -> None:
    """Texts come back character for character, 100,000 of them too."""
    text = "“Nana’s” ŵ 🙂\n\t\u202e<b>" * 10_000
    assert saving(SetAnswer(text), 0).revision == 1
    assert stored() == {"child_words": text}


def test_each_save_leaves_one_row_of_history(saving: Save, database: Database) -> None:
    """What was written before stays readable."""
    saving(SetAnswer("one"), 0)
    saving(SetAnswer("two"), 1)
    with reading(database) as connection:
        rows = connection.execute(
            select(answer_history.c.revision, answer_history.c.value).order_by(answer_history.c.id)
        )
        assert [tuple(row) for row in rows] == [(1, "one"), (2, "two")]
    assert _count(database, answers) == 1


def test_the_same_save_sent_again_repeats_its_reply(saving: Save, database: Database) -> None:
    """A reply lost on the way costs nothing: the second sending changes nothing, even after later saves."""
    first = saving(SetAnswer("one"), 0, key="same")
    saving(SetAnswer("two"), 1)
    assert saving(SetAnswer("one"), 0, key="same") == replace(first, entry=0)
    assert _count(database, answer_history) == 2


def test_the_same_key_with_other_words_is_refused(saving: Save, stored: Callable[[], dict[str, Json]]) -> None:
    """A key stands for one save only, wherever it is used."""
    saving(SetAnswer("one"), 0, key="same")
    for operation, place in ((SetAnswer("two"), WORDS), (SetAnswer("one"), Place("home"))):
        with pytest.raises(KeyReused):
            saving(operation, 1, place=place, key="same")
    assert stored() == {"child_words": "one"}


def test_a_change_on_top_of_somebody_elses_is_refused_with_both_texts(
    saving: Save, stored: Callable[[], dict[str, Json]]
) -> None:
    """Nobody's words are overwritten unseen, and nothing of the refused save stays behind."""
    saving(SetAnswer("first"), 0)
    saving(SetAnswer("Corin’s words"), 1, by="Corin")
    with pytest.raises(StaleAnswer) as refused:
        saving(SetAnswer("Adaeze’s words"), 1)
    detail = refused.value.detail
    assert (detail["mine"], detail["theirs"], detail["revision"]) == ("Adaeze’s words", "Corin’s words", 2)
    assert (detail["by"], detail["at"], detail["place"]) == ("Corin Ashby-Lowe", NOW, "child_words")
    assert stored() == {"child_words": "Corin’s words"}


def test_two_people_who_both_begin_an_answer_do_not_overwrite_each_other(saving: Save) -> None:
    """The first answer to a question is guarded as later ones are."""
    saving(SetAnswer("Corin’s words"), 0, by="Corin")
    with pytest.raises(StaleAnswer):
        saving(SetAnswer("Adaeze’s words"), 0)


def test_having_seen_the_other_text_one_can_replace_it(saving: Save) -> None:
    """A save based on the revision that was refused goes through."""
    saving(SetAnswer("Corin’s words"), 0, by="Corin")
    assert saving(SetAnswer("both together"), 1).revision == 2


def test_nobody_conflicts_with_herself(saving: Save) -> None:
    """Of one person's own saves the newest wins."""
    saving(SetAnswer("one"), 0)
    saving(SetAnswer("two"), 1)
    assert saving(SetAnswer("three"), 1).value == "three"


def test_her_own_later_save_does_not_hide_somebody_elses_in_between(saving: Save) -> None:
    """A page left open since before a colleague's save cannot undo it."""
    saving(SetAnswer("one"), 0)
    saving(SetAnswer("Corin’s words"), 1, by="Corin")
    saving(SetAnswer("both"), 2)
    with pytest.raises(StaleAnswer):
        saving(SetAnswer("from the old page"), 1)


def test_an_invented_later_revision_overwrites_nobody(saving: Save) -> None:
    """A revision nobody was ever given counts as none."""
    saving(SetAnswer("Corin’s words"), 0, by="Corin")
    with pytest.raises(StaleAnswer):
        saving(SetAnswer("mine"), 99)


def test_posting_an_unchanged_old_answer_leaves_the_newer_one(
    saving: Save, stored: Callable[[], dict[str, Json]]
) -> None:
    """A whole page posted without scripts changes only what its writer changed."""
    saving(SetAnswer("first"), 0)
    saving(SetAnswer("Corin’s words"), 1, by="Corin")
    assert saving(SetAnswer("first"), 1, of_page=True).value == "Corin’s words"
    assert stored() == {"child_words": "Corin’s words"}


def test_an_answer_that_was_put_back_to_what_its_page_showed_is_refused_over_a_newer_one(
    saving: Save, stored: Callable[[], dict[str, Json]]
) -> None:
    """Its box holds what no longer stands: what is written there next would overwrite words that nobody saw."""
    saving(SetAnswer("first"), 0)
    saving(SetAnswer("Corin’s words"), 1, by="Corin")
    with pytest.raises(StaleAnswer):
        saving(SetAnswer("first"), 1)
    assert stored() == {"child_words": "Corin’s words"}


def test_the_same_answer_from_two_people_is_no_conflict(saving: Save) -> None:
    """Two people who choose the same agree."""
    saving(SetAnswer("alone"), 0, by="Corin")
    assert saving(SetAnswer("alone"), 0).revision == 2


def test_answers_for_each_child_are_apart(
    saving: Save, stored: Callable[[], dict[str, Json]], draft: Assessment
) -> None:
    """One child's answer is no conflict with a sister's or brother's."""
    wren, ossie = draft.children
    saving(SetAnswer("alone"), 0, place=Place("seen", wren.key))
    saving(SetAnswer("not_seen"), 0, place=Place("seen", ossie.key), by="Corin")
    assert stored() == {"seen": {wren.key: "alone", ossie.key: "not_seen"}}


def test_an_answer_about_another_child_has_no_place(saving: Save) -> None:
    """Nothing can be written about a child whom the assessment is not about."""
    with pytest.raises(NoSuchRecord):
        saving(SetAnswer("alone"), 0, place=Place("seen", "somebody-else"))


def test_two_people_who_add_a_row_both_win(saving: Save, stored: Callable[[], dict[str, Json]]) -> None:
    """Rows and cells are changed one at a time on the list as it stands."""
    saving(AddRow("r1"), 0, place=PEOPLE)
    saving(AddRow("r2"), 0, place=PEOPLE, by="Corin")
    saving(SetCell("r1", "who", {"name": "Marisa"}), 1, place=PEOPLE)
    saving(SetCell("r2", "who", {"name": "Pearl"}), 2, place=PEOPLE, by="Corin")
    assert stored()["people"] == [
        {"id": "r1", "who": {"name": "Marisa"}},
        {"id": "r2", "who": {"name": "Pearl"}},
    ]


def test_two_people_in_one_cell_are_told(saving: Save) -> None:
    """Only the cell in question is in conflict."""
    saving(AddRow("r1"), 0, place=PEOPLE)
    saving(SetCell("r1", "tie", "lives"), 1, place=PEOPLE, by="Corin")
    saving(SetCell("r1", "met", "no"), 1, place=PEOPLE)
    with pytest.raises(StaleAnswer) as refused:
        saving(SetCell("r1", "tie", "visits"), 1, place=PEOPLE)
    assert (refused.value.detail["mine"], refused.value.detail["theirs"]) == ("visits", "lives")


def test_a_row_somebody_is_writing_in_is_not_removed_unseen(saving: Save) -> None:
    """Removing a row that a colleague has just changed is refused, with what it now says."""
    saving(AddRow("r1"), 0, place=PEOPLE)
    saving(SetCell("r1", "who", {"name": "Pearl"}), 1, place=PEOPLE, by="Corin")
    with pytest.raises(StaleAnswer) as refused:
        saving(RemoveRow("r1"), 1, place=PEOPLE)
    assert refused.value.detail["theirs"] == {"id": "r1", "who": {"name": "Pearl"}}


def test_writing_in_a_row_that_is_gone_is_refused(saving: Save) -> None:
    """The words stay on the page that sent them, and nothing pretends that they were saved."""
    saving(AddRow("r1"), 0, place=PEOPLE)
    saving(RemoveRow("r1"), 1, place=PEOPLE, by="Corin")
    for operation in (SetCell("r1", "met", "no"), MoveRow("r1", "up")):
        with pytest.raises(RowGone):
            saving(operation, 1, place=PEOPLE)


def test_rows_move_and_stay_within_the_list(saving: Save, stored: Callable[[], dict[str, Json]]) -> None:
    """Moving past an end and adding or removing twice change nothing."""
    for revision, operation in enumerate(
        (
            AddRow("r1"),
            AddRow("r2"),
            AddRow("r2"),
            MoveRow("r2", "up"),
            MoveRow("r2", "up"),
            AddRow("r3"),
            MoveRow("r1", "down"),
            RemoveRow("r3"),
            RemoveRow("r3"),
            SetCell("r1", "met", "no"),
            SetCell("r1", "met", None),
        )
    ):
        saving(operation, revision, place=PEOPLE)
    assert stored()["people"] == [{"id": "r2"}, {"id": "r1"}]


def test_a_save_touches_no_other_answer(saving: Save, database: Database, draft: Assessment) -> None:
    """The work of a save does not grow with the form: three statements, all about one place."""
    for index in range(5):
        saving(SetAnswer(f"text {index}"), 0, place=Place(f"other_{index}"))
    seen: list[str] = []
    event.listen(database, "before_cursor_execute", lambda *args: seen.append(f"{args[2]} {args[3]}"))
    saving(SetAnswer("one"), 0)
    saving(SetAnswer("two"), 1)
    writes = [each for each in seen if each.startswith(("INSERT", "UPDATE", "DELETE"))]
    assert [each.split()[:3:2] if each[0] == "I" else each.split()[:2] for each in writes] == [
        ["INSERT", "answer_history"],
        ["INSERT", "answers"],
        ["INSERT", "answer_history"],
        ["UPDATE", "answers"],
    ]
    assert len(seen) == 2 * 3
    assert not any("other_" in each for each in seen)


def test_the_latest_save_is_known(database: Database, people: dict[str, Viewer], draft: Assessment) -> None:
    """A page can say when anything was last saved."""
    with writing(database) as connection:
        assert answers_of(connection, draft).saved_at is None
        for minutes, place in ((5, WORDS), (2, PEOPLE)):
            change = Change(place, SetAnswer("x"), 0, f"k{minutes}")
            save(connection, people["Adaeze"], draft, change, NOW + timedelta(minutes=minutes))
        assert answers_of(connection, draft).saved_at == NOW + timedelta(minutes=5)
