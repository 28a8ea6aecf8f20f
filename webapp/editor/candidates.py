"""The forms that can be set side by side: the one that comes with Pith to compare with, and every published version."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from engine.definition import Definition
from engine.errors import NotFound
from engine.text import in_language
from webapp import current
from webapp.config import LANGUAGE
from webapp.library import LIBRARY, read_definition
from webapp.store.contents import definition_of
from webapp.store.database import Connection
from webapp.store.withdrawals import published

COMPARISON = LIBRARY / "_features" / "long-tick-box" / "1.json"
"""The long form of tick boxes, which nobody fills in."""

BESIDE = "child-family-assessment"
"""The form in use that stands beside it unless another is chosen: the one for what the long form was for."""

KEY_LENGTH = 16


class NoSuchForm(NotFound):
    """There is no such form to compare. It may have been a form of another authority, or never published."""

    code = "no_such_form"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A form to choose: its key in addresses, its title, its version in words, and how it is read."""

    key: str
    title: str
    version: str
    in_use: bool
    read: Callable[[], Definition]

    @property
    def words(self) -> str:
        """As it stands in the list to choose from."""
        return f"{self.title}, {self.version}"


def candidates(connection: Connection) -> tuple[Candidate, ...]:
    """All that the viewer may compare, the comparison form first, each content once."""
    found = [_comparison(), *_published(connection)]
    return tuple({each.key: each for each in reversed(found)}.values())[::-1]


def _comparison() -> Candidate:
    definition = comparison_form()
    title = in_language(definition.title, LANGUAGE)
    return Candidate(_key(definition.content_hash), title, "for comparison", False, comparison_form)


@cache
def comparison_form() -> Definition:
    """The shipped form to compare with, read once in this process."""
    return read_definition(COMPARISON)[0]


def _published(connection: Connection) -> Iterator[Candidate]:
    today, viewer = current.today(), current.viewer()
    for each in published(connection, viewer, today):
        edition = each.edition
        whose = f"{viewer.authority_name}’s own " if each.own else ""
        state = " (withdrawn)" if each.withdrawn_at else " (not in use yet)" if each.waits else ""
        version = f"{whose}version {edition.version}{state}"
        yield Candidate(
            _key(edition.content_hash),
            in_language(edition.title, LANGUAGE),
            version,
            each.in_use,
            lambda edition=edition: definition_of(connection, edition, today),  # type: ignore[misc]
        )


def _key(content_hash: str) -> str:
    return content_hash[:KEY_LENGTH]


def chosen(among: Sequence[Candidate], first: str | None, second: str | None) -> tuple[Candidate, Candidate] | None:
    """The two that an address names; None where there are not two to choose from.

    Not named: the comparison form, and beside it the assessment in use, else the longest form. Raises NoSuchForm.
    """
    one, two = _named(among, first), _named(among, second)
    one = one or next((each for each in among if each is not two), None)
    two = two or (_beside(among[1:]) if one is among[0] else among[0])
    return (one, two) if one and two else None


def _named(among: Sequence[Candidate], key: str | None) -> Candidate | None:
    if key is None:
        return None
    for each in among:
        if each.key == key:
            return each
    raise NoSuchForm


def _beside(among: Sequence[Candidate]) -> Candidate | None:
    def weight(each: Candidate) -> tuple[bool, int]:
        definition = each.read()
        return definition.form == BESIDE, len(definition.questions)

    in_use = [each for each in among if each.in_use]
    return max(in_use or among, key=weight, default=None)
