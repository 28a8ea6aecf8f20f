"""The definitions and code lists that lie in files: where they are, and reading them."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from engine.code_lists import CodeList, NotACodeList, code_list_from_json
from engine.definition import Definition, definition_from_json
from engine.errors import BadInput
from engine.source import LIMITS, Source, Unreadable, read_json

Json = Any

LIBRARY = Path(__file__).resolve().parent.parent / "form_definitions"
"""The shipped definitions: beside the packages, in a checkout as in an installation."""

CODE_LISTS = "code_lists"
CASES = "cases"
MOST_BYTES = 4 * LIMITS.characters + 1
_NOT_WALKED = frozenset({"broken"})


class CannotRead(BadInput):
    """{path}: {why}"""

    code = "cannot_read"


def read_file(path: Path) -> Source:
    """A JSON file with its text; raises CannotRead, naming the line where it is no JSON."""
    try:
        return read_json(bytes_of(path))
    except Unreadable as fault:
        raise CannotRead(path=f"{path}:{fault.position.line}", why=fault.message) from fault


def bytes_of(path: Path) -> bytes:
    """A file's content, no more of it than could be read as JSON; raises CannotRead."""
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES)
    except OSError as error:
        raise CannotRead(path=path, why=(error.strerror or "it cannot be read").lower()) from error


def is_code_list(path: Path) -> bool:
    """Whether a file lies where code lists do."""
    return path.parent.name == CODE_LISTS


def files_under(path: Path) -> Iterator[Path]:
    """The definitions, overlays, code lists and cases of a folder, in order, without forms broken on purpose."""
    for found in sorted(path.rglob("*.json")):
        folders = found.relative_to(path).parts[:-1]
        if not _NOT_WALKED.intersection(folders) and CASES not in folders[:-1]:
            yield found


def shipped_definitions() -> Iterator[Path]:
    """The definitions that come with Pith, in order of form and version."""
    for folder in sorted(LIBRARY.iterdir()):
        if not folder.name.startswith("_") and folder.name != CODE_LISTS:
            yield from sorted(folder.glob("*.json"), key=lambda path: (len(path.name), path.name))


@cache
def shipped_hashes() -> frozenset[str]:
    """The content hashes of the definitions that come with Pith, read once in this process."""
    return frozenset(read_definition(path)[0].content_hash for path in shipped_definitions())


def code_list_files(near: Iterable[Path] = ()) -> Mapping[str, Json]:
    """The shipped code lists' JSON by name, with those in a code_lists folder beside the given files over them.

    A file that cannot be read is left out, so that what names it is told.
    """
    folders = [LIBRARY / CODE_LISTS, *dict.fromkeys(path.parent / CODE_LISTS for path in near)]
    found: dict[str, Json] = {}
    for folder in folders:
        for path in sorted(folder.glob("*.json")):
            with suppress(CannotRead):
                found[path.stem] = read_file(path).value
    return found


def code_lists(files: Mapping[str, Json]) -> Mapping[str, CodeList]:
    """Code lists as values; those that are not well formed are left out, so that what names them is told."""
    found = {}
    for name, data in files.items():
        try:
            found[name] = code_list_from_json(data)
        except NotACodeList:
            continue
    return found


def lists_named_in(data: Json) -> frozenset[str]:
    """The code lists that a definition names."""
    questions = [question for section in data["sections"] for question in section["questions"]]
    columns = [column for question in questions for column in question.get("columns", ())]
    return frozenset(each["code_list"] for each in (*questions, *columns) if "code_list" in each)


def read_definition(path: Path) -> tuple[Definition, Mapping[str, Json]]:
    """A definition that is known to pass the check, with the files of the code lists it names."""
    data = read_file(path).value
    files = code_list_files([path])
    named = {name: files[name] for name in sorted(lists_named_in(data))}
    return definition_from_json(data, code_lists(named)), named


def shipped_cases(form: str) -> Iterator[Path]:
    """The cases that come with a shipped form, by its id, in order of their names; none for any other form."""
    folder = LIBRARY / form / CASES
    if folder.parent.parent == LIBRARY and folder.is_dir():
        yield from sorted(folder.glob("*.json"))
