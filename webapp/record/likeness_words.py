"""How a record is like the child sought, and how the search looked, in words."""

from collections.abc import Iterator, Mapping

from webapp.record.contact_forms import ContactForm
from webapp.store.matching import (
    WEEKS_BETWEEN_EXPECTED,
    WEEKS_FROM_EXPECTED_TO_BORN,
    Dates,
    Likeness,
    Names,
)

_NAMES: Mapping[Names, str] = {
    "same": "Same name",
    "alike": "The names sound alike",
    "one": "One name sounds alike",
}
_DATES: Mapping[Dates, str] = {
    "same": "same birth date",
    "fits": "a birth date that fits",
    "unknown": "no date to compare",
    "other": "another birth date",
}
_FAMILY_NAMES: Mapping[Names, str] = {"same": "Same family name", "alike": "The family name sounds alike"}
_BEFORE_BIRTH: Mapping[Dates, str] = {
    "near": f"expected within {WEEKS_BETWEEN_EXPECTED} weeks of that time",
    "unknown": "not yet born when the record was made",
    "born_since": f"born within {WEEKS_FROM_EXPECTED_TO_BORN} weeks of that time",
    "before_birth": f"a record from before birth, expected within {WEEKS_FROM_EXPECTED_TO_BORN} weeks of that time",
}


def likeness_in_words(like: Likeness, unborn: bool) -> str:
    """Such as "Same name, same birth date"; `unborn` says that the child sought is not yet born."""
    if like.dates in _BEFORE_BIRTH and (unborn or like.dates != "unknown"):
        return f"{_FAMILY_NAMES[like.names]}, {_BEFORE_BIRTH[like.dates]}"
    return f"{_NAMES[like.names]}, {_DATES[like.dates]}"


def who_was_sought(form: ContactForm) -> str:
    """The child as typed, such as "Wren Tallowby, born 4 March 2019"."""
    name = " ".join(filter(None, (form.given, form.family)))
    date = form.typed_date.words if form.typed_date.day else form.roughly
    if not date:
        return f"{name}, not yet born" if form.unborn else name
    if form.unborn:
        return f"{name}, expected {date}"
    return f"{name}, {date}" if date.startswith("about") else f"{name}, born {date}"


def how_it_looked(form: ContactForm) -> Iterator[str]:
    """What was compared, a line for each way."""
    if form.unborn:
        yield "the family name, as it is written and as it sounds"
        if form.typed_date.span:
            yield f"children expected within {WEEKS_BETWEEN_EXPECTED} weeks of that time"
            yield f"children born within {WEEKS_FROM_EXPECTED_TO_BORN} weeks of it"
        return
    if form.given and form.family:
        yield "both names, in either order, as they are written and as they sound, and each part of a double name"
    if form.typed_date.day:
        yield "either name, as it sounds, together with the birth date"
        yield f"children expected within {WEEKS_FROM_EXPECTED_TO_BORN} weeks of the birth date, by the family name"
