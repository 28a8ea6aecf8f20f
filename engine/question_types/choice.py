"""One option of a list."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from engine.question_types._options import HEADINGS, OneOption, headings_without_options
from engine.question_types.base import Asked, Example, Fault

Json = Any

_SEEN = {
    "options": [
        {"value": "alone", "label": {"en": "Alone", "cy": "Ar ei ben ei hun"}},
        {"value": "with_others", "label": "With others only"},
        {"value": "not_seen", "label": "Not seen"},
    ]
}


class ChoiceType(OneOption):
    """One option of a list."""

    name = "choice"
    summary = "One option of a list, such as whether a child was seen"
    takes_options = True
    settings: ClassVar[Mapping[str, Json]] = HEADINGS
    examples = (
        Example(_SEEN, "alone", "alone", display="Alone"),
        Example(_SEEN, "not_seen", "not_seen", display="Not seen"),
        Example(_SEEN, None),
        Example(_SEEN, "  "),
        Example(_SEEN, "elsewhere", code="not_an_option"),
        Example(_SEEN, ["alone"], code="not_an_option"),
        Example(_SEEN, True, code="not_an_option"),
    )

    def check(self, question: Asked) -> Sequence[Fault]:
        """Each heading stands over something."""
        return headings_without_options(question)


TYPE = ChoiceType()
