"""The demonstration as it is kept and shown: every list and page has something to show what it is for."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import func, select

from engine.answers import problems_of
from engine.journey import evaluate
from tests.webapp.conftest import NOW
from tests.webapp.visitor import Visitor
from webapp import demo
from webapp.access import CASEWORK, Viewer, may_write
from webapp.clock import london_day
from webapp.dates import day_in_words
from webapp.demo.people import NORTHSHIRE
from webapp.demo.trials import teams_under_trial
from webapp.facts import context_of
from webapp.store.access_log import access_log
from webapp.store.allocations import allocations
from webapp.store.answers import answer_history, answers_of
from webapp.store.assessments import Assessment, assessments_about
from webapp.store.children import Child, children_of
from webapp.store.contents import definition_of
from webapp.store.database import Connection, Database, UtcTime, reading
from webapp.store.people import everyone
from webapp.store.submissions import submission_of, submissions
from webapp.store.trial_tables import trial_forms
from webapp.store.who_looked import Sought, entries

Json = Any
STORIES = 35
"""Forms in the stories."""


@pytest.fixture
def connection(database: Database) -> Iterator[Connection]:
    """A connection that changes nothing."""
    with reading(database) as opened:
        yield opened


def _northshire(connection: Connection) -> list[Viewer]:
    """Those of the stories: `test_trials` is about who only takes part in trials."""
    apart = {team.name for team in teams_under_trial()}
    people = [person for person in everyone(connection) if person.authority_name == NORTHSHIRE.name]
    return [person for person in people if person.team_name not in apart]


def _managers(connection: Connection) -> list[Viewer]:
    return [person for person in _northshire(connection) if person.role == "manager"]


def _children(connection: Connection) -> list[tuple[Viewer, Child]]:
    """Every child of Northshire with the manager whose team works with them."""
    return [(manager, child) for manager in _managers(connection) for child in children_of(connection, manager)]


def _assessments(connection: Connection) -> dict[str, Assessment]:
    found: dict[str, Assessment] = {}
    for manager, child in _children(connection):
        found |= {each.key: each for each in assessments_about(connection, manager, [child])}
    return found


def test_there_are_people_and_children_enough(connection: Connection) -> None:
    """Three teams that work with children, a dozen workers, about twenty children, no two under one reference."""
    people, children = _northshire(connection), [child for _, child in _children(connection)]
    assert len({person.team for person in people if CASEWORK.allows(person)}) == 3
    assert len([person for person in people if may_write(person)]) == 12
    assert 20 <= len(children) <= 30
    assert len({child.reference for child in children}) == len(children)
    assert [child.unborn for child in children].count(True) == 2
    assert {True} <= {child.disabled for child in children} & {child.interpreter for child in children}


def test_forms_stand_at_every_stage(connection: Connection) -> None:
    """Just begun, half written, ready to submit, and submitted: days, weeks and months ago."""
    found = _assessments(connection)
    assert len(found) == STORIES
    stages = Counter(_stage(connection, each) for each in found.values())
    assert stages["submitted"] >= 24
    assert all(stages[stage] >= 2 for stage in ("begun", "half written", "ready"))
    ages = [(NOW - at).days for (at,) in connection.execute(select(submissions.c.submitted_at))]
    assert min(ages) < 14
    assert max(ages) > 120


def _stage(connection: Connection, assessment: Assessment) -> str:
    if not assessment.draft:
        return "submitted"
    day, draft = london_day(NOW), answers_of(connection, assessment).draft()
    journey = evaluate(definition_of(connection, assessment.edition, day), draft, context_of(assessment.children, day))
    if not problems_of(journey):
        return "ready"
    return "begun" if len(draft) <= 5 else "half written"


def test_what_was_submitted_was_complete(connection: Connection) -> None:
    """Nothing was frozen that the page would have refused, and nothing of the answers was left out."""
    for assessment in _assessments(connection).values():
        if assessment.draft:
            continue
        submission, answers = submission_of(connection, assessment), answers_of(connection, assessment)
        day = london_day(submission.submitted_at)
        definition = definition_of(connection, assessment.edition, day)
        journey = evaluate(definition, answers.draft(), context_of(assessment.children, day))
        assert problems_of(journey) == ()
        assert submission.frozen.record == journey.record()
        assert set(submission.frozen.record) == set(answers.draft())


def test_every_word_was_saved_as_it_was_written(connection: Connection) -> None:
    """The history grows in time, long texts stand in it half-way too, and each form took minutes, not hours."""
    of_stories = answer_history.c.assessment_id.not_in(select(trial_forms.c.assessment_id))
    rows = connection.execute(
        select(
            answer_history.c.assessment_id,
            func.count(),
            func.sum(answer_history.c.active_seconds),
            func.max(answer_history.c.revision),
        )
        .where(of_stories)
        .group_by(answer_history.c.assessment_id)
    ).all()
    assert len(rows) == STORIES
    assert all(0 < seconds < 7200 for _, _, seconds, _ in rows)
    assert sorted(seconds for _, _, seconds, _ in rows)[STORIES // 2] > 600
    assert max(revision for *_, revision in rows) == 2
    times = connection.execute(
        select(answer_history.c.assessment_id, answer_history.c.saved_at)
        .where(of_stories)
        .order_by(answer_history.c.id)
    ).all()
    for assessment in {row.assessment_id for row in times}:
        of_one = [row.saved_at for row in times if row.assessment_id == assessment]
        assert of_one == sorted(of_one)
        assert of_one[-1] < NOW


def test_a_form_was_written_before_it_was_submitted(connection: Connection) -> None:
    """Every sitting was over by then."""
    written = connection.execute(
        select(submissions.c.submitted_at, func.max(answer_history.c.saved_at, type_=UtcTime))
        .join(answer_history, answer_history.c.assessment_id == submissions.c.assessment_id)
        .group_by(submissions.c.id, submissions.c.submitted_at)
    ).all()
    assert len(written) >= 24
    assert [(submitted, saved) for submitted, saved in written if saved >= submitted] == []


def test_the_log_tells_who_looked_over_months(connection: Connection) -> None:
    """In the order of time, up to now, by workers and managers, with records made, found by a search and handed on."""
    rows = connection.execute(select(access_log).order_by(access_log.c.id)).all()
    times = [row.at for row in rows]
    assert times == sorted(times)
    assert times[-1] < NOW
    assert (times[-1] - times[0]).days > 150
    assert {row.act for row in rows} >= {"opened", "added", "matched", "allocated", "ended"}
    assert len({row.person_id for row in rows}) >= 12


def test_handing_a_child_on_was_talked_about(connection: Connection) -> None:
    """Whoever was given a child by a manager, and whoever gave one up: what was said stands with it."""
    said = connection.execute(
        select(allocations.c.conversation, allocations.c.end_conversation, allocations.c.ended_at)
    ).all()
    given = [conversation for conversation, _, _ in said if conversation]
    assert len(given) >= 15
    assert all(end for _, end, ended_at in said if ended_at)


def test_a_man_is_named_on_one_form_and_nowhere_else(connection: Connection) -> None:
    """Whoever reads the forms of Moss can find it, and nobody in the story has."""
    naming = [
        row.assessment_id
        for row in connection.execute(select(submissions.c.assessment_id, submissions.c.record))
        if "Denzil Crake" in str(row.record)
    ]
    assert len(naming) == 1


def test_a_newcomer_finds_families_without_a_word_written(connection: Connection) -> None:
    """Adaeze's families are as the tour begins with them."""
    adaeze = next(person for person in everyone(connection) if person.name == "Adaeze Finch")
    hers = children_of(connection, adaeze)
    assert {child.family_name for child in hers} == {"Tallowby", "Brindlecombe", "Penhallow-Ode", "Quayle-Marsh"}
    assert assessments_about(connection, adaeze, hers) == ()


def _links(page: str, pattern: str) -> list[str]:
    return list(dict.fromkeys(re.findall(rf'href="({pattern})"', page)))


@pytest.mark.parametrize("manager", ["Tom Brackley", "Jago Merrick-Vale", "Constance Adeyemi-Holt"])
def test_every_page_of_a_team_can_be_read(manager: str, client: Visitor) -> None:
    """Each child's page, each form that was submitted, for all its children and for one alone, and who works there."""
    client.sign_in(manager)
    read = []
    for child in _links(client.get("/").text, '/children/[^/"]+'):
        page = client.get(child).text
        forms = _links(page, '/assessments/[^/"]+/read')
        assert ("Nothing yet. Once a form" in page) == (not forms)
        assert client.get(f"{child}/allocation").status_code == 200
        read += forms
    for form in dict.fromkeys(read):
        whole = client.get(form)
        assert whole.status_code == 200
        assert "What we make of it" in whole.text
        assert "No reason was written" not in whole.text
        for alone in _links(whole.text, re.escape(form) + r"\?child=[^\"]+"):
            assert client.get(alone).status_code == 200
    assert bool(read) == (manager != "Constance Adeyemi-Holt")


def test_drafts_can_be_gone_on_with(client: Visitor, connection: Connection) -> None:
    """Whoever began one finds it on the list, and its sections and the check open."""
    drafts = [each for each in _assessments(connection).values() if each.draft]
    for draft in drafts:
        client.sign_in(draft.begun_by)
        assert f'/assessments/{draft.key}"' in client.get("/").text
        following = client.get(f"/assessments/{draft.key}").location
        assert client.get(following).status_code == 200
        assert client.get(f"/assessments/{draft.key}/check").status_code == 200


def test_whom_to_be_stands_by_team(client: Visitor) -> None:
    """Nobody looks through twenty names: the teams that work with children come first; of all teams under trial one."""
    page = client.get("/sign-in").text
    teams = re.findall(r"<h3[^>]*>([^<]+)</h3>", page)
    assert teams == [
        "First contact team",
        "Larkfield team",
        "Saltmere team",
        "Withyholt team",
        "Practice and performance",
        "Harbour team",
        "Quay team",
        "Practice office",
    ]
    larkfield = page[page.index("Larkfield team") : page.index("Saltmere team")]
    assert "Tom Brackley" in larkfield
    assert "Nell Ottaway" not in larkfield


def test_those_who_look_after_forms_see_what_was_said(client: Visitor) -> None:
    """Words stand at several questions of several forms, and a version that was taken back stands with its reason."""
    page = client.sign_in("Ines Marchbanks").get("/forms").text
    assert len(re.findall("about (?:your )?version 1", page)) >= 15
    assert "the list of rooms drew the eye away from the child" in page
    assert f"since {day_in_words(demo.first_day(NOW))}" in page


def test_the_log_can_be_read(client: Visitor, connection: Connection) -> None:
    """On its page, and of one child: who made the record, looked for it, wrote and read, in two teams."""
    page = client.sign_in("Petra Oakenfull").get("/who-has-looked").text
    assert "First contact team" in page
    petra = next(person for person in everyone(connection) if person.name == "Petra Oakenfull")
    found = [each for number in (1, 2) for each in entries(connection, petra, Sought(reference="N-20878"), number)[0]]
    assert {each.act for each in found} == {"opened", "added", "matched", "allocated", "ended"}
    assert {each.team for each in found} == {"First contact team", "Larkfield team"}
