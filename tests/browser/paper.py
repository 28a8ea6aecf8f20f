"""The words on each page of a PDF that Chromium made."""

import re
import zlib

_OBJECT = re.compile(rb"\n(\d+) 0 obj\n(.*?)\nendobj", re.DOTALL)
_STREAM = re.compile(rb"stream\r?\n(.*)\nendstream", re.DOTALL)
_ONE = re.compile(rb"<([0-9A-F]{4})> <([0-9A-F]{4})>\n")
_RANGE = re.compile(rb"<([0-9A-F]{4})> <([0-9A-F]{4})> <([0-9A-F]{4})>\n")
_DRAWN = re.compile(rb"/(F\d+) [\d.]+ Tf|<([0-9A-F]+)> Tj")


def words_on_pages(pdf: bytes) -> list[str]:
    """What stands on each page, in the order drawn, without spaces: those are often only gaps on paper."""
    objects = {int(number): body for number, body in _OBJECT.findall(pdf)}
    pages = [body for body in objects.values() if body.startswith(b"<</Type /Page\n")]
    return [_words(objects, page) for page in pages]


def _words(objects: dict[int, bytes], page: bytes) -> str:
    fonts = {name: _letters(objects, int(number)) for name, number in re.findall(rb"/(F\d+) (\d+) 0 R", page)}
    content = _stream(objects, page, rb"/Contents")
    letters, found = dict[int, str](), list[str]()
    for font, glyphs in _DRAWN.findall(content):
        letters = fonts[font] if font else letters
        found += [letters.get(int(glyphs[at : at + 4], 16), "") for at in range(0, len(glyphs), 4)]
    return "".join(found).replace(" ", "")


def _letters(objects: dict[int, bytes], font: int) -> dict[int, str]:
    """Which letter each glyph of a font stands for."""
    table = _stream(objects, objects[font], rb"/ToUnicode")
    found = {int(glyph, 16): chr(int(letter, 16)) for glyph, letter in _ONE.findall(table)}
    for first, last, letter in _RANGE.findall(table):
        start = int(first, 16)
        found |= {glyph: chr(int(letter, 16) + glyph - start) for glyph in range(start, int(last, 16) + 1)}
    return found


def _stream(objects: dict[int, bytes], body: bytes, key: bytes) -> bytes:
    named = re.search(key + rb" (\d+) 0 R", body)
    held = _STREAM.search(objects[int(named[1])]) if named else None
    return zlib.decompress(held[1]) if held else b""
