"""Planning a trial in five steps, each of which keeps what was typed."""

from tests.webapp.trials.planning import TEAMS, Planning


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
    assert trial.registration.seed not in page
    assert all(name in page for name in TEAMS)
