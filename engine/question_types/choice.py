"""One option of a list."""

from engine.question_types._options import OneOption
from engine.question_types.base import Example

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
    examples = (
        Example(_SEEN, "alone", "alone", display="Alone"),
        Example(_SEEN, "not_seen", "not_seen", display="Not seen"),
        Example(_SEEN, None),
        Example(_SEEN, "  "),
        Example(_SEEN, "elsewhere", code="not_an_option"),
        Example(_SEEN, ["alone"], code="not_an_option"),
        Example(_SEEN, True, code="not_an_option"),
    )


TYPE = ChoiceType()
