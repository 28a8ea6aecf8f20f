"""A trial is begun: what it asks, and of which form."""

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.text import in_language
from engine.trials.plan import Arm, Plan
from engine.trials.plan_problems import NOT_TRIED
from webapp import current
from webapp.access import FORMS, needs
from webapp.config import LANGUAGE
from webapp.drawing.values import Control, Link
from webapp.navigation import SEE_OTHER
from webapp.store.database import Connection
from webapp.store.definitions import Edition, forms_in_use
from webapp.store.trial_planning import add_trial
from webapp.trials.blueprint import blueprint
from webapp.trials.planning.arms_step import CONTROL, QUESTION_HINT, TESTED
from webapp.trials.planning.typed import Wrong, choice, text_box, words_typed


@blueprint.get("/trials/new")
@needs(FORMS)
def new() -> str:
    """What the trial asks, and which form it tries."""
    return _page("", "", {})


@blueprint.post("/trials/new")
@needs(FORMS)
def begin() -> Response | tuple[str, int]:
    """Begin the plan, which leads to its first step."""
    question, form = words_typed(request.form, "question"), words_typed(request.form, "form")
    with current.writing() as connection:
        offered = dict(_forms(connection))
        wrong = {} if question else {"question": "Write what you want to find out"}
        wrong |= {} if form in offered else {"form": "Choose the form"}
        if not wrong:
            in_use = next(each for each in _in_use(connection) if each.form == form)
            arms = (Arm(CONTROL, "Present form", True, in_use.key), Arm(TESTED))
            trial = add_trial(connection, current.viewer(), Plan(question, form, arms), current.now())
            return redirect(url_for("trials.step", key=trial.key, step="arms"), SEE_OTHER)
    return _page(question, form, wrong), 400


def _in_use(connection: Connection) -> tuple[Edition, ...]:
    return forms_in_use(connection, current.viewer(), current.today())


def _forms(connection: Connection) -> list[tuple[str, str]]:
    """The ids and titles of the forms that can be tried."""
    found = [
        (each.form, in_language(each.title, LANGUAGE)) for each in _in_use(connection) if each.form not in NOT_TRIED
    ]
    return sorted(found, key=lambda each: each[1])


def _page(question: str, form: str, wrong: Wrong) -> str:
    with current.reading() as connection:
        offered = [(name, title, "") for name, title in _forms(connection)]
    controls: list[Control] = [
        text_box("question", "What do you want to find out?", question, wrong, QUESTION_HINT, 2),
        choice("form", "Which form is tried?", offered, form, wrong),
    ]
    problems = [Link(f"#{each.first}", each.error) for each in controls if each.error]
    return render_template("trials/new.html", question=controls[0], form=controls[1], problems=problems)
