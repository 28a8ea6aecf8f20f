"""What the pages name is there: links, headings, files, commands and their options."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import dev
from tests.docs.consoles import files_to_write
from tests.docs.made.commands import arguments_of, parts_of
from tests.docs.pages import PAGES, anchors, code_spans, links, name_of, shell_lines, text_of
from webapp.cli import COMMANDS
from workshop.steps import ROOT

each_page = pytest.mark.parametrize("page", PAGES, ids=name_of)
_PATH = re.compile(r"[\w.-]+(?:/[\w.-]+)+/?")
_QUOTED = re.compile(r"'[^']*'")
_OPTION = re.compile(r"(?<!\S)\[?(--[a-z-]+)")


@each_page
def test_links_lead_somewhere(page: Path) -> None:
    """A link within the project leads to a file that is there, and to a heading that the file has."""
    for link in links(text_of(page)):
        if ":" in link:
            continue
        path, _, anchor = link.partition("#")
        target = page.parent / path if path else page
        assert target.exists(), link
        assert not anchor or anchor in anchors(text_of(target)), link


@each_page
def test_files_that_are_named_are_there(page: Path) -> None:
    """A path in a sentence or a command is one of the project's, from its root or from the page, or to be written."""
    written = {str(each) for file in files_to_write(text_of(page)) for each in (Path(file), Path(file).parent)}
    for path in _paths(page):
        assert path in written or (ROOT / path).exists() or (page.parent / path).exists(), path


def _paths(page: Path) -> Iterator[str]:
    text = text_of(page)
    yield from (span for span in code_spans(text) if _PATH.fullmatch(span))
    for line in shell_lines(text):
        yield from (word for word in _QUOTED.sub("", line).split() if _PATH.fullmatch(word))


@each_page
def test_commands_that_are_named_can_be_given(page: Path) -> None:
    """Every command a page shows exists, with the options it is shown with."""
    text = text_of(page)
    for line in [*shell_lines(text), *code_spans(text)]:
        words = line.split()
        if words[:2] == ["python3", "dev.py"]:
            _is_a_developers_command(words[2:])
        elif words[:1] == ["pith"]:
            _is_a_command(words[1:])


def _is_a_developers_command(words: list[str]) -> None:
    if not words or words[0].isupper():
        return
    assert words[0] in dev.COMMANDS, words
    if words[0] == "pith":
        _is_a_command(words[1:])
        return
    explained = next(line for line in (dev.__doc__ or "").splitlines() if f"dev.py {words[0]}" in line)
    assert set(_OPTION.findall(" ".join(words))) <= set(_OPTION.findall(explained)), words


def _is_a_command(words: list[str]) -> None:
    if not words or words[0].isupper():
        return
    assert words[0] in COMMANDS, words
    parsers = [arguments_of(words[0])]
    parts = parts_of(parsers[0])
    if parts and len(words) > 1:
        assert words[1] in parts, words
        parsers.append(parts[words[1]])
    known = {option for parser in parsers for action in parser._actions for option in action.option_strings}
    assert set(_OPTION.findall(" ".join(words))) <= known, words
