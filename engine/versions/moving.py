"""Moving a draft's answers from one version of a form to another: each is kept, or listed as having no place."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.definition import Definition, Question
from engine.journey import ONE_CHILD, Context, evaluate
from engine.places import Place
from engine.question_types.base import is_blank
from engine.text import in_language
from engine.versions.asking import needed_now, needed_then, newly_asked
from engine.versions.fitting import GONE, Fit, Left, fit
from engine.versions.reasons import as_text, in_words

Json = Any


@dataclass(frozen=True, slots=True)
class ChangedAnswer:
    """An answer that is kept in another shape, or no longer valid as it is: its place in the new version, and why."""

    place: Place
    before: Json
    after: Json
    code: str
    words: str


@dataclass(frozen=True, slots=True)
class NoPlace:
    """An answer, or a part of one, that the new version has no place for: its place and label in the old one.

    `text` is the answer as a person reads it, the labels of options that are gone among it.
    """

    place: Place
    label: str
    value: Json
    text: str
    code: str
    words: str


@dataclass(frozen=True, slots=True)
class Moved:
    """The draft for the new version; where answers stayed as they were, changed or have no place, what is newly asked.

    `newly_asked` are places shown and blank now that the old version did not have or did not show. `newly_required`
    were shown before, are blank now, and only now stand in the way of submitting; `no_longer_required` did so before.
    """

    answers: dict[str, Json]
    kept: tuple[Place, ...]
    changed: tuple[ChangedAnswer, ...]
    no_place: tuple[NoPlace, ...]
    newly_asked: tuple[Place, ...]
    newly_required: tuple[Place, ...]
    no_longer_required: tuple[Place, ...]


def move(
    answers: Mapping[str, Json],
    old: Definition,
    new: Definition,
    context: Context = ONE_CHILD,
    language: str = "en",
) -> Moved:
    """Move a draft of the old version to the new one; answers that are hidden or invalid move like any other."""
    mover = _Mover(old, new, context, language)
    for name, value in answers.items():
        mover.move(name, value)
    before, after = evaluate(old, answers, context), evaluate(new, mover.answers, context)
    return Moved(
        mover.answers,
        tuple(mover.kept),
        tuple(mover.changed),
        tuple(mover.no_place),
        tuple(newly_asked(before, after)),
        tuple(needed_now(before, after)),
        tuple(needed_then(before, after)),
    )


@dataclass(slots=True)
class _Mover:
    """Gathers what becomes of each answer."""

    old: Definition
    new: Definition
    context: Context
    language: str
    answers: dict[str, Json] = field(default_factory=dict)
    kept: list[Place] = field(default_factory=list)
    changed: list[ChangedAnswer] = field(default_factory=list)
    no_place: list[NoPlace] = field(default_factory=list)

    def move(self, name: str, value: Json) -> None:
        """Move one question's answer, whatever its value is."""
        before, after = self.old.by_id.get(name), self.new.by_id.get(name)
        if before == after or before is None or (after and is_blank(value)):
            self.answers[name] = value
            if not is_blank(value):
                self.kept.append(Place(name))
        elif after is None:
            self.leave_whole(name, before, value)
        elif before.per_child and after.per_child:
            self.move_each(name, before, after, value)
        elif before.per_child:
            self.unwrap(name, before, after, value)
        elif after.per_child:
            self.wrap(name, before, after, value)
        else:
            self.settle(Place(name), after, value, fit(before, after, value))

    def settle(self, place: Place, after: Question, value: Json, fitted: Fit, why: str | None = None) -> Json:
        """Note what became of one answer, keep what fits and give it back; GONE for nothing."""
        for left in fitted.left:
            self.leave(place, left)
        code = fitted.why or why
        if fitted.value is not GONE and code:
            words = in_words(code, after, self.language)
            self.changed.append(ChangedAnswer(place, value, fitted.value, code, words))
        elif fitted.value is not GONE and not is_blank(value):
            self.kept.append(place)
        if fitted.value is not GONE and place.child is None:
            self.answers[place.question] = fitted.value
        return fitted.value

    def leave(self, place: Place, left: Left) -> None:
        """List an answer, or a part of one, as having no place."""
        if left.row is not None:
            place = place._replace(row=left.row, column=left.question.id)
        label, text = in_language(left.question.label, self.language), as_text(left.question, left.value, self.language)
        words = in_words(left.code, left.question, self.language)
        self.no_place.append(NoPlace(place, label, left.value, text, left.code, words))

    def leave_whole(self, name: str, before: Question, value: Json) -> None:
        """List the answer to a question that is gone, each child's by itself."""
        by_child = before.per_child and _by_child(value)
        for child, each in value.items() if by_child else [(None, value)]:
            if not is_blank(each):
                self.leave(Place(name, child), Left(before, each, "question_gone"))

    def move_each(self, name: str, before: Question, after: Question, value: Json) -> None:
        """Child by child; what is not an object by child stays as it is, still a problem."""
        if not _by_child(value):
            self.answers[name] = value
            self.kept.append(Place(name))
            return
        fitted = {
            child: self.settle(Place(name, child), after, each, fit(before, after, each))
            for child, each in value.items()
        }
        self.answers[name] = {child: each for child, each in fitted.items() if each is not GONE}

    def wrap(self, name: str, before: Question, after: Question, value: Json) -> None:
        """What was asked once becomes the only child's; with several children nobody can say whose it is."""
        children = self.context.children
        if len(children) != 1:
            self.leave(Place(name), Left(before, value, "asked_for_each_child"))
            return
        child = children[0].id
        kept = self.settle(Place(name, child), after, value, fit(before, after, value), "wrapped")
        if kept is not GONE:
            self.answers[name] = {child: kept}

    def unwrap(self, name: str, before: Question, after: Question, value: Json) -> None:
        """What was asked for each child stays where all children have the same answer."""
        if not _by_child(value):
            self.leave(Place(name), Left(before, value, "asked_once"))
            return
        answers = [value.get(child.id) for child in self.context.children]
        same = not is_blank(answers[0]) and all(answer == answers[0] for answer in answers)
        if same:
            self.settle(Place(name), after, answers[0], fit(before, after, answers[0]), "unwrapped")
        ours = {child.id for child in self.context.children} if same else set()
        for child, each in value.items():
            if child not in ours and not is_blank(each):
                self.leave(Place(name, child), Left(before, each, "asked_once"))


def _by_child(value: Json) -> bool:
    return isinstance(value, Mapping) and "not_known" not in value
