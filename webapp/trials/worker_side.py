"""What a worker and a manager do about a form under trial: ratings, a family that opts out, taking out for safety."""

from dataclasses import dataclass, field
from datetime import date

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.text import in_language
from engine.trials.plan import day_from
from webapp import current
from webapp.access import CASEWORK, MANAGER, PRACTITIONER, needs
from webapp.config import LANGUAGE
from webapp.drawing.filling import about as about_whom
from webapp.drawing.trial_ratings import family_rating, worker_rating
from webapp.drawing.values import Control, Link
from webapp.navigation import SEE_OTHER
from webapp.store.assessments import Assessment, find_assessment
from webapp.store.database import Connection
from webapp.store.errors import NoSuchRecord
from webapp.store.submissions import submission_of
from webapp.store.trial_measures import RATINGS, RatedBy, rate, ratings_of
from webapp.store.under_trial import UnderTrial, take_out, trial_of
from webapp.trials.blueprint import blueprint
from webapp.trials.planning.typed import box, day_box, day_typed, ticks, words_typed

LONGEST = 500
CHOOSE = "Choose one of the five, or leave the page: nobody has to answer"


@dataclass(frozen=True, slots=True)
class OnForm:
    """A form under trial as its page shows it, and what was given of it before; `writer` submitted it."""

    assessment: Assessment
    under: UnderTrial
    given: dict[RatedBy, tuple[int, date | None]] = field(default_factory=dict)
    writer: int = 0


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong with what was posted, by the control it stands at; "" for nothing."""

    worker: str = ""
    family: str = ""
    said_on: str = ""
    opted_out: str = ""
    reason: str = ""


@blueprint.get("/assessments/<key>/trial")
@needs(CASEWORK)
def form_under_trial(key: str) -> str:
    """What can be said and done about one form under trial."""
    with current.reading() as connection:
        found = _found(connection, key)
    return _page(found, Wrong())


@blueprint.post("/assessments/<key>/trial/worker")
@needs(PRACTITIONER)
def rate_as_worker(key: str) -> Response | tuple[str, int]:
    """Keep how well the form helped its writer; the new answer stands."""
    value = _chosen("worker")
    with current.writing() as connection:
        found = _found(connection, key)
        if value is None:
            return _page(found, Wrong(worker=CHOOSE)), 400
        rate(connection, current.viewer(), found.assessment, "worker_rating", value, current.now())
    return _back(key, "worker")


@blueprint.post("/assessments/<key>/trial/family")
@needs(CASEWORK)
def rate_as_family(key: str) -> Response | tuple[str, int]:
    """Keep what the family said, and on which day."""
    value, said_on = _chosen("family"), day_from(day_typed(request.form, "said_on"))
    with current.writing() as connection:
        found = _found(connection, key)
        no_day = said_on is None or not found.assessment.begun_at.date() <= said_on <= current.today()
        wrong = Wrong(
            family="" if value is not None else CHOOSE,
            said_on="Give the day on which they said it: a real date, not before the form was begun" if no_day else "",
        )
        if value is None or no_day:
            return _page(found, wrong), 400
        rate(connection, current.viewer(), found.assessment, "family_rating", value, current.now(), said_on)
    return _back(key, "family")


@blueprint.post("/assessments/<key>/trial/opt-out")
@needs(CASEWORK)
def opt_out(key: str) -> Response | tuple[str, int]:
    """Note that the family does not take part: nothing about them is measured, and what was is forgotten.

    It cannot be taken back, so it is ticked before it is pressed.
    """
    with current.writing() as connection:
        found = _found(connection, key)
        if request.form.get("opted_out") != "yes":
            return _page(found, Wrong(opted_out="Tick this if the family has said so: it cannot be taken back")), 400
        take_out(connection, current.viewer(), found.assessment, "family", "", current.now())
    return _back(key, "opted-out")


@blueprint.post("/assessments/<key>/trial/take-out")
@needs(MANAGER)
def take_out_for_safety(key: str) -> Response | tuple[str, int]:
    """Take a child's form out for safety, with the reason; what is begun about them later is the usual form."""
    reason = " ".join(words_typed(request.form, "reason").split())
    with current.writing() as connection:
        found = _found(connection, key)
        if not reason or len(reason) > LONGEST:
            wrong = "Write a line that says why" if not reason else f"Write at most {LONGEST} characters"
            return _page(found, Wrong(reason=wrong)), 400
        take_out(connection, current.viewer(), found.assessment, "safety", reason, current.now())
    return _back(key, "taken-out")


def _found(connection: Connection, key: str) -> OnForm:
    """The form, for whoever may open every child it is about; raises NoSuchRecord also for one outside trials."""
    assessment = find_assessment(connection, current.viewer(), key)
    under = trial_of(connection, assessment, current.today())
    if under is None:
        raise NoSuchRecord
    if assessment.draft:
        return OnForm(assessment, under)
    writer = submission_of(connection, assessment).writer
    return OnForm(assessment, under, ratings_of(connection, assessment), writer)


def _chosen(name: str) -> int | None:
    typed = request.form.get(name, "")
    return int(typed) if typed in map(str, RATINGS) else None


def _back(key: str, done: str) -> Response:
    return redirect(url_for("trials.form_under_trial", key=key, done=done), SEE_OTHER)


def _page(found: OnForm, wrong: Wrong) -> str:
    viewer, under = current.viewer(), found.under
    submitted = not found.assessment.draft
    asks_worker = submitted and under.asks_worker and not under.ended and found.writer == viewer.id
    controls = {
        "worker": _worker(found, wrong) if asks_worker else None,
        "family": _family(found, wrong) if submitted and under.asks_family and not under.ended else None,
        "said_on": day_box("said_on", "When did they say it?", _said_on(found), {"said_on": wrong.said_on}),
        "opted_out": _opted_out(wrong) if not under.is_out("family") else None,
        "reason": _reason(wrong) if MANAGER.allows(viewer) and not under.over and not under.is_out("safety") else None,
    }
    shown = [control for control in controls.values() if control is not None and control.error]
    return render_template(
        "trials/form_under_trial.html",
        assessment=found.assessment,
        under=under,
        form_title=in_language(found.assessment.edition.title, LANGUAGE),
        about=about_whom(found.assessment.children, current.today()),
        problems=[Link(f"#{each.first}", each.error) for each in shown],
        done=request.args.get("done", ""),
        **controls,
    )


def _worker(found: OnForm, wrong: Wrong) -> Control:
    before = found.given.get("worker_rating", (None, None))[0]
    return worker_rating(_chosen("worker") or before, wrong.worker)


def _family(found: OnForm, wrong: Wrong) -> Control:
    before = found.given.get("family_rating", (None, None))[0]
    return family_rating(_chosen("family") or before, wrong.family)


def _said_on(found: OnForm) -> str:
    before = found.given.get("family_rating", (None, None))[1]
    return day_typed(request.form, "said_on") or (before.isoformat() if before else "")


def _opted_out(wrong: Wrong) -> Control:
    options = [("yes", "The family has said that they do not take part", "")]
    return ticks("opted_out", "Has the family opted out?", options, (), {"opted_out": wrong.opted_out})


def _reason(wrong: Wrong) -> Control:
    hint = (
        "It is kept with the form. Whoever watches the trial for harm finds on their page that it was, and may ask you"
    )
    return box("reason", "Why is it taken out?", words_typed(request.form, "reason"), {"reason": wrong.reason}, hint)
