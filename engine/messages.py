"""The words for what is wrong with an answer: what it is and what to do about it."""

from collections.abc import Mapping

from engine.question_types.base import Finding
from engine.text import in_language

MESSAGES: Mapping[str, str] = {
    "required": "Answer this before you submit",
    "too_long": "Shorten this to {limit} characters or fewer",
    "too_large": "Enter {limit} or less",
    "too_small": "Enter {limit} or more",
    "too_many": "Keep {limit} or fewer",
    "too_few": "Add at least {limit}",
    "too_early": "Enter a date on or after {limit}",
    "too_late": "Enter a date on or before {limit}",
    "not_an_option": "Choose one of the options",
    "not_a_number": "Enter a number, such as 7",
    "not_whole": "Enter a whole number",
    "wrong_step": "Go up from {start} in steps of {limit}",
    "not_a_date": "Enter a real date, such as 27 3 2026",
    "exclusive": "Choose either {option} or the other options",
    "bad_format": "This is not in the form that was asked for",
    "unknown_question": "There is no such question in this form",
    "unknown_child": "This assessment is not about that child",
    "not_known_not_allowed": "This question needs an answer: “not known yet” is not offered here",
    "worked_out_posted": "This is worked out from other answers and cannot be written",
    "statement_posted": "This is a statement and takes no answer",
}


FORMATS: Mapping[str, str] = {
    "email": "Enter an email address, such as name@example.org",
    "phone": "Enter a phone number, such as 01632 960 001",
    "postcode": "Enter a full postcode, such as AA3A 8AA",
    "nhs_number": "Enter the ten digits of an NHS number; one of these does not fit the others",
    "upn": "Enter a unique pupil number of 13 characters; its first letter checks the rest",
}


DATE_WITH_TIME = "Enter a real date and a time, such as 27 3 2026 and 15:30"


class _Details(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return {"start": "the lowest", "option": "that option"}.get(key, "the limit")


def in_words(finding: Finding) -> str:
    """The message for a finding, its details filled in, those of them that are words of the form in English."""
    words = MESSAGES.get(finding.code, MESSAGES["bad_format"])
    if finding.code == "not_a_date" and finding.detail.get("time"):
        words = DATE_WITH_TIME
    if finding.code == "bad_format":
        words = FORMATS.get(str(finding.detail.get("format")), words)
    detail = {key: in_language(each) if isinstance(each, Mapping) else each for key, each in finding.detail.items()}
    return words.format_map(_Details(detail))
