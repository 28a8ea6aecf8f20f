"""What a scorer reads of a form: its analysis alone, without whose it is, who wrote it, and on which form."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select

from engine.question_types import question_types
from webapp.access import Viewer
from webapp.store.access_log import log_act
from webapp.store.assessments import assessment_children, assessments
from webapp.store.authorities import teams
from webapp.store.children import children
from webapp.store.database import Connection
from webapp.store.definitions import definitions
from webapp.store.particulars_history import former_names
from webapp.store.people import people
from webapp.store.submissions import submissions
from webapp.store.trial_scoring import sheet_of
from webapp.store.trial_tables import trial_forms
from webapp.store.trials import Trial

Json = Any

HIDDEN = "[left out]"


@dataclass(frozen=True, slots=True)
class OpenSheet:
    """A form to be scored: its sheet's key, what was written in it, and the score the viewer gave (None for none).

    The texts stand in an order of the sheet's own, not in that of its form, which would tell the arm.
    """

    key: str
    texts: tuple[str, ...]
    score: int | None


_writer = people.alias("writer")
_FORM = (
    select(
        submissions.c.id,
        submissions.c.record,
        definitions.c.content,
        people.c.name.label("begun_by"),
        _writer.c.name.label("submitted_by"),
        teams.c.name.label("team"),
    )
    .join(assessments, assessments.c.id == submissions.c.assessment_id)
    .join(definitions, definitions.c.id == assessments.c.definition_id)
    .join(trial_forms, trial_forms.c.assessment_id == assessments.c.id)
    .join(teams, teams.c.id == trial_forms.c.team_id)
    .join(people, people.c.id == assessments.c.begun_by)
    .join(_writer, _writer.c.id == submissions.c.submitted_by)
    .where(submissions.c.assessment_id == bindparam("assessment"))
)
_CHILDREN = (
    select(children.c.id, children.c.given_name, children.c.family_name)
    .join(assessment_children, assessment_children.c.child_id == children.c.id)
    .where(assessment_children.c.assessment_id == bindparam("assessment"))
)


def open_sheet(connection: Connection, viewer: Viewer, trial: Trial, key: str, at: datetime) -> OpenSheet:
    """What stands on one sheet, with a row in the access log for the form that was opened.

    The names of the children, of whoever wrote it, of the teams and of the arms are left out of the text.
    Raises NotYours, NoSuchRecord.
    """
    form, score = sheet_of(connection, viewer, trial, key, at)
    assert trial.registration is not None
    row = connection.execute(_FORM, {"assessment": form.assessment}).one()
    log_act(connection, viewer, "submission", [row.id], "opened", at)
    teams_by_name = [row.team, *(team.name for team in trial.plan.teams)]
    hidden = [row.begun_by, row.submitted_by, *teams_by_name, *(arm.name for arm in trial.plan.arms)]
    names = _names_of_children(connection, form.assessment)
    texts = analyses(row.content, row.record, f"{trial.registration.seed}\n{form.sheet}")
    return OpenSheet(key, tuple(_without(hidden, names, each) for each in texts), score)


def analyses(content: Json, record: Json, lot: str) -> tuple[str, ...]:
    """The texts of a record that answer questions for analysis, the questions mixed by lot.

    The order is the same for the same lot and questions, whatever the order in which a form asks them.
    """
    asked = [
        question["id"]
        for section in content["sections"]
        for question in section["questions"]
        if question.get("kind") == "analysis" and question_types()[question["type"]].measure == "text"
    ]
    asked.sort(key=lambda name: hashlib.sha256(f"{lot}\n{name}".encode()).hexdigest())
    return tuple(text for name in asked for text in _texts(record.get(name)) if text)


def _texts(value: Json) -> Iterable[str]:
    """The text of an answer, of each child's where it was asked for each, without what it rests on."""
    if isinstance(value, str):
        return [value.strip()]
    if not isinstance(value, dict) or "not_known" in value:
        return []
    if "text" in value:
        return _texts(value["text"])
    return [text for each in value.values() for text in _texts(each)]


def _names_of_children(connection: Connection, assessment: int) -> set[str]:
    """The names that the children of a form have and had, and each given name alone; as written and in capitals."""
    rows = connection.execute(_CHILDREN, {"assessment": assessment}).all()
    former = former_names(connection, [row.id for row in rows])
    both = [(row.given_name, row.family_name) for row in rows]
    both += [(each.given_name, each.family_name) for names in former.values() for each in names]
    found = {part for given, family in both for part in (f"{given} {family}".strip(), given, family, *given.split())}
    return found | {each.upper() for each in found}


def _without(hidden: Iterable[str], as_written: Iterable[str], text: str) -> str:
    """The text with these left out, whole words alone; a child's name not where it is a word like any other (may)."""
    for names, flags in ((hidden, re.IGNORECASE), (as_written, re.NOFLAG)):
        found = sorted({each for each in names if each.strip()}, key=len, reverse=True)
        if found:
            text = re.sub("|".join(rf"(?<!\w){re.escape(each)}(?!\w)" for each in found), HIDDEN, text, flags=flags)
    return text
