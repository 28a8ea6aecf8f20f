"""A draft of a form judged by the engine: every problem with its line, what it costs, what it changes."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache, wraps
from hashlib import sha256
from time import thread_time
from typing import Any, TypeVar

from engine.burden import OverBudget, budget_broken
from engine.checks import Problem, check, in_shape
from engine.definition import Definition, definition_from_json
from engine.overlays import weaknesses
from engine.proofs import Effort
from engine.source import Source, Unreadable, read_json
from engine.versions import Change, compare
from webapp.config import LANGUAGE
from webapp.editor.blank_form import not_written_yet
from webapp.editor.costs import Cost, cost_of
from webapp.editor.ground import Ground
from webapp.editor.in_words import PageWords
from webapp.library import lists_named_in

Json = Any
Made = TypeVar("Made")

SECONDS = 5
"""Of the processor, after which what is not proved yet of a draft is left open: a busy machine changes no verdict."""

LONGEST_QUOTE = 160

OWN_PROBLEMS: Mapping[str, tuple[str, str]] = {
    "other_form": ("This is a draft of “{form}”, so the form’s id must stay as it is.", "Write “{form}”."),
    "not_written_yet": (
        "These are still the words that a new form begins with.",
        "Write your own: whoever fills in the form reads them.",
    ),
    "other_version": ("This draft becomes version {version} of your own.", "Write {version}."),
}
"""What can be wrong with a draft besides what the engine tells: by code, the message and the mend."""


@dataclass(frozen=True, slots=True)
class Told:
    """A problem of a draft, and the line it stands in, quoted; "" where nothing stands there.

    `message` and `mend` are those of the problem in the words of the form's pages.
    """

    problem: Problem
    quoted: str
    message: str
    mend: str

    @property
    def is_error(self) -> bool:
        """Whether it bars publishing."""
        return self.problem.severity == "error"


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is to be said of a draft.

    `definition` and `cost` are None while there are errors, but for those against the form that ships: what the draft
    costs and changes is then not known. `code_lists` are those that it names.
    """

    told: tuple[Told, ...]
    definition: Definition | None = None
    cost: Cost | None = None
    changes: tuple[Change, ...] = ()
    over_budget: tuple[OverBudget, ...] = ()
    code_lists: Mapping[str, Json] = field(default_factory=dict)

    @property
    def errors(self) -> tuple[Told, ...]:
        """What bars publishing."""
        return tuple(each for each in self.told if each.is_error)

    @property
    def warnings(self) -> tuple[Told, ...]:
        """What a person should think about."""
        return tuple(each for each in self.told if not each.is_error)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A text by its hash, and what it is held against."""

    text_hash: str
    ground: Ground
    text: str = field(compare=False)


def kept_by_text(make: Callable[[str, Ground], Made]) -> Callable[[str, Ground], Made]:
    """What is made of a text once in this process, for as long as nothing that it is held against changes."""
    made = lru_cache(maxsize=64)(lambda asked: make(asked.text, asked.ground))

    def found(text: str, ground: Ground) -> Made:
        return made(_Asked(sha256(text.encode("utf-8", "surrogatepass")).hexdigest(), ground, text))

    return wraps(make)(found)


@kept_by_text
def judged(text: str, ground: Ground) -> Judgement:
    """Judge the text of a draft."""
    begun = thread_time()
    effort = Effort(out_of_time=lambda: thread_time() - begun > SECONDS)
    lists, day = ground.lists, ground.day.isoformat()
    found = [*check(text, lists, day, effort=effort)]
    try:
        source = read_json(text)
    except Unreadable:
        return Judgement(_told(text, found, None, ground))
    found += _own_problems(source, ground)
    if any(each.severity == "error" for each in found):
        return Judgement(_told(text, found, source.value, ground))
    if ground.shipped is not None:
        weaker = weaknesses(ground.shipped, source.value, lists, day, effort)
        found += [replace(each, line=source.line(each.pointer)) for each in weaker]
    if ground.new:
        found += _beginnings(source)
    definition = definition_from_json(source.value, lists, day)
    cost = cost_of(definition, ground.day)
    return Judgement(
        _told(text, found, source.value, ground),
        definition,
        cost,
        compare(ground.before, definition, LANGUAGE),
        budget_broken(definition, cost.burden),
        {name: ground.code_lists[name] for name in sorted(lists_named_in(source.value))},
    )


def _own_problems(source: Source, ground: Ground) -> Iterator[Problem]:
    """Where the draft says that it is another form, or another version than it becomes."""
    wanted: Mapping[str, tuple[str, Json]] = {
        "form": ("other_form", ground.form),
        "version": ("other_version", ground.version),
    }
    for key, (code, value) in wanted.items():
        if isinstance(source.value, dict) and key in source.value and source.value[key] != value:
            message, mend = (words.format(form=ground.form, version=ground.version) for words in OWN_PROBLEMS[code])
            yield Problem(code, "error", f"/{key}", message, mend, source.line(f"/{key}"))


def _beginnings(source: Source) -> Iterator[Problem]:
    """Where a form still has the words that it began with, which is worth a thought."""
    message, mend = OWN_PROBLEMS["not_written_yet"]
    for pointer in not_written_yet(source.value):
        yield Problem("not_written_yet", "warning", pointer, message, mend, source.line(pointer))


def _told(text: str, problems: list[Problem], form: Json, ground: Ground) -> tuple[Told, ...]:
    """The problems in the order of their lines, each with its line; as written where the form has no parts to name."""
    lines = text.split("\n")
    words = PageWords(form, ground) if form is not None and in_shape(problems) else None
    found = []
    for each in sorted(problems, key=lambda each: each.line or 0):
        said = words.of(each) if words else (each.message, each.mend)
        found.append(Told(each, _quoted(lines, each.line), *said))
    return tuple(found)


def _quoted(lines: list[str], number: int | None) -> str:
    line = lines[number - 1].strip() if number is not None and number <= len(lines) else ""
    return line if len(line) <= LONGEST_QUOTE else f"{line[: LONGEST_QUOTE - 1]}…"


def in_words(changes: tuple[Change, ...]) -> str:
    """What a save changed, for the list of what was done."""
    if not changes:
        return "Changed the text"
    first = changes[0].words
    more = f" And {len(changes) - 1} more." if len(changes) > 1 else ""
    return f"{first if len(first) <= 200 else f'{first[:199]}…'}{more}"


def done_between(before: Definition | None, after: Definition | None, did: str = "") -> str:
    """What changed from one form of a draft to the next, in words; `did`, if given, where they cannot be compared."""
    if before is None or after is None:
        if did:
            return did
        return "Changed the text" if after is not None else "Changed the text; it has errors"
    return in_words(compare(before, after, LANGUAGE))
