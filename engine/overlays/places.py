"""Finding, taking out and putting in questions and sections of a definition's JSON, which itself stays as it was."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

Json = Any


class Spot(NamedTuple):
    """Where a question stands: its section, its position in it, and for a column its position in the rows."""

    section: int
    question: int
    column: int | None = None

    @property
    def pointer(self) -> str:
        """The JSON pointer of the question."""
        column = "" if self.column is None else f"/columns/{self.column}"
        return f"/sections/{self.section}/questions/{self.question}{column}"


def questions(form: Mapping[str, Json]) -> Iterator[tuple[str, Spot, Mapping[str, Json]]]:
    """Every question as id, spot and JSON, each column (`people.age`) after the rows it belongs to."""
    for section_index, section in enumerate(form["sections"]):
        for index, question in enumerate(section["questions"]):
            yield question["id"], Spot(section_index, index), question
            for column_index, column in enumerate(question.get("columns", ())):
                yield f"{question['id']}.{column['id']}", Spot(section_index, index, column_index), column


def spot_of(form: Mapping[str, Json], path: str) -> Spot | None:
    """Where the question or column with this path stands."""
    return next((spot for found, spot, _ in questions(form) if found == path), None)


def section_index(form: Mapping[str, Json], section_id: str) -> int | None:
    """The position of a section among the sections."""
    return next((index for index, section in enumerate(form["sections"]) if section["id"] == section_id), None)


def question_at(form: Mapping[str, Json], spot: Spot) -> dict[str, Json]:
    """The question or column at a spot."""
    question: dict[str, Json] = form["sections"][spot.section]["questions"][spot.question]
    return question if spot.column is None else question["columns"][spot.column]


def container_of(spot: Spot) -> Spot:
    """What a question stands in: its section (a spot with question -1) or, for a column, its rows."""
    return Spot(spot.section, -1) if spot.column is None else Spot(spot.section, spot.question)


def members(form: Mapping[str, Json], container: Spot) -> list[Json]:
    """The questions of a section, or the columns of rows."""
    if container.question < 0:
        found: list[Json] = form["sections"][container.section]["questions"]
        return found
    return list(question_at(form, container).get("columns", ()))


def with_members(form: Mapping[str, Json], container: Spot, found: list[Json]) -> dict[str, Json]:
    """The form with other questions in a section, or other columns in rows."""
    if container.question < 0:
        section = {**form["sections"][container.section], "questions": found}
        return with_section(form, container.section, section)
    return with_question(form, container, {**question_at(form, container), "columns": found})


def with_section(form: Mapping[str, Json], index: int, section: Json) -> dict[str, Json]:
    """The form with another section at a position."""
    sections = form["sections"]
    return {**form, "sections": [*sections[:index], section, *sections[index + 1 :]]}


def with_question(form: Mapping[str, Json], spot: Spot, question: Json) -> dict[str, Json]:
    """The form with another question at a spot."""
    container, index = container_of(spot), spot.question if spot.column is None else spot.column
    found = members(form, container)
    return with_members(form, container, [*found[:index], question, *found[index + 1 :]])


def without(form: Mapping[str, Json], spot: Spot) -> dict[str, Json]:
    """The form without the question at a spot."""
    container, index = container_of(spot), spot.question if spot.column is None else spot.column
    found = members(form, container)
    return with_members(form, container, [*found[:index], *found[index + 1 :]])


def inserted(found: list[Json], after: str | None, item: Json) -> list[Json]:
    """A list of things with ids with one more after the one named; first when none is."""
    index = next((index + 1 for index, each in enumerate(found) if each["id"] == after), 0)
    return [*found[:index], item, *found[index:]]
