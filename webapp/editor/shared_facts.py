"""What a draft changes for other forms: facts that several forms ask for, and lists of a child that several fill."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from engine.definition import Definition, Question
from engine.text import in_language
from webapp import current
from webapp.config import LANGUAGE
from webapp.store.contents import definition_of
from webapp.store.database import Connection
from webapp.store.definitions import forms_in_use


@dataclass(frozen=True, slots=True)
class Shared:
    """A fact or list that a form no longer holds, or holds now: what it is called, and the other forms that hold it."""

    gone: bool
    words: str
    others: Sequence[str]


def shared_facts(connection: Connection, before: Definition, now: Definition) -> list[Shared]:
    """What comes and goes between two versions of a form and is also in other forms that the viewer may begin."""
    today = current.today()
    others = [
        definition_of(connection, each, today)
        for each in forms_in_use(connection, current.viewer(), today)
        if each.form != now.form
    ]
    return [*_told(_facts(before), _facts(now), others), *_told(_lists(before), _lists(now), others)]


def _told(before: Mapping[str, str], now: Mapping[str, str], others: Sequence[Definition]) -> Iterator[Shared]:
    for gone, here, there in ((True, before, now), (False, now, before)):
        for name, words in here.items():
            holding = [in_language(each.title, LANGUAGE) for each in others if name in {**_facts(each), **_lists(each)}]
            if name not in there and holding:
                yield Shared(gone, words, holding)


def _facts(form: Definition) -> dict[str, str]:
    """The facts that a form asks for, each with the question in quotation marks."""
    asked = ((each.concept, each.label) for each in _asked(form))
    return {f"fact {name}": f"“{in_language(label, LANGUAGE)}”" for name, label in asked if name}


def _lists(form: Definition) -> dict[str, str]:
    """The lists of a child that a form fills."""
    names = (each.running_list for each in _asked(form))
    return {f"list {name}": f"the child’s list of {name.replace('_', ' ')}" for name in names if name}


def _asked(form: Definition) -> Iterator[Question]:
    for question in form.questions:
        yield question
        yield from question.columns
