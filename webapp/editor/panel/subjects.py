"""What a panel is about: the form itself, one of its sections, a question, or a column of rows."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from engine.overlays.places import Spot, question_at, section_index, spot_of, with_question, with_section

Json = Any
Form = Mapping[str, Json]
Kind = Literal["form", "section", "question", "column"]

THE_FORM = "*"
"""What an address names the form itself by, which has no id among its parts."""

HELD: Mapping[Kind, tuple[str, ...]] = {"form": ("sections",), "section": ("questions",), "question": ("columns",)}
"""What each holds that has panels of its own."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A part of a form by its name ("" for the form itself, people.age for a column): its JSON and where it stands."""

    kind: Kind
    name: str
    value: Form
    pointer: str
    section: int = -1
    spot: Spot | None = None

    @property
    def splits(self) -> bool:
        """Whether its section can be split at it: a question with others before it."""
        return self.kind == "question" and self.spot is not None and self.spot.question > 0

    @property
    def own_id(self) -> str:
        """The id within what it stands in; "" for the form."""
        return self.name.rpartition(".")[2]


def subject_of(form: Form, name: str) -> Subject | None:
    """The part of a form with this name; None for a name that is none."""
    if not name:
        return Subject("form", "", form, "")
    index = section_index(form, name)
    if index is not None:
        return Subject("section", name, form["sections"][index], f"/sections/{index}", index)
    spot = spot_of(form, name)
    if spot is None:
        return None
    kind: Kind = "question" if spot.column is None else "column"
    return Subject(kind, name, question_at(form, spot), spot.pointer, spot.section, spot)


def with_subject(form: Form, subject: Subject, value: Form) -> Form:
    """The form with another JSON for a part of it; what the part holds is left as `value` has it."""
    if subject.kind == "form":
        return value
    if subject.spot is None:
        return with_section(form, subject.section, value)
    return with_question(form, subject.spot, value)


def names_in(form: Form) -> Iterator[tuple[str, str]]:
    """Every section, question and column by its pointer, with its name."""
    for index, section in enumerate(form["sections"]):
        yield f"/sections/{index}", section["id"]
        for number, question in enumerate(section["questions"]):
            pointer = f"/sections/{index}/questions/{number}"
            yield pointer, question["id"]
            for place, column in enumerate(question.get("columns", ())):
                yield f"{pointer}/columns/{place}", f"{question['id']}.{column['id']}"


def name_at(names: Mapping[str, str], pointer: str) -> str:
    """The name of the innermost part that a pointer leads into, of the names by pointer; "" for the form itself."""
    while pointer and pointer not in names:
        pointer = pointer.rpartition("/")[0]
    return names.get(pointer, "")
