"""Links to a draft: made for one authority, worth nothing once they or the draft have ended."""

from datetime import timedelta

import pytest

from tests.webapp.conftest import NOW
from tests.webapp.store.test_drafts import begin
from webapp.access import Viewer
from webapp.store.database import Database, reading, writing
from webapp.store.draft_changes import Based, discard
from webapp.store.errors import DraftEnded, NoSuchRecord, NotYours
from webapp.store.preview_links import VALID, end_preview_link, links_to, make_preview_link, previewed


@pytest.fixture
def token(database: Database, people: dict[str, Viewer]) -> str:
    """What stands in a link to a draft of the visit."""
    with writing(database) as connection:
        begin(connection, people["Ines"])
        return make_preview_link(connection, people["Ines"], "visit", NOW)


def test_it_leads_people_of_the_authority_to_the_draft(
    database: Database, people: dict[str, Viewer], token: str
) -> None:
    """Whatever they do there; nobody of another authority, and nobody with another link."""
    with reading(database) as connection:
        for name in ("Adaeze", "Tom", "Petra", "Rowan", "Ines"):
            assert previewed(connection, people[name], token, NOW).draft.form == "visit"
        for name, link in (("Bryony", token), ("Adaeze", token[:-1]), ("Adaeze", "")):
            with pytest.raises(NoSuchRecord):
                previewed(connection, people[name], link, NOW)


def test_it_works_for_thirty_days(database: Database, people: dict[str, Viewer], token: str) -> None:
    """And not a second longer."""
    with reading(database) as connection:
        previewed(connection, people["Adaeze"], token, NOW + VALID - timedelta(seconds=1))
        with pytest.raises(NoSuchRecord):
            previewed(connection, people["Adaeze"], token, NOW + VALID)
        assert links_to(connection, people["Ines"], "visit", NOW + VALID) == ()


def test_it_is_ended_by_itself_or_with_its_draft(database: Database, people: dict[str, Viewer], token: str) -> None:
    """Others go on working; ended twice, nothing happens."""
    ines = people["Ines"]
    with writing(database) as connection:
        other = make_preview_link(connection, ines, "visit", NOW)
        first = links_to(connection, ines, "visit", NOW)[0]
        for _ in range(2):
            end_preview_link(connection, ines, "visit", first.key, NOW)
        with pytest.raises(NoSuchRecord):
            previewed(connection, people["Adaeze"], token, NOW)
        draft = previewed(connection, people["Adaeze"], other, NOW).draft
        discard(connection, ines, Based(draft.key, 1), NOW)
        with pytest.raises(NoSuchRecord):
            previewed(connection, people["Adaeze"], other, NOW)
        with pytest.raises(DraftEnded):
            make_preview_link(connection, ines, "visit", NOW)


def test_only_those_who_look_after_forms_make_and_end_it(
    database: Database, people: dict[str, Viewer], token: str
) -> None:
    """Whoever tries forms may read the draft anyway, and sends it to nobody."""
    with writing(database) as connection:
        for name in ("Rowan", "Adaeze"):
            with pytest.raises(NotYours):
                make_preview_link(connection, people[name], "visit", NOW)
            with pytest.raises(NotYours):
                end_preview_link(connection, people[name], "visit", "key", NOW)
