"""Dated code lists: the options of a statutory list, each with the days it may be used."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import NoneType
from typing import Any

Json = Any
_Kinds = tuple[type, ...]
_DAYS: Mapping[str, _Kinds] = {"from": (str, NoneType), "to": (str, NoneType)}
_LIST: Mapping[str, _Kinds] = {"code_list": (str,), "title": (str,), "options": (list,)}
_LIST_MAY_HAVE: Mapping[str, _Kinds] = {"source": (str,), "status": (str,), "valid": (dict,), "exclusive": (list,)}
_CODE: Mapping[str, _Kinds] = {"value": (str,), "label": (str,)}
_CODE_MAY_HAVE: Mapping[str, _Kinds] = {**_DAYS, "official_label": (str,), "group": (str, NoneType)}
_WORDS: Mapping[type, str] = {str: "text", list: "a list in square brackets", dict: "an object in curly brackets"}


@dataclass(frozen=True, slots=True)
class Code:
    """One code: our plain label, the official one, and the first and last day (ISO dates) it may be used.

    `group` is in words: it is read over the codes that share it.
    """

    value: str
    label: str
    official_label: str
    first_day: str | None = None
    last_day: str | None = None
    group: str | None = None
    exclusive: bool = False

    def valid_on(self, day: str | None) -> bool:
        """Whether the code may be used on a day; without a day, whether it has not been withdrawn."""
        if day is None:
            return self.last_day is None
        return (self.first_day or "") <= day and (self.last_day is None or day <= self.last_day)


@dataclass(frozen=True, slots=True)
class CodeList:
    """A list of codes by its id, with where it comes from and the days the whole list was checked for."""

    id: str
    title: str
    source: str
    status: str
    first_day: str | None
    last_day: str | None
    codes: tuple[Code, ...]

    def valid_codes(self, day: str | None = None) -> tuple[Code, ...]:
        """The codes that may be used on a day, in the list's order."""
        return tuple(code for code in self.codes if code.valid_on(day))


class NotACodeList(TypeError):
    """A code list’s file is not written as one; its words name the place, as a JSON pointer, and what stands there."""


def code_list_from_json(data: Json) -> CodeList:
    """A code list from its file; raises NotACodeList for a file that is not one."""
    _refuse_misshapen(data)
    valid, exclusive = data.get("valid", {}), set(data.get("exclusive", ()))
    codes = tuple(
        Code(
            value=option["value"],
            label=option["label"],
            official_label=option.get("official_label", option["label"]),
            first_day=option.get("from"),
            last_day=option.get("to"),
            group=option.get("group"),
            exclusive=option["value"] in exclusive,
        )
        for option in data["options"]
    )
    return CodeList(
        id=data["code_list"],
        title=data["title"],
        source=data.get("source", ""),
        status=data.get("status", ""),
        first_day=valid.get("from"),
        last_day=valid.get("to"),
        codes=codes,
    )


def _refuse_misshapen(data: Json) -> None:
    _refuse_unless(data, "", _LIST, _LIST_MAY_HAVE)
    _refuse_unless(data.get("valid", {}), "/valid", {}, _DAYS)
    for number, each in enumerate(data["options"]):
        _refuse_unless(each, f"/options/{number}", _CODE, _CODE_MAY_HAVE)
    for number, each in enumerate(data.get("exclusive", ())):
        if not isinstance(each, str):
            raise NotACodeList(f"/exclusive/{number} has to be {_WORDS[str]}")


def _refuse_unless(data: Json, pointer: str, must: Mapping[str, _Kinds], may: Mapping[str, _Kinds]) -> None:
    if not isinstance(data, dict):
        raise NotACodeList(f"{pointer or 'the whole'} has to be {_WORDS[dict]}")
    for key, kinds in {**must, **may}.items():
        if (key in must or key in data) and not isinstance(data.get(key), kinds):
            raise NotACodeList(f"{pointer}/{key} has to be {_WORDS[kinds[0]]}")
