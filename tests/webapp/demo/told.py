"""The forms of the stories evaluated without a database, as they would stand if the demonstration began on some day."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from engine.definition import Definition, definition_from_json
from engine.journey import Child, Context, Journey, evaluate
from engine.question_types.base import is_not_known
from webapp.clock import london_day
from webapp.demo.forms import local_definition, local_version
from webapp.demo.relative_dates import born, moment
from webapp.demo.stories import Story, ToldForm, stories
from webapp.demo.writing import answers_in
from webapp.library import LIBRARY, code_lists, read_definition, read_file

Json = Any
TODAY = date(2026, 3, 12)


@dataclass(frozen=True, slots=True)
class Told:
    """A form of a story, evaluated on the day it was last written or submitted."""

    story: Story
    form: ToldForm
    journey: Journey

    @property
    def name(self) -> str:
        """The story, the form and when it was begun."""
        return f"{self.story.name}, {self.form.form} of {next(iter(self.form.written))}"


@cache
def told_forms(today: date = TODAY) -> tuple[Told, ...]:
    """Every form of every story."""
    return tuple(_told_forms(today))


def _told_forms(today: date) -> Iterator[Told]:
    for story in stories():
        for form in story.forms:
            at = moment(form.submitted or list(form.written)[-1], today)
            definition = definition_on(form.form, moment(next(iter(form.written)), today), today)
            answers = answers_in(form, definition, {name: name for name in form.about}, today)
            yield Told(story, form, evaluate(definition, answers, _context(story, form, london_day(at), today)))


def _context(story: Story, form: ToldForm, day: date, today: date) -> Context:
    children = [(name, story.children[name]) for name in form.about]
    return Context(
        day.isoformat(),
        tuple(
            Child(
                name,
                born(child.age, today).isoformat() if child.age else None,
                child.expected_in_days is not None,
                child.disabled,
                child.interpreter,
            )
            for name, child in children
        ),
    )


def definition_on(form: str, begun: datetime, today: date) -> Definition:
    """The version of a form that was begun at a moment: Northshire's own while it had one."""
    local = local_version()
    tried = moment(local["published"], today) <= begun < moment(local["withdrawn"], today)
    if tried and form == local["overlay"]["form"]:
        return definition_from_json(local_definition(local), {})
    return _shipped(form, london_day(begun).isoformat())


@cache
def _shipped(form: str, day: str) -> Definition:
    newest = max((LIBRARY / form).glob("*.json"), key=lambda path: int(path.stem))
    _, files = read_definition(newest)
    return definition_from_json(read_file(newest).value, code_lists(files), day)


def carried(told: Told) -> set[str]:
    """The questions and columns that a form offers to carry forward: there the same words are meant to come again."""
    questions = told.journey.definition.questions
    columns = [column for question in questions for column in question.columns]
    return {each.id for each in (*questions, *columns) if each.carry_forward == "offer" and each.type != "rows"}


def texts(value: Json, without: Collection[str] = ()) -> Iterator[str]:
    """Every text that somebody wrote, in an answer of any kind, some columns left out."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for each in value:
            yield from texts(each, without)
    elif isinstance(value, dict):
        for key, each in value.items():
            if key not in ("id", "evidence", *without):
                yield from texts(each, without)


def words_in(value: Json) -> int:
    """How many words a text answer has, what it rests on left out."""
    if is_not_known(value):
        return 0
    return len(str(value["text"] if isinstance(value, dict) else value).split())
