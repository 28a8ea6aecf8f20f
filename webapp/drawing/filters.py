"""The filters that every template may use."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from markupsafe import Markup

from engine.rich_text import safe_html
from engine.text import in_language
from webapp.dates import clock_time, day_in_words
from webapp.store.children import Child
from webapp.words import counted


def inside_a_sentence(title: str) -> str:
    """A title as it stands within a sentence: its first letter small, unless it begins with an abbreviation."""
    return title if title[1:2].isupper() else f"{title[:1].lower()}{title[1:]}"


def a_or_an(title: str) -> str:
    """The article before a title, by its first letter."""
    return "an" if title[:1].lower() in "aeiou" else "a"


def joined(names: Iterable[str]) -> str:
    """Names as they stand within a sentence: "Tansy and Moss", "Isla, Maeve and Baby"."""
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last


def bare(words: str) -> str:
    """Words without the mark of the language they are in, where no HTML can stand; a "<" that was written stays."""
    return words.striptags() if isinstance(words, Markup) else words


def on_paper(children: Iterable[Child]) -> str:
    """Whom printed pages are about, each with the reference, so that a page found alone can be put back."""
    return "; ".join(f"{child.name}, {child.reference}" for child in children)


FILTERS: Mapping[str, Callable[..., Any]] = {
    "a_or_an": a_or_an,
    "bare": bare,
    "clock_time": clock_time,
    "counted": counted,
    "day": day_in_words,
    "in_language": in_language,
    "inside_a_sentence": inside_a_sentence,
    "joined": joined,
    "on_paper": on_paper,
    "rich_text": safe_html,
}
