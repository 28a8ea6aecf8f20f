"""The language somebody chose for an assessment is theirs alone, and the newest choice stands."""

from tests.webapp.conftest import NOW
from webapp.access import Viewer
from webapp.store.assessments import Assessment, assessment_to_write
from webapp.store.beginning import begin_assessment
from webapp.store.database import Database, reading, writing
from webapp.store.languages import choose_language, language_chosen


def test_the_newest_choice_stands(database: Database, people: dict[str, Viewer], draft: Assessment) -> None:
    """Before the first there is none; choosing the same again changes nothing."""
    adaeze = people["Adaeze"]
    with reading(database) as connection:
        assert language_chosen(connection, adaeze, draft) is None
    for language in ("cy", "en", "en", "cy"):
        with writing(database) as connection:
            choose_language(connection, adaeze, draft, language)
            assert language_chosen(connection, adaeze, draft) == language


def test_it_is_nobody_elses_and_of_no_other_assessment(
    database: Database, people: dict[str, Viewer], draft: Assessment
) -> None:
    """A colleague, and the same person elsewhere, have chosen nothing."""
    adaeze = people["Adaeze"]
    with writing(database) as connection:
        choose_language(connection, adaeze, draft, "cy")
        key = begin_assessment(connection, adaeze, draft.edition, draft.children, NOW)
        other = assessment_to_write(connection, adaeze, key)
        assert language_chosen(connection, adaeze, other) is None
        assert language_chosen(connection, people["Corin"], draft) is None
