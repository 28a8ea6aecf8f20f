"""How questions are answered is counted from what was submitted, and never told of a few."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event

from tests.webapp.conftest import NOW
from tests.webapp.store.moving import Form, new_version, question
from tests.webapp.store.submitted import FIVE, submitted, ten
from tests.webapp.trials.made import STILL_RUNNING, Made, made
from webapp.access import Viewer
from webapp.store.database import Database, reading, writing
from webapp.store.errors import NotYours
from webapp.store.use_of_questions import Answering, Few, Use, use_of_questions

People = dict[str, Viewer]
NOT_KNOWN = {"not_known": True, "doing": "Asking the school."}
SAW = ("saw", "long_text")
DAY = NOW.date()


def test_nothing_was_submitted(database: Database, people: People) -> None:
    """There is nothing to tell, and only those who look after forms or try them ask."""
    with reading(database) as connection:
        for name in ("Ines", "Rowan"):
            assert use_of_questions(connection, people[name], "visit", DAY) == {}
        for name in ("Adaeze", "Tom", "Petra"):
            with pytest.raises(NotYours):
                use_of_questions(connection, people[name], "visit", DAY)


def test_a_question_answered_left_and_not_known(database: Database, people: People) -> None:
    """Shown in all but one of twelve forms, by five people: each way of leaving it is counted apart."""
    with writing(database) as connection:
        ten(connection, people, {"saw": "Two coats."}, ["saw"])
        submitted(connection, people, "Adaeze", {"saw": NOT_KNOWN}, ["saw"])
        submitted(connection, people, "Corin", {}, ["saw"])
        submitted(connection, people, "Corin", {}, ["place"])
        found = use_of_questions(connection, people["Ines"], "visit", DAY)[SAW]
    assert found == Use(13, 5, 12, NOW, NOW, Answering(12, 10, 1), None)
    assert isinstance(found, Use)
    assert found.answering is not None
    assert found.answering.left == 1


@pytest.mark.parametrize("count", [9, 10])
def test_ten_forms_are_enough(database: Database, people: People, count: int) -> None:
    """Of nine it is told how many they are, and no more."""
    with writing(database) as connection:
        for number in range(count):
            submitted(connection, people, FIVE[number % 5], {"saw": "Two coats."}, ["saw"])
        found = use_of_questions(connection, people["Ines"], "visit", DAY)
    assert found[SAW] == (Few(9, 5) if count == 9 else Use(10, 5, 10, NOW, NOW, Answering(10, 10, 0), None))
    assert {type(each) for each in found.values()} == {Few if count == 9 else Use}


def test_forms_of_four_people_are_too_few(database: Database, people: People) -> None:
    """However many they are."""
    with writing(database) as connection:
        for number in range(12):
            submitted(connection, people, FIVE[number % 4], {"saw": "Two coats."}, ["saw"])
        assert use_of_questions(connection, people["Ines"], "visit", DAY)[SAW] == Few(12, 4)


def test_a_question_that_few_were_asked(database: Database, people: People) -> None:
    """In how many forms it was asked is told, not what was answered there."""
    with writing(database) as connection:
        ten(connection, people, {"saw": "Two coats."}, ["saw"])
        submitted(connection, people, "Adaeze", {"go_back": "2026-03-20"}, ["go_back"])
        found = use_of_questions(connection, people["Ines"], "visit", DAY)[("go_back", "date")]
    assert found == Use(11, 5, 1, NOW, NOW, None, None)


def test_each_child_and_each_row_counts(database: Database, people: People) -> None:
    """A question asked for each child is asked once for each, a column once in each row that holds anything."""
    record: dict[str, Any] = {
        "seen": {"c1": "alone"},
        "people": [{"id": "r1", "who": {"name": "Lou"}, "identity": NOT_KNOWN}, {"id": "r3", "who": {"name": "Mo"}}],
    }
    rows = [f"people[{number}].{column}" for number in range(3) for column in ("who", "identity")]
    with writing(database) as connection:
        ten(connection, people, record, ["seen[c1]", "seen[c2]", "people", *rows, "people[1].identity_how"])
        found = use_of_questions(connection, people["Ines"], "visit", DAY)
    told = {name: use.answering for (name, _), use in found.items() if isinstance(use, Use) and use.answering}
    assert told == {
        "seen": Answering(20, 10, 0),
        "people": Answering(10, 10, 0),
        "people.who": Answering(20, 20, 0),
        "people.identity": Answering(20, 0, 10),
        "people.identity_how": Answering(10, 0, 0),
    }


def test_what_nobody_answers_is_only_counted(database: Database, people: People) -> None:
    """A statement is shown; that nobody answered it says nothing."""
    with writing(database) as connection:
        ten(connection, people, {}, ["manager_wait"])
        found = use_of_questions(connection, people["Ines"], "visit", DAY)[("manager_wait", "statement")]
    assert found == Use(10, 5, 10, NOW, NOW, None, None)


def test_time_is_the_median_of_the_forms_in_which_it_was_measured(database: Database, people: People) -> None:
    """All that was spent at it in a form; of fewer than ten measured forms nothing is told."""
    with writing(database) as connection:
        for number in range(10):
            spent = {"saw": 60 + number * 10, "place": 30 if number else 0}
            submitted(connection, people, FIVE[number % 5], {}, ["saw", "place"], spent)
        found = use_of_questions(connection, people["Ines"], "visit", DAY)
    seconds = {name: use.seconds for (name, _), use in found.items() if isinstance(use, Use) and use.asked_in}
    assert seconds == {"saw": 105, "place": None}


def as_a_choice(form: Form) -> None:
    """Another kind of answer to one question; the others are the same."""
    saw = question(form, "saw")
    saw["type"] = "short_text"


def test_versions_are_one_where_the_question_is_the_same(database: Database, people: People) -> None:
    """By id and type, whatever its words; with another type it is another question."""
    with writing(database) as connection:
        ten(connection, people, {"saw": "Two coats."}, ["saw", "place"])
        new_version(connection, people["Ines"], 1, as_a_choice)
        submitted(connection, people, "Adaeze", {"saw": "Coats."}, ["saw", "place"])
        found = use_of_questions(connection, people["Ines"], "visit", DAY)
    assert found[SAW] == Use(10, 5, 10, NOW, NOW, Answering(10, 10, 0), None)
    assert found["saw", "short_text"] == Few(1, 1)
    assert found["place", "choice"] == Use(11, 5, 11, NOW, NOW, Answering(11, 0, 0), None)


def test_another_authority_is_told_nothing_of_it(database: Database, people: People) -> None:
    """Nor is another form."""
    with writing(database) as connection:
        ten(connection, people, {"saw": "Two coats."}, ["saw"])
        elsewhere = replace(people["Ines"], authority=people["Bryony"].authority)
        assert use_of_questions(connection, elsewhere, "visit", DAY) == {}
        assert use_of_questions(connection, people["Ines"], "supervision", DAY) == {}


def test_forms_under_a_trial_are_left_out_until_its_end(database: Database, people: People) -> None:
    """A question that one arm alone asks would tell how it does; the day after the end they are counted like others."""
    with writing(database) as connection:
        trial = made(connection, people["Rowan"], Made(ends=STILL_RUNNING))
        assert use_of_questions(connection, people["Ines"], "visit", trial.plan.ends_on or DAY) == {}
        after = STILL_RUNNING + timedelta(days=1)
        assert use_of_questions(connection, people["Ines"], "visit", after)


def test_it_is_counted_once_until_somebody_submits(database: Database, people: People) -> None:
    """Asked again it takes one query; after the next submission it is counted anew."""
    queries: list[str] = []
    event.listen(database, "before_cursor_execute", lambda *args: queries.append(args[2]))
    with writing(database) as connection:
        ten(connection, people, {"saw": "Two coats."}, ["saw"])
        use_of_questions(connection, people["Ines"], "visit", DAY)
        queries.clear()
        use_of_questions(connection, people["Rowan"], "visit", DAY)
        assert len(queries) == 1
        submitted(connection, people, "Adaeze", {}, ["saw"])
        found = use_of_questions(connection, people["Ines"], "visit", DAY)[SAW]
    assert found == Use(11, 5, 11, NOW, NOW, Answering(11, 10, 0), None)
