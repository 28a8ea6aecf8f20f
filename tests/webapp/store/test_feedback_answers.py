"""You said, we did: every answer to a remark is kept, the newest stands, and staff read it without anybody's name."""

from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from tests.webapp.conftest import NOW
from webapp.access import Viewer
from webapp.store.access_log import access_log
from webapp.store.assessments import Assessment
from webapp.store.database import Connection, Database, reading, writing
from webapp.store.errors import AnsweredMeanwhile, NoSuchRecord, NotYours
from webapp.store.feedback import Word, leave_word
from webapp.store.feedback_answers import Replied, Reply, Replying, feedback_answers, remarks_on, replied, reply

People = dict[str, Viewer]
SLOW = Word("each_child", "seen_at", "I never know it to the minute.")
LONG = Word("each_child", None, "Too long for two children.")
LATER = NOW + timedelta(minutes=1)


@pytest.fixture
def said(database: Database, people: People, draft: Assessment) -> str:
    """The key of what Adaeze said about the visit."""
    with writing(database) as connection:
        leave_word(connection, people["Adaeze"], draft.edition, SLOW, NOW)
        return remarks_on(connection, people["Ines"], "visit", NOW.date())[0].key


def standing(connection: Connection, people: People) -> Reply | None:
    """The answer to the one remark there is."""
    (remark,) = remarks_on(connection, people["Ines"], "visit", NOW.date())
    return remark.reply


def test_the_newest_answer_stands_and_those_before_it_are_kept(database: Database, people: People, said: str) -> None:
    """With who wrote it and when; the same words again add nothing."""
    with writing(database) as connection:
        assert standing(connection, people) is None
        for words, based_on, at in (("The day is enough now.", 0, NOW), ("The day is enough.", 1, LATER)):
            for _ in range(2):
                reply(connection, people["Ines"], Replying("visit", said, words, based_on), at)
        assert standing(connection, people) == Reply(2, "The day is enough.", "Ines Marchbanks", LATER)
        kept = connection.execute(select(feedback_answers.c.words).order_by(feedback_answers.c.number)).scalars()
        assert list(kept) == ["The day is enough now.", "The day is enough."]
        logged = connection.execute(select(access_log.c.record).where(access_log.c.act == "answered")).scalars()
        assert list(logged) == ["remark", "remark"]


def test_an_answer_overwrites_no_other_unseen(database: Database, people: People, said: str) -> None:
    """What came in between stands, and nothing is logged."""
    with writing(database) as connection:
        reply(connection, people["Ines"], Replying("visit", said, "First.", 0), NOW)
        with pytest.raises(AnsweredMeanwhile):
            reply(connection, people["Ines"], Replying("visit", said, "Second.", 0), LATER)
        with pytest.raises(AnsweredMeanwhile):
            reply(connection, people["Ines"], Replying("visit", said, "Third.", 2), LATER)
        assert standing(connection, people) == Reply(1, "First.", "Ines Marchbanks", NOW)


def test_staff_read_the_newest_answers_of_their_authority(
    database: Database, people: People, draft: Assessment, said: str
) -> None:
    """The remark and the answer, newest answer first; no name, nothing unanswered, and nobody else's authority."""
    with writing(database) as connection:
        leave_word(connection, people["Corin"], draft.edition, LONG, LATER)
        leave_word(connection, people["Corin"], draft.edition, Word("around", "saw", "Fine."), LATER)
        keys = {each.said.word: each.key for each in remarks_on(connection, people["Ines"], "visit", NOW.date())}
        reply(connection, people["Ines"], Replying("visit", keys[LONG], "We split it.", 0), NOW)
        reply(connection, people["Ines"], Replying("visit", said, "The day is enough.", 0), LATER)
        newest = Replied(SLOW, "The day is enough.", LATER)
        assert replied(connection, people["Adaeze"], "visit", 3) == (newest, Replied(LONG, "We split it.", NOW))
        assert replied(connection, people["Adaeze"], "visit", 1) == (newest,)
        assert replied(connection, people["Bryony"], "visit", 3) == ()
        assert replied(connection, people["Adaeze"], "supervision", 3) == ()


def test_only_those_who_look_after_forms_answer(database: Database, people: People, said: str) -> None:
    """Not who tries them, nor who writes; and a remark is found under its own form alone."""
    with writing(database) as connection:
        for name in ("Rowan", "Adaeze", "Tom"):
            with pytest.raises(NotYours):
                reply(connection, people[name], Replying("visit", said, "Done.", 0), NOW)
        for form, key in (("supervision", said), ("visit", "no-such-remark")):
            with pytest.raises(NoSuchRecord):
                reply(connection, people["Ines"], Replying(form, key, "Done.", 0), NOW)
        assert standing(connection, people) is None


def test_answers_only_grow(database: Database, people: People, said: str) -> None:
    """The database itself refuses to change one."""
    with writing(database) as connection:
        reply(connection, people["Ines"], Replying("visit", said, "Done.", 0), NOW)
    with pytest.raises(DBAPIError), writing(database) as connection:
        connection.execute(text("UPDATE feedback_answers SET words = 'Never said'"))
    with reading(database) as connection:
        assert connection.execute(select(feedback_answers.c.words)).scalars().all() == ["Done."]
