"""What every question type promises: how it reads, checks, shows, exports and proves an answer."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal, Protocol

from wtforms import Field
from wtforms.fields.core import UnboundField

from engine.text import Text

Json = Any
Measure = Literal["text", "choice", "choices", "number", "date", "person", "rows", "none"]

HARD_CAP = 100_000
"""Characters in the longest text any answer may hold."""


@dataclass(frozen=True, slots=True)
class NotKnown:
    """The answer "not known yet": an answer, with what is being done about it, by whom and when."""

    doing: str = ""

    def to_json(self) -> dict[str, Json]:
        """The stored form; `doing` is left out where nothing was written."""
        return {"not_known": True, "doing": self.doing} if self.doing else {"not_known": True}


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with one answer: a stable code and the details its message names."""

    code: str
    detail: Mapping[str, Any]


class InvalidAnswer(Exception):
    """Raised by `read` for a value that is not an answer; never shown to a person as it is."""

    def __init__(self, code: str, **detail: Any) -> None:
        """Name the stable code and the details the message needs, such as the limit."""
        super().__init__(code)
        self.finding = Finding(code, detail)


BLANK: Mapping[str, Json] = {"anyOf": [{"enum": [None, [], {}]}, {"type": "string", "pattern": r"^\s*$"}]}
"""JSON Schema of what `is_blank` takes for no answer."""


def is_blank(value: Json) -> bool:
    """Whether a value is no answer: missing, only spaces, or an empty list or object."""
    if isinstance(value, str):
        return not value.strip()
    return value is None or value == [] or value == {}


def is_not_known(value: Json) -> bool:
    """Whether a draft's value says "not known yet", or tries to."""
    return isinstance(value, Mapping) and "not_known" in value


class Choice(Protocol):
    """An option as a question type sees it."""

    @property
    def value(self) -> str: ...
    @property
    def label(self) -> Text: ...
    @property
    def hint(self) -> Text | None: ...
    @property
    def group(self) -> str | None: ...
    @property
    def exclusive(self) -> bool: ...


class Asked(Protocol):
    """A question as its type sees it; `engine.definition.Question` is one."""

    @property
    def id(self) -> str: ...
    @property
    def type(self) -> str: ...
    @property
    def label(self) -> Text: ...
    @property
    def required(self) -> bool: ...
    @property
    def not_known(self) -> bool: ...
    @property
    def options(self) -> Sequence[Choice]: ...
    @property
    def settings(self) -> Mapping[str, Any]: ...
    @property
    def columns(self) -> Sequence["Asked"]: ...


Lookup = Callable[[str], Any]
"""The valid, shown answer to an earlier question by id (in `people.age` form: the list of a column), else None."""


@dataclass(frozen=True, slots=True)
class Example:
    """A question of a type with one posted value and what must come of it: the contract's proof.

    `settings` may hold `options` and `columns`; `earlier` are the answers that can be looked up. With neither
    `answer` nor `code` the value is a blank; for a type that takes no answer, `answer` is what is worked out.
    """

    settings: Mapping[str, Json]
    value: Json
    answer: Json = None
    code: str | None = None
    display: str | None = None
    earlier: Mapping[str, Json] = field(default_factory=dict)
    today: str | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a question's own settings: where under the question, code, words and mend."""

    pointer: str
    code: str
    message: str
    mend: str


@dataclass(frozen=True, slots=True)
class ExportColumn:
    """One column of a flat export: its suffix ("" for the question itself) and its heading."""

    suffix: str
    heading: str


SummedAs = Literal["", "mean", "share"]
"""How many answers become one figure: as their mean, as the share of them that say yes, or not at all."""


class QuestionType(ABC):
    """One kind of answer. A subclass in a file of its own, made once as TYPE, is all a new type needs."""

    name: ClassVar[str]
    measure: ClassVar[Measure]
    summary: ClassVar[str]
    takes_answer: ClassVar[bool] = True
    takes_options: ClassVar[bool] = False
    settings: ClassVar[Mapping[str, Json]] = {}
    required_settings: ClassVar[tuple[str, ...]] = ()
    defaults: ClassVar[Mapping[str, Json]] = {}
    examples: ClassVar[tuple[Example, ...]] = ()
    summed_as: ClassVar[SummedAs] = ""

    def choices_of(self, question: Asked) -> Sequence[Choice]:
        """The options an answer is picked from; empty for a type without any."""
        return question.options

    @abstractmethod
    def read(self, question: Asked, value: Json) -> Json:
        """The canonical answer, None for a blank; raises InvalidAnswer. Never sees a not-known answer."""

    @property
    def works_out(self) -> bool:
        """Whether it works a value out instead of taking an answer."""
        return type(self).work_out is not QuestionType.work_out

    def reads(self, question: Asked) -> tuple[str, ...]:
        """The earlier questions that `limit` or `work_out` looks up (columns as `people.age`)."""
        return ()

    def figure(self, answer: Json) -> float:
        """A present answer as the number it is summed up by; only for a type that says how it is (`summed_as`)."""
        return float(answer)

    def takes(self, question: Asked) -> Sequence[frozenset[str]]:
        """What each of `reads` may measure, the last standing for all further ones; empty where anything goes."""
        return ()

    def apart(self, value: Json) -> tuple[Json, Json]:
        """A draft's value without what it rests on, and the ids of the questions it rests on (None for none)."""
        return value, None

    def limit(self, question: Asked, answer: Json, look_up: Lookup, today: str | None) -> Finding | None:
        """What earlier answers or today's date forbid about an answer that `read` accepted."""
        return None

    def work_out(self, question: Asked, look_up: Lookup, today: str | None) -> Json:
        """The value worked out from earlier answers; None while any is missing."""
        return None

    def check(self, question: Asked) -> Sequence[Fault]:
        """What a person should mend in the settings that their JSON Schema cannot say."""
        return ()

    @abstractmethod
    def answer_schema(self, question: Asked) -> dict[str, Json]:
        """JSON Schema (2020-12) of a present answer; what it cannot say stands in `$comment`."""

    def blank_schema(self, question: Asked) -> Mapping[str, Json]:
        """JSON Schema of what `read` takes for a blank."""
        return BLANK

    def samples(self, question: Asked, literals: Sequence[Json]) -> Sequence[Json]:
        """Valid answers that between them give every truth value the literals can tell apart, for proofs.

        Also those at the ends of what the settings allow: a question with other settings may refuse them.
        """
        return ()

    @abstractmethod
    def field(self, question: Asked, language: str) -> "UnboundField[Field]":
        """The WTForms field that asks it; its `data` is what `from_field` takes."""

    def to_field(self, question: Asked, answer: Json) -> Any:
        """The field data that shows a stored answer (valid or as it was typed)."""
        return answer

    def from_field(self, question: Asked, field: Field) -> Json:
        """The JSON value that was posted, exactly as typed where it is not an answer; None for nothing."""
        return field.data

    @abstractmethod
    def display(self, question: Asked, answer: Json, language: str) -> str:
        """A present answer in words for reading; line breaks are `\\n`."""

    def export_columns(self, question: Asked, language: str) -> Sequence[ExportColumn]:
        """The flat columns an answer fills."""
        return (ExportColumn("", str(question.id)),)

    def export(self, question: Asked, answer: Json, language: str) -> Sequence[str]:
        """One cell for each of `export_columns`."""
        return (self.display(question, answer, language),)
