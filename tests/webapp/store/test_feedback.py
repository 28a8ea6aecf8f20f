"""What people say about a form: kept once, with the version and the place, and with nothing about a child."""

from datetime import timedelta

import pytest

from tests.webapp.conftest import NOW
from webapp.access import Viewer
from webapp.store.assessments import Assessment
from webapp.store.database import Database, writing
from webapp.store.errors import NotYours
from webapp.store.feedback import Said, Word, feedback, leave_word
from webapp.store.feedback_answers import remarks_on

SLOW = Word("each_child", "seen_at", "I never know it to the minute.")
LATER = NOW + timedelta(minutes=1)


def test_a_word_is_kept_with_who_said_it_and_when(
    database: Database, people: dict[str, Viewer], draft: Assessment
) -> None:
    """At a question, and at a section as a whole; those who look after the form read the newest first."""
    whole = Word("each_child", None, "Too long for two children.")
    with writing(database) as connection:
        assert leave_word(connection, people["Corin"], draft.edition, whole, LATER)
        assert leave_word(connection, people["Adaeze"], draft.edition, SLOW, NOW)
        found = remarks_on(connection, people["Ines"], "visit", NOW.date())
    assert {each.edition for each in found} == {draft.edition}
    said = tuple(each.said for each in found)
    assert said == (Said(whole, "Corin Ashby-Lowe", LATER), Said(SLOW, "Adaeze Finch", NOW))


def test_the_same_word_sent_twice_is_kept_once(
    database: Database, people: dict[str, Viewer], draft: Assessment
) -> None:
    """At another place, in other words or from somebody else it is another word."""
    others = (
        Word("each_child", None, SLOW.words),
        Word("visit", SLOW.question, SLOW.words),
        Word("each_child", "seen_at", "Again."),
    )
    with writing(database) as connection:
        for word in (SLOW, *others):
            assert leave_word(connection, people["Adaeze"], draft.edition, word, NOW)
            assert not leave_word(connection, people["Adaeze"], draft.edition, word, LATER)
        assert leave_word(connection, people["Corin"], draft.edition, SLOW, LATER)
        assert len(remarks_on(connection, people["Ines"], "visit", NOW.date())) == 5


def test_nobody_else_reads_them(database: Database, people: dict[str, Viewer], draft: Assessment) -> None:
    """Neither workers and managers, nor those who look after forms in another authority."""
    with writing(database) as connection:
        leave_word(connection, people["Bryony"], draft.edition, SLOW, NOW)
        assert remarks_on(connection, people["Ines"], "visit", NOW.date()) == ()
        for name in ("Adaeze", "Tom", "Petra"):
            with pytest.raises(NotYours):
                remarks_on(connection, people[name], "visit", NOW.date())


def test_nothing_of_a_record_can_be_kept_with_it() -> None:
    """There is no column for an assessment or a child."""
    assert [column.name for column in feedback.columns] == [
        "id", "authority_id", "key", "definition_id", "section", "question", "words", "person_id", "said_at",
    ]  # fmt: skip
