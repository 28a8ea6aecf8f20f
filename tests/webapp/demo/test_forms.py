"""What became of the forms: the local version holds, and every word that was left is about something that is asked."""

from engine.overlays import check
from tests.webapp.demo.told import TODAY, definition_on
from webapp.demo.forms import local_version, said_about_forms
from webapp.demo.relative_dates import moment
from webapp.library import LIBRARY, read_file


def test_the_local_version_may_be_published() -> None:
    """It is sound and takes nothing away; that it is over its budget is told, as it was when it was tried."""
    overlay = local_version()["overlay"]
    base = read_file(LIBRARY / overlay["base"]["form"] / f"{overlay['base']['version']}.json").value
    assert [problem.code for problem in check(base, overlay)] == ["over_budget"]


def test_words_are_about_sections_and_questions_of_the_version_in_use() -> None:
    """Each names a question that stood in the section when it was said, or the section as a whole."""
    strange = []
    for said in said_about_forms():
        definition = definition_on(said["form"], moment(said["at"], TODAY), TODAY)
        asked = {question.id: section.id for section in definition.sections for question in section.questions}
        sections = {section.id for section in definition.sections}
        if said["section"] not in sections or (said["question"] and asked.get(said["question"]) != said["section"]):
            strange.append(said)
    assert strange == []
