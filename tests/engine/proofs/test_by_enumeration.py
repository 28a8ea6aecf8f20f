"""What is proved about a small form equals what trying every draft of it finds."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from hypothesis import given, settings

from engine.answers import problems_of
from engine.definition import Definition
from engine.journey import Journey, context_from_json, evaluate
from engine.places import Place
from engine.proofs import prove, questions_asked
from tests.engine.proofs.small_forms import MOST_DRAFTS, Small, small_forms


@dataclass
class Tried:
    """What trying every draft found: what was shown, which conditions failed, how long the complete ones are."""

    shown: set[str] = field(default_factory=set)
    failed: set[str] = field(default_factory=set)
    lengths: set[int] = field(default_factory=set)
    children: int = 0


def try_everything(small: Small, definition: Definition) -> Tried:
    """Evaluate every draft about one child, and about more as long as there are not too many."""
    tried = Tried()
    while tried.children < 3 and small.size(tried.children + 1) <= MOST_DRAFTS * (3 if tried.children else 1):
        tried.children += 1
        for answers, context in small.drafts(tried.children):
            journey = evaluate(definition, answers, context_from_json(context))
            tried.shown |= {path_of(place) for place in journey.shown}
            tried.failed |= set(failed(definition, journey))
            if tried.children == 1 and not problems_of(journey):
                tried.lengths.add(questions_asked(journey))
    return tried


def path_of(place: Place) -> str:
    """The question's id, or the column as `people.age`."""
    return f"{place.question}.{place.column}" if place.column else place.question


def failed(definition: Definition, journey: Journey) -> Iterator[str]:
    """The sections, questions and columns whose own condition fails; its statement tells whether a section is open."""
    children = [child.id for child in journey.context.children]
    for section in definition.sections:
        here = section.questions[0].id
        for child in children if section.per_child else [None]:
            if Place(here, child) not in journey.shown_set:
                yield section.id
                continue
            for question in section.questions:
                owners = [child] if child or not question.per_child else children
                yield from (question.id for each in owners if Place(question.id, each) not in journey.shown_set)
        for place in journey.shown:
            if place.column == "a" and place._replace(column="b") not in journey.shown_set:
                yield f"{place.question}.b"


def check(small: Small) -> None:
    """Hold every proof about a form to what trying everything finds."""
    definition = small.definition
    proofs, tried = prove(definition), try_everything(small, definition)
    asked = {q.id: q for q in definition.questions}
    asked |= {f"{q.id}.{c.id}": c for q in definition.questions for c in q.columns}
    everything = set(asked)
    owners = {section.id for section in definition.sections if section.show_when}
    owners |= {path for path, question in asked.items() if question.show_when}
    assert proofs.undecided == ()
    assert not tried.shown & set(proofs.never_shown)
    assert not tried.failed & set(proofs.always_true)
    if tried.children > small.some_child or not small.per_child | ({"facts"} if small.reads_facts else set()):
        assert set(proofs.never_shown) == everything - tried.shown
        stands = {owner for owner in owners if owner.replace("s", "here", 1) in tried.shown or owner in tried.shown}
        assert set(proofs.always_true) == stands - tried.failed
    assert set(proofs.witnesses) == everything - set(proofs.never_shown)
    for path, witness in proofs.witnesses.items():
        assert path in {path_of(place) for place in witness.journey(definition).shown}
    if not tried.lengths:
        assert proofs.longest_path.witness is None
        assert proofs.longest_path.exact
        return
    for found, length in ((proofs.longest_path, max(tried.lengths)), (proofs.shortest_path, min(tried.lengths))):
        assert (found.questions, found.bound, found.exact) == (length, length, True)
        assert found.witness is not None
        journey = found.witness.journey(definition)
        assert (questions_asked(journey), problems_of(journey)) == (length, ())


@settings(max_examples=30)
@given(small_forms())
def test_proofs_equal_trying_every_draft(small: Small) -> None:
    """Never shown, always true, longest, shortest and every witness, over all types, operators, rows and children."""
    check(small)
