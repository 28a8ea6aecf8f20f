"""What is wrong with a code list's file."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from engine.checks import Problem
from engine.checks.base import Severity
from engine.code_lists import CodeList, NotACodeList, code_list_from_json
from engine.source import Source, Unreadable, read_json
from webapp.library import bytes_of

MEND = "Write it as the other files in the folder are written."


def problems_of_code_list(path: Path, day: str) -> tuple[Problem, ...]:
    """Every problem of a code list on a day (ISO), with its line; raises CannotRead."""
    try:
        source = read_json(bytes_of(path))
    except Unreadable as fault:
        return (Problem(fault.code, "error", "", fault.message, fault.how_to_mend, fault.position.line),)
    try:
        found = code_list_from_json(source.value)
    except NotACodeList:
        return (_problem(source, "not_a_code_list", "", "This is not a code list.", MEND),)
    return (*_ended(source, found, day), *_problems(path, source, found))


def _ended(source: Source, found: CodeList, day: str) -> Iterator[Problem]:
    if found.last_day and found.last_day < day:
        message = f"The list stands until {found.last_day}, which has gone by."
        mend = "Compare it with the list that has taken its place, change what differs, and give it its new last day."
        yield _problem(source, "code_list_ended", "/valid/to", message, mend, "warning")


def _problems(path: Path, source: Source, found: CodeList) -> Iterator[Problem]:
    if found.id != path.stem:
        message = f'The list is called "{found.id}", its file "{path.stem}": questions would not find it.'
        yield _problem(source, "name_differs", "/code_list", message, "Give both the same name.")
    counts = Counter(code.value for code in found.codes)
    for index, code in enumerate(found.codes):
        place = f"/options/{index}"
        if counts[code.value] > 1:
            yield _problem(
                source, "duplicate_code", place, f'The code "{code.value}" stands twice.', "Keep one of them."
            )
        if code.first_day and code.last_day and code.first_day > code.last_day:
            message = f'The code "{code.value}" ends before it begins.'
            yield _problem(source, "days_crossed", place, message, "Put the later day last.")


def _problem(source: Source, code: str, pointer: str, message: str, mend: str, severity: Severity = "error") -> Problem:
    return Problem(code, severity, pointer, message, mend, source.line(pointer))
