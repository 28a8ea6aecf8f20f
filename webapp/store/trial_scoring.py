"""Scores of a blind sample: which finished forms of each team are read, by which two scorers, and what they gave."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, exists, not_, select
from sqlalchemy.dialects import postgresql, sqlite

from engine.trials.plan import number, plan_from_json
from webapp.access import CASEWORK, FORMS, Viewer
from webapp.clock import day_ends
from webapp.store.access_log import log_act
from webapp.store.assessments import assessments
from webapp.store.database import Connection
from webapp.store.errors import NoSuchRecord, NotYours
from webapp.store.keys import key_made_from
from webapp.store.people import people, viewers
from webapp.store.submissions import submissions
from webapp.store.trial_errors import NoScore, ScoringIsOver
from webapp.store.trial_results import is_worked_out, opened
from webapp.store.trial_tables import (
    trial_forms,
    trial_registrations,
    trial_scores,
    trial_taken_out,
    trial_teams,
    trials,
)
from webapp.store.trials import Trial, all_parts, trial_by_key

Json = Any

STEPS = range(1, 6)
"""The scores that can be given, from the least to the most."""
APART = 2
"""From this difference between two scorers on, a third reads the form too."""


@dataclass(frozen=True, slots=True)
class Sampled:
    """A finished form of the sample: its assessment (an id), the key of its sheet, and its readers (ids) in order.

    The first two read it; the third does where those disagree. The sheet's key leads nowhere else.
    """

    assessment: int
    sheet: str
    readers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A form that a scorer reads, by its own key, with the score that they gave; None for none yet."""

    key: str
    score: int | None


@dataclass(frozen=True, slots=True)
class Paired:
    """Two scores of one form by different people, without saying whose form it is."""

    first: int
    second: int


@dataclass(frozen=True, slots=True)
class Progress:
    """How far scoring is: forms in the sample, readings asked for and given, and forms that two have scored."""

    forms: int
    asked: int
    given: int
    pairs: tuple[Paired, ...]
    thirds: int


_FINISHED = (
    select(
        trial_forms.c.assessment_id,
        assessments.c.key,
        trial_forms.c.team_id,
        submissions.c.submitted_by,
        assessments.c.begun_by,
    )
    .join(
        trial_teams,
        (trial_teams.c.trial_id == trial_forms.c.trial_id) & (trial_teams.c.team_id == trial_forms.c.team_id),
    )
    .join(submissions, submissions.c.assessment_id == trial_forms.c.assessment_id)
    .join(assessments, assessments.c.id == trial_forms.c.assessment_id)
    .where(
        trial_forms.c.trial_id == bindparam("trial"),
        submissions.c.submitted_at <= bindparam("up_to"),
        not_(trial_teams.c.late),
        not_(
            exists().where(
                trial_taken_out.c.assessment_id == trial_forms.c.assessment_id, trial_taken_out.c.kind == "family"
            )
        ),
    )
)
_REGISTERED = (
    select(trials.c.key, trials.c.plan)
    .join(trial_registrations, trial_registrations.c.trial_id == trials.c.id)
    .where(trials.c.authority_id == bindparam("authority"))
    .order_by(trials.c.id.desc())
)
_SCORERS = viewers().where(people.c.key.in_(bindparam("keys", expanding=True)))
_SCORES = (
    select(trial_scores.c.assessment_id, trial_scores.c.scorer_id, trial_scores.c.score)
    .where(trial_scores.c.trial_id == bindparam("trial"))
    .order_by(trial_scores.c.assessment_id, trial_scores.c.at)
)

_GIVE = {
    kind.__name__.rsplit(".", 1)[1]: given.on_conflict_do_update(
        index_elements=["assessment_id", "scorer_id"], set_={"score": given.excluded.score, "at": given.excluded.at}
    )
    for kind, given in ((each, each.insert(trial_scores)) for each in (postgresql, sqlite))
}


def standing_score(scores: Sequence[int]) -> float:
    """The score that stands: of two their mean, of three (a third read what two disagreed about) the middle one."""
    ordered = sorted(scores)
    return float(ordered[1]) if len(ordered) == 3 else sum(ordered) / len(ordered)


def scored_trial(connection: Connection, viewer: Viewer, key: str) -> Trial:
    """A registered trial in which quality is scored, for its scorers and for those who try forms.

    Raises NoSuchRecord to everybody else, as if it were not there.
    """
    trial = trial_by_key(connection, viewer, key)
    may = FORMS.allows(viewer) or is_scorer(viewer, trial)
    if trial.registration is None or not trial.plan.asks_for("quality") or not may:
        raise NoSuchRecord
    return trial


def scored_by(connection: Connection, viewer: Viewer) -> tuple[str, ...]:
    """The keys of the trials in which the viewer scores, newest first."""
    rows = connection.execute(_REGISTERED, {"authority": viewer.authority}) if CASEWORK.allows(viewer) else ()
    plans = ((key, plan_from_json(plan)) for key, plan in rows)
    return tuple(key for key, plan in plans if viewer.key in plan.scorers and plan.asks_for("quality"))


def is_scorer(viewer: Viewer, trial: Trial) -> bool:
    """Whether the registered plan names the viewer, who does casework, among those who score."""
    return trial.registration is not None and CASEWORK.allows(viewer) and viewer.key in trial.plan.scorers


def sample(connection: Connection, trial: Trial, up_to: datetime) -> tuple[Sampled, ...]:
    """The forms that are scored, in an order that tells neither team nor arm; `up_to` a moment they were finished by.

    Of each team those finished forms are taken that come first by a hash with the trial's secret seed, as many as the
    plan says: the same whoever asks, and nobody can steer which.
    """
    assert trial.registration is not None
    seed, most = trial.registration.seed, int(number(trial.plan.sample) or 0)
    by_team: dict[int, list[tuple[str, Any]]] = {}
    asked = {"trial": trial.id, "up_to": min(up_to, day_ends(trial.registration.ends_on))}
    for row in connection.execute(_FINISHED, asked):
        by_team.setdefault(row.team_id, []).append((_lot(seed, trial.key, "sample", row.key), row))
    chosen = [each for rows in by_team.values() for each in sorted(rows, key=lambda each: each[0])[:most]]
    scorers = [(row[0], row[1], row[5]) for row in connection.execute(_SCORERS, {"keys": list(trial.plan.scorers)})]
    return tuple(
        Sampled(row.assessment_id, key_made_from("sheet", seed, trial.key, row.key), _readers(seed, row, scorers))
        for _, row in sorted(chosen, key=lambda each: each[0])
    )


def _lot(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _readers(seed: str, row: Any, scorers: Sequence[tuple[int, str, int]]) -> tuple[int, ...]:
    """Three scorers by lot; nobody who wrote the form, and of its team only where there are not enough others."""
    others = [each for each in scorers if each[0] not in (row.submitted_by, row.begun_by)]
    drawn = sorted(others, key=lambda each: (each[2] == row.team_id, _lot(seed, "reader", row.key, each[1])))
    return tuple(scorer for scorer, _, _ in drawn[:3])


def sheets(connection: Connection, viewer: Viewer, trial: Trial, at: datetime) -> tuple[Sheet, ...]:
    """What a scorer is asked to read, with what they gave, in their order; raises NotYours."""
    return tuple(Sheet(each.sheet, score) for each, score in _asked_of(connection, viewer, trial, at))


def _asked_of(connection: Connection, viewer: Viewer, trial: Trial, at: datetime) -> list[tuple[Sampled, int | None]]:
    if not is_scorer(viewer, trial):
        raise NotYours(who="the scorers that the registered plan names")
    given = _given(connection, trial)
    return [
        (each, given.get(each.assessment, {}).get(viewer.id))
        for each in sample(connection, trial, at)
        if viewer.id in _asked(each, given.get(each.assessment, {}))
    ]


def _asked(form: Sampled, given: Mapping[int, int]) -> tuple[int, ...]:
    """Who reads a form as things stand: two, and a third where they are far apart."""
    first_two = form.readers[:2]
    both = [given[reader] for reader in first_two if reader in given]
    apart = len(both) == 2 and abs(both[0] - both[1]) >= APART
    return form.readers if apart else first_two


def _given(connection: Connection, trial: Trial) -> Mapping[int, dict[int, int]]:
    found: dict[int, dict[int, int]] = {}
    for assessment, scorer, score in connection.execute(_SCORES, {"trial": trial.id}):
        found.setdefault(assessment, {})[scorer] = score
    return found


def sheet_of(
    connection: Connection, viewer: Viewer, trial: Trial, key: str, at: datetime
) -> tuple[Sampled, int | None]:
    """One form that the viewer is asked to score, by its sheet's key; raises NotYours, NoSuchRecord."""
    found = [each for each in _asked_of(connection, viewer, trial, at) if each[0].sheet == key]
    if not found:
        raise NoSuchRecord
    return found[0]


def give_score(
    connection: Connection, viewer: Viewer, trial: Trial, sheet: str, score: int | None, at: datetime
) -> None:
    """Keep a score from 1 to 5; given again, the new one stands until the result is worked out.

    Raises NotYours, NoSuchRecord, NoScore, ScoringIsOver.
    """
    form, before = sheet_of(connection, viewer, trial, sheet, at)
    if is_worked_out(connection, trial):
        raise ScoringIsOver
    if score not in STEPS:
        raise NoScore
    if score == before:
        return
    values: dict[str, Json] = {
        "assessment_id": form.assessment,
        "scorer_id": viewer.id,
        "authority_id": viewer.authority,
    }
    values |= {"trial_id": trial.id, "score": score, "at": at}
    connection.execute(_GIVE[connection.dialect.name], values)
    log_act(connection, viewer, "trial", [trial.id], "scored", at)


def progress(connection: Connection, viewer: Viewer, trial: Trial, at: datetime) -> Progress:
    """How far scoring is and how far scorers agree, for those who try forms; nothing in it tells arms or teams.

    Raises NotYours.
    """
    if not FORMS.allows(viewer):
        raise NotYours(who=FORMS.words)
    drawn, given = sample(connection, trial, at), _given(connection, trial)
    return _progress(drawn, given)


def progress_of_all(connection: Connection, viewer: Viewer, trial: Trial, at: datetime) -> Progress:
    """The same over all authorities that take part, for the page of the result. Raises as `opened`."""
    opened(connection, viewer, trial, at)
    parts = [(sample(connection, each, at), _given(connection, each)) for each in all_parts(connection, trial)]
    drawn = [form for forms, _ in parts for form in forms]
    return _progress(drawn, {form: scores for _, given in parts for form, scores in given.items()})


def _progress(drawn: Sequence[Sampled], given: Mapping[int, dict[int, int]]) -> Progress:
    asked = [(each, reader) for each in drawn for reader in _asked(each, given.get(each.assessment, {}))]
    done = sum(reader in given.get(each.assessment, {}) for each, reader in asked)
    thirds = sum(len(_asked(each, given.get(each.assessment, {}))) == 3 for each in drawn)
    return Progress(len(drawn), len(asked), done, tuple(_pairs(drawn, given)), thirds)


def unscored(connection: Connection, viewer: Viewer, trial: Trial, at: datetime) -> int:
    """How many forms of the sample, of whichever team, nobody has scored yet. Raises NotYours."""
    if not FORMS.allows(viewer):
        raise NotYours(who=FORMS.words)
    given = _given(connection, trial)
    return sum(each.assessment not in given for each in sample(connection, trial, at))


def _pairs(drawn: Sequence[Sampled], given: Mapping[int, Mapping[int, int]]) -> list[Paired]:
    both = ([given.get(each.assessment, {}).get(reader) for reader in each.readers[:2]] for each in drawn)
    return [Paired(one[0], one[1]) for one in both if len(one) == 2 and one[0] is not None and one[1] is not None]
