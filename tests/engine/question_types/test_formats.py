"""The named formats of a short text: what they take, in which spelling, and how soon they refuse the rest."""

import pytest

from engine.question_types._formats import FORMATS, UPN_LETTERS, nhs_number_passes, upn_passes
from tests.engine.question_types.questions import asked, read_or_none, validator

TAKEN = {
    "email": ["a@b.co", "first.last+tag@sub-domain.example.org", "o'neil@example.org"],
    "phone": ["02079460000", "+44 20 7946 0000", "(020) 7946-0000", "07700 900123 ext 12"],
    "postcode": ["M1 1AE", "b338th", "EC1A 1BB", "W1A 0AX", "gir 0aa"],
    "nhs_number": ["9434765919", "943-476-5919"],
    "upn": ["b801200005001", "A000000000000"],
}
REFUSED = {
    "email": ["a@b", "@example.org", "a b@example.org", "a@-b.org", "a@b..org", "a@b.org\nb@c.org", "a@example.org,"],
    "phone": ["12345", "+", "999 and ask", "0" * 30, "020 7946 00000000000000"],
    "postcode": ["M1", "QQ1 1AA", "M1 1CC", "M1 1A", "SW1A 1AA 1"],
    "nhs_number": ["943476591", "94347659190", "9434765918", "943 476 591 9", "943476591X"],
    "upn": ["B80120000500", "I801200005001", "B80120000500O", "X801200005001"],
}


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in TAKEN.items() for text in texts])
def test_a_format_takes_the_ways_it_is_written(name: str, text: str) -> None:
    """What is taken passes the published schema, reads back as itself, and so does its canonical spelling."""
    question = asked("short_text", {"format": name})
    canonical = read_or_none(question, f" {text}\n")
    assert canonical is not None
    assert read_or_none(question, canonical) == canonical
    assert validator(question).is_valid(f" {text}\n")
    assert read_or_none(question, question.handler.display(question, canonical, "en")) == canonical


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in REFUSED.items() for text in texts])
def test_a_format_refuses_what_is_not_in_it(name: str, text: str) -> None:
    """What is refused fails the schema too, unless a check digit alone is wrong."""
    question = asked("short_text", {"format": name})
    assert read_or_none(question, text) is None
    assert not validator(question).is_valid(text) or FORMATS[name].beyond


def test_spellings_are_made_one() -> None:
    """Postcodes, NHS numbers and UPNs are kept in one spelling each."""
    assert FORMATS["postcode"].read("sw1a1aa") == "SW1A 1AA"
    assert FORMATS["nhs_number"].read("943 476-5919") == "9434765919"
    assert FORMATS["upn"].read("b801200005001") == "B801200005001"


def test_every_single_slip_in_an_nhs_number_is_noticed() -> None:
    """Changing any one digit breaks the check digit."""
    good = "9434765919"
    for position in range(10):
        for digit in "0123456789":
            changed = good[:position] + digit + good[position + 1 :]
            assert nhs_number_passes(changed) == (changed == good)


def test_a_upn_has_one_check_letter() -> None:
    """Of all letters exactly one passes, for a temporary number that ends in a letter too."""
    for rest in ("801200005001", "80120000500A", "80120000500Z"):
        assert sum(upn_passes(letter + rest) for letter in UPN_LETTERS) == 1


@pytest.mark.parametrize("name", list(FORMATS))
@pytest.mark.parametrize("piece", ["a", "1", " ", "a.", "1 ", "(", "a@", "-", "A1", "+1-"])
def test_hostile_length_does_not_hang_a_format(name: str, piece: str) -> None:
    """A hundred thousand characters are refused, by the pattern too."""
    text = piece * (100_000 // len(piece))
    question = asked("short_text", {"format": name, "max_length": 100_000})
    assert read_or_none(question, text) is None
    assert not validator(question).is_valid(text)
