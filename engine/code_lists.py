"""Dated code lists: the options of a statutory list, each with the days it may be used."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


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


def code_list_from_json(data: Mapping[str, Any]) -> CodeList:
    """A code list from its file; raises KeyError or TypeError for a file that is not one."""
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
