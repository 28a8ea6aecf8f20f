"""What is proved of the form's conditions: those that can never hold, always do, or close a follow-up."""

from collections.abc import Iterator, Mapping

from engine.checks._written import Written
from engine.checks.base import Found, Named, Words, error, listed, warning
from engine.definition import Definition, Question
from engine.proofs import closed_by_not_known

NEEDS_PROOFS = True
KINDS = {
    "never_shown": error("“{name}” can never be shown: its condition contradicts {what}.", "Change one of the two."),
    "always_true": warning(
        "This condition is always true where “{name}” can be asked.", "Take it out, or say what it should rule out."
    ),
    "not_decided": warning(
        "It could not be decided whether “{name}” can ever be shown.", "Write the conditions it hangs on more simply."
    ),
    "not_known_closes_follow_up": warning(
        "“{name}” is protected, and answering “not known yet” closes what follows from it here.",
        "Let this open on “{not_known}” too, or set “{not_known}” of “{name}” to false.",
    ),
}
_NOT_KNOWN = Named("not_known", "key")


def find(form: Written) -> Iterator[Found]:
    """Contradictions, also through sections and earlier questions, and conditions without effect."""
    pointers = _pointers(form)
    yield from _of_conditions(form, pointers)
    if any(question.protected and question.not_known for question in _asked(form.definition)):
        for closed in closed_by_not_known(form.definition, form.effort):
            pointer = f"{pointers[closed.follow_up]}/show_when"
            yield Found(
                "not_known_closes_follow_up", pointer, {"name": Named(closed.protected), "not_known": _NOT_KNOWN}
            )


def _asked(definition: Definition) -> Iterator[Question]:
    for question in definition.questions:
        yield question
        yield from question.columns


def _of_conditions(form: Written, pointers: Mapping[str, str]) -> Iterator[Found]:
    for contradiction in form.proofs.contradictions:
        against = listed([Named(name) for name in contradiction.against], " and ", "that of “{}”")
        what = against if contradiction.against else Words("itself or what can be answered")
        detail = {"name": Named(contradiction.place), "what": what}
        yield Found("never_shown", f"{pointers[contradiction.place]}/show_when", detail)
    for name in form.proofs.always_true:
        yield Found("always_true", f"{pointers[name]}/show_when", {"name": Named(name)})
    for name in form.proofs.undecided:
        yield Found("not_decided", pointers[name], {"name": Named(name)})


def _pointers(form: Written) -> Mapping[str, str]:
    of_sections = {section.id: section.pointer for section in form.sections}
    return of_sections | {path: question.pointer for path, question in form.by_path.items()}
