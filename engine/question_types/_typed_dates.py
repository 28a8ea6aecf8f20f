"""Dates as people type and read them: day, month and year apart, months by name or number."""

import re
from collections.abc import Mapping
from typing import Any

from engine.question_types._words import MONTHS, month_name

Json = Any

_STORED = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2}:\d{2}))?)?)?")
_TYPED_TIME = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*([ap]m)?", re.IGNORECASE)
_MONTH_NUMBERS: Mapping[str, int] = {
    spelling.lower(): number
    for names in MONTHS.values()
    for number, name in enumerate(names, start=1)
    for spelling in (name[:3], name)
    if spelling == name or names is MONTHS["en"]
}


def parts_of(stored: Json) -> dict[str, str]:
    """The parts of a stored date by name; a text that is not a date stands in the day, where it is seen."""
    if isinstance(stored, dict):
        return {name: text for name, text in stored.items() if isinstance(text, str)}
    if stored is None:
        return {}
    found = _STORED.fullmatch(str(stored))
    if found is None:
        return {"day": str(stored)}
    year, month, day, time = found.groups()
    parts = {"day": day and str(int(day)), "month": month and str(int(month)), "year": year, "time": time}
    return {name: text for name, text in parts.items() if text is not None}


def typed_date(parts: Mapping[str, str]) -> Json:
    """ISO text from what was typed, the parts themselves where they do not make one, None for no parts."""
    if not parts:
        return None
    iso = _iso(parts)
    return dict(parts) if iso is None else iso


def _iso(parts: Mapping[str, str]) -> str | None:
    year = parts.get("year", "").strip()
    month, day = _month(parts.get("month")), _two_digits(parts.get("day"))
    time = _time(parts.get("time"))
    written = [year, *(each for each in (month, day) if each)]
    if not re.fullmatch("[0-9]{4}", year) or None in (month, day, time) or (day and not month):
        return None
    if not time:
        return "-".join(written)
    return f"{'-'.join(written)}T{time}" if day else None


def _two_digits(text: str | None) -> str | None:
    if text is None:
        return ""
    return text.strip().zfill(2) if re.fullmatch("[0-9]{1,2}", text.strip()) else None


def _month(text: str | None) -> str | None:
    number = _MONTH_NUMBERS.get((text or "").strip().lower())
    return _two_digits(text) if number is None else f"{number:02}"


def _time(text: str | None) -> str | None:
    if text is None:
        return ""
    found = _TYPED_TIME.fullmatch(text.strip())
    if found is None or not (found[2] or found[3]):
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    if found[3]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if found[3].lower() == "pm" else 0)
    return f"{hour:02}:{minute:02}"


def date_in_words(stored: str, language: str) -> str:
    """A date in words, as far as it goes: 2 March 2026, March 2026, 2026 or 2 March 2026, 14:30."""
    parts = parts_of(stored)
    if "month" in parts and 1 <= int(parts["month"]) <= 12:
        parts["month"] = month_name(int(parts["month"]), language)
    words = " ".join(parts[name] for name in ("day", "month", "year") if name in parts)
    return f"{words}, {parts['time']}" if "time" in parts else words
