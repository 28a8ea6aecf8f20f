"""What the people of the stories did, in the order of time, as their pages would have done it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from webapp.demo import writing
from webapp.demo.forms import deeds_about_forms
from webapp.demo.relative_dates import born, expected, moment
from webapp.demo.stage import Stage
from webapp.demo.stories import Given, Looked, Story, ToldChild, ToldForm, stories
from webapp.demo.trials import deeds_of_trials
from webapp.store.allocations import allocated_to
from webapp.store.children import NewChild, hold_child, open_child
from webapp.store.handovers import Handover, hand_over, takers
from webapp.store.matches import look_for
from webapp.store.matching import Sought
from webapp.store.new_records import NewRecord, make_record

A_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Deed:
    """Something done at a moment."""

    at: datetime
    do: Callable[[Stage], object]


def deeds(today: date) -> list[Deed]:
    """Everything that is done in the demonstration, the first deed first."""
    found = [deed for story in stories() for deed in _of_story(story, today)]
    found += [Deed(moment(at, today), do) for at, do in (*deeds_about_forms(), *deeds_of_trials())]
    return sorted(found, key=lambda deed: deed.at)


def _of_story(story: Story, today: date) -> Iterator[Deed]:
    for name, child in story.children.items():
        ((at, who),) = child.added.items()
        yield Deed(moment(at, today), partial(_make_record, story=story, name=name, child=child, at=at, who=who))
    for given in story.given:
        yield _opening(story.name, given.by, given.children, moment(given.on, today))
        yield Deed(moment(given.on, today), partial(_give, story=story.name, given=given))
    for looked in story.looked:
        yield Deed(moment(looked.at, today), partial(_look, story=story.name, looked=looked))
    for form in story.forms:
        yield from _of_form(story.name, form, today)


@dataclass(slots=True)
class _Form:
    """A form of a story on its way; its key is known once it was begun."""

    story: str
    told: ToldForm
    key: str = ""

    def begin(self, stage: Stage) -> None:
        self.key = writing.begin(stage, self.story, self.told)

    def sit_down(self, stage: Stage, sitting: int) -> None:
        writing.sit_down(stage, self.story, self.told, self.key, sitting)

    def hand_in(self, stage: Stage) -> None:
        writing.hand_in(stage, self.told, self.key)

    def read(self, stage: Stage, who: str, at: datetime) -> None:
        writing.read(stage, self.key, who, at)


def _of_form(story: str, told: ToldForm, today: date) -> Iterator[Deed]:
    """Its sittings, its submission and its readings."""
    form, (first, *_) = _Form(story, told), told.written
    yield _opening(story, told.written[first], told.about[:1], moment(first, today))
    yield Deed(moment(first, today), form.begin)
    for number, at in enumerate(told.written):
        yield Deed(moment(at, today), partial(form.sit_down, sitting=number))
    if told.submitted:
        yield Deed(moment(told.submitted, today), form.hand_in)
    for at, who in (told.read or {}).items():
        yield Deed(moment(at, today), partial(form.read, who=who, at=moment(at, today)))


def _make_record(stage: Stage, story: Story, name: str, child: ToldChild, at: str, who: str) -> None:
    viewer = stage.people[who]
    new = NewChild(
        child.reference,
        child.given_name,
        child.family_name,
        born(child.age, stage.today) if child.age else None,
        expected(child.expected_in_days, stage.today) if child.expected_in_days else None,
        child.expected_in_days is not None,
        child.disabled,
        child.interpreter,
    )
    eldest = next(iter(story.children))
    sibling = None if name == eldest else stage.child(viewer, story.name, eldest)
    made = NewRecord(new, sibling, f"{story.name} {name}")
    stage.children[story.name, name] = make_record(stage.connection, viewer, made, stage.moment(at))


def _opening(story: str, who: str, names: Sequence[str], before: datetime) -> Deed:
    """Somebody opens children's pages, where what they do next begins."""
    at = before - A_MINUTE
    return Deed(at, partial(_open, story=story, who=who, names=names, at=at))


def _open(stage: Stage, story: str, who: str, names: Sequence[str], at: datetime) -> None:
    for name in names:
        open_child(stage.connection, stage.people[who], stage.children[story, name], at)


def _give(stage: Stage, story: str, given: Given) -> None:
    connection, manager, at = stage.connection, stage.people[given.by], stage.moment(given.on)
    to = next((taker for taker in takers(connection, manager) if taker.name == given.to), None)
    for name in given.children:
        child = hold_child(connection, manager, stage.children[story, name])
        ended = [each for each in allocated_to(connection, [child.id]) if each.name in given.taken_from]
        hand_over(connection, manager, child, Handover(to, ended, given.said), at)


def _look(stage: Stage, story: str, looked: Looked) -> None:
    viewer, at = stage.people[looked.who], stage.moment(looked.at)
    if looked.searched:
        given, family = looked.searched
        look_for(stage.connection, viewer, Sought(given, family), at)
    else:
        _open(stage, story, looked.who, [looked.child], at)
