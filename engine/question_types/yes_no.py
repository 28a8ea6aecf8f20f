"""Yes or no."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from engine.question_types._options import OneOption
from engine.question_types._words import WORDS
from engine.question_types.base import Asked, Choice, Example
from engine.text import Text


@dataclass(frozen=True, slots=True)
class _Answer:
    value: str
    label: Text
    hint: Text | None = None
    group: str | None = None
    exclusive: bool = False


ANSWERS: tuple[Choice, ...] = (_Answer("yes", WORDS["yes"]), _Answer("no", WORDS["no"]))
"""The two options there are."""


class YesNoType(OneOption):
    """Yes or no, as a choice between the two."""

    name = "yes_no"
    summary = "Yes or no"
    summed_as = "share"
    examples = (
        Example({}, "yes", "yes", display="Yes"),
        Example({}, "no", "no", display="No"),
        Example({}, None),
        Example({}, ""),
        Example({}, "maybe", code="not_an_option"),
        Example({}, True, code="not_an_option"),
        Example({}, "Yes", code="not_an_option"),
    )

    def choices_of(self, question: Asked) -> Sequence[Choice]:
        """Yes, then no."""
        return ANSWERS

    def figure(self, answer: Any) -> float:
        """1 for yes, 0 for no."""
        return float(answer == ANSWERS[0].value)


TYPE = YesNoType()
