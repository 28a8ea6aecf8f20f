"""Planning a trial in five steps, each of which keeps what was typed."""

import json
from io import BytesIO
from typing import Any

import pytest

from tests.webapp.assessments.desk import Page
from tests.webapp.editor.drafting import Drafting
from tests.webapp.trials.planning import PLAINER, QUESTION, SAFETY, TEAMS, WEAKER, Planning, people
from tests.webapp.visitor import Visitor
from webapp.store.authorities import add_team
from webapp.store.database import writing

STEPS = ("arms", "teams", "outcome", "safety", "register")


def arms_of(tested: str, name: str) -> dict[str, Any]:
    """What is typed of the two arms: the control, and what is tried under which name."""
    return {"control": "shipped-1", "control_name": "Present", "tested": tested, "tested_name": name}


def test_a_plan_can_adjust_and_measure_an_answer_for_each_child(planning: Planning) -> None:
    """Where teams have no earlier forms it says which; an answer about each child is offered, and how it counts."""
    planning.fill_in()
    page = planning.look("outcome")
    assert "Where it is asked for each child, a form counts with the average of its children" in page.text
    assert '<option value="room"' in page.response.text
    refused = planning.save("outcome", baseline="yes")
    assert refused.status_code == 400
    assert "Of “Ashgrove team”, " in refused.text
    assert "nothing is known before the trial" in refused.text
    asked: dict[str, Any] = {
        "primary": "answer",
        "primary_question": "room",
        "primary_better": "higher",
        "baseline": "",
    }
    assert planning.save("outcome", **asked).status_code == 303
    assert "Did you see where the child sleeps?”, a form counting with the average" in planning.look("register").text


def test_a_step_marks_what_it_counts(planning: Planning) -> None:
    """Once it was begun: each box and each team with what is still to do there, and no error before it is asked."""
    assert "Still to do" not in planning.look("safety").text
    planning.save("safety", approval="Research governance, RG/2026/14")
    page = planning.look("safety")
    assert page.text.count("Still to do. ") == 7
    assert "Still to do. Somebody outside the teams that take part." in page.text
    assert "There is a problem" not in page.text
    names = planning.look("teams").filled("plan")["of"]
    groups = ["North" if name in TEAMS[:5] else "" for name in names]
    planning.save("teams", team=list(TEAMS), scheme="stratified", group=groups)
    rows = planning.look("teams").response.text
    assert [name for name in TEAMS if f"<b>Still to do:</b> “{name}” is in no group." in rows] == list(TEAMS[5:])


def test_a_team_without_workers_is_told_and_kept_from_nothing(planning: Planning) -> None:
    """At the team and before registering: nobody there would begin a form."""
    planning.fill_in()
    with writing(planning.database) as connection:
        add_team(connection, people(planning.database)["Rowan Tideswell"].authority, "Empty team")
    assert "has no social worker now" in planning.look("teams").text
    assert "Nobody would begin a form" not in planning.look("register").text
    assert planning.save("teams", team=[*TEAMS, "Empty team"]).status_code == 303
    assert "Nobody would begin a form in Empty team" in planning.look("register").text
    assert planning.register().status_code == 303
    assert planning.trial().registration is not None


def test_an_empty_list_says_what_a_trial_is(client: Visitor) -> None:
    """And how many teams it needs, and how one is begun."""
    page = client.sign_in("Rowan Tideswell").get("/trials").text
    assert "No trial has been planned here yet" in page
    assert "at least 7 teams" in page
    assert 'href="/trials/new"' in page


def test_a_trial_begins_with_its_question_and_form(planning: Planning) -> None:
    """It stands in the list as being planned; without a question or form it is not begun, and nothing is lost."""
    page = planning.visitor.get("/trials").text
    assert QUESTION in page
    assert "Being planned" in page
    planning.visitor.get("/trials/new")
    response = planning.visitor.send("/trials/new", {"question": "Only a question"})
    assert response.status_code == 400
    assert "Choose the form" in response.text
    assert "Only a question" in response.text


def test_contacts_and_enquiries_are_not_offered(planning: Planning) -> None:
    """Nor taken where somebody posts them."""
    page = Page(planning.visitor.get("/trials/new"))
    offered = [each.get("value") for each in page.root.iter("input") if each.get("name") == "form"]
    assert "visit" in offered
    assert not {"contact-referral", "s47-outcome"} & set(offered)
    assert planning.visitor.send("/trials/new", {"question": "Q?", "form": "s47-outcome"}).status_code == 400


def test_every_step_says_how_far_it_is(planning: Planning) -> None:
    """In words; a step leads to the next."""
    text = planning.look("arms").text
    assert "nothing written yet" in text
    assert "when the rest is complete" in text
    response = planning.save("teams", team=list(TEAMS))
    assert response.location.endswith("/plan/outcome")
    assert "Who takes part complete" in planning.look("arms").text
    planning.fill_in()
    assert "ready to register" in planning.look("arms").text


def test_whoever_wants_to_stay_stays(planning: Planning) -> None:
    """The other button saves and shows the step as it was saved."""
    response = planning.save("teams", team=list(TEAMS), stay="1")
    assert response.location.endswith("/plan/teams")
    assert planning.look("teams").response.text.count(" checked") >= len(TEAMS)


def test_what_is_wrong_is_kept_as_it_was_typed(planning: Planning) -> None:
    """A day that does not exist and a number in words stand in their boxes, with what is wrong beside them."""
    typed: dict[str, Any] = planning.day("ends", 31, 2, 2026) | {"smallest": "about ten", "primary": "minutes"}
    response = planning.save("outcome", **typed)
    assert response.status_code == 400
    page = planning.look("outcome")
    boxes = page.filled("plan")
    assert (boxes["ends-day"], boxes["ends-month"], boxes["smallest"]) == (["31"], ["2"], ["about ten"])
    assert "Give a real date" in page.described("ends-day") or "Give a real date" in page.text
    assert "Give a number above zero" in page.text


def test_what_is_only_missing_bars_nobody_from_going_on(planning: Planning) -> None:
    """An empty step is saved; once somebody comes from the last step, what is missing stands at its box."""
    assert planning.save("safety").status_code == 303
    assert "Error:" not in planning.look("safety").text
    to_do = planning.look("register")
    assert "Still to do" in to_do.text
    link = next(a.get("href", "") for a in to_do.root.iter("a") if "#watcher-group" in a.get("href", ""))
    page = Page(planning.visitor.get(link.partition("#")[0]))
    assert page.has("watcher-group")
    assert "Name somebody outside the teams" in page.text


def test_all_that_is_left_leads_to_its_box(planning: Planning) -> None:
    """Each line of the last step names a step and an element that is on its page."""
    page = planning.look("register")
    links = [a.get("href", "") for a in page.root.iter("a") if "check=1" in a.get("href", "")]
    assert len(links) >= 12
    for link in links:
        address, _, box = link.partition("#")
        assert Page(planning.visitor.get(address)).has(box), link


def test_protected_questions_are_proved_present(planning: Planning) -> None:
    """With what differs, in words, and the questions that are the same counted."""
    arms = arms_of("changes", "Plainer")
    assert planning.save("arms", **arms, changes=json.dumps(PLAINER)).status_code == 303
    text = planning.look("arms").text
    assert "So what is life like for this child? differs" in text
    assert "Proved: all 5 protected questions" in text


def test_an_arm_without_a_protected_question_is_refused(planning: Planning) -> None:
    """In words, at its box; the plan keeps it and cannot be registered with it."""
    arms = arms_of("changes", "Weaker")
    response = planning.save("arms", **arms, changes=json.dumps(WEAKER))
    assert response.status_code == 400
    assert "“manager_today” is protected by the base and may not be left out" in response.text
    assert "“manager_today” is protected" in planning.look("register").text


def test_changes_that_are_no_json_are_kept_with_their_line(planning: Planning) -> None:
    """Whoever pasted half of them finds them again."""
    response = planning.save("arms", control="shipped-1", tested="changes", changes='{"owner": "authority",')
    assert response.status_code == 400
    page = planning.look("arms")
    assert "of the changes:" in page.text
    assert page.filled("plan")["changes"][0].strip() == '{"owner": "authority",'


def test_changes_can_come_from_a_file(planning: Planning) -> None:
    """It takes the place of what stands in the box."""
    page = planning.look("arms")
    sent: dict[str, Any] = {**page.filled("plan"), **arms_of("changes", "Plainer")}
    sent |= {"changes": "{", "csrf_token": planning.visitor.token}
    sent["file"] = (BytesIO(json.dumps(PLAINER).encode()), "plainer.json")
    response = planning.visitor.post(planning.address("arms"), data=sent, content_type="multipart/form-data")
    assert response.status_code == 303
    assert planning.trial().plan.arms[1].definition == PLAINER


def test_the_draft_of_the_form_can_be_tried(planning: Planning) -> None:
    """As it stood when it was chosen: what is changed in the draft afterwards changes no plan."""
    ines = planning.visitor.sign_in("Ines Marchbanks")
    drafting = Drafting(ines).begin()
    drafting.change("What does this visit tell you about life in this home?", "What is life like here?")
    planning.visitor.sign_in("Rowan Tideswell")
    arms = arms_of("draft", "Draft")
    assert planning.save("arms", **arms).status_code == 303
    assert "What is life like here? differs" in planning.look("arms").text
    taken = planning.trial().plan.arms[1].definition
    Drafting(ines.sign_in("Ines Marchbanks")).change("What is life like here?", "What is life like?")
    assert planning.trial().plan.arms[1].definition == taken


def test_too_few_teams_are_told_how_many_more_would_do(planning: Planning) -> None:
    """A plan of six teams cannot be registered; seven would do."""
    response = planning.save("teams", team=list(TEAMS[:6]))
    assert response.status_code == 400
    assert "1 more team would do" in response.text


def test_a_plan_says_what_its_teams_can_find(planning: Planning) -> None:
    """In minutes, four times in five, and on what that rests; and how often the smallest worthwhile one is found."""
    planning.fill_in()
    text = planning.look("teams").text
    assert "With 8 teams and about 20 forms in each, you can find a difference of" in text
    assert "four times in five" in text
    assert "A difference of 10 minutes, the smallest that you call worth a change, would be found" in text
    assert "No earlier forms say how far teams lie apart, so this is assumed" in text


def test_minutes_ask_for_a_second_main_outcome(planning: Planning) -> None:
    """Minutes alone would call a form better that people hurry through."""
    planning.fill_in()
    assert planning.save("outcome", co_primary="").status_code == 303
    assert "Minutes alone" in planning.look("register").text


@pytest.mark.parametrize("kind", ["words", "not_known", "completed_within"])
def test_what_rewards_the_wrong_thing_is_never_alone(kind: str, planning: Planning) -> None:
    """Padding, false certainty, haste: said at the box."""
    response = planning.save("outcome", primary=kind, co_primary="", primary_days="5")
    assert response.status_code == 400
    assert "Alone, this outcome rewards padding, haste or false certainty" in response.text


def test_scorers_are_asked_for_only_where_quality_is_measured(planning: Planning) -> None:
    """Those who may read records can score; what was chosen is let go with the outcome."""
    planning.fill_in()
    assert not planning.look("safety").has("scorers-group")
    planning.save("outcome", co_primary="quality")
    page = planning.look("safety")
    assert page.has("scorers-group")
    assert "Tom Brackley" in page.text
    tom, jago = (people(planning.database)[name].key for name in ("Tom Brackley", "Jago Merrick-Vale"))
    assert planning.save("safety", scorers=[tom, jago], sample="6").status_code == 303
    assert planning.trial().plan.scorers == (tom, jago)


def test_a_watcher_is_outside_the_teams(planning: Planning) -> None:
    """Nobody of a team that takes part is offered."""
    planning.save("teams", team=["Larkfield team", *TEAMS])
    listed = planning.look("safety").text
    assert "Tom Brackley, team manager" not in listed
    assert "Jago Merrick-Vale, team manager" in listed


@pytest.mark.parametrize("step", ["arms", "teams", "outcome", "safety"])
def test_a_step_saved_as_its_page_shows_it_changes_nothing(planning: Planning, step: str) -> None:
    """Whatever a page shows of a plan is what it sends, under the names that are read."""
    planning.fill_in(harm_sign="manager_today=yes")
    before = planning.trial().plan
    assert planning.save(step).status_code == 303
    assert planning.trial().plan == before


def test_an_answer_can_point_to_harm(planning: Planning) -> None:
    """It is chosen in words, in a menu of the page, kept as question and value, and told in words again."""
    menu = planning.fill_in().look("safety").at("harm_sign")
    assert "manager_today=yes" in [option.get("value") for option in menu.iter("option")]
    assert menu.get("name") == "harm_sign"
    planning.save("safety", harm_sign="manager_today=yes")
    harm = planning.trial().plan.harm
    assert (harm.question, harm.value) == ("manager_today", "yes")
    assert "“Does a manager need to know today?”: Yes" in planning.look("register").text
    assert planning.register().status_code == 303
    assert "“Does a manager need to know today?”: Yes" in planning.visitor.get(f"/trials/{planning.key}").text


def test_two_people_in_two_steps_both_win(planning: Planning) -> None:
    """Whoever saves the teams while another saves what families are told takes nothing from them."""
    teams, safety = planning.look("teams"), planning.look("safety")
    assert planning.save("safety", safety, **SAFETY).status_code == 303
    assert planning.save("teams", teams, team=list(TEAMS)).status_code == 303
    plan = planning.trial().plan
    assert (plan.approval, len(plan.teams)) == (SAFETY["approval"], len(TEAMS))


def test_two_people_in_one_step_lose_nothing(planning: Planning) -> None:
    """The second is shown both; saving again is their own decision."""
    page = planning.look("safety")
    assert planning.save("safety", approval="The first approval").status_code == 303
    response = planning.save("safety", page, approval="The second approval")
    assert response.status_code == 409
    assert "The first approval" in response.text
    assert "The second approval" in response.text
    assert planning.trial().plan.approval == "The first approval"
    again = Page(response)
    sent = again.filled("plan")
    assert planning.visitor.send(planning.address("safety"), sent).status_code == 303
    assert planning.trial().plan.approval == "The second approval"


def test_groups_are_kept_where_teams_are_drawn_within_them(planning: Planning) -> None:
    """And let go where they are not, so that no hidden box bars a plan."""
    page = planning.look("teams").filled("plan")
    groups = [f"pair {page['of'].index(name) // 2}" for name in page["of"]]
    assert planning.save("teams", team=list(TEAMS), scheme="paired", group=groups).status_code == 400
    assert {team.group for team in planning.trial().plan.teams} == {f"pair {number}" for number in range(4)}
    assert planning.save("teams", scheme="complete").status_code == 303
    assert {team.group for team in planning.trial().plan.teams} == {""}


def test_teams_that_are_alike_cannot_be_balanced(planning: Planning) -> None:
    """Each has one worker and no form yet: said at the box, before anybody presses the last button."""
    response = planning.save("teams", team=list(TEAMS), scheme="constrained", balance_on=["workers", "forms"])
    assert response.status_code == 400
    assert "The teams are alike in what the drawing is balanced on" in response.text
    others = ["Larkfield team", "Saltmere team", *TEAMS]
    assert planning.save("teams", team=others, scheme="constrained", balance_on=["workers"]).status_code == 303


def test_a_plan_can_be_discarded(planning: Planning) -> None:
    """It goes from the list; a page of it that was left open saves nothing."""
    page = planning.look("teams")
    planning.visitor.get(f"/trials/{planning.key}/discard")
    response = planning.visitor.send(f"/trials/{planning.key}/discard", {"revision": "1"})
    assert response.location == "/trials?discarded=1"
    assert QUESTION not in planning.visitor.get("/trials").text
    sent = {**page.filled("plan"), "team": list(TEAMS)}
    assert planning.visitor.send(planning.address("teams"), sent).status_code in (404, 409)


def test_no_such_step(planning: Planning) -> None:
    """Neither to look at nor to save."""
    assert planning.visitor.get(planning.address("nonsense")).status_code == 404
    assert planning.visitor.send(planning.address("nonsense")).status_code == 404
    assert planning.visitor.send(planning.address("register")).status_code == 404


@pytest.mark.parametrize("step", STEPS[:-1])
def test_what_nobody_would_type_is_taken_as_words(step: str, planning: Planning) -> None:
    """Posted without a single box, or with long and strange ones, a step answers in words."""
    seen = planning.look(step).filled("plan")["seen"]
    assert planning.visitor.send(planning.address(step), {"seen": seen}).status_code in (303, 400)
    seen = planning.look(step).filled("plan")["seen"]
    odd = dict.fromkeys(("question", "team", "scheme", "primary", "harm", "changes", "ends-day"), "<b>\x00’" * 3000)
    response = planning.visitor.send(planning.address(step), {"seen": seen, "tested": "changes", **odd})
    assert response.status_code in (303, 400)
    assert planning.look(step).response.status_code == 200
