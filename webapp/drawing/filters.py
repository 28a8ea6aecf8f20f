"""The filters that every template may use."""

from collections.abc import Callable, Mapping
from typing import Any

from engine.rich_text import safe_html
from engine.text import in_language
from webapp.dates import clock_time, day_in_words


def inside_a_sentence(title: str) -> str:
    """A title as it stands within a sentence: its first letter small, unless it begins with an abbreviation."""
    return title if title[1:2].isupper() else f"{title[:1].lower()}{title[1:]}"


FILTERS: Mapping[str, Callable[..., Any]] = {
    "clock_time": clock_time,
    "day": day_in_words,
    "in_language": in_language,
    "inside_a_sentence": inside_a_sentence,
    "rich_text": safe_html,
}
