"""A registered trial: frozen, with amendments beside it, stopped or opened early for a reason, joined late."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from flask import Flask

from tests.webapp.trials.made import EIGHT, STILL_RUNNING, Made, made, person
from tests.webapp.trials.planning import TEAMS, Planning
from tests.webapp.visitor import Visitor
from webapp import current
from webapp.store.database import Database, writing

AFTER = datetime(2026, 7, 1, 9, 0, tzinfo=UTC)


@pytest.fixture
def trial(planning: Planning) -> Planning:
    """Rowan’s trial, registered and begun."""
    planning.fill_in()
    assert planning.register().status_code == 303
    return planning


@pytest.fixture
def afterwards(app: Flask, trial: Planning) -> Iterator[Planning]:
    """The same on the day after its end; whoever was signed in has to sign in again."""
    made: current.Surroundings = app.extensions["pith"]
    app.extensions["pith"] = current.Surroundings(made.settings, made.database, lambda: AFTER)
    trial.visitor.sign_in("Rowan Tideswell")
    yield trial
    app.extensions["pith"] = made


def test_a_plan_is_registered_once_nothing_is_left_to_do(planning: Planning) -> None:
    """Five steps, the button, and the plan stands frozen with its teams drawn in halves."""
    assert "Register and draw" not in planning.look("register").text
    planning.fill_in()
    assert "Still to do" not in planning.look("register").text
    response = planning.register()
    assert response.location == f"/trials/{planning.key}?done=registered"
    page = planning.visitor.get(response.location).text
    assert "Registered. The plan is frozen" in page
    trial = planning.trial()
    assert trial.registration is not None
    assert trial.registration.plan_hash in page
    assert trial.registration.seed_commitment in page
    assert trial.registration.digest in page
    assert all(name in page for name in TEAMS)
    assert "one of 70 ways" in page


def test_registering_twice_is_registering_once(trial: Planning) -> None:
    """A second press leads to the trial, whose teams stay as they were drawn."""
    before = trial.trial()
    response = trial.visitor.send(f"/trials/{trial.key}/register", {"revision": "5"})
    assert response.status_code == 303
    assert response.location == f"/trials/{trial.key}"
    assert trial.trial() == before


def test_a_plan_that_was_changed_meanwhile_is_not_registered(planning: Planning) -> None:
    """The page of the last step is shown as it stands now, and says so."""
    planning.fill_in()
    response = planning.visitor.send(f"/trials/{planning.key}/register", {"revision": "1"})
    assert response.location.endswith("/plan/register?changed=1")
    assert "nothing was registered" in planning.visitor.get(response.location).text
    assert planning.trial().registration is None


def test_an_unfinished_plan_is_not_registered(planning: Planning) -> None:
    """Whoever posts without the button is refused the same."""
    planning.visitor.send(f"/trials/{planning.key}/register", {"revision": "1"})
    assert planning.trial().registration is None


def test_no_step_of_a_registered_plan_can_be_written(trial: Planning) -> None:
    """Its pages lead to the trial; what is posted changes nothing."""
    before = trial.trial()
    for step in ("arms", "teams", "outcome", "safety"):
        assert trial.visitor.get(trial.address(step)).location == f"/trials/{trial.key}"
        assert trial.visitor.send(trial.address(step), {"question": "Another?"}).status_code == 409
    assert trial.trial() == before


def test_an_amendment_stands_beside_the_plan(trial: Planning) -> None:
    """With its day and who wrote it; without words there is none."""
    response = trial.visitor.send(f"/trials/{trial.key}/amend", {"words": "  "})
    assert response.status_code == 400
    assert "Write what is changed, and why" in response.text
    before = trial.trial()
    trial.visitor.send(f"/trials/{trial.key}/amend", {"words": "Garth team was merged with Holm team."})
    page = trial.visitor.get(f"/trials/{trial.key}").text
    assert "Garth team was merged with Holm team." in page
    assert "12 March 2026, Rowan Tideswell" in page
    assert trial.trial() == before


def test_somebody_else_watches_from_now_on(trial: Planning) -> None:
    """Chosen with the amendment that says why; who was replaced is refused, and who is inside the trial too."""
    page = trial.visitor.get(f"/trials/{trial.key}").text
    assert "Who watches from now on?" in page
    ines = re.search(r'value="([^"]+)">Ines ', page)
    assert ines is not None
    address = f"/trials/{trial.key}/amend"
    refused = trial.visitor.send(address, {"words": "On leave.", "watcher": "nobody"})
    assert (refused.status_code, "Choose somebody outside the teams" in refused.text) == (400, True)
    assert trial.visitor.send(address, {"words": "On leave.", "watcher": ines[1]}).status_code == 303
    page = trial.visitor.get(f"/trials/{trial.key}").text
    assert re.search("From then on Ines [^<]+ watches for harm", page)
    assert trial.visitor.sign_in("Petra Oakenfull").get(f"/trials/{trial.key}/harm").status_code == 403


def test_a_trial_is_stopped_for_a_reason(trial: Planning) -> None:
    """Which everybody reads; then nobody joins, and results stay closed until the registered end."""
    assert trial.visitor.send(f"/trials/{trial.key}/stop", {"reason": "", "sure": "yes"}).status_code == 400
    unsure = trial.visitor.send(f"/trials/{trial.key}/stop", {"reason": "The watcher asked for it."})
    assert (unsure.status_code, "I know that it cannot be begun again" in unsure.text) == (400, True)
    assert trial.trial().stopping is None
    trial.visitor.send(f"/trials/{trial.key}/stop", {"reason": "The watcher asked for it.", "sure": "yes"})
    page = trial.visitor.get(f"/trials/{trial.key}").text
    assert "The watcher asked for it." in page
    assert "Stop the trial" not in page
    assert "Stopped early; results open after 30 June 2026" in page
    assert trial.visitor.send(f"/trials/{trial.key}/join", {"team": "Saltmere team"}).status_code == 409


def test_a_trial_that_was_stopped_stands_with_the_next_plan(trial: Planning) -> None:
    """Before it is registered and afterwards, with why it was stopped; a first trial says that there was none."""
    assert "None: no trial of this form" in trial.visitor.get(f"/trials/{trial.key}").text
    trial.visitor.send(f"/trials/{trial.key}/stop", {"reason": "It looked bad.", "sure": "yes"})
    again = Planning(trial.visitor, trial.database).begin("Once more?").fill_in()
    assert "Stopped 12 March 2026: It looked bad." in again.look("register").text
    again.register()
    page = trial.visitor.get(f"/trials/{again.key}").text
    assert "Stopped 12 March 2026: It looked bad." in page
    assert f"/trials/{trial.key}" in page


def test_a_team_joins_late(trial: Planning) -> None:
    """It stands in the list as late; a second time, or none chosen, is refused at the box."""
    assert trial.visitor.send(f"/trials/{trial.key}/join", {"team": ""}).status_code == 400
    trial.visitor.send(f"/trials/{trial.key}/join", {"team": "Saltmere team"})
    assert "joined late, 12 March 2026" in trial.visitor.get(f"/trials/{trial.key}").text
    response = trial.visitor.send(f"/trials/{trial.key}/join", {"team": "Saltmere team"})
    assert response.status_code == 400
    assert "takes part in a trial of this form already" in response.text


def test_the_secret_number_is_shown_after_the_end_and_not_before(afterwards: Planning, trial: Planning) -> None:
    """So that anybody can check the draw and nobody can foresee a late team’s."""
    registration = trial.trial().registration
    assert registration is not None
    page = trial.visitor.get(f"/trials/{trial.key}").text
    assert registration.seed in page
    assert "Stop the trial" not in page
    assert "results can be opened" in trial.visitor.get("/trials").text


def test_the_secret_number_is_on_no_page_while_it_runs(trial: Planning) -> None:
    """Neither on the plan, the list, how it goes, nor before opening early."""
    registration = trial.trial().registration
    assert registration is not None
    for address in ("/trials", *(f"/trials/{trial.key}{rest}" for rest in ("", "/running", "/open"))):
        assert registration.seed not in trial.visitor.get(address).text


def test_how_it_goes_names_no_arm(trial: Planning) -> None:
    """It says when results open and why not earlier; every team stands there, neither form does."""
    page = trial.visitor.get(f"/trials/{trial.key}/running").text
    assert "Results open after 30 June 2026. Looking earlier would make them wrong" in page
    assert all(name in page for name in TEAMS)
    assert "Plainer form" not in page
    assert "Present form" not in page
    assert "No form has been begun yet" in page


def test_which_team_finished_how_much_is_told_after_the_end(client: Visitor, database: Database) -> None:
    """Who knows each team's form could add up how each form does: while it runs there is one figure over all."""
    with writing(database) as connection:
        rowan = person(connection, "Rowan Tideswell")
        runs = made(connection, rowan, Made(ends=STILL_RUNNING))
        ended = made(
            connection,
            rowan,
            Made(question="Did it help?", teams={f"{name} two": usual for name, usual in EIGHT.items()}),
        )
    client.sign_in("Rowan Tideswell")
    for trial, told in ((runs, False), (ended, True)):
        page = client.get(f"/trials/{trial.key}/running").text
        heads = re.findall(r'<th scope="col"[^>]*>([^<]*)</th>', page)
        assert heads == ["Team", "Begun", *(["Finished", "Being written", "Set aside"] if told else [])]
        assert " of them finished" in page


def test_opening_early_asks_why(trial: Planning) -> None:
    """What it costs is said; without a reason nothing is opened; with one, every page of the trial says so."""
    page = trial.visitor.get(f"/trials/{trial.key}/open").text
    assert "Early results swing" in page
    response = trial.visitor.send(f"/trials/{trial.key}/open", {"reason": " "})
    assert response.status_code == 400
    assert "Say why the results are opened" in response.text
    assert "were opened" not in trial.visitor.get(f"/trials/{trial.key}").text
    trial.visitor.send(f"/trials/{trial.key}/open", {"reason": "The committee sits in May."})
    for rest in ("", "/running", "/open"):
        page = trial.visitor.get(f"/trials/{trial.key}{rest}").text
        assert "The committee sits in May." in page
        assert "Rowan Tideswell" in page


def test_only_those_named_may_open_early(trial: Planning) -> None:
    """Nobody else sees that page, nor a link to it; an amendment names others, and is told with who they are."""
    ines = trial.visitor.sign_in("Ines Marchbanks")
    assert ines.get(f"/trials/{trial.key}/open").status_code == 403
    assert ines.send(f"/trials/{trial.key}/open", {"reason": "I would like to"}).status_code == 403
    page = ines.get(f"/trials/{trial.key}").text
    assert f"/trials/{trial.key}/open" not in page
    assert "Rowan Tideswell may open the results before the end" in page
    key = trial.trial().plan.harm.watcher
    refused = ines.send(f"/trials/{trial.key}/amend", {"words": "She asked.", "openers": key})
    assert (refused.status_code, "Choose people whose role is policy" in refused.text) == (400, True)
    ines.send(f"/trials/{trial.key}/amend", {"words": "Nobody should.", "openers": "nobody"})
    page = ines.get(f"/trials/{trial.key}").text
    assert "From then on nobody may open the results early." in page
    assert "Nobody may open the results before the end" in page
    assert ines.sign_in("Rowan Tideswell").get(f"/trials/{trial.key}/open").status_code == 403


def test_after_the_end_nothing_is_opened_early(afterwards: Planning) -> None:
    """The page leads to the trial, and a post that comes late is refused."""
    assert afterwards.visitor.get(f"/trials/{afterwards.key}/open").location == f"/trials/{afterwards.key}"
    afterwards.visitor.get("/trials/new")
    response = afterwards.visitor.send(f"/trials/{afterwards.key}/open", {"reason": "Late"})
    assert response.status_code == 409


def test_pages_of_a_plan_lead_to_its_steps(planning: Planning) -> None:
    """What is only for registered trials shows nothing of one that is planned."""
    for rest in ("", "/running", "/open"):
        response = planning.visitor.get(f"/trials/{planning.key}{rest}")
        assert response.status_code == 302
        assert f"/trials/{planning.key}" in response.location
    assert planning.visitor.send(f"/trials/{planning.key}/amend", {"words": "w"}).status_code == 409
    assert planning.visitor.send(f"/trials/{planning.key}/open", {"reason": "r"}).status_code == 409
    assert planning.visitor.send(f"/trials/{planning.key}/stop", {"reason": "r"}).status_code == 409
    assert planning.visitor.send(f"/trials/{planning.key}/join", {"team": ""}).status_code == 409


def test_a_team_of_a_running_trial_is_told_in_the_next_plan(trial: Planning) -> None:
    """It stands at the team, with the question of the other trial, and cannot be drawn twice."""
    other = Planning(trial.visitor, trial.database).begin("Another question?")
    assert "takes part in another trial of this form" in other.look("teams").text
    response = other.save("teams", team=list(TEAMS))
    assert response.status_code == 400
    assert "takes part in another trial of this form" in response.text


def test_a_trial_that_begins_later_says_when(planning: Planning) -> None:
    """In the list, on its page and where it is watched."""
    planning.fill_in()
    planning.save("outcome", **planning.day("begins", 1, 4, 2026))
    planning.register()
    assert "Begins on 1 April 2026" in planning.visitor.get("/trials").text
    assert "It begins on 1 April 2026" in planning.visitor.get(f"/trials/{planning.key}/running").text
