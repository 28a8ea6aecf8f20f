"""Lists and records hold what the viewer's work covers, and nothing shows that there is more."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from tests.webapp.conftest import NOW
from webapp.access import Viewer
from webapp.store.access_log import access_log
from webapp.store.allocations import allocate, allocated_to, allocations
from webapp.store.assessments import (
    Assessment,
    assessment_to_write,
    assessments_about,
    assessments_in_part,
    find_assessment,
    find_submitted,
    open_assessment,
)
from webapp.store.beginning import begin_assessment
from webapp.store.children import children_called, children_of, family_of, find_child, find_children, open_child
from webapp.store.database import METADATA, Database, reading, writing
from webapp.store.definitions import edition
from webapp.store.errors import AlreadySubmitted, NoSuchRecord, NotYours
from webapp.store.submissions import Frozen, open_submission, submission_of, submit

People = dict[str, Viewer]
SEEN_BY = {
    "Adaeze": {"Wren", "Ossie", "Juno", "Etta", "Tobi", "Baby"},
    "Corin": {"Tobi"},
    "Tom": {"Wren", "Ossie", "Juno", "Etta", "Tobi", "Baby"},
    "Nell": {"Linnet"},
    "Jago": {"Linnet"},
    "Bryony": {"Perran"},
}
STRANGERS_TO_WREN = ("Corin", "Nell", "Jago", "Bryony")
FROZEN = Frozen({"child_words": "“Nana Pearl”"}, ["visited_on", "child_words"], {"today": "2026-03-12"}, {})


@pytest.mark.parametrize("name", SEEN_BY)
def test_people_see_the_children_of_their_work(name: str, database: Database, people: People) -> None:
    """Workers see what is allocated to them or their team, managers what their team works on."""
    with reading(database) as connection:
        assert {child.given_name for child in children_of(connection, people[name])} == SEEN_BY[name]


@pytest.mark.parametrize("name", STRANGERS_TO_WREN)
def test_a_record_beyond_reach_is_like_none(name: str, database: Database, people: People, draft: Assessment) -> None:
    """Every way of asking for it is answered as for a key that was never given out."""
    wren, viewer = draft.children[0], people[name]
    with writing(database) as connection:
        for key, assessment in ((wren.key, draft.key), ("never-given-out", "never-given-out")):
            for ask in (
                lambda key=key: find_child(connection, viewer, key),
                lambda key=key: find_children(connection, viewer, [key]),
                lambda key=key: open_child(connection, viewer, key, NOW),
                lambda key=assessment: find_assessment(connection, viewer, key),
                lambda key=assessment: open_assessment(connection, viewer, key, NOW),
                lambda key=assessment: assessment_to_write(connection, viewer, key),
                lambda key=assessment: find_submitted(connection, viewer, key),
                lambda key=assessment: open_submission(connection, viewer, key, NOW),
                lambda key=assessment: open_submission(connection, viewer, key, NOW, wren.key),
            ):
                with pytest.raises(NoSuchRecord):
                    ask()
        assert assessments_about(connection, viewer, draft.children) == ()
        assert assessments_in_part(connection, viewer, wren) == ()
        assert family_of(connection, viewer, wren) == ()
        assert connection.execute(select(access_log.c.id)).first() is None


def test_an_allocation_that_ended_opens_nothing(database: Database, people: People, draft: Assessment) -> None:
    """Whoever no longer works with a child no longer opens the record."""
    with writing(database) as connection:
        ended = update(allocations).where(allocations.c.child_id == draft.children[0].id).values(ended_at=NOW)
        connection.execute(ended)
        with pytest.raises(NoSuchRecord):
            find_child(connection, people["Adaeze"], draft.children[0].key)


def test_an_assessment_opens_only_to_who_may_open_every_child_of_it(
    database: Database, people: People, draft: Assessment
) -> None:
    """A record about a brother and a sister is not read by who works with one of them."""
    wren, ossie = draft.children
    corin = people["Corin"]
    with writing(database) as connection:
        allocate(connection, corin.authority, wren.id, at=NOW, person=corin.id)
        with pytest.raises(NoSuchRecord):
            find_assessment(connection, corin, draft.key)
        allocate(connection, corin.authority, ossie.id, at=NOW, person=corin.id)
        assert find_assessment(connection, corin, draft.key) == draft


def test_what_was_submitted_opens_in_part_to_who_may_open_one_child_of_it(
    database: Database, people: People, draft: Assessment
) -> None:
    """That child's record, with that child alone; a draft is named, and neither opened nor changed."""
    wren, ossie = draft.children
    adaeze, corin = people["Adaeze"], people["Corin"]
    with writing(database) as connection:
        assert assessments_in_part(connection, corin, wren) == ()
        allocate(connection, corin.authority, wren.id, at=NOW, person=corin.id)
        in_part = replace(draft, children=(wren,), whole=False)
        assert assessments_in_part(connection, corin, wren) == (in_part,)
        assert assessments_about(connection, corin, [wren]) == ()
        for child in ("", wren.key):
            with pytest.raises(NoSuchRecord):
                open_submission(connection, corin, draft.key, NOW, child)
        submit(connection, adaeze, draft, FROZEN, "", NOW)
        opened, _ = open_submission(connection, corin, draft.key, NOW, wren.key)
        assert opened == find_submitted(connection, corin, draft.key) == replace(in_part, status="submitted")
        for child in ("", ossie.key):
            with pytest.raises(NoSuchRecord):
                open_submission(connection, corin, draft.key, NOW, child)
        logged = connection.execute(select(access_log.c.record, access_log.c.child_id)).all()
        assert [tuple(row) for row in logged] == [("submission", wren.id)]
        assert assessments_in_part(connection, adaeze, wren) == (replace(draft, status="submitted"),)


def test_an_allocation_in_another_authority_opens_nothing(
    database: Database, people: People, draft: Assessment
) -> None:
    """The authority stands over the allocation, whatever a row says."""
    bryony = people["Bryony"]
    with writing(database) as connection:
        allocate(connection, people["Adaeze"].authority, draft.children[0].id, at=NOW, person=bryony.id)
        with pytest.raises(NoSuchRecord):
            find_child(connection, bryony, draft.children[0].key)


def test_opening_a_record_is_written_down(database: Database, people: People, draft: Assessment) -> None:
    """One row for each record opened: who, which, when."""
    adaeze, wren = people["Adaeze"], draft.children[0]
    with writing(database) as connection:
        open_child(connection, adaeze, wren.key, NOW)
        open_assessment(connection, adaeze, draft.key, NOW + timedelta(minutes=1))
        rows = connection.execute(select(access_log).order_by(access_log.c.id)).all()
    assert [(row.person_id, row.record, row.record_id, row.at) for row in rows] == [
        (adaeze.id, "child", wren.id, NOW),
        (adaeze.id, "assessment", draft.id, NOW + timedelta(minutes=1)),
    ]


def test_children_stand_by_family_the_eldest_first(database: Database, people: People) -> None:
    """A list keeps brothers and sisters together, whoever is not yet born last."""
    with reading(database) as connection:
        names = [child.name for child in children_of(connection, people["Adaeze"])]
    assert names == [
        "Juno Brindlecombe",
        "Etta Brindlecombe",
        "Tobi Penhallow-Ode",
        "Baby Quayle-Marsh",
        "Wren Tallowby",
        "Ossie Tallowby",
    ]


@pytest.mark.parametrize(
    ("sought", "found"),
    [("wren", ["Wren"]), ("TALLOW", ["Wren", "Ossie"]), ("n-2041", ["Wren", "Ossie"]), ("%", []), ("Linnet", [])],
)
def test_children_are_found_by_part_of_a_name_or_reference(
    sought: str, found: list[str], database: Database, people: People
) -> None:
    """Looking among one's own children finds no others."""
    with reading(database) as connection:
        called = children_called(connection, people["Adaeze"], sought)
    assert {child.given_name: formerly for child, formerly in called.items()} == dict.fromkeys(found, "")


def test_a_child_is_with_people_and_teams(database: Database, people: People) -> None:
    """The list can say who works with a child."""
    with reading(database) as connection:
        children = {child.given_name: child.id for child in children_of(connection, people["Adaeze"])}
        found = allocated_to(connection, [children["Wren"], children["Tobi"]])
    assert [(each.child, each.name, each.job) for each in found] == [
        (children["Wren"], "Adaeze Finch", "social worker"),
        (children["Tobi"], "Larkfield team", ""),
    ]


def test_a_manager_reads_and_does_not_write(database: Database, people: People, draft: Assessment) -> None:
    """Beginning, saving and submitting are the worker's."""
    tom = people["Tom"]
    with writing(database) as connection:
        assert open_assessment(connection, tom, draft.key, NOW) == draft
        visit = edition(connection, tom, "visit", NOW.date())
        for deed in (
            lambda: begin_assessment(connection, tom, visit, draft.children, NOW),
            lambda: assessment_to_write(connection, tom, draft.key),
            lambda: submit(connection, tom, draft, FROZEN, "", NOW),
        ):
            with pytest.raises(NotYours):
                deed()


def test_submitting_twice_submits_once(database: Database, people: People, draft: Assessment) -> None:
    """The second click is given the first submission, and the draft is closed."""
    with writing(database) as connection:
        first = submit(connection, people["Adaeze"], draft, FROZEN, "Please read by Friday", NOW)
    with writing(database) as connection:
        later = NOW + timedelta(seconds=1)
        assert submit(connection, people["Adaeze"], draft, Frozen({}, [], {}, {}), "", later) == first
        with pytest.raises(AlreadySubmitted):
            assessment_to_write(connection, people["Adaeze"], draft.key)
        assessment, read = open_submission(connection, people["Tom"], draft.key, NOW)
    assert read == first
    assert (first.note, first.submitted_by, first.frozen) == ("Please read by Friday", "Adaeze Finch", FROZEN)
    assert not assessment.draft


def test_a_draft_has_no_submission(database: Database, draft: Assessment) -> None:
    """There is nothing to read before it is handed in."""
    with reading(database) as connection, pytest.raises(NoSuchRecord):
        submission_of(connection, draft)


def test_assessments_about_a_child_come_newest_first(database: Database, people: People, draft: Assessment) -> None:
    """The child's page lists what was begun last at the top, each with all its children."""
    adaeze, (wren, ossie) = people["Adaeze"], draft.children
    with writing(database) as connection:
        visit = edition(connection, adaeze, "visit", NOW.date())
        later = begin_assessment(connection, adaeze, visit, [wren], NOW + timedelta(days=1))
        about = assessments_about(connection, adaeze, [wren])
        assert [each.key for each in about] == [later, draft.key]
        assert [each.children for each in about] == [(wren,), (wren, ossie)]
        assert assessments_about(connection, adaeze, [ossie]) == (draft,)


def test_every_table_names_its_authority() -> None:
    """The authority is the tenant of every table but the library's, and attempts to sign in, by whomever they are."""
    without = {
        table.name
        for table in METADATA.tables.values()
        if table.name != "authorities" and ("authority_id" not in table.c or table.c.authority_id.nullable)
    }
    assert without == {"definitions", "withdrawals", "sign_in_attempts"}
