"""The control and the form under trial side by side: what differs, and that every protected question is there."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engine.definition import Definition, Question, Section
from engine.overlays.protection import protected
from engine.text import in_language
from engine.trials.plan import Plan
from engine.trials.plan_problems import Around
from engine.versions import Change, compare
from webapp.config import LANGUAGE
from webapp.trials.planning.desk import Desk
from webapp.trials.planning.steps import about_protection


@dataclass(frozen=True, slots=True)
class Row:
    """A question or section in one form and in the other, "" where it is not there; how it differs, in words."""

    control: str
    tested: str
    mark: str
    words: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Beside:
    """The two forms: by section the rows that differ, what else differs, what is the same, and what is protected.

    `proved` says that nothing protected is dropped or weakened; `weakened` says what is, in words.
    """

    parts: Sequence[tuple[str, Sequence[Row]]]
    others: Sequence[str]
    same: Sequence[str]
    protected: Sequence[str]
    weakened: Sequence[str]

    @property
    def proved(self) -> bool:
        """Whether every protected question is asked as in the control."""
        return not self.weakened

    @property
    def differs(self) -> bool:
        """Whether anything does."""
        return bool(self.parts or self.others)


def beside(desk: Desk) -> Beside | None:
    """The two arms of a plan; None while either cannot be made yet."""
    plan = desk.plan
    one = desk.around.arms.get(plan.control.id) if plan.control else None
    two = desk.around.arms.get(plan.under_test.id) if plan.under_test else None
    if one is None or two is None:
        return None
    changes = compare(one, two, LANGUAGE)
    rows = [(title, list(_rows(one, two, section, changes))) for title, section in _sections(one, two)]
    parts = [(title, found) for title, found in rows if found]
    told = {words for _, found in parts for row in found for words in row.words}
    same = [_label(each) for each in two.questions if _before(one, each) and not _about(changes, each.id)]
    weaker = [f"{each.message} {each.mend}" for each in desk.problems if about_protection(each)]
    names = [_label_at(one, path) for path, _ in protected(one)]
    return Beside(parts, [each.words for each in changes if each.words not in told], same, names, weaker)


def differences(desk: Desk) -> Sequence[str]:
    """What differs in the form under trial from the control, in words; none while either cannot be made."""
    return differences_in(desk.plan, desk.around)


def differences_in(plan: Plan, around: Around) -> Sequence[str]:
    """The same of a plan that is on nobody's desk."""
    one = around.arms.get(plan.control.id) if plan.control else None
    two = around.arms.get(plan.under_test.id) if plan.under_test else None
    return [] if one is None or two is None else [each.words for each in compare(one, two, LANGUAGE)]


def _sections(one: Definition, two: Definition) -> Iterator[tuple[str, str]]:
    """The titles and ids of all sections: the form's under trial, then those that only the control has."""
    found: dict[str, Section] = {section.id: section for section in (*one.sections, *two.sections)}
    order = [*two.sections, *(each for each in one.sections if each.id not in {kept.id for kept in two.sections})]
    for section in order:
        yield in_language(found[section.id].title, LANGUAGE), section.id


def _rows(one: Definition, two: Definition, section: str, changes: Sequence[Change]) -> Iterator[Row]:
    before, after = ({each.id: each for each in _asked(form, section)} for form in (one, two))
    for name, question in after.items():
        words, earlier = _about(changes, name), one.by_id.get(name)
        if earlier is None:
            yield Row("", _label(question), "only here", words)
        elif words:
            yield Row(_label(earlier), _label(question), "differs", words)
    for name, question in before.items():
        if name not in two.by_id:
            yield Row(_label(question), "", "only here", _about(changes, name))


def _asked(form: Definition, section: str) -> Sequence[Question]:
    return next((each.questions for each in form.sections if each.id == section), ())


def _about(changes: Sequence[Change], name: str) -> Sequence[str]:
    return [each.words for each in changes if each.place.partition(".")[0] == name]


def _before(one: Definition, question: Question) -> bool:
    return question.id in one.by_id


def _label(question: Question) -> str:
    return in_language(question.label, LANGUAGE)


def _label_at(form: Definition, path: str) -> str:
    rows, _, column = path.partition(".")
    found = form.find(path)
    label = _label(found) if found else path
    return f"{_label(form.by_id[rows])}: {label}" if column and rows in form.by_id else label
