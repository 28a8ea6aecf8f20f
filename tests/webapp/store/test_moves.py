"""A draft that is moved to another version of its form loses no word, and stands as before once that is undone."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from engine.places import Place
from tests.webapp.conftest import NOW
from tests.webapp.store.moving import Form, move_to, moving_to, new_version, plainer, question, stands, without
from webapp.access import Viewer
from webapp.store.access_log import access_log
from webapp.store.allocations import allocate, end_allocation
from webapp.store.answers import answer_history, answers_of, newest_entry
from webapp.store.assessments import Assessment, assessment_to_write, find_assessment, pin
from webapp.store.beginning import begin_assessment
from webapp.store.changes import AddRow, SetAnswer, SetCell
from webapp.store.database import Connection, Database, reading, writing
from webapp.store.errors import MovedMeanwhile, MoveIsFinal, NoLongerAllocated, NotYours, SetAside
from webapp.store.moves import move_draft, moves_of, to_be_undone, undo_move
from webapp.store.saves import Change, save
from webapp.store.set_asides import Why, bring_back, set_aside
from webapp.store.submissions import Frozen, submit

People = dict[str, Viewer]
LATER = NOW + timedelta(minutes=5)
SAW, EXPECTED, PLACE, PEOPLE = Place("saw"), Place("expected"), Place("place"), Place("people")


def written(connection: Connection, viewer: Viewer, draft: Assessment) -> dict[str, Any]:
    """Answers of every kind in the draft: asked once, of each child, rows; gives them as the engine takes them."""
    wren, ossie = (each.key for each in draft.children)
    values: dict[Place, Any] = {
        Place("contact"): "in_person",
        PLACE: "school",
        EXPECTED: "yes",
        SAW: "Two coats.",
        Place("child_words", wren): "He drew the stairs.",
        Place("child_words", ossie): None,
    }
    for number, (place, value) in enumerate(values.items()):
        save(connection, viewer, draft, Change(place, SetAnswer(value), 0, f"k{number}"), NOW)
    save(connection, viewer, draft, Change(PEOPLE, AddRow("r1"), 0, "row"), NOW)
    save(connection, viewer, draft, Change(PEOPLE, SetCell("r1", "who", "Marisa"), 1, "cell"), NOW)
    return stands(connection, draft)


def history(connection: Connection, draft: Assessment) -> list[tuple[Any, ...]]:
    """Every row of the draft's history: what, which revision, how it came about."""
    columns = (answer_history.c.question, answer_history.c.value, answer_history.c.revision, answer_history.c.act)
    query = select(*columns).where(answer_history.c.assessment_id == draft.id).order_by(answer_history.c.id)
    return [tuple(row) for row in connection.execute(query)]


def test_a_move_rewrites_what_has_another_place_and_leaves_the_rest(
    database: Database, people: People, draft: Assessment
) -> None:
    """The history grows by what it rewrote; what has no place stands with the move, in the words it had."""
    adaeze = people["Adaeze"]
    with writing(database) as connection:
        before = written(connection, adaeze, draft)
        rows = history(connection, draft)
        to = new_version(connection, adaeze, 1, plainer)
        key = move_to(connection, adaeze, draft.key, to)
        held = find_assessment(connection, adaeze, draft.key)
        gone = {"saw": None, "expected": None, "place": None}
        assert held.edition == to
        assert stands(connection, held) == {**before, **gone}
        added = history(connection, draft)[len(rows) :]
        assert sorted(added) == [(name, None, 2, "moved") for name in sorted(gone)]
        (move,) = moves_of(connection, held)
        assert (move.key, move.left, move.to, move.by, move.at) == (key, draft.edition, to.id, "Adaeze Finch", NOW)
        assert {(each.place, each.text, each.code) for each in move.no_place} == {
            ("saw", "Two coats.", "asked_for_each_child"),
            ("expected", "Yes", "question_gone"),
            ("place", "School or nursery", "option_gone"),
        }
        log = connection.execute(select(access_log.c.act, access_log.c.record_id)).all()
        assert ("moved", draft.id) in [tuple(row) for row in log]


def test_undone_every_answer_stands_as_it_did_with_who_said_it(
    database: Database, people: People, draft: Assessment
) -> None:
    """By whoever may write it, a colleague too; undone already, nothing happens."""
    adaeze, corin = people["Adaeze"], people["Corin"]
    with writing(database) as connection:
        before = written(connection, adaeze, draft)
        said = {place: (each.saved_by, each.saved_at) for place, each in answers_of(connection, draft).by_place.items()}
        key = move_to(connection, adaeze, draft.key, new_version(connection, adaeze, 1, plainer))
        for child in draft.children:
            allocate(connection, corin.authority, child.id, at=NOW, person=corin.id)
        for _ in range(2):
            undo_move(connection, corin, assessment_to_write(connection, corin, draft.key), key, LATER)
        held = find_assessment(connection, adaeze, draft.key)
        found = answers_of(connection, held)
        assert held.edition == draft.edition
        assert found.draft() == before
        assert {place: (each.saved_by, each.saved_at) for place, each in found.by_place.items()} == said
        assert [each[3] for each in history(connection, held)[-3:]] == ["move_undone"] * 3
        assert moves_of(connection, held)[0].undone_at == LATER
        save(connection, adaeze, held, Change(SAW, SetAnswer("Three coats."), found.revision(SAW), "after"), LATER)
        assert stands(connection, held)["saw"] == "Three coats."


def test_once_something_was_saved_a_move_is_final(database: Database, people: People, draft: Assessment) -> None:
    """A save of anything; what had no place stays with the move."""
    adaeze = people["Adaeze"]
    with writing(database) as connection:
        written(connection, adaeze, draft)
        key = move_to(connection, adaeze, draft.key, new_version(connection, adaeze, 1, plainer))
        held = assessment_to_write(connection, adaeze, draft.key)
        assert to_be_undone(moves_of(connection, held), held, newest_entry(connection, held)) is not None
        save(connection, adaeze, held, Change(Place("hope"), SetAnswer("Her gran."), 0, "k"), LATER)
        after = stands(connection, held)
        with pytest.raises(MoveIsFinal):
            undo_move(connection, adaeze, held, key, LATER)
        assert to_be_undone(moves_of(connection, held), held, newest_entry(connection, held)) is None
        assert stands(connection, held) == after
        assert len(moves_of(connection, held)[0].no_place) == 3


def test_moved_undone_and_moved_again(database: Database, people: People, draft: Assessment) -> None:
    """Each place goes on with its own revisions, those that a move made among them."""
    adaeze = people["Adaeze"]
    (wren, *_) = draft.children
    with writing(database) as connection:
        one = begin_assessment(connection, adaeze, draft.edition, [wren], NOW)
        held = assessment_to_write(connection, adaeze, one)
        save(connection, adaeze, held, Change(SAW, SetAnswer("Two coats."), 0, "k"), NOW)
        to = new_version(connection, adaeze, 1, plainer)
        for _ in range(3):
            key = move_to(connection, adaeze, one, to)
            held = assessment_to_write(connection, adaeze, one)
            assert stands(connection, held)["saw"] == {wren.key: "Two coats."}
            undo_move(connection, adaeze, held, key, NOW)
            held = assessment_to_write(connection, adaeze, one)
            assert stands(connection, held)["saw"] == "Two coats."
        move_to(connection, adaeze, one, to)
        held = assessment_to_write(connection, adaeze, one)
        place = Place("saw", wren.key)
        change = Change(place, SetAnswer("Three coats."), answers_of(connection, held).revision(place), "later")
        save(connection, adaeze, held, change, LATER)
        assert stands(connection, held)["saw"] == {wren.key: "Three coats."}


def asked_once_again(form: Form) -> None:
    """The version after the plainer one: what it asked of each child is asked once, and one question comes back."""
    fresh = question(form, "saw")
    plainer(form)
    fresh.pop("per_child")


def test_two_moves_each_keep_what_they_left(database: Database, people: People, draft: Assessment) -> None:
    """Only the newest can be undone, and not the one before it afterwards."""
    adaeze = people["Adaeze"]
    wren, ossie = (each.key for each in draft.children)
    with writing(database) as connection:
        written(connection, adaeze, draft)
        first = move_to(connection, adaeze, draft.key, new_version(connection, adaeze, 1, plainer))
        held = assessment_to_write(connection, adaeze, draft.key)
        for child, words in ((wren, "A coat."), (ossie, "A coat.")):
            change = Change(Place("saw", child), SetAnswer(words), 0, f"saw {child}")
            save(connection, adaeze, held, change, NOW)
        second = move_to(connection, adaeze, draft.key, new_version(connection, adaeze, 2, asked_once_again))
        held = assessment_to_write(connection, adaeze, draft.key)
        assert stands(connection, held)["saw"] == "A coat."
        assert [each.key for each in moves_of(connection, held)] == [second, first]
        undo_move(connection, adaeze, held, second, LATER)
        held = assessment_to_write(connection, adaeze, draft.key)
        assert stands(connection, held)["saw"] == {wren: "A coat.", ossie: "A coat."}
        with pytest.raises(MoveIsFinal):
            undo_move(connection, adaeze, held, first, LATER)


def test_rows_lose_their_columns_and_get_them_back(database: Database, people: People, draft: Assessment) -> None:
    """Cell by cell, the row keeping its name."""
    adaeze = people["Adaeze"]

    def narrower(form: Form) -> None:
        rows = question(form, "people")
        rows["columns"] = [each for each in rows["columns"] if each["id"] != "who"]

    with writing(database) as connection:
        before = written(connection, adaeze, draft)
        key = move_to(connection, adaeze, draft.key, new_version(connection, adaeze, 1, narrower))
        held = assessment_to_write(connection, adaeze, draft.key)
        assert stands(connection, held)["people"] == [{"id": "r1"}]
        assert [(each.place, each.text) for each in moves_of(connection, held)[0].no_place] == [
            ("people[0].who", "Marisa")
        ]
        undo_move(connection, adaeze, held, key, LATER)
        assert stands(connection, held) == before


def test_who_may_not_write_it_moves_nothing(database: Database, people: People, draft: Assessment) -> None:
    """Not the manager, nor whoever may open only one of its children, nor anybody once it was submitted."""
    adaeze, corin, tom = people["Adaeze"], people["Corin"], people["Tom"]
    with writing(database) as connection:
        to = new_version(connection, adaeze, 1, plainer)
        allocate(connection, corin.authority, draft.children[0].id, at=NOW, person=corin.id)
        allocate(connection, corin.authority, draft.children[1].id, at=NOW, person=corin.id)
        end_allocation(connection, corin.authority, draft.children[1].id, at=NOW, person=corin.id)
        with pytest.raises(NoLongerAllocated):
            move_to(connection, corin, draft.key, to)
        with pytest.raises(NotYours):
            move_to(connection, tom, draft.key, to)
        held = assessment_to_write(connection, adaeze, draft.key)
        submit(connection, adaeze, held, Frozen({}, [], {}, {}), "", NOW)
        assert not pin(connection, adaeze, held, to.id)
        assert moves_of(connection, held) == ()


def test_what_was_set_aside_is_moved_once_it_is_back(database: Database, people: People, draft: Assessment) -> None:
    """A move that was made before can still be undone then."""
    adaeze = people["Adaeze"]
    with writing(database) as connection:
        before = written(connection, adaeze, draft)
        key = move_to(connection, adaeze, draft.key, new_version(connection, adaeze, 1, plainer))
        set_aside(connection, adaeze, assessment_to_write(connection, adaeze, draft.key), Why("mistake", ""), NOW)
        with pytest.raises(SetAside):
            undo_move(connection, adaeze, assessment_to_write(connection, adaeze, draft.key), key, NOW)
        bring_back(connection, adaeze, draft.key, NOW)
        undo_move(connection, adaeze, assessment_to_write(connection, adaeze, draft.key), key, NOW)
        assert stands(connection, find_assessment(connection, adaeze, draft.key)) == before


def test_moved_from_two_windows_it_is_moved_once(database: Database, people: People, draft: Assessment) -> None:
    """What was read before another move is refused whole."""
    adaeze = people["Adaeze"]
    with writing(database) as connection:
        to = new_version(connection, adaeze, 1, plainer)
        stood, moving = answers_of(connection, draft), moving_to(connection, draft, to)
        move_to(connection, adaeze, draft.key, to)
    with pytest.raises(MovedMeanwhile), writing(database) as connection:
        move_draft(connection, adaeze, draft, stood, moving, NOW)
    with reading(database) as connection:
        assert len(moves_of(connection, draft)) == 1


def test_a_save_that_waits_while_the_draft_is_moved_finds_the_new_version(
    database: Database, people: People, draft: Assessment
) -> None:
    """On either database: not the version of before, and not as if the draft were not there."""
    adaeze, ready, found = people["Adaeze"], threading.Event(), list[Any]()

    def write() -> None:
        ready.wait()
        with writing(database) as connection:
            found.append(assessment_to_write(connection, adaeze, draft.key).edition)

    with writing(database) as connection:
        to = new_version(connection, adaeze, 1, plainer)
    thread = threading.Thread(target=write)
    thread.start()
    with writing(database) as connection:
        assessment_to_write(connection, adaeze, draft.key)
        ready.set()
        thread.join(0.3)
        assert found == []
        move_to(connection, adaeze, draft.key, to)
    thread.join()
    assert found == [to]


def test_a_move_waits_for_a_save_and_takes_its_words_along(
    database: Database, people: People, draft: Assessment
) -> None:
    """What was saved first is listed with the rest."""
    adaeze, ready, moved = people["Adaeze"], threading.Event(), list[str]()
    with writing(database) as connection:
        to = new_version(connection, adaeze, 1, plainer)

    def go() -> None:
        ready.wait()
        with writing(database) as connection:
            moved.append(move_to(connection, adaeze, draft.key, to))

    thread = threading.Thread(target=go)
    thread.start()
    with writing(database) as connection:
        held = assessment_to_write(connection, adaeze, draft.key)
        ready.set()
        thread.join(0.3)
        assert moved == []
        save(connection, adaeze, held, Change(EXPECTED, SetAnswer("no"), 0, "k"), NOW)
    thread.join()
    with reading(database) as connection:
        (found,) = moves_of(connection, draft)
    assert [(each.place, each.text) for each in found.no_place] == [("expected", "No")]


def test_a_question_that_comes_back_is_answered_anew(database: Database, people: People, draft: Assessment) -> None:
    """Its earlier answer stays listed, and saving goes on from its own last revision."""
    adaeze = people["Adaeze"]
    with writing(database) as connection:
        written(connection, adaeze, draft)
        move_to(
            connection, adaeze, draft.key, new_version(connection, adaeze, 1, lambda form: without(form, "expected"))
        )
        move_to(connection, adaeze, draft.key, new_version(connection, adaeze, 2, lambda form: None))
        held = assessment_to_write(connection, adaeze, draft.key)
        found = answers_of(connection, held)
        assert found.draft()["expected"] is None
        save(connection, adaeze, held, Change(EXPECTED, SetAnswer("no"), found.revision(EXPECTED), "again"), LATER)
        assert stands(connection, held)["expected"] == "no"
        assert [len(each.no_place) for each in moves_of(connection, held)] == [0, 1]
