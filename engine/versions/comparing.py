"""What changed between two versions of a form, in the new version's order."""

from collections.abc import Iterator

from engine.definition import Definition, Section
from engine.versions.changes import Change
from engine.versions.comparing_questions import before_it, changes_of_question
from engine.versions.order import moved
from engine.versions.telling import Subject, Teller

FORM_KEYS = ("title", "purpose", "languages", "replaces", "budget", "read_first", "sign_off", "timescale")
SECTION_TEXTS = ("title", "intro", "group")


def compare(old: Definition, new: Definition, language: str = "en") -> tuple[Change, ...]:
    """Every change: the form's own first, then section by section as the new version has them, what is gone last."""
    teller = Teller(old, new, language)
    return (*_of_form(teller), *_of_sections(teller), *_gone(teller))


def _of_form(teller: Teller) -> Iterator[Change]:
    for key in FORM_KEYS:
        before, after = getattr(teller.old, key), getattr(teller.new, key)
        if before != after:
            yield teller.tell("form_changed", Subject(""), key, before, after)


def _of_sections(teller: Teller) -> Iterator[Change]:
    earlier = {section.id: section for section in teller.old.sections}
    moved_ids = moved(list(earlier), [section.id for section in teller.new.sections])
    previous: Section | None = None
    for section in teller.new.sections:
        before = earlier.get(section.id)
        if before is None:
            yield teller.tell("section_added", Subject(section.id, section.title))
        else:
            if section.id in moved_ids:
                about = Subject(section.id, section.title)
                yield teller.tell_place("section_moved", about, (previous.id, previous.title) if previous else None)
            yield from _of_section(teller, before, section)
        yield from _of_its_questions(teller, before, section)
        previous = section


def _of_section(teller: Teller, before: Section, after: Section) -> Iterator[Change]:
    about = Subject(after.id, before.title)
    for key in SECTION_TEXTS:
        if getattr(before, key) != getattr(after, key):
            yield teller.tell("section_reworded", about, key, getattr(before, key), getattr(after, key))
    if before.show_when != after.show_when:
        yield teller.tell_condition("section_condition_changed", about, before, after)
    if before.per_child != after.per_child:
        yield teller.tell("section_setting_changed", about, "per_child", before.per_child, after.per_child)


def _of_its_questions(teller: Teller, before: Section | None, section: Section) -> Iterator[Change]:
    stood = [question.id for question in before.questions] if before else []
    moved_here = moved(stood, [question.id for question in section.questions])
    container = teller.say(section.title)
    for index, question in enumerate(section.questions):
        earlier = teller.old.by_id.get(question.id)
        if earlier is None:
            about = Subject(question.id, question.label, question.protected)
            yield teller.tell("added", about, said={"container": container})
            continue
        if question.id in moved_here or question.id not in stood:
            about = Subject(question.id, question.label, earlier.protected)
            yield teller.tell_place("moved", about, before_it(section.questions, index), container)
        yield from changes_of_question(teller, question.id, earlier, question)


def _gone(teller: Teller) -> Iterator[Change]:
    kept = {section.id for section in teller.new.sections}
    for section in teller.old.sections:
        if section.id not in kept:
            yield teller.tell("section_removed", Subject(section.id, section.title))
        for question in section.questions:
            if question.id not in teller.new.by_id:
                about = Subject(question.id, question.label, question.protected)
                yield teller.tell("removed", about, said={"container": teller.say(section.title)})
