"""A form's own words on a page that is in English: what is in another language says so, and is read out in it."""

import re
from collections.abc import Iterable, Mapping, Sequence

from markupsafe import Markup

from engine.definition import Question
from engine.messages import in_words as in_words_of
from engine.question_types import in_words, speaks
from engine.question_types.base import Finding, NotKnown, is_not_known
from engine.rich_text import safe_html
from engine.text import Text, in_language, language_used
from webapp.config import LANGUAGE
from webapp.store.definitions import Edition

Json = object
Piece = tuple[str, str]
"""Some words and the language they are in; an answer as it was written stands as in the page's own."""

NAMES: Mapping[str, str] = {"en": "English", "cy": "Cymraeg", "gd": "Gàidhlig", "ga": "Gaeilge", "kw": "Kernewek"}
"""What languages call themselves; others are shown by their code."""

_MARKED = Markup('<span lang="{}">{}</span>')
_SPACES = re.compile(r"\s+")
_SHIPPED = " as it comes with Pith"
_ENDS = ("minimum_label", "maximum_label", "unit")


def language_name(language: str) -> str:
    """What a language calls itself."""
    return NAMES.get(language, language)


def marked(words: str, language: str) -> str | Markup:
    """Words with the language they are in, where that is not the page's own."""
    return words if language == LANGUAGE or not words else _MARKED.format(language, words)


def form_words(text: Text | None, language: str) -> str | Markup:
    """A text of the form in a language, or in the one there is, with its language; "" for none."""
    if text is None or isinstance(text, str):
        return text or ""
    spoken = language_used(text, language)
    return marked(text.get(spoken, ""), spoken)


def title_language(text: Text, language: str) -> str:
    """The language of a page's title that begins with a text of the form, "" where it is the page's own."""
    spoken = language_used(text, language)
    return "" if spoken == LANGUAGE else spoken


def rich_words(text: Text | None, language: str) -> Markup | str:
    """A text of the form in which Markdown is allowed, as safe HTML with its language; "" for none."""
    if not text:
        return ""
    html, spoken = safe_html(in_language(text, language)), language_used(text, language)
    return html if spoken == LANGUAGE else Markup('<div lang="{}">{}</div>').format(spoken, html)


def put(sentence: str, *parts: str) -> str | Markup:
    """A sentence of the page with parts put in for each {}; the parts keep the language they say."""
    if any(isinstance(part, Markup) for part in parts):
        return Markup(sentence).format(*parts)
    return sentence.format(*parts)


def joined(between: str, parts: Iterable[str]) -> str | Markup:
    """Parts with something between them; each keeps the language it says."""
    found = list(parts)
    if any(isinstance(part, Markup) for part in found):
        return Markup(between).join(found)
    return between.join(found)


def said(question: Question, value: Json, language: str) -> str | Markup:
    """An answer in words: what somebody wrote as it was written, the form's words in a language and marked."""
    return as_html(pieces(question, value, language))


def problem_words(finding: Finding, language: str) -> str | Markup:
    """What is wrong with an answer and what to do about it, an option it names in a language and marked."""
    option = finding.detail.get("option")
    if not isinstance(option, Mapping):
        return in_words_of(finding)
    sentence = in_words_of(Finding(finding.code, {**finding.detail, "option": "{}"}))
    return put(sentence, form_words(option, language))


def as_html(found: Sequence[Piece]) -> str | Markup:
    """Pieces one after the other."""
    return joined("", (marked(words, spoken) for words, spoken in found))


def pieces(question: Question, value: Json, language: str) -> list[Piece]:
    """An answer in words, in pieces of one language each."""
    if is_not_known(value) or isinstance(value, NotKnown):
        return [(in_words(question, value, LANGUAGE), LANGUAGE)]
    words = in_words(question, value, language)
    if question.handler.measure in ("choice", "choices"):
        return _options(question, words, value, language)
    if isinstance(value, str) and (question.handler.measure == "date" or question.handler.works_out):
        return [(words, language if speaks(language) else LANGUAGE)]
    return _with_its_end(question, words, language)


def number_words(question: Question, words: str, language: str) -> str | Markup:
    """A number of a question in words, such as "0: Not safe at all", the form's part of them marked."""
    return as_html(_with_its_end(question, words, language))


def _options(question: Question, words: str, value: Json, language: str) -> list[Piece]:
    """The labels of options, one on a line; what is no option of the form stands as it was written."""
    chosen = value if isinstance(value, list) else [value]
    labels = [choice.label for choice in question.handler.choices_of(question) if choice.value in chosen]
    lines = words.split("\n")
    if len(labels) != len(lines):
        return [(words, LANGUAGE)]
    found = zip(lines, (language_used(label, language) for label in labels), strict=True)
    return [piece for line in found for piece in (("\n", LANGUAGE), line)][1:]


def _with_its_end(question: Question, words: str, language: str) -> list[Piece]:
    """A number, and the form's words after it; any other answer is somebody's own words."""
    for key in _ENDS if question.handler.measure == "number" else ():
        text = question.settings.get(key)
        spoken = language_used(text, language) if text else LANGUAGE
        end = text if isinstance(text, str) else (text or {}).get(spoken, "")
        if end and words.endswith(end):
            return [(words[: -len(end)], LANGUAGE), (end, spoken)]
    return [(words, LANGUAGE)]


def on_one_line(found: Iterable[Piece]) -> list[Piece]:
    """Pieces with every line end and run of spaces made one space."""
    return [(_SPACES.sub(" ", words), spoken) for words, spoken in found]


def shortened(found: Sequence[Piece], longest: int) -> list[Piece]:
    """The first of the pieces, up to a number of characters, cut between words where there is more."""
    kept: list[Piece] = []
    for words, spoken in found:
        if len(words) > longest:
            return [*kept, (f"{words[:longest].rsplit(' ', 1)[0]} …", spoken)]
        kept.append((words, spoken))
        longest -= len(words)
    return kept


def version_words(edition: Edition, beside: Edition) -> str:
    """A version of a form by its number; whose it is as well where it stands beside one of another owner."""
    if edition.own == beside.own:
        return f"version {edition.version}"
    return f"{'your authority’s ' if edition.own else ''}version {edition.version}{'' if edition.own else _SHIPPED}"


def row_noun(question: Question, language: str) -> tuple[str, str]:
    """What one row of a question is, such as "person", and the language of that word."""
    text = question.settings.get("row_label")
    return (in_language(text, language), language_used(text, language)) if text else ("line", LANGUAGE)


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun; `many` where an "s" does not make it several."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"


def numbered(question: Question, number: int, language: str) -> str | Markup:
    """A row by its number, such as "Person 1"."""
    noun, spoken = row_noun(question, language)
    return put("{} {}", marked(noun.capitalize(), spoken), str(number))
