"""The WTForms fields that WTForms does not have: several inputs making one answer, and none at all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wtforms import Field


@dataclass(frozen=True, slots=True)
class Part:
    """One input of a PartsField: `many` where several values may be sent; not `asked`, it is shown only if filled."""

    name: str
    label: str
    many: bool = False
    asked: bool = True


@dataclass(frozen=True, slots=True)
class Input:
    """A part as a template draws it: the name and id it has on the page and what stands in it."""

    part: Part
    name: str
    value: Any


class PartsField(Field):
    """One answer typed into several inputs; `data` maps a part's name to its text (to a list where `many`)."""

    data: Mapping[str, Any]

    def __init__(self, label: str = "", parts: Sequence[Part] = (), **options: Any) -> None:
        """Take the parts in the order they are drawn."""
        super().__init__(label, **options)
        self.parts = tuple(parts)

    def name_of(self, part: Part) -> str:
        """The name, and the id, of one part's input."""
        return f"{self.name}-{part.name}"

    @property
    def inputs(self) -> tuple[Input, ...]:
        """The inputs to draw: every part that is asked or already holds something."""
        values = self.data
        return tuple(
            Input(part, self.name_of(part), values.get(part.name) or ([] if part.many else ""))
            for part in self.parts
            if part.asked or values.get(part.name)
        )

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Take the stored data, then whatever was posted in its place."""
        self.process_errors = []
        self.data = self.object_data = data if isinstance(data, Mapping) else {}
        if formdata is not None:
            self.data = {part.name: self._posted(formdata, part) for part in self.parts}

    def _posted(self, formdata: Any, part: Part) -> Any:
        values = formdata.getlist(self.name_of(part))
        if part.many:
            return values
        return values[0] if values else ""


class NoField(Field):
    """Stands for a question that is not answered by an input of its own; it can carry errors."""

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Take nothing: there is no input."""
        self.process_errors = []
        self.data = self.object_data = None
