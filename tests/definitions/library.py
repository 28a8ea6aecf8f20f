"""The shipped definitions, code lists and cases, read for the tests."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from engine.answers import problems_of
from engine.code_lists import CodeList, code_list_from_json
from engine.definition import Definition, definition_from_json
from engine.journey import ONE_CHILD, Journey, context_from_json, evaluate

Json = Any
LIBRARY = Path(__file__).parents[2] / "form_definitions"
BROKEN = LIBRARY / "_features" / "broken"


def read(path: Path) -> Json:
    """A file's JSON."""
    return json.loads(path.read_text(encoding="utf-8"))


def definition_files() -> list[Path]:
    """Every definition that is meant for use or as an example, the broken ones left out."""
    return sorted(path for path in LIBRARY.glob("**/*.json") if path.stem.isdigit() and path.parent != BROKEN)


def starter_files() -> list[Path]:
    """The newest version of each form that a team could start with; the examples of single features left out."""
    folders = sorted(path for path in LIBRARY.iterdir() if path.is_dir() and not path.name.startswith("_"))
    versions = [
        sorted((each for each in folder.glob("*.json") if each.stem.isdigit()), key=_number) for folder in folders
    ]
    return [each[-1] for each in versions if each]


def case_files() -> list[Path]:
    """Every case of those definitions."""
    return sorted(LIBRARY.glob("**/cases/*.json"))


def name(path: Path) -> str:
    """A file's path inside the library, as test ids show it."""
    return path.relative_to(LIBRARY).with_suffix("").as_posix()


@cache
def code_lists() -> Mapping[str, CodeList]:
    """The dated code lists by id."""
    return {path.stem: code_list_from_json(read(path)) for path in sorted((LIBRARY / "code_lists").glob("*.json"))}


@cache
def definition(path: Path) -> Definition:
    """A definition as the engine sees it, with the codes that have not been withdrawn."""
    return definition_from_json(read(path), code_lists())


@dataclass(frozen=True)
class Case:
    """One case: the form it belongs to, a draft of answers, and what must come of it."""

    definition: Definition
    title: str
    context: Json
    answers: Mapping[str, Json]
    expect: Mapping[str, Json]

    def journey(self) -> Journey:
        """The form with the case's answers."""
        context = ONE_CHILD if self.context is None else context_from_json(self.context)
        return evaluate(self.definition, self.answers, context)


def case(path: Path) -> Case:
    """A case with the newest version of its form."""
    data = read(path)
    versions = sorted(path.parents[1].glob("*.json"), key=_number)
    return Case(definition(versions[-1]), data["title"], data.get("context"), data["answers"], data["expect"])


def cases_of(path: Path) -> list[Case]:
    """The cases that stand beside a definition."""
    return [case(found) for found in sorted((path.parent / "cases").glob("*.json"))]


def outcome(journey: Journey) -> dict[str, Json]:
    """What a case speaks of: the places shown, the problems and the record."""
    return {
        "shown": [str(place) for place in journey.shown],
        "problems": [{"question": str(problem.place), "code": problem.code} for problem in problems_of(journey)],
        "record": journey.record(),
    }


def places_ever_shown(paths: Iterator[Path] | list[Path]) -> set[str]:
    """Every question and column (as people.age) that some case shows."""
    journeys = [case(path).journey() for path in paths]
    shown = {place for journey in journeys for place in journey.shown}
    return {f"{place.question}.{place.column}" if place.column else place.question for place in shown}


def _number(path: Path) -> int:
    return int(path.stem)
