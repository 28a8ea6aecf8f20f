"""A bundle: a form with its code lists, its cases and its mark in one JSON file, from one Pith to another."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.code_lists import CodeList, NotACodeList, code_list_from_json
from engine.definition import Definition, definition_from_json, definition_to_json
from engine.errors import BadInput
from engine.exports.told import Unfit
from engine.source import read_json

Json = Any
SUMMARY = "a form with its code lists and cases for another Pith"
SUFFIX = ".json"
FORMAT = "pith_bundle"
NEWEST = 1
_NO_LISTS: Mapping[str, CodeList] = {}


class NotAForm(BadInput):
    """This is JSON, but neither a form nor a bundle of one: {why}"""

    code = "not_a_form"


class BadCodeList(BadInput):
    """The code list “{name}” is not written as one: {why}. Mend it in the file and bring the file again."""

    code = "bad_code_list"


@dataclass(frozen=True, slots=True)
class Written:
    """A form as a bundle; nothing of it is lost."""

    content: bytes
    unfit: tuple[Unfit, ...] = ()


@dataclass(frozen=True, slots=True)
class Read:
    """What a bundle or a definition alone holds, not checked: the code lists and cases by name, as files hold them.

    `mark` is the content hash that the bundle says it has, `origin` where and when it was published; "" and {} for a
    definition alone.
    """

    definition: dict[str, Json]
    unfit: tuple[Unfit, ...] = ()
    code_lists: Mapping[str, Json] = field(default_factory=dict)
    cases: Mapping[str, Json] = field(default_factory=dict)
    mark: str = ""
    origin: Mapping[str, Json] = field(default_factory=dict)

    @property
    def mark_holds(self) -> bool:
        """Whether the form is the one that the mark was made of; true where there is none."""
        if not self.mark:
            return True
        try:
            lists = {name: code_list_from_json(each) for name, each in self.code_lists.items()}
            return definition_from_json(self.definition, lists).content_hash == self.mark
        except (KeyError, TypeError, ValueError, AttributeError):
            return False


def write(definition: Definition) -> Written:
    """A definition with the code lists that it names."""
    lists = {each.id: list_to_json(each) for each in definition.code_lists}
    return bundle(definition_to_json(definition), definition.content_hash, lists)


def bundle(
    definition: Json,
    mark: str,
    code_lists: Mapping[str, Json],
    cases: Mapping[str, Json] | None = None,
    origin: Mapping[str, Json] | None = None,
) -> Written:
    """The file: a definition's JSON, its content hash ("" for a draft that has none), lists and cases by name."""
    whole = {
        FORMAT: NEWEST,
        "content_hash": mark,
        "origin": dict(origin or {}),
        "definition": definition,
        "code_lists": dict(code_lists),
        "cases": dict(cases or {}),
    }
    return Written(f"{json.dumps(whole, ensure_ascii=False, indent=2)}\n".encode())


def read(content: bytes, code_lists: Mapping[str, CodeList] = _NO_LISTS) -> Read:
    """What the file holds; `code_lists` are not needed, since a bundle has its own.

    Raises Unreadable, NotAForm, BadCodeList.
    """
    found = read_json(content).value
    if not isinstance(found, dict):
        raise NotAForm(why="it is not an object in curly brackets.")
    if FORMAT not in found:
        return Read(_form(found))
    if found[FORMAT] != NEWEST:
        raise NotAForm(why="the bundle was made by a newer Pith.")
    definition = _form(found.get("definition"))
    lists, cases, origin = (_object(found.get(key)) for key in ("code_lists", "cases", "origin"))
    _refuse_misshapen(lists)
    mark = found.get("content_hash")
    return Read(definition, (), lists, cases, mark if isinstance(mark, str) else "", origin)


def _form(found: Json) -> dict[str, Json]:
    if not isinstance(found, dict) or not isinstance(found.get("sections"), list):
        raise NotAForm(why="it has no list of “sections”.")
    return found


def _refuse_misshapen(lists: Mapping[str, Json]) -> None:
    for name, each in lists.items():
        try:
            code_list_from_json(each)
        except NotACodeList as fault:
            raise BadCodeList(name=name, why=str(fault)) from fault


def _object(found: Json) -> Mapping[str, Json]:
    return found if isinstance(found, dict) else {}


def list_to_json(code_list: CodeList) -> dict[str, Json]:
    """A code list as its file holds it: it reads back equal."""
    return {
        "code_list": code_list.id,
        "title": code_list.title,
        "source": code_list.source,
        "status": code_list.status,
        "valid": {"from": code_list.first_day, "to": code_list.last_day},
        "exclusive": [each.value for each in code_list.codes if each.exclusive],
        "options": [
            {
                key: value
                for key, value in {
                    "value": each.value,
                    "label": each.label,
                    "official_label": each.official_label,
                    "from": each.first_day,
                    "to": each.last_day,
                    "group": each.group,
                }.items()
                if value is not None
            }
            for each in code_list.codes
        ],
    }
