"""The named formats of a short text: what each accepts, and how it is written and shown."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"


def _as_typed(text: str) -> str:
    return text


def _always(_text: str) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Format:
    """One format: its pattern (linear in time, for the text without spaces around it), an example and a shortest one.

    `canonical` gives the spelling that is kept, `passes` checks of it what a pattern cannot, named in `beyond`.
    """

    pattern: str
    example: str
    shortest: str
    canonical: Callable[[str], str] = _as_typed
    passes: Callable[[str], bool] = _always
    show: Callable[[str], str] = _as_typed
    beyond: str = ""

    @property
    def schema_pattern(self) -> str:
        """The pattern with spaces allowed around it, anchored, as JSON Schema takes it."""
        return rf"^\s*(?:{self.pattern})\s*$"

    def read(self, text: str) -> str | None:
        """The canonical spelling, None for a text that is not in the format."""
        stripped = text.strip()
        if re.fullmatch(self.pattern, stripped) is None:
            return None
        canonical = self.canonical(stripped)
        return canonical if self.passes(canonical) else None


def _postcode(text: str) -> str:
    packed = "".join(text.upper().split())
    return f"{packed[:-3]} {packed[-3:]}"


def _digits(text: str) -> str:
    return re.sub("[^0-9]", "", text)


def nhs_number_passes(digits: str) -> bool:
    """Whether the tenth digit is the modulus 11 check digit of the first nine."""
    total = sum(weight * int(digit) for weight, digit in zip(range(10, 1, -1), digits[:9], strict=True))
    return (11 - total % 11) % 11 == int(digits[9])


def _nhs_number_shown(digits: str) -> str:
    return f"{digits[:3]} {digits[3:6]} {digits[6:]}"


def upn_passes(upn: str) -> bool:
    """Whether the first letter is the modulus 23 check letter of the other twelve characters."""
    values = (UPN_LETTERS.index(each) if each in UPN_LETTERS else int(each) for each in upn[1:])
    total = sum(weight * value for weight, value in enumerate(values, start=2))
    return UPN_LETTERS[total % 23] == upn[0]


_LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_UPN_LETTER = f"[{UPN_LETTERS}{UPN_LETTERS.lower()}]"

FORMATS: Mapping[str, Format] = {
    "email": Format(
        pattern=rf"[A-Za-z0-9.!#$%&'*+/=?^_`{{|}}~-]{{1,64}}@(?:{_LABEL}\.){{1,9}}[A-Za-z]{{2,63}}",
        example="duty.desk@example.org",
        shortest="a@b.co",
    ),
    "phone": Format(
        pattern=r"\+?(?:[ ().-]{0,3}[0-9]){7,15}(?: {0,2}(?:x|ext|ext\.|extension) ?[0-9]{1,6})?",
        example="020 7946 0000",
        shortest="7946000",
    ),
    "postcode": Format(
        pattern=(
            r"[Gg][Ii][Rr] {0,3}0[Aa]{2}"
            r"|[A-PR-UWYZa-pr-uwyz][A-HK-Ya-hk-y]?[0-9][A-Za-z0-9]? {0,3}[0-9][ABD-HJLNP-UW-Zabd-hjlnp-uw-z]{2}"
        ),
        example="SW1A 1AA",
        shortest="M11AE",
        canonical=_postcode,
    ),
    "nhs_number": Format(
        pattern=r"[0-9]{3}[ -]?[0-9]{3}[ -]?[0-9]{4}",
        example="9434765919",
        shortest="9434765919",
        canonical=_digits,
        passes=nhs_number_passes,
        show=_nhs_number_shown,
        beyond="the last digit is the check digit (modulus 11)",
    ),
    "upn": Format(
        pattern=rf"{_UPN_LETTER}[0-9]{{11}}(?:[0-9]|{_UPN_LETTER})",
        example="B801200005001",
        shortest="B801200005001",
        canonical=str.upper,
        passes=upn_passes,
        beyond="the first letter is the check letter (modulus 23)",
    ),
}
