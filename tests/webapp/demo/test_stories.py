"""The stories fit the forms they are told in: each answer is asked for and valid, what was submitted is complete."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from engine.answers import problems_of
from engine.places import Place
from engine.question_types.base import is_not_known
from tests.webapp.demo.told import TODAY, Told, told_forms
from webapp.clock import LONDON, in_london
from webapp.demo.people import NEWCOMERS, NORTHSHIRE
from webapp.demo.relative_dates import moment
from webapp.demo.stories import stories
from webapp.quotations import quoted

Json = Any
DAYS = [TODAY, date(2027, 1, 3), date(2028, 2, 29), date(2026, 11, 25)]
"""A Thursday; a Sunday after Christmas; a leap day; late in a year."""


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_every_answer_is_asked_for_and_valid(today: date) -> None:
    """Whatever the day the demonstration is filled, nothing was written where the form does not ask."""
    wrong = {}
    for told in told_forms(today):
        journey = told.journey
        found = [f"{place}: {finding.code}" for place, finding in journey.findings]
        found += [f"{place}: not asked" for place in _answered(told) if place not in journey.shown_set]
        if told.form.submitted:
            found += [f"{each.place}: {each.code}" for each in problems_of(journey)]
        wrong[told.name] = found
    assert {name: found for name, found in wrong.items() if found} == {}


def _answered(told: Told) -> Iterator[Place]:
    for name, value in told.journey.answers.items():
        for child, each in value.items() if name in told.journey.definition.per_child else [(None, value)]:
            yield Place(name, child)
            rows = each if isinstance(each, list) and each and isinstance(each[0], dict) else []
            for number, row in enumerate(rows):
                yield from (Place(name, child, number, column) for column in row if column != "id")


def test_writing_rests_on_answers_that_are_there() -> None:
    """Each answer that an analysis points to can be quoted under it."""
    missing = [f"{told.name}: {each}" for told in told_forms() for each in _pointed_to(told) if not _stands(told, each)]
    assert missing == []


def _pointed_to(told: Told) -> Iterator[str]:
    definition = told.journey.definition
    for name, value in told.journey.answers.items():
        for each in value.values() if name in definition.per_child else [value]:
            if isinstance(each, dict) and not is_not_known(each):
                yield from each.get("evidence", ())


def _stands(told: Told, evidence: str) -> bool:
    names = {name: name for name in told.form.about}
    return any(quoted(told.journey.definition, told.journey.record(), names, [evidence]))


def test_people_work_by_day_one_step_after_the_other() -> None:
    """A form is written, then submitted, then read, by people of Northshire, between eight and seven on weekdays."""
    known = {person.name for team in (*NORTHSHIRE.teams, *NEWCOMERS) for person in team.people}
    for story in stories():
        did = [(at, who) for child in story.children.values() for at, who in child.added.items()]
        did += [(given.on, given.by) for given in story.given] + [(looked.at, looked.who) for looked in story.looked]
        for form in story.forms:
            steps = [*form.written.items(), *([(form.submitted, "")] if form.submitted else [])]
            steps += list((form.read or {}).items())
            moments = [moment(at, TODAY) for at, _ in steps]
            assert moments == sorted(moments), story.name
            did += steps
        for at, who in did:
            local = in_london(moment(at, TODAY))
            assert local.tzinfo is LONDON
            assert 8 <= local.hour < 19, f"{story.name}: {at}"
            assert local.weekday() < 5
            assert local.date() <= TODAY - timedelta(days=1)
            assert who in known or who == ""
