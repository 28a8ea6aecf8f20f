"""A case without what it says of questions that its form no longer has, so that the rest can be held against it."""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Any

from engine.source.places import unescape

Json = Any
_OF_A_PROBLEM = "/question"


def without(case: Mapping[str, Json], pointers: Sequence[str]) -> dict[str, Json]:
    """A copy of a well-formed case without what stands at some pointers, in the order of `names_not_in`.

    A pointer to the question of an expected problem takes the whole problem out.
    """
    left = deepcopy(dict(case))
    for pointer in reversed(pointers):
        of_a_problem = pointer.startswith("/expect/problems/")
        *way, last = _parts(pointer.removesuffix(_OF_A_PROBLEM) if of_a_problem else pointer)
        within: Json = left
        for part in way:
            within = within[int(part)] if isinstance(within, list) else within[part]
        del within[int(last) if isinstance(within, list) else last]
    return left


def _parts(pointer: str) -> list[str]:
    return [unescape(part) for part in pointer.split("/")[1:]]
