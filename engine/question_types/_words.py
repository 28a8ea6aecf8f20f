"""The interface's own words in answers, in each language it speaks."""

from collections.abc import Mapping, Sequence

from engine.question_types.base import NotKnown
from engine.text import Text, in_language

WORDS: Mapping[str, Text] = {
    "yes": {"en": "Yes", "cy": "Ie"},
    "no": {"en": "No", "cy": "Nage"},
    "not_known": {"en": "Not known yet", "cy": "Ddim yn hysbys eto"},
    "day": {"en": "Day", "cy": "Diwrnod"},
    "month": {"en": "Month", "cy": "Mis"},
    "year": {"en": "Year", "cy": "Blwyddyn"},
    "time": {"en": "Time", "cy": "Amser"},
    "text": {"en": "Text", "cy": "Testun"},
    "evidence": {"en": "What this rests on", "cy": "Beth yw sail hyn"},
    "name": {"en": "Name", "cy": "Enw"},
    "description": {"en": "Description", "cy": "Disgrifiad"},
    "relationship": {"en": "Relationship", "cy": "Perthynas"},
    "born": {"en": "Date of birth or age", "cy": "Dyddiad geni neu oedran"},
    "role": {"en": "Role", "cy": "Rôl"},
    "contact": {"en": "How to reach them", "cy": "Sut i gysylltu"},
    "address": {"en": "Address", "cy": "Cyfeiriad"},
}

MONTHS: Mapping[str, Sequence[str]] = {
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    "cy": [
        "Ionawr",
        "Chwefror",
        "Mawrth",
        "Ebrill",
        "Mai",
        "Mehefin",
        "Gorffennaf",
        "Awst",
        "Medi",
        "Hydref",
        "Tachwedd",
        "Rhagfyr",
    ],
}


def word(name: str, language: str) -> str:
    """One of WORDS in a language; raises KeyError for a name that is not there."""
    return in_language(WORDS[name], language)


def month_name(month: int, language: str) -> str:
    """The month's name; months count from 1."""
    return MONTHS.get(language, MONTHS["en"])[month - 1]


def not_known_words(answer: NotKnown, language: str) -> str:
    """Say "not known yet", with what is being done about it."""
    words = word("not_known", language)
    return f"{words}: {answer.doing}" if answer.doing else words
