"""Reading the project's pages: their links, their headings, the commands and names in them."""

import re
from collections.abc import Iterator
from pathlib import Path

from workshop.steps import ROOT

PAGES = [
    *sorted(ROOT.glob("*.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
    ROOT / "form_definitions" / "README.md",
]
"""What people read, the texts of others' projects apart."""

_FENCE = re.compile(r"^```(?P<kind>\w*)\n(?P<body>.*?)^```$", re.DOTALL | re.MULTILINE)
_CODE = re.compile(r"(?<!`)`(?P<code>[^`\n]+)`(?!`)")
_LINK = re.compile(r"!?\[[^\]]*\]\((?P<to>[^)\s]+)\)")
_HEADING = re.compile(r"^#+ (?P<words>.+)$", re.MULTILINE)


def name_of(page: Path) -> str:
    """A page's path from the project's root."""
    return page.relative_to(ROOT).as_posix()


def text_of(page: Path) -> str:
    """The page as it is written."""
    return page.read_text(encoding="utf-8")


def links(text: str) -> Iterator[str]:
    """Where the links of a page lead, pictures too."""
    return (found["to"] for found in _LINK.finditer(_FENCE.sub("", text)))


def anchors(text: str) -> set[str]:
    """The names that links can give to a page's headings."""
    words = (found["words"].lower() for found in _HEADING.finditer(_FENCE.sub("", text)))
    return {re.sub(r"[^\w\- ]", "", each).replace(" ", "-") for each in words}


def code_spans(text: str) -> Iterator[str]:
    """What stands in backticks within lines."""
    return (found["code"] for found in _CODE.finditer(_FENCE.sub("", text)))


def shell_lines(text: str) -> Iterator[str]:
    """What is typed into a shell, with or without what it then shows."""
    for found in _FENCE.finditer(text):
        lines = found["body"].splitlines()
        if found["kind"] == "sh":
            yield from lines
        elif found["kind"] == "console":
            yield from (line.removeprefix("$ ") for line in lines if line.startswith("$ "))


def json_blocks(text: str) -> Iterator[str]:
    """The examples in JSON."""
    return (found["body"] for found in _FENCE.finditer(text) if found["kind"] == "json")


def first_column(text: str) -> set[str]:
    """The names that tables list in their first column."""
    return {found[1] for found in re.finditer(r"^\| `([^`]+)`", text, re.MULTILINE)}
