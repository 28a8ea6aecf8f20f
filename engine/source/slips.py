"""What people type in place of JSON: curly quotation marks, comments, words of other languages, nothing at all."""

import json
import re

from engine.source.faults import SyntaxFault
from engine.source.places import position_in

_CURLY = "“”„‟«»‘’‚`"
_WORDS = {"true": "true", "false": "false", "null": "null", "none": "null", "nil": "null", "undefined": "null"}
_WORD = re.compile(r"[^\W\d]\w*")
_COMMENT = re.compile(r"//|/\*|#|<!--")
_CLOSED_CURLY = re.compile(rf'([{_CURLY}])\s*[:,}}\]]*\s*"?\Z')
_NEAR = 200
"""How many characters before a fault are looked at for a text that a curly mark seems to close."""


def slip(fault: json.JSONDecodeError) -> SyntaxFault | None:
    """The parser's complaint as what was meant, where that can be told; None where it cannot."""
    if not fault.doc.strip():
        return SyntaxFault(words="The file is empty.", change="Write something in it, or copy a form to begin with.")
    return _comment(fault) or _mark_at(fault) or _closed_curly(fault) or _word(fault)


def _told(fault: json.JSONDecodeError, at: int, words: str, change: str) -> SyntaxFault:
    return SyntaxFault(position_in(fault.doc, at), words=words, change=change)


def _comment(fault: json.JSONDecodeError) -> SyntaxFault | None:
    if not _COMMENT.match(fault.doc, fault.pos):
        return None
    words = "A comment begins here, and JSON has none."
    return _told(fault, fault.pos, words, 'Take it out; "notes" at the top of a form holds what editors should read.')


def _mark_at(fault: json.JSONDecodeError) -> SyntaxFault | None:
    mark = fault.doc[fault.pos : fault.pos + 1]
    if mark == "'":
        return _told(fault, fault.pos, "A single quotation mark (') opens a text here.", 'Write " on both sides of it.')
    return _curly(fault, fault.pos) if mark and mark in _CURLY else None


def _closed_curly(fault: json.JSONDecodeError) -> SyntaxFault | None:
    """A text opened by a straight mark and closed by a curly one runs on to the next straight mark or line end."""
    end = fault.pos
    if fault.msg.startswith("Unterminated string"):
        end = fault.doc.find("\n", fault.pos) if "\n" in fault.doc[fault.pos :] else len(fault.doc)
    elif not fault.msg.startswith(("Expecting ',' delimiter", "Expecting ':' delimiter", "Invalid control character")):
        return None
    begin = max(0, end - _NEAR)
    found = _CLOSED_CURLY.search(fault.doc[begin:end].rstrip())
    return _curly(fault, begin + found.start(1)) if found else None


def _curly(fault: json.JSONDecodeError, at: int) -> SyntaxFault:
    words = f"The quotation mark {fault.doc[at]} is not the straight one that JSON needs."
    return _told(fault, at, words, 'Write " in its place, and turn off “smart quotes” where you type.')


def _word(fault: json.JSONDecodeError) -> SyntaxFault | None:
    found = _WORD.match(fault.doc, fault.pos)
    if not found or not fault.msg.startswith(("Expecting value", "Expecting property name")):
        return None
    word, plain = found[0][:40], _WORDS.get(found[0].lower())
    if plain and fault.msg.startswith("Expecting value"):
        return _told(fault, fault.pos, f"{word} is not how JSON writes it.", f"Write {plain}, in small letters.")
    return _told(fault, fault.pos, f"“{word}” stands here without quotation marks.", 'Write " before and after it.')
