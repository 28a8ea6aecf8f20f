"""A trial of several authorities: one plan and one drawing, a part in each, and nothing crosses but figures by team."""

from collections.abc import Mapping
from typing import Any

import pytest
from sqlalchemy import select

from engine.trials.analysis import analyse
from engine.trials.columns import table_of
from engine.trials.design import Design, SchemeKept
from engine.trials.design import Outcome as Compared
from engine.trials.plan import Outcome
from tests.webapp.conftest import NOW
from tests.webapp.store.together import (
    NORTHSHIRE,
    SOUTHMERE,
    THEIRS,
    forms_in,
    minutes_of,
    registered_together,
)
from tests.webapp.store.trial_plans import AFTER, SEED, worker_in
from webapp.access import Viewer
from webapp.store.authorities import add_team
from webapp.store.database import Database, reading, writing
from webapp.store.definitions import definitions, edition
from webapp.store.errors import NoSuchRecord, NotYours
from webapp.store.trial_amending import amend, amendments
from webapp.store.trial_errors import (
    LeadersAlone,
    Sealed,
)
from webapp.store.trial_parts import invite, take_off
from webapp.store.trial_registration import draw, join_late, stop, teams_in
from webapp.store.trial_results import early_openings, keep, kept, open_early, opened, opened_early
from webapp.store.trial_scoring import sample, sheets
from webapp.store.trial_serving import arm_for
from webapp.store.trial_tables import trial_arms, trial_registrations
from webapp.store.trial_watching import enrolment, harm_in, watched_by
from webapp.store.trial_working_out import worked_out
from webapp.store.trials import find_trial, trials_of

People = dict[str, Viewer]
Json = Any
DAY = NOW.date()


def test_one_plan_and_one_drawing_with_a_part_in_each(database: Database, people: People) -> None:
    """Both have the same text, mark, seed and drawing; in each of them half of its teams has either form."""
    with writing(database) as connection:
        lead, part, others = registered_together(connection, people)
        rows = connection.execute(select(trial_registrations).order_by(trial_registrations.c.trial_id)).all()
        anew = draw(connection, people["Rowan"], lead, SEED.hex(), DAY)
        both = [teams_in(connection, each) for each in (lead, part)]
    assert len({(row.plan_text, row.plan_hash, row.seed, row.seed_commitment, row.digest) for row in rows}) == 1
    assert rows[0].plan_hash == lead.whole.hash == part.whole.hash
    assert (part.part_of, part.lead, part.standing(DAY)) == (lead.id, lead.id, "running")
    assert [len(each) for each in both] == [8, 4]
    for drawn in both:
        arms = [each.arm for each in drawn]
        assert arms.count("now") == arms.count("plain")
    assert {each.name: each.arm for drawn in both for each in drawn} == anew.by_unit
    assert [each.name for each in both[1]] == [f"{name} ({SOUTHMERE})" for name in THEIRS]
    assert {each.stratum for each in both[0]} == {NORTHSHIRE}
    assert part.plan.harm.watcher == others.senara.key
    assert [each.name for each in part.plan.teams] == list(THEIRS)


def test_each_serves_the_same_two_forms(database: Database, people: People) -> None:
    """The control is what Southmere begins anyway; the variant is a version of its own that only the trial serves."""
    with writing(database) as connection:
        lead, part, others = registered_together(connection, people)
        mine = edition(connection, others.morwenna, "visit", DAY)
        arms = select(trial_arms.c.arm, definitions).join(definitions, definitions.c.id == trial_arms.c.definition_id)
        served = {
            (row.trial_id, row.arm): row for row in connection.execute(arms.add_columns(trial_arms.c.trial_id)).all()
        }
        serving = arm_for(connection, others.bryony, "visit", DAY)
    assert served[part.id, "now"].id == served[lead.id, "now"].id == mine.id
    ours, there = served[lead.id, "plain"], served[part.id, "plain"]
    assert (there.authority_id, there.for_trial) == (others.morwenna.authority, True)
    assert {**ours.content, "version": 0} == {**there.content, "version": 0}
    assert serving is not None
    assert (serving.trial, serving.whom_to_ask) == (part.id, "Morwenna Attlebridge, 01632 960199")


def test_neither_finds_the_others_trial(database: Database, people: People) -> None:
    """By its key nothing of it can be read or done, by those who try forms, by its watcher or by a worker."""
    with writing(database) as connection:
        lead, part, others = registered_together(connection, people)
        deeds: Mapping[str, Any] = {
            "find": lambda viewer, key: find_trial(connection, viewer, key),
            "harm": lambda viewer, key: harm_in(connection, viewer, key, NOW),
            "amend": lambda viewer, key: amend(connection, viewer, key, "w", NOW),
            "stop": lambda viewer, key: stop(connection, viewer, key, "w", NOW),
            "open": lambda viewer, key: open_early(connection, viewer, key, "w", NOW),
            "join": lambda viewer, key: join_late(connection, viewer, key, "Policy", NOW),
            "invite": lambda viewer, key: invite(connection, viewer, key, "x", NOW),
            "take off": lambda viewer, key: take_off(connection, viewer, key, part.key, NOW),
        }
        for trial, strangers in ((lead, (others.morwenna, others.senara, others.bryony)), (part, _northshire(people))):
            for viewer in strangers:
                for name, deed in deeds.items():
                    with pytest.raises((NoSuchRecord, NotYours)):
                        deed(viewer, trial.key)
                    assert name
        assert [each.id for each in trials_of(connection, others.morwenna)] == [part.id]
        assert [each.id for each in trials_of(connection, people["Rowan"])] == [lead.id]
        assert watched_by(connection, others.senara) == [part.key]
        assert watched_by(connection, people["Petra"]) == [lead.key]


def _northshire(people: People) -> tuple[Viewer, ...]:
    return people["Rowan"], people["Petra"], people["Adaeze"]


def test_who_works_elsewhere_is_never_named(database: Database, people: People) -> None:
    """What the leading authority did stands with its name; what Southmere did stands with Southmere's."""
    with writing(database) as connection:
        lead, part, others = registered_together(connection, people)
        amend(connection, people["Rowan"], lead.key, "Fell team has moved.", NOW)
        amend(connection, others.morwenna, part.key, "Senara is away.", NOW, others.morwenna.key)
        open_early(connection, people["Rowan"], lead.key, "A child was harmed", NOW)
        stop(connection, people["Rowan"], lead.key, "It harms", NOW)
        lead, part = (
            find_trial(connection, people["Rowan"], lead.key),
            find_trial(connection, others.morwenna, part.key),
        )
        assert part.registration is not None
        assert part.stopping is not None
        assert (part.registration.by, part.stopping.by, part.withdrawn) == (NORTHSHIRE, NORTHSHIRE, False)
        assert [(each.by, each.watcher) for each in amendments(connection, part)] == [
            (NORTHSHIRE, None),
            (others.morwenna.name, others.morwenna.name),
        ]
        assert [(each.by, each.watcher) for each in amendments(connection, lead)] == [
            (people["Rowan"].name, None),
            (SOUTHMERE, None),
        ]
        assert [each.by for each in early_openings(connection, part)] == [NORTHSHIRE]
        assert (lead.watcher, part.watcher) == (people["Petra"].key, others.morwenna.key)


def test_who_leads_decides_alone(database: Database, people: People) -> None:
    """A part opens nothing early and amends nothing but who watches there; the leading one's opening counts for it."""
    with writing(database) as connection:
        lead, part, others = registered_together(connection, people)
        with pytest.raises(LeadersAlone, match=NORTHSHIRE):
            open_early(connection, others.morwenna, part.key, "To look", NOW)
        with pytest.raises(LeadersAlone):
            amend(connection, others.morwenna, part.key, "The end is later", NOW)
        for viewer, trial in ((people["Rowan"], lead), (others.morwenna, part)):
            with pytest.raises(Sealed):
                opened(connection, viewer, trial, NOW)
            with pytest.raises(Sealed):
                worked_out(connection, viewer, trial, NOW)
        open_early(connection, people["Rowan"], lead.key, "A child was harmed", NOW)
        assert opened(connection, others.morwenna, part, NOW).early
        assert opened_early(connection, others.morwenna) == {part.id}
        assert opened_early(connection, people["Rowan"]) == {lead.id}


def test_the_result_is_the_analysis_of_all_teams(database: Database, people: People) -> None:
    """The engine says the same of all teams' figures, drawn within each authority; both authorities see one result."""
    with writing(database) as connection:
        lead, part, others = registered_together(connection, people)
        for trial in (lead, part):
            forms_in(connection, trial)
        teams = [each for trial in (lead, part) for each in teams_in(connection, trial)]
        result = worked_out(connection, people["Rowan"], lead, AFTER)
        assert worked_out(connection, others.morwenna, part, AFTER) == result
        first = keep(connection, others.morwenna, part, result, AFTER)
        again = kept(connection, people["Rowan"], lead, AFTER)
    assert again is not None
    assert (first.by, again.by, again.digest) == (others.morwenna.name, SOUTHMERE, first.digest)
    rows = [(each, number) for each in teams for number in range(4)]
    table = table_of(
        [each.name for each, _ in rows],
        ["control" if each.arm == "now" else "under_test" for each, _ in rows],
        [minutes_of(each.name, number) for each, number in rows],
        [1 for _ in rows],
        {"group": [each.stratum for each, _ in rows]},
        "all forms",
    )
    outcome = Compared(column="value", kind="time", better="lower", event="finished", cap=120.0)
    design = Design("team", "arm", "control", outcome, SchemeKept("stratified", strata="group"))
    expected, told = analyse(design, table, None, 1), result["findings"][0]["analysis"]
    assert (told["estimate"], told["p"], told["hits"]) == (expected.estimate, expected.p, expected.hits)
    assert told["allocations"] == expected.allocations == 70 * 6
    assert sorted(told["units"]) == sorted(each.name for each in teams)
    assert result["scheme"] == "stratified"
    assert [each["name"] for each in result["authorities"]] == [NORTHSHIRE, SOUTHMERE]
    assert result["teams_of_authority"] >= 12


def test_teams_that_were_withdrawn_are_counted_where_they_were_drawn(database: Database, people: People) -> None:
    """Southmere stops its part alone: nothing more is begun there, what was begun counts, and the result says so."""
    with writing(database) as connection:
        lead, part, others = registered_together(connection, people)
        for trial in (lead, part):
            forms_in(connection, trial)
        stop(connection, others.morwenna, part.key, "Teams are merged", NOW)
        assert arm_for(connection, others.bryony, "visit", DAY) is None
        assert arm_for(connection, people["Adaeze"], "visit", DAY) is not None
        withdrawn = find_trial(connection, others.morwenna, part.key)
        assert withdrawn.withdrawn
        assert find_trial(connection, people["Rowan"], lead.key).standing(DAY) == "running"
        with pytest.raises(Sealed):
            opened(connection, others.morwenna, withdrawn, NOW)
        result = worked_out(connection, people["Rowan"], lead, AFTER)
    assert [each["withdrew"] for each in result["authorities"]] == [
        None,
        {"on": "2026-03-12", "reason": "Teams are merged"},
    ]
    assert len(result["findings"][0]["analysis"]["units"]) == 12


def test_each_counts_its_own_while_it_runs(database: Database, people: People) -> None:
    """Neither sees a team or a form of the other's: not in the list of teams, nor in what was begun."""
    with writing(database) as connection:
        lead, part, others = registered_together(connection, people)
        forms_in(connection, part, each=3)
        ours = enrolment(connection, people["Rowan"], lead)
        there = enrolment(connection, others.morwenna, part)
        late = add_team(connection, others.morwenna.authority, "Weir team")
        joined_late = join_late(connection, others.morwenna, part.key, "Weir team", NOW)
    assert (ours.total("begun"), there.total("begun")) == (0, 12)
    assert {each.name for each in ours.teams}.isdisjoint(each.name for each in there.teams)
    assert (joined_late.team, joined_late.name, joined_late.late) == (late, f"Weir team ({SOUTHMERE})", True)


def test_quality_is_scored_within_each(database: Database, people: People) -> None:
    """Scorers read the sample of their own authority and nothing else; the result knows the scores of both."""
    with writing(database) as connection:
        nell = worker_in(connection, people, "Policy", "Nan")
        able = (nell.key, people["Adaeze"].key)
        quality = Outcome("quality")
        lead, part, others = registered_together(connection, people, scorers=able, sample=2, co_primary=quality)
        for trial in (lead, part):
            forms_in(connection, trial)
        assert len(sheets(connection, others.bryony, part, AFTER)) == 8
        assert len(sample(connection, lead, AFTER)) == 16
        with pytest.raises(NotYours):
            sheets(connection, nell, part, AFTER)
        with pytest.raises(NotYours):
            sheets(connection, others.bryony, lead, AFTER)


def test_what_is_read_afterwards_is_the_same(database: Database, people: People) -> None:
    """Another connection reads the same whole plan and the same part of it."""
    with writing(database) as connection:
        lead, part, others = registered_together(connection, people)
    with reading(database) as connection:
        assert find_trial(connection, people["Rowan"], lead.key) == lead
        assert find_trial(connection, others.morwenna, part.key) == part
