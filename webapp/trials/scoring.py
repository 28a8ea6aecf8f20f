"""Scoring a blind sample: for a scorer one text after another, for those who run the trial how far scorers agree."""

from dataclasses import dataclass

from flask import render_template, request, url_for
from werkzeug.utils import redirect
from werkzeug.wrappers import Response

from webapp import current
from webapp.access import SIGNED_IN, needs
from webapp.drawing.values import Control, Item, Link
from webapp.navigation import SEE_OTHER
from webapp.store.trial_errors import NoScore, ScoringIsOver
from webapp.store.trial_results import is_worked_out
from webapp.store.trial_scoring import STEPS, Sheet, give_score, is_scorer, progress, scored_by, scored_trial, sheets
from webapp.store.trial_sheets import OpenSheet, open_sheet
from webapp.trials.blueprint import blueprint
from webapp.trials.results.agreement import agreement
from webapp.trials.standing_words import standing_words

STEP_WORDS = {
    1: ("It does not say", "Facts and events only, or nothing about this child’s life."),
    2: ("It begins to say", "One of the three is there, in words that would fit many children."),
    3: ("It says some of it", "Two of the three are there and are about this child; or all three, thinly."),
    4: ("It says it well", "All three are there and about this child; something important is left open."),
    5: ("It says it very well", "All three, clearly, with what each rests on; a family could follow the thinking."),
}
"""Each score in words; the three are what life is like for this child, what that means, and what follows from it."""
QUESTION = "How well does it say what life is like for this child, what that means, and what follows from it?"
_NAME = "score"
ABOUT = "You score a sample of what was written, without being told on which form."
NOTHING = "None. When a registered trial names you among those who score, it stands here until its result is opened."


@dataclass(frozen=True, slots=True)
class Numbered:
    """A sheet by its place in the scorer's list."""

    number: int
    sheet: Sheet

    @property
    def words(self) -> str:
        """The score in words; "" for none yet."""
        return "" if self.sheet.score is None else f"{self.sheet.score}: {STEP_WORDS[self.sheet.score][0]}"


@blueprint.get("/trials/scored")
@needs(SIGNED_IN)
def scored() -> str:
    """The trials in which the viewer scores texts; none whose result was worked out, since scoring is over there."""
    viewer, day = current.viewer(), current.today()
    with current.reading() as connection:
        named = [scored_trial(connection, viewer, key) for key in scored_by(connection, viewer)]
        found = [each for each in named if not is_worked_out(connection, each)]
    several = len(found) > 1
    rows = [
        (
            f"Score texts of a trial{f' ({number})' if several else ''}",
            url_for("trials.scoring", key=each.key),
            standing_words(each, day),
        )
        for number, each in enumerate(found, start=1)
    ]
    return render_template(
        "trials/named_in.html", title="Trials in which you score", about=ABOUT, nothing=NOTHING, rows=rows
    )


@blueprint.get("/trials/<key>/scoring")
@needs(SIGNED_IN)
def scoring(key: str) -> str:
    """For a scorer their sheets, for those who run the trial how scoring goes; to others it is not there."""
    viewer, now = current.viewer(), current.now()
    with current.reading() as connection:
        trial = scored_trial(connection, viewer, key)
        over = is_worked_out(connection, trial)
        if not is_scorer(viewer, trial):
            found = progress(connection, viewer, trial, now)
            agreed = agreement(found.pairs)
            return render_template("trials/agreement.html", trial=trial, progress=found, agreed=agreed, over=over)
        mine = _numbered(sheets(connection, viewer, trial, now))
    return render_template("trials/scoring.html", trial=trial, mine=mine, done=_done(mine), over=over, next=_next(mine))


@blueprint.get("/trials/<key>/scoring/<sheet>")
@needs(SIGNED_IN)
def sheet(key: str, sheet: str) -> str:
    """One text to read and score; that it was opened is written down."""
    return _sheet_page(key, sheet)


@blueprint.post("/trials/<key>/scoring/<sheet>")
@needs(SIGNED_IN)
def score(key: str, sheet: str) -> Response | tuple[str, int]:
    """Keep a score and lead on to the next text without one."""
    viewer, now, given = current.viewer(), current.now(), request.form.get(_NAME, "")
    try:
        with current.writing() as connection:
            trial = scored_trial(connection, viewer, key)
            give_score(connection, viewer, trial, sheet, int(given) if given in map(str, STEPS) else None, now)
            following = _next(_numbered(sheets(connection, viewer, trial, now)))
    except NoScore as refused:
        return _sheet_page(key, sheet, refused.message), 400
    if following is None:
        return redirect(url_for("trials.scoring", key=key, kept=sheet), SEE_OTHER)
    return redirect(url_for("trials.sheet", key=key, sheet=following.sheet.key, kept=sheet), SEE_OTHER)


def _sheet_page(key: str, sheet: str, error: str = "") -> str:
    viewer, now = current.viewer(), current.now()
    with current.writing() as connection:
        trial = scored_trial(connection, viewer, key)
        if is_worked_out(connection, trial):
            raise ScoringIsOver
        found = open_sheet(connection, viewer, trial, sheet, now)
        mine = _numbered(sheets(connection, viewer, trial, now))
    control = _control(found, error)
    return render_template(
        "trials/sheet.html",
        trial=trial,
        sheet=found,
        number=next(each.number for each in mine if each.sheet.key == sheet),
        mine=mine,
        done=_done(mine),
        control=control,
        before=_kept_before(mine),
        problems=[Link(f"#{control.first}", error)] if error else [],
    )


def _kept_before(mine: tuple[Numbered, ...]) -> Numbered | None:
    """The sheet whose score was just kept, so that it can be changed."""
    kept = request.args.get("kept")
    return next((each for each in mine if each.sheet.key == kept and each.sheet.score is not None), None)


def _control(found: OpenSheet, error: str) -> Control:
    items = [
        Item(f"{_NAME}-{step}", str(step), f"{step}. {words}", hint, checked=found.score == step)
        for step, (words, hint) in STEP_WORDS.items()
    ]
    return Control(_NAME, _NAME, QUESTION, error=error, items=items)


def _numbered(found: tuple[Sheet, ...]) -> tuple[Numbered, ...]:
    return tuple(Numbered(at, each) for at, each in enumerate(found, start=1))


def _done(mine: tuple[Numbered, ...]) -> int:
    return sum(each.sheet.score is not None for each in mine)


def _next(mine: tuple[Numbered, ...]) -> Numbered | None:
    return next((each for each in mine if each.sheet.score is None), None)
