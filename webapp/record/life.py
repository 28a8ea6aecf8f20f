"""Life at the moment: the latest voice and the latest analysis in what was submitted about a child."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from engine.definition import Question
from engine.text import in_language
from webapp.config import LANGUAGE
from webapp.store.assessments import Assessment
from webapp.store.children import Child
from webapp.store.database import Connection
from webapp.store.submissions import Submission, newest_submissions
from webapp.telling import Telling, Told, telling_of_submission


@dataclass(frozen=True, slots=True)
class Passages:
    """Whole answers out of one submitted form: its key and title, who submitted it, and when.

    `child` is the key of the child whose record alone can be read of it, "" where everybody's can.
    """

    key: str
    child: str
    title: str
    by: str
    at: datetime
    told: Sequence[Told]


@dataclass(frozen=True, slots=True)
class Life:
    """The latest voice and the latest analysis, each None while no submitted form holds one."""

    voice: Passages | None
    analysis: Passages | None


def life_of(connection: Connection, child: Child, about: Sequence[Assessment]) -> Life:
    """From the newest submission that holds one: this child's own answers and what was written once for all.

    `about` are the assessments about the child, as far as the viewer may read them.
    """
    voice: Passages | None = None
    analysis: Passages | None = None
    for assessment, submission in newest_submissions(connection, about):
        told = telling_of_submission(connection, assessment, submission).of_child(child.key)
        voice = voice or _passages(child, assessment, submission, list(_said(told, _voices(told))))
        analysis = analysis or _passages(child, assessment, submission, list(_said(told, _analyses(told))))
        if voice and analysis:
            break
    return Life(voice, analysis)


def _voices(telling: Telling) -> Iterator[Question]:
    return (question for question in telling.definition.questions if question.kind == "voice")


def _analyses(telling: Telling) -> Iterator[Question]:
    """What the form makes of it all; the reason for one decision is read beside that decision."""
    for question in telling.definition.questions:
        if question.kind == "analysis" and question.reason_for is None:
            yield question


def _said(telling: Telling, questions: Iterator[Question]) -> Iterator[Told]:
    return (told for told in telling.told(questions) if told.said)


def _passages(child: Child, assessment: Assessment, submission: Submission, told: Sequence[Told]) -> Passages | None:
    if not told:
        return None
    title = in_language(assessment.edition.title, LANGUAGE)
    alone = "" if assessment.whole else child.key
    return Passages(assessment.key, alone, title, submission.submitted_by, submission.submitted_at, told)
