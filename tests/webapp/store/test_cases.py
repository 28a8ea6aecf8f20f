"""Cases of a form: kept as they were made, for one authority, taken out and brought back."""

import pytest

from tests.webapp.conftest import NOW
from webapp.access import Viewer
from webapp.store.access_log import access_log
from webapp.store.cases import NewCase, bring_back_case, case_kept, case_titles, cases_kept, keep_case, take_out_case
from webapp.store.database import Database, reading, writing
from webapp.store.errors import NoSuchRecord, NotYours

CASE = NewCase("visit", "On a call", '{"title": "On a call 🙂"}\n')


def test_a_case_is_kept_to_the_letter_for_one_form_of_one_authority(
    database: Database, people: dict[str, Viewer]
) -> None:
    """Nobody else's, and no other form's."""
    with writing(database) as connection:
        key = keep_case(connection, people["Ines"], CASE, NOW)
    with reading(database) as connection:
        (found,) = cases_kept(connection, people["Ines"], "visit")
        assert (found.key, found.title, found.content) == (key, CASE.title, CASE.content)
        assert (found.made_by, found.made_at, found.removed_at) == ("Ines Marchbanks", NOW, None)
        assert case_kept(connection, people["Ines"], "visit", key) == found
        assert case_titles(connection, people["Ines"], "visit") == {key: CASE.title}
        assert cases_kept(connection, people["Ines"], "supervision") == ()
        assert case_titles(connection, people["Ines"], "supervision") == {}
        with pytest.raises(NoSuchRecord):
            case_kept(connection, people["Ines"], "supervision", key)
        with pytest.raises(NotYours):
            cases_kept(connection, people["Adaeze"], "visit")
        with pytest.raises(NotYours):
            case_titles(connection, people["Adaeze"], "visit")
        with pytest.raises(NotYours):
            case_kept(connection, people["Adaeze"], "visit", key)


def test_what_was_taken_out_is_brought_back(database: Database, people: dict[str, Viewer]) -> None:
    """Each act is logged; only those who look after forms may."""
    ines = people["Ines"]
    with writing(database) as connection:
        key = keep_case(connection, ines, CASE, NOW)
        take_out_case(connection, ines, "visit", key, NOW)
        assert [each.removed_at for each in cases_kept(connection, ines, "visit")] == [NOW]
        assert case_titles(connection, ines, "visit") == {}
        bring_back_case(connection, ines, "visit", key, NOW)
        assert [each.removed_at for each in cases_kept(connection, ines, "visit")] == [None]
        acts = [row.act for row in connection.execute(access_log.select().where(access_log.c.record == "case"))]
        assert acts == ["made", "removed", "brought_back"]
        with pytest.raises(NoSuchRecord):
            take_out_case(connection, ines, "supervision", key, NOW)
        with pytest.raises(NotYours):
            keep_case(connection, people["Rowan"], CASE, NOW)
