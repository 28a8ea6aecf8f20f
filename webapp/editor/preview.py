"""A section of a form as a worker sees it, to stand beside what changes it: its controls work and post nowhere."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from markupsafe import Markup

from engine.definition import Definition
from engine.journey import Context
from webapp.drawing.macros import macro
from webapp.drawing.sections import Drawer, Group, View
from webapp.editor.tried import tried
from webapp.words import form_words, rich_words

Json = Any

PREFIX = "seen-"
"""What every id and name of a preview begins with, so that it can stand on a page with the same form's fields."""

_TAG = re.compile(r'<[a-z][a-z0-9]*(?:\s+[a-zA-Z-]+(?:="[^"]*")?)*\s*>')
_NAMING = re.compile(
    r' (id|for|name|aria-describedby|aria-labelledby|data-find|data-count|data-pin|data-unpin)="([^"]+)"'
)
_HIDDEN_INPUT = re.compile(r'<input type="hidden"[^>]*>')
_TO_ANOTHER_SECTION = re.compile(r'\s*<a class="govuk-link" href="[a-z][a-z0-9_]*#[^"]*">.*?</a>', re.DOTALL)
_SENDS = '<button type="submit"'
_DOES_NOTHING = '<button type="button" disabled'


@dataclass(frozen=True, slots=True)
class _Looked:
    """A section of a form, told from others by the answers and children as they are written down."""

    definition: Definition
    section: str
    language: str
    written: str
    answers: Mapping[str, Json] = field(compare=False)
    context: Context = field(compare=False)


@dataclass(frozen=True, slots=True)
class Preview:
    """A section as it is seen; `groups` are its questions, child by child where it is asked for each.

    `asked` is False where the section is not asked with these answers: it then shows nothing but its title.
    """

    id: str
    title: str
    intro: Markup | str
    groups: Sequence[Group]
    asked: bool

    def html(self) -> Markup:
        """The section drawn, to stand under a heading of the second level; in no form, so that nothing is sent."""
        return macro("editor/_preview.html", "preview")(self)


def section_as_seen(
    definition: Definition, section_id: str, answers: Mapping[str, Json], context: Context, language: str = ""
) -> Preview:
    """A section with some answers given, in a language of the form; raises KeyError for one that is not there.

    Those drawn last are kept in this process: the page is asked for again whenever another part is looked at.
    """
    written = f"{json.dumps(answers, sort_keys=True)} {context}"
    return _as_seen(_Looked(definition, section_id, language, written, answers, context))


@lru_cache(maxsize=64)
def _as_seen(looked: _Looked) -> Preview:
    found = next((section for section in looked.definition.sections if section.id == looked.section), None)
    if found is None:
        raise KeyError(looked.section)
    filling = tried(looked.definition, looked.answers, looked.context, looked.language)
    asked = filling.section(found.id) is not None
    groups = [_apart(group) for group in Drawer(filling, found, View(once=True)).groups()] if asked else []
    title, intro = form_words(found.title, filling.language), rich_words(found.intro, filling.language)
    return Preview(PREFIX + found.id, title, intro, groups, asked)


def _apart(group: Group) -> Group:
    drawn = [replace(each, html=apart(each.html)) for each in group.questions]
    return replace(group, id=PREFIX + group.id, questions=drawn)


def apart(html: Markup) -> Markup:
    """Questions with ids and names of their own, sending nothing and leading nowhere that the page does not have."""
    bare = _TO_ANOTHER_SECTION.sub("", _HIDDEN_INPUT.sub("", html)).replace(_SENDS, _DOES_NOTHING)
    return Markup(_TAG.sub(lambda tag: _NAMING.sub(_prefixed, tag[0].replace(" autofocus", "")), bare))


def _prefixed(found: re.Match[str]) -> str:
    names = " ".join(f"{PREFIX}{name}" for name in found[2].split())
    return f' {found[1]}="{names}"'
