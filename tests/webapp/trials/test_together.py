"""A trial with another authority on its pages: asked, read, joined, registered, and sealed in both."""

import re
from typing import Any

from flask import Flask

from tests.webapp.assessments.desk import Page
from tests.webapp.store.together import NORTHSHIRE, SOUTHMERE, THEIRS, forms_in, minutes_of
from tests.webapp.trials.planning import QUESTION, TEAMS
from tests.webapp.trials.with_southmere import AFTER, MORWENNA, ROWAN, Both
from webapp import current
from webapp.store.database import writing
from webapp.store.trials import Trial


def test_nobody_is_asked_by_itself(both: Both) -> None:
    """The step of teams says that others can be; asking nobody is told at its box, and it waits for who was asked."""
    assert "Only teams of this authority take part" in both.rowan.look("teams").text
    visitor, address = both.rowan.visitor, f"/trials/{both.rowan.key}/authorities"
    assert "Nobody yet" in visitor.get(address).text
    response = visitor.send(address, {})
    assert response.status_code == 400
    assert "Choose the authority that is asked" in response.text
    both.ask()
    assert f"{SOUTHMERE}: asked on 12 March 2026, has not answered yet" in both.rowan.look("teams").text
    page = both.rowan.look("register").text
    assert f"{SOUTHMERE} has not answered yet" in page
    assert "Register and draw" not in page


def test_an_invitation_holds_the_plan_and_names_nobody(both: Both) -> None:
    """It stands on the page of trials with the question; the plan is there whole, but for who does what elsewhere."""
    both.ask()
    visitor = both.as_(MORWENNA)
    page = Page(visitor.get("/trials"))
    assert QUESTION in page.text
    assert f"Asked by{NORTHSHIRE}, 12 March 2026" in page.text
    assert "Waits for an answer" in page.text
    page = Page(visitor.get(both.invitation))
    assert f"{NORTHSHIRE} asks this authority to take part" in page.text
    assert "So what is life like for this child?" in page.text
    assert "30 June 2026" in page.text
    assert all(name in page.text for name in (*TEAMS, *THEIRS))
    assert not [each for each in ("Petra Oakenfull", "Rowan Tideswell", "RG/2026/14") if each in page.text]
    assert "This authority begins the form that the trial compares with" in page.text


def test_what_is_missing_is_told_at_its_box_and_nothing_is_lost(both: Both) -> None:
    """Nobody watches and one team comes alone: what was typed stays; put right, Northshire sees who has joined."""
    both.ask()
    response = both.join(watcher="", team="Quay team")
    assert response.status_code == 400
    page = Page(response)
    assert "Nobody watches for harm" in page.text
    assert "Let two teams or more take part" in page.text
    assert 'value="Southmere panel, 7"' in response.text
    response = both.join()
    assert response.location == f"{both.invitation}?done=joined"
    assert "This authority takes part" in both.rowan.visitor.get(response.location).text
    visitor = both.as_(ROWAN)
    told = f"{SOUTHMERE}: joined on 12 March 2026 with 4 teams"
    assert told in both.rowan.look("teams").text
    page = Page(visitor.get(both.rowan.address("register")))
    assert f"Teams of {SOUTHMERE}4: Harbour team, Quay team, Reef team, Sands team" in page.text
    assert "With 12 teams" in page.text
    assert "Still to do" not in page.text


def test_a_plan_that_is_changed_is_agreed_to_again(both: Both) -> None:
    """Read before the change, nothing is kept; joined before it, both are told that it has to join again."""
    both.ask()
    visitor = both.as_(MORWENNA)
    before = re.search(r'name="seen" value="([^"]+)"', visitor.get(both.invitation).text)
    assert before
    both.as_(ROWAN)
    both.rowan.save("outcome", smallest="12")
    response = both.join(seen=before[1])
    assert response.status_code == 409
    assert "The plan was changed while your page was open" in response.text
    both.join()
    both.as_(ROWAN)
    both.rowan.save("outcome", smallest="14")
    assert f"{SOUTHMERE} has to join again" in both.rowan.look("register").text
    assert "changed the plan since this authority joined" in both.as_(MORWENNA).get(both.invitation).text


def test_what_is_not_said_yet_is_told_before_joining(both: Both) -> None:
    """Without an end or a way to opt out, whoever joins reads that it has to agree again; told, nothing is said."""
    both.ask()
    assert 'id="unsaid"' not in both.as_(MORWENNA).get(both.invitation).text
    both.as_(ROWAN)
    both.rowan.save("safety", opt_out="")
    no_end: dict[str, Any] = {"ends-day": "", "ends-month": "", "ends-year": ""}
    both.rowan.save("outcome", **no_end)
    page = Page(both.as_(MORWENNA).get(both.invitation))
    warning = f"{NORTHSHIRE} has not said everything yet that all have to agree on. Once it does, you have to read"
    assert warning in page.text
    assert "Not said yet: ends and how to opt out." in page.text
    assert page.text.index(warning) < page.text.index("Join with these teams")


def test_who_has_joined_reads_that_it_has(both: Both) -> None:
    """And changes what it brings, or withdraws: it is not asked any more; its teams are read by name."""
    both.ask()
    both.join()
    visitor = both.as_(MORWENNA)
    done = Page(visitor.get(f"{both.invitation}?done=joined"))
    assert f"{NORTHSHIRE} sees that you have joined, and reads the names of your teams." in done.text
    page = Page(visitor.get(both.invitation))
    assert "You joined on 12 March 2026" in page.text
    assert f"{NORTHSHIRE} asks this authority" not in page.text
    assert all(each in page.text for each in ("Save changes", "Withdraw"))
    assert not [each for each in ("Join again", "Decline") if each in page.text]


def test_the_leader_draws_within_each_authority_while_others_are_asked(both: Both) -> None:
    """The step says so as the invitation does, offers no balancing, and tells what is left without an alarm."""
    assert "All together" in both.rowan.look("teams").text
    both.rowan.save("teams", scheme="constrained", balance_on=["workers"])
    both.ask()
    both.as_(ROWAN)
    page = both.rowan.look("teams")
    assert "There is a problem" not in page.text
    assert "Still to do: What a drawing is balanced on is not known of the teams of other authorities." in page.text
    assert "There is a problem" in both.rowan.look("teams", "?check=1").text
    assert not [each for each in ("All together", "Balanced", "If balanced") if each in page.text]
    assert "Within each authority" in page.text
    assert both.rowan.save("teams", scheme="complete").status_code == 303
    for step in ("teams", "register"):
        assert "Within each authority" in both.rowan.look(step).text
    both.join()
    both.as_(ROWAN)
    both.rowan.save("outcome", smallest="12")
    page = both.rowan.look("teams")
    assert "There is a problem" not in page.text
    assert f"Still to do: {SOUTHMERE} has to join again" in page.text


def test_few_teams_of_one_are_no_fault_while_others_are_asked(both: Both) -> None:
    """Four teams tell nothing alone: that is told beside what they can find, and nothing stands in red."""
    both.ask()
    both.as_(ROWAN)
    assert both.rowan.save("teams", team=list(TEAMS[:4])).status_code == 303
    page = both.rowan.look("teams").text
    assert "There is a problem" not in page
    assert page.count("So few teams can tell nothing") == 1


def test_declining_is_told_with_its_reason(both: Both) -> None:
    """Southmere may still change its mind; Northshire reads why, and goes on without it once it is taken off."""
    both.ask()
    visitor = both.as_(MORWENNA)
    visitor.get(both.invitation)
    response = visitor.send(f"{both.invitation}/decline", {"why": "Two teams are new"})
    assert "This authority takes no part" in visitor.get(response.location).text
    assert "you can still join" in visitor.get(both.invitation).text
    log = Page(both.as_("Senara Polwhele").get("/who-has-looked"))
    assert "declined to take part in another authority’s trial of the form" in log.text
    visitor, address = both.as_(ROWAN), f"/trials/{both.rowan.key}/authorities"
    assert "declined on 12 March 2026: Two teams are new" in Page(visitor.get(address)).text
    visitor.send(f"{address}/off", {"part": both.key})
    assert "Nobody yet" in visitor.get(address).text
    assert both.rowan.register().location.endswith("?done=registered")
    gone = both.as_(MORWENNA).get(both.invitation)
    assert gone.status_code == 409
    assert "This invitation is over" in gone.text


def test_each_has_its_own_page_of_the_trial(both: Both) -> None:
    """Its own teams with their forms, and of the other one a name and a number; only who leads decides for all."""
    lead, part = both.registered()
    visitor = both.as_(ROWAN)
    ours = Page(visitor.get(f"/trials/{lead.key}"))
    assert f"{SOUTHMERE}4 teams; 0 forms begun so far" in ours.text
    assert "Stop the trial" in ours.text
    visitor = both.as_(MORWENNA)
    assert "4 here, 12 with other authorities; led by Northshire Council" in Page(visitor.get("/trials")).text
    assert visitor.get(both.invitation).location == f"/trials/{part.key}"
    theirs = Page(visitor.get(f"/trials/{part.key}"))
    assert f"by {NORTHSHIRE}, before any form was begun" in theirs.text
    assert "Withdraw the teams" in theirs.text
    assert "Opening the results early" not in theirs.text
    assert not [each for each in ("Petra Oakenfull", "Rowan Tideswell") if each in theirs.text.partition("as text")[0]]
    assert lead.registration is not None
    for mark in (lead.registration.plan_hash, lead.registration.seed_commitment, lead.registration.digest):
        assert mark in ours.text
        assert mark in theirs.text
    table = theirs.response.text.partition('id="teams"')[2].partition("</table>")[0]
    assert all(name in table for name in THEIRS)
    assert not [name for name in (*TEAMS, SOUTHMERE) if name in table]
    about = both.as_("Bryony Castledine").get(f"/trials/{part.key}/about").text
    assert f"{NORTHSHIRE} leads this trial, and {SOUTHMERE} takes part" in about
    assert "Morwenna, 01632 960199" in about


def test_a_part_withdraws_itself_and_decides_nothing_else(both: Both) -> None:
    """It opens nothing early, amends nothing but its watcher, and what it withdraws is told in Northshire with why."""
    lead, part = both.registered()
    visitor, address = both.as_(MORWENNA), f"/trials/{part.key}"
    for path in (f"{address}/open", f"{address}/result"):
        assert visitor.get(path).status_code == 403
    visitor.get(address)
    assert visitor.send(f"{address}/open", {"reason": "To see"}).status_code == 403
    response = visitor.send(f"{address}/amend", {"words": "The end is later"})
    assert response.status_code == 400
    assert "what else is changed is for who leads to say" in response.text
    visitor.send(f"{address}/stop", {"reason": "Teams are merged", "sure": "yes"})
    assert "Withdrawn here; results open after 30 June 2026" in visitor.get(address).text
    page = Page(both.as_(ROWAN).get(f"/trials/{lead.key}"))
    assert "Withdrew its teams 12 March 2026: Teams are merged" in page.text
    assert "Running until 30 June 2026" in page.text


def test_nothing_tells_how_a_form_does_before_the_end_in_either(app: Flask, both: Both) -> None:
    """The minutes of a team, which stand nowhere else: no page about trials shows them, and the result does."""
    lead, part = both.registered()
    with writing(both.rowan.database) as connection:
        for trial in (lead, part):
            forms_in(connection, trial, each=11, base=0.44)
    secret = f"{minutes_of(f'{TEAMS[0]} ({NORTHSHIRE})', 5.44):.1f}"
    for name, trial in ((ROWAN, lead), (MORWENNA, part)):
        visitor = both.as_(name)
        found = [visitor.get(f"/trials/{trial.key}{path}").text for path in ("", "/running", "/result", "/about")]
        found += [visitor.get("/trials").text, visitor.get(f"/trials/{trial.key}/result.csv").text]
        assert not [text for text in found if secret in text]
        assert "Finished</th>" not in found[1]
    assert "44 forms begun so far" in Page(both.as_(ROWAN).get(f"/trials/{lead.key}/running")).text
    assert "begun so far" not in both.as_(MORWENNA).get(f"/trials/{part.key}/running").text
    made: current.Surroundings = app.extensions["pith"]
    app.extensions["pith"] = current.Surroundings(made.settings, made.database, lambda: AFTER)
    for name, trial in ((ROWAN, lead), (MORWENNA, part)):
        visitor, address = both.as_(name), f"/trials/{trial.key}/result"
        visitor.get(address)
        visitor.send(address)
        assert secret in visitor.get(address).text
        assert secret in visitor.get(f"{address}.csv").text
    app.extensions["pith"] = made


def test_both_read_one_result(both: Both, ended: tuple[Trial, Trial]) -> None:
    """Opened in Southmere, it is what Northshire reads: every team with its authority, and who withdrew."""
    lead, part = ended
    visitor, address = both.as_(MORWENNA), f"/trials/{part.key}/result"
    assert "Open the result" in visitor.get(address).text
    assert visitor.send(address).status_code == 303
    theirs = Page(visitor.get(address))
    ours = Page(both.as_(ROWAN).get(f"/trials/{lead.key}/result"))
    for page in (theirs, ours):
        assert f"Ashgrove team ({NORTHSHIRE})" in page.text
        assert f"Quay team ({SOUTHMERE})" in page.text
        assert f"{NORTHSHIRE} (8 teams); {SOUTHMERE} (4 teams, withdrawn 12 March 2026)" in page.text
        assert f"{SOUTHMERE} withdrew its 4 teams on 12 March 2026: Teams are merged." in page.text
        assert "in 2 authorities" in page.text
        assert "Stopped12 March 2026: The form is replaced" in page.text
        assert "Teams were drawn by lot within each authority" in page.text
    assert ours.response.text.count(MORWENNA) == 0
