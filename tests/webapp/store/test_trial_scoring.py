"""Scores of a blind sample: who reads what, that nothing tells the arm, and what of it counts."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from sqlalchemy import insert, select

from tests.webapp.conftest import NOW
from tests.webapp.trials.made import ENDED, STILL_RUNNING, Made, made, taken_out
from webapp.access import Viewer
from webapp.clock import day_ends
from webapp.store.access_log import access_log
from webapp.store.assessments import assessment_children, assessments
from webapp.store.children import children_of
from webapp.store.database import Connection, Database, reading, writing
from webapp.store.errors import NoSuchRecord, NotYours
from webapp.store.particulars_history import Particulars, keep_past
from webapp.store.people import people as people_table
from webapp.store.trial_errors import NoScore, ScoringIsOver, Sealed
from webapp.store.trial_results import keep
from webapp.store.trial_scoring import (
    Paired,
    give_score,
    progress,
    sample,
    scored_by,
    scored_trial,
    sheets,
    standing_score,
    unscored,
)
from webapp.store.trial_sheets import analyses, open_sheet
from webapp.store.trial_tables import trial_forms
from webapp.store.trial_working_out import worked_out
from webapp.store.trials import Trial

SCORERS = ("Nell", "Jago", "Corin")
TEXT = "She waits by the window. Writer Nobody saw it; EASTMOOR agreed, and the short form asks no more."


@pytest.fixture
def trial(database: Database, people: Mapping[str, Viewer]) -> Trial:
    """One in which three people score three forms of each of eight teams; it ended."""
    what = Made(co_primary={"kind": "quality"}, scorers=[people[name].key for name in SCORERS], text=TEXT)
    with writing(database) as connection:
        return made(connection, people["Rowan"], what)


def score_all(connection: Connection, people: Mapping[str, Viewer], trial: Trial, scores: Mapping[str, int]) -> None:
    """Let each scorer give everything that they are asked for one score."""
    for name, score in scores.items():
        for each in sheets(connection, people[name], trial, NOW):
            give_score(connection, people[name], trial, each.key, score, NOW)


def test_the_sample_is_the_same_for_everybody(database: Database, trial: Trial) -> None:
    """So many forms of each team, two scorers and a third in reserve each, in an order that tells no team."""
    with reading(database) as connection:
        found = sample(connection, trial, NOW)
        assert sample(connection, trial, NOW) == found
        teams = dict(connection.execute(select(trial_forms.c.assessment_id, trial_forms.c.team_id)).all())
    assert len(found) == 24
    by_team = [teams[each.assessment] for each in found]
    assert {by_team.count(team) for team in by_team} == {3}
    assert by_team != sorted(by_team)
    assert all(len(set(each.readers)) == 3 for each in found)


def test_work_is_shared(database: Database, people: Mapping[str, Viewer], trial: Trial) -> None:
    """Each form is asked of two, and nobody of all or none."""
    with reading(database) as connection:
        asked = [len(sheets(connection, people[name], trial, NOW)) for name in SCORERS]
    assert sum(asked) == 48
    assert all(8 <= each <= 24 for each in asked)


def test_nobody_scores_what_they_wrote(database: Database, people: Mapping[str, Viewer]) -> None:
    """Whoever began or submitted a form does not read it; with one scorer left it is read once."""
    with writing(database) as connection:
        trial = made(connection, people["Rowan"], Made(co_primary={"kind": "quality"}))
        form = select(trial_forms.c.assessment_id).where(trial_forms.c.trial_id == trial.id)
        written = select(people_table.c.key).join(assessments, assessments.c.begun_by == people_table.c.id)
        writer = connection.execute(written.where(assessments.c.id.in_(form))).scalars().first()
        own = replace(trial, plan=replace(trial.plan, scorers=(str(writer), people["Nell"].key)))
        found = sample(connection, own, NOW)
    assert {each.readers for each in found} == {(people["Nell"].id,)}


def test_families_who_opted_out_are_not_read(database: Database, people: Mapping[str, Viewer], trial: Trial) -> None:
    """Their form leaves the sample, and another one takes its place."""
    with writing(database) as connection:
        out = sample(connection, trial, NOW)[0]
        taken_out(connection, trial, people["Tom"], out.assessment, "family")
        found = sample(connection, trial, NOW)
    assert out.assessment not in {each.assessment for each in found}
    assert len(found) == 24


def test_what_is_finished_after_the_end_is_not_read(database: Database, trial: Trial) -> None:
    """The sample is drawn from what was finished by the registered end, whenever it is asked for."""
    with reading(database) as connection:
        assert sample(connection, trial, NOW) == sample(connection, trial, day_ends(ENDED))


def test_only_scorers_are_given_texts(database: Database, people: Mapping[str, Viewer], trial: Trial) -> None:
    """Those who run the trial are not, nor a worker that the plan does not name, nor a sheet of another scorer."""
    with writing(database) as connection:
        key = sheets(connection, people["Nell"], trial, NOW)[0].key
        for name in ("Rowan", "Ines", "Adaeze", "Tom", "Petra"):
            with pytest.raises(NotYours):
                sheets(connection, people[name], trial, NOW)
            with pytest.raises(NotYours):
                open_sheet(connection, people[name], trial, key, NOW)
        theirs = {each.key for each in sheets(connection, people["Jago"], trial, NOW)}
        others = next(each.key for each in sheets(connection, people["Nell"], trial, NOW) if each.key not in theirs)
        with pytest.raises(NoSuchRecord):
            open_sheet(connection, people["Jago"], trial, others, NOW)


def test_the_trial_is_found_by_scorers_and_those_who_run_it(
    database: Database, people: Mapping[str, Viewer], trial: Trial
) -> None:
    """To others it is not there."""
    with reading(database) as connection:
        for name in ("Nell", "Rowan", "Ines"):
            assert scored_trial(connection, people[name], trial.key) == trial
        for name in ("Adaeze", "Petra", "Bryony"):
            with pytest.raises(NoSuchRecord):
                scored_trial(connection, people[name], trial.key)
        assert scored_by(connection, people["Nell"]) == (trial.key,)
        assert scored_by(connection, people["Adaeze"]) == scored_by(connection, people["Rowan"]) == ()


def test_a_sheet_holds_the_analysis_and_no_names(
    database: Database, people: Mapping[str, Viewer], trial: Trial
) -> None:
    """Whoever wrote it, their team and the arms’ names are left out; that it was opened is logged as a record’s."""
    with writing(database) as connection:
        nell = people["Nell"]
        mine = sheets(connection, nell, trial, NOW)
        texts = [open_sheet(connection, nell, trial, each.key, NOW).texts for each in mine]
        logged = select(access_log.c.record).where(access_log.c.person_id == nell.id, access_log.c.act == "opened")
        assert connection.execute(logged).scalars().all() == ["submission"] * len(mine)
    words = " ".join(text for each in texts for text in each)
    assert "She waits by the window." in words
    assert not [each for each in ("Writer Nobody", "short form", "Short form") if each in words]
    assert all(len(each) == 1 for each in texts)


def _asking(*questions: str) -> dict[str, object]:
    """A form that asks questions for analysis, in this order."""
    return {"sections": [{"questions": [{"id": each, "kind": "analysis", "type": "long_text"} for each in questions]}]}


def test_the_order_of_the_parts_tells_no_arm() -> None:
    """The same whatever order a form asks in; what only one form asks stands now here, now there."""
    record = {"life": "Life.", "means": "Means.", "next": "Next."}
    lots = [str(number) for number in range(40)]
    for lot in lots:
        one = analyses(_asking("life", "means", "next"), record, lot)
        assert one == analyses(_asking("next", "means", "life"), record, lot)
        assert set(one) == set(record.values())
    assert {analyses(_asking("life", "means", "next"), record, lot).index("Next.") for lot in lots} == {0, 1, 2}


def test_a_sheet_does_not_name_the_children(database: Database, people: Mapping[str, Viewer]) -> None:
    """Given and family names, together, alone, in capitals and as they were before; words that only look alike stay."""
    text = "WREN nods. May Wren Tallowby’s brother wait? She may. Of Wrenbury and the tallowby (small) no word."
    what = Made(co_primary={"kind": "quality"}, scorers=[people[name].key for name in SCORERS], text=text)
    with writing(database) as connection:
        trial = made(connection, people["Rowan"], what)
        mine = sheets(connection, people["Nell"], trial, NOW)
        forms = {each.sheet: each.assessment for each in sample(connection, trial, NOW)}
        adaeze = people["Adaeze"]
        wren = next(each for each in children_of(connection, adaeze) if each.given_name == "Wren")
        about = {"assessment_id": forms[mine[0].key], "child_id": wren.id, "authority_id": adaeze.authority}
        connection.execute(insert(assessment_children), about)
        was = Particulars("May", "Fernhill", wren.born, None, unborn=False, disabled=None, interpreter=None)
        keep_past(connection, adaeze, wren.id, was, NOW, name_mistaken=False)
        of_wren, of_nobody = (open_sheet(connection, people["Nell"], trial, each.key, NOW).texts for each in mine[:2])
    left_out = "[left out] nods. [left out] [left out]’s brother wait? She may."
    assert of_wren == (f"{left_out} Of Wrenbury and the tallowby (small) no word.",)
    assert of_nobody == (text,)


def test_a_score_is_a_step_and_can_be_changed(database: Database, people: Mapping[str, Viewer], trial: Trial) -> None:
    """Only 1 to 5; the last one given stands, and nothing is kept of what is none."""
    nell = people["Nell"]
    with writing(database) as connection:
        key = sheets(connection, nell, trial, NOW)[0].key
        for wrong in (None, 0, 6, -1):
            with pytest.raises(NoScore):
                give_score(connection, nell, trial, key, wrong, NOW)
        give_score(connection, nell, trial, key, 2, NOW)
        give_score(connection, nell, trial, key, 4, NOW)
        assert sheets(connection, nell, trial, NOW)[0].score == 4
        acts = select(access_log.c.act).where(access_log.c.person_id == nell.id, access_log.c.record == "trial")
        assert connection.execute(acts).scalars().all() == ["scored", "scored"]


def test_a_third_reads_what_two_disagree_about(database: Database, people: Mapping[str, Viewer], trial: Trial) -> None:
    """Two steps apart, the third scorer is asked; their score makes the middle one stand."""
    with writing(database) as connection:
        form = sample(connection, trial, NOW)[0]
        by_id = {each.id: each for each in people.values()}
        first, second, third = (by_id[reader] for reader in form.readers)
        before = {each.key for each in sheets(connection, third, trial, NOW)}
        assert form.sheet not in before
        give_score(connection, first, trial, form.sheet, 1, NOW)
        give_score(connection, second, trial, form.sheet, 2, NOW)
        assert form.sheet not in {each.key for each in sheets(connection, third, trial, NOW)}
        give_score(connection, second, trial, form.sheet, 4, NOW)
        assert form.sheet in {each.key for each in sheets(connection, third, trial, NOW)}
        assert progress(connection, people["Rowan"], trial, NOW).thirds == 1


def test_the_score_that_stands() -> None:
    """Alone its own, of two the mean, of three the middle one."""
    assert [standing_score(each) for each in ([4], [2, 3], [5, 1, 2])] == [4.0, 2.5, 2.0]


def test_scores_become_the_quality_of_the_result(
    database: Database, people: Mapping[str, Viewer], trial: Trial
) -> None:
    """By team, from the sample alone; once the result is worked out no score can be given or changed."""
    rowan = people["Rowan"]
    with writing(database) as connection:
        score_all(connection, people, trial, {"Nell": 3, "Jago": 4, "Corin": 3})
        result = worked_out(connection, rowan, trial, NOW)
        quality = result["findings"][1]
        assert (quality["kind"], quality["forms"]) == ("quality", 24)
        assert all(3 <= each["summary"] <= 4 for each in quality["analysis"]["units"].values())
        keep(connection, rowan, trial, result, NOW)
        with pytest.raises(ScoringIsOver):
            give_score(connection, people["Nell"], trial, sheets(connection, people["Nell"], trial, NOW)[0].key, 5, NOW)


def test_progress_tells_no_arm_and_no_team(database: Database, people: Mapping[str, Viewer], trial: Trial) -> None:
    """Counts and pairs of scores, for those who run the trial alone."""
    with writing(database) as connection:
        score_all(connection, people, trial, {"Nell": 3, "Jago": 4})
        found = progress(connection, people["Rowan"], trial, NOW)
        assert unscored(connection, people["Rowan"], trial, NOW) == 0
        for counted in (progress, unscored):
            with pytest.raises(NotYours):
                counted(connection, people["Nell"], trial, NOW)
    assert (found.forms, found.asked) == (24, 48)
    assert set(found.pairs) <= {Paired(3, 4), Paired(4, 3)}
    assert 0 < found.given < 48


def test_scoring_goes_on_while_results_are_sealed(database: Database, people: Mapping[str, Viewer]) -> None:
    """What is finished can be read while the trial runs; how either form does stays sealed."""
    what = Made(co_primary={"kind": "quality"}, scorers=[people["Nell"].key, people["Jago"].key], ends=STILL_RUNNING)
    with writing(database) as connection:
        trial = made(connection, people["Rowan"], what)
        score_all(connection, people, trial, {"Nell": 3, "Jago": 4})
        assert progress(connection, people["Rowan"], trial, NOW).given == 48
        with pytest.raises(Sealed):
            worked_out(connection, people["Rowan"], trial, NOW)
