"""A form that was changed as a whole, held against the one whose protected questions must stay as they are."""

from collections.abc import Mapping
from typing import Any

from engine.checks import Problem
from engine.code_lists import CodeList
from engine.overlays.faults import OverlayProblem
from engine.overlays.forms import Forms
from engine.overlays.places import questions, section_index, spot_of
from engine.overlays.protection import weakened
from engine.overlays.proving import asked_less
from engine.overlays.state import State
from engine.proofs import Effort

Json = Any

_NO_LISTS: Mapping[str, CodeList] = {}


def weaknesses(
    base: Mapping[str, Json],
    changed: Mapping[str, Json],
    code_lists: Mapping[str, CodeList] = _NO_LISTS,
    day: str | None = None,
    effort: Effort | None = None,
) -> tuple[Problem, ...]:
    """How a form drops or weakens what its base protects; both are checked definitions, neither is changed.

    `code_lists` and `day` are as for a definition, for both alike. That a question is asked wherever the base asks it
    is proved, within the effort. Each problem has its place in the changed form: the question, or what is left of
    where it stood.
    """
    left = {path for path, _, _ in questions(changed)}
    gone = {path: 0 for path, _, _ in questions(base) if path not in left}
    forms = Forms((State(base), State(changed, hidden=gone)), code_lists, day)
    found = (*weakened(forms, ()), *asked_less(forms, (), effort))
    return tuple(_told(base, changed, each) for each in found)


def _told(base: Mapping[str, Json], changed: Mapping[str, Json], found: OverlayProblem) -> Problem:
    place = _place(base, changed, found.about)
    return Problem(found.code, found.severity, place, found.message, found.mend, words=found.words)


def _place(base: Mapping[str, Json], changed: Mapping[str, Json], path: str) -> str:
    """A pointer into the changed form: the question, else its rows, else the section it stood in, else the sections."""
    for name in (path, path.partition(".")[0]):
        spot = spot_of(changed, name)
        if spot is not None:
            return spot.pointer
    before = spot_of(base, path)
    section = None if before is None else section_index(changed, base["sections"][before.section]["id"])
    return "/sections" if section is None else f"/sections/{section}"
