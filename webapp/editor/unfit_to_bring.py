"""What is refused of a form before it is kept: more questions than a form can have, and scripts among its words."""

import re
from collections.abc import Iterator
from typing import Any

from engine.errors import BadInput
from engine.schema.definition import MOST_QUESTIONS
from engine.source import Unreadable, escape, read_json
from engine.source.faults import BadCharacters

Json = Any
_SCRIPT = re.compile(r"<\s*/?\s*(?:script|iframe|object|embed|svg|img|style)\b|<[^>]*\son\w+\s*=|javascript\s*:", re.I)
_QUOTED = 60
_BLANK = b"\xef\xbb\xbf \t\r\n"
"""What may stand before the first bracket: the mark of UTF-8, and white space."""


class TooManyQuestions(BadInput):
    """The form has {number:,} questions, more than the {most:,} that a form can have. Is it the right file?"""

    code = "too_many_questions"


class HoldsScript(BadInput):
    """{place} holds a script, “{words}”. Words for people are only words: take it out and bring the file again."""

    code = "holds_script"


def name_of_file(sent: str) -> str:
    """What a browser called a file, without the folders that some send with it."""
    return sent.replace("\\", "/").rpartition("/")[2][:200]


def not_from_pith(sent: str, content: bytes, fault: Unreadable) -> str:
    """That a file is no form from Pith, what it looks like instead where that can be told, and the line at fault."""
    told = f"Line {fault.position.line}: {fault.message} {fault.how_to_mend}"
    begins, ends = content.lstrip(_BLANK).startswith(b"{"), content.rstrip().endswith(b"}")
    looks = ": it ends in the middle, as if only a part of it was saved" if begins and not ends else ""
    if isinstance(fault, BadCharacters) and not begins:
        looks = ": it is not text, but perhaps a picture or a document"
    return f"{name_of_file(sent)} is not a form from Pith{looks}. {told}"


def refuse_unfit(definition: Json, content: bytes | None = None) -> None:
    """Refuse a form that was read; `content` is the JSON file it stands in, for its lines.

    Raises TooManyQuestions, HoldsScript.
    """
    number = sum(len(each["questions"]) for each in definition["sections"] if _has_questions(each))
    if number > MOST_QUESTIONS:
        raise TooManyQuestions(number=number, most=MOST_QUESTIONS)
    for pointer, words in _texts(definition, ""):
        found = _SCRIPT.search(words)
        if found is not None:
            quoted = words[found.start() : found.start() + _QUOTED]
            raise HoldsScript(place=_place(pointer, content), words=quoted)


def _has_questions(section: Json) -> bool:
    return isinstance(section, dict) and isinstance(section.get("questions"), list)


def _texts(value: Json, pointer: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield pointer, value
    elif isinstance(value, dict):
        for key, each in value.items():
            yield f"{pointer}/{escape(key)}", key
            yield from _texts(each, f"{pointer}/{escape(key)}")
    elif isinstance(value, list):
        for number, each in enumerate(value):
            yield from _texts(each, f"{pointer}/{number}")


def _place(pointer: str, content: bytes | None) -> str:
    """The line in the file where there is one, and the way to the place."""
    if content is None:
        return pointer
    try:
        source = read_json(content)
    except Unreadable:
        return pointer
    inside = f"/definition{pointer}" if isinstance(source.value, dict) and "definition" in source.value else pointer
    return f"Line {source.line(inside)} ({pointer})"
