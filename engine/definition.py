"""A form as frozen values: Form, Section and Question, read from JSON and written back to it."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import cached_property
from typing import Any, Literal

from engine.code_lists import CodeList
from engine.conditions import Condition, Leaf, parse, resolve_groups
from engine.question_types import question_types
from engine.question_types.base import QuestionType
from engine.text import Text

Json = Any
Kind = Literal["fact", "voice", "analysis", "decision", "statutory"]
KINDS: tuple[Kind, ...] = ("fact", "voice", "analysis", "decision", "statutory")
MAY_BE_NOT_KNOWN = frozenset({"fact", "voice", "analysis"})
"""Kinds for which "not known yet" is offered unless the definition says otherwise."""


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a choice."""

    value: str
    label: Text
    hint: Text | None = None
    group: str | None = None
    exclusive: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """One question, or a column of one; the defaults of the format are filled in.

    `options` are resolved from the code list where it names one; `settings` hold the type's own, defaults filled in;
    `per_child` is true too where its section is asked for each child.
    """

    id: str
    type: str
    kind: Kind
    label: Text
    why: Text
    hint: Text | None = None
    guidance: Text | None = None
    required: bool = False
    not_known: bool = False
    show_when: Condition | None = None
    per_child: bool = False
    options: tuple[Option, ...] = ()
    code_list: str | None = None
    columns: tuple["Question", ...] = ()
    reason_for: str | None = None
    concept: str | None = None
    carry_forward: Literal["offer", "never"] = "never"
    running_list: str | None = None
    protected: bool = False
    share: Literal["authority", "professionals", "family"] = "authority"
    returns: str | None = None
    shows: tuple[str, ...] = ()
    settings: Mapping[str, Any] = field(default_factory=dict)
    given: Mapping[str, Json] = field(default_factory=dict, repr=False, compare=False)

    @property
    def handler(self) -> QuestionType:
        """What the question's type does with an answer."""
        return question_types()[self.type]

    @property
    def headings(self) -> Mapping[str, Text]:
        """The words over its groups of options, by group; a code list's groups are named in words already."""
        listed = {option.group: option.group for option in self.options if option.group} if self.code_list else {}
        return {**listed, **self.settings.get("headings", {})}


@dataclass(frozen=True, slots=True)
class Section:
    """A page of questions."""

    id: str
    title: Text
    questions: tuple[Question, ...]
    intro: Text | None = None
    group: Text | None = None
    show_when: Condition | None = None
    per_child: bool = False


@dataclass(frozen=True, eq=False)
class Definition:
    """A whole form at one version, with the code lists it names; `given` is the JSON it was read from.

    Two are the same if their hashes are.
    """

    form: str
    version: int
    title: Text
    purpose: Text
    sections: tuple[Section, ...]
    languages: tuple[str, ...] = ("en",)
    replaces: Mapping[str, Json] | None = None
    budget: Mapping[str, int | float] = field(default_factory=dict)
    read_first: tuple[str, ...] = ()
    sign_off: Mapping[str, Json] | None = None
    timescale: Mapping[str, Json] | None = None
    code_lists: tuple[CodeList, ...] = field(default=(), repr=False)
    given: Mapping[str, Json] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """Every question outside rows, in order."""
        return tuple(question for section in self.sections for question in section.questions)

    @cached_property
    def by_id(self) -> Mapping[str, Question]:
        """Questions by id."""
        return {question.id: question for question in self.questions}

    @cached_property
    def section_of(self) -> Mapping[str, Section]:
        """The section each question stands in, by the question's id."""
        return {question.id: section for section in self.sections for question in section.questions}

    @cached_property
    def per_child(self) -> frozenset[str]:
        """The questions answered once for each child."""
        return frozenset(question.id for question in self.questions if question.per_child)

    def find(self, path: str) -> Question | None:
        """A question by id, or a column as `people.age`."""
        question_id, _, column = path.partition(".")
        question = self.by_id.get(question_id)
        if question is None or not column:
            return question
        return next((found for found in question.columns if found.id == column), None)

    def resolved(self, condition: Condition | None, rows: str | None = None) -> Condition | None:
        """A condition with option groups replaced by their values; `rows` is the question whose columns it may read."""
        if condition is None:
            return None

        def members(leaf: Leaf) -> tuple[str, ...]:
            path = f"{rows}.{leaf.name}" if leaf.subject == "row" and rows and "." not in leaf.name else leaf.name
            question = self.find(path)
            return tuple(o.value for o in question.options if o.group == leaf.operand) if question else ()

        return resolve_groups(condition, members)

    @cached_property
    def content_hash(self) -> str:
        """SHA-256 of the definition's JSON and of the whole code lists it names, in one fixed spelling.

        `$schema` is left out: it tells an editor where to find help, and nothing of the form.
        """
        named = [asdict(code_list) for code_list in self.code_lists]
        said = {key: value for key, value in self.given.items() if key != "$schema"}
        canonical = json.dumps([said, named], sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()


def definition_from_json(
    data: Mapping[str, Json], code_lists: Mapping[str, CodeList] | None = None, day: str | None = None
) -> Definition:
    """A definition that the check has passed, as frozen values.

    `code_lists` are those it names, `day` (ISO) the day their codes must be valid on; without it the codes not
    withdrawn. Raises KeyError, TypeError or ValueError for JSON that breaks the definition's schema.
    """
    reader = _Reader(code_lists or {}, day)
    sections = tuple(reader.section(section) for section in data["sections"])
    return Definition(
        form=data["form"],
        version=data["version"],
        title=data["title"],
        purpose=data["purpose"],
        sections=sections,
        languages=tuple(data.get("languages", ("en",))),
        replaces=data.get("replaces"),
        budget=data.get("budget", {}),
        read_first=tuple(data.get("read_first", ())),
        sign_off=data.get("sign_off"),
        timescale=data.get("timescale"),
        code_lists=tuple(reader.code_lists[name] for name in sorted(reader.resolved)),
        given=data,
    )


class _Reader:
    """Reads sections and questions, resolving code lists on one day."""

    def __init__(self, code_lists: Mapping[str, CodeList], day: str | None) -> None:
        self.day = day
        self.code_lists = code_lists
        self.types = question_types()
        self.resolved: dict[str, tuple[Option, ...]] = {}

    def section(self, data: Mapping[str, Json]) -> Section:
        per_child = bool(data.get("per_child", False))
        return Section(
            id=data["id"],
            title=data["title"],
            questions=tuple(self.question(question, per_child) for question in data["questions"]),
            intro=data.get("intro"),
            group=data.get("group"),
            show_when=_condition(data),
            per_child=per_child,
        )

    def question(self, data: Mapping[str, Json], per_child: bool = False, column: bool = False) -> Question:
        get = data.get
        type_name, kind = data["type"], data["kind"]
        handler = self.types[type_name]
        may_be_not_known = handler.takes_answer and get("not_known", kind in MAY_BE_NOT_KNOWN)
        return Question(
            id=data["id"],
            type=type_name,
            kind=kind,
            label=data["label"],
            why=data["why"],
            hint=get("hint"),
            guidance=get("guidance"),
            required=get("required", False),
            not_known=may_be_not_known,
            show_when=_condition(data),
            per_child=per_child or (not column and get("per_child", False)),
            options=self.options(data) if handler.takes_options else (),
            code_list=get("code_list"),
            columns=tuple(self.question(each, column=True) for each in get("columns", ())),
            reason_for=get("reason_for"),
            concept=get("concept"),
            carry_forward=get("carry_forward", "never"),
            running_list=get("running_list"),
            protected=get("protected", False),
            share=get("share", "authority"),
            returns=get("returns"),
            shows=tuple(get("shows", ())),
            settings={**handler.defaults, **{key: data[key] for key in handler.settings if key in data}},
            given=data,
        )

    def options(self, data: Mapping[str, Json]) -> tuple[Option, ...]:
        """The question's own options, or those of its code list that are valid on the day."""
        name = data.get("code_list")
        if name is None:
            return tuple(Option(**option) for option in data.get("options", ()))
        if name not in self.resolved:
            codes = self.code_lists[name].valid_codes(self.day)
            self.resolved[name] = tuple(Option(c.value, c.label, None, c.group, c.exclusive) for c in codes)
        return self.resolved[name]


def _condition(data: Mapping[str, Json]) -> Condition | None:
    return parse(data["show_when"]) if "show_when" in data else None


def definition_to_json(definition: Definition) -> dict[str, Json]:
    """The JSON a definition was read from: what is left out stays left out, so it reads back equal."""
    copied: dict[str, Json] = json.loads(json.dumps(definition.given))
    return copied
