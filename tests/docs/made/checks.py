"""Every code that a check can give, with its words and its mend, from where the checks themselves keep them."""

import ast
import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import TypeVar

from engine.checks import families
from engine.checks._size import KINDS as SIZE_KINDS
from engine.checks.base import Kinds
from engine.errors import Refusal
from engine.overlays.faults import OperationFault
from engine.source import Unreadable
from tests.docs.made.writing import code, names, paragraphs, table, with_slots
from workshop.steps import ROOT

K = TypeVar("K", bound=Refusal)
TYPES = ROOT / "engine" / "question_types"
BROKEN = ROOT / "form_definitions" / "_features" / "broken"
STRINGS_MARKS = "f'{}"
HEADINGS = ["Code", "What you read", "What to do", "Seen in"]


def families_of_faults() -> str:
    """The faults of a definition, a part for each family."""
    parts = (
        paragraphs(f"### {name.replace('_', ' ').capitalize()}", module.__doc__ or "", _kinds(module.KINDS))
        for name, module in families().items()
        if module.KINDS
    )
    return paragraphs(*parts)


def faults_of_size() -> str:
    """The caps that come before everything else."""
    return _kinds(SIZE_KINDS)


def _kinds(kinds: Kinds) -> str:
    rows = [
        (_marked(name, kind.severity), with_slots(kind.message), with_slots(kind.mend), _seen_in(name))
        for name, kind in kinds.items()
    ]
    return table(HEADINGS, rows)


def faults_of_settings() -> str:
    """What a type itself finds wrong with a question's settings, read from its source."""
    found: dict[tuple[str, str], list[str]] = {}
    for path in sorted(TYPES.glob("[a-z]*.py")):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "Fault":
                _pointer, name, _message, mend = call.args
                found.setdefault((_literal(name), f"{_literal(mend)}."), []).append(path.stem)
    rows = [(code(name), names(types), mend, _seen_in(name)) for (name, mend), types in sorted(found.items())]
    return table(["Code", "Of type", *HEADINGS[2:]], rows)


def _literal(text: ast.expr) -> str:
    """A text in the source, its details in italics by their names."""
    if isinstance(text, ast.JoinedStr):
        return "".join(map(_literal, text.values))
    return str(text.value) if isinstance(text, ast.Constant) else f"*{ast.unparse(text).strip(STRINGS_MARKS)}*"


def _marked(name: str, severity: str) -> str:
    return code(name) if severity == "error" else f"{code(name)} (warning)"


def faults_of_text() -> str:
    """Why a file cannot be read at all."""
    return table(
        HEADINGS, [(*_told(each), with_slots(each.mend), _seen_in(each.code)) for each in _classes(Unreadable)]
    )


def faults_of_overlays() -> str:
    """What can be wrong with an operation of an overlay."""
    return table(HEADINGS[:3], [(*_told(each), with_slots(each.mend)) for each in _classes(OperationFault)])


def _told(refusal: type[Refusal]) -> tuple[str, str]:
    return code(refusal.code), with_slots((refusal.__doc__ or "").strip())


def _classes(base: type[K]) -> Iterator[type[K]]:
    """The class and those below it, one for each code, in the order of their writing."""
    seen: set[str] = set()
    waiting = [base]
    while waiting:
        each = waiting.pop(0)
        waiting += each.__subclasses__()
        if each.code not in seen:
            seen.add(each.code)
            yield each


@cache
def _examples() -> Mapping[str, str]:
    expected: Mapping[str, list[Mapping[str, str]]] = json.loads((BROKEN / "expected.json").read_bytes())
    found: dict[str, list[tuple[int, bool, str]]] = {}
    for name, problems in expected.items():
        for each in problems:
            named_for_it = name.startswith(each["code"].replace("_", "-"))
            found.setdefault(each["code"], []).append((len(problems), not named_for_it, name))
    return {each: min(choice)[-1] for each, choice in found.items()}


def _seen_in(name: str) -> str:
    """A link to a form that has the fault, alone where there is one."""
    example = _examples().get(name)
    return f"[{example}](../form_definitions/_features/broken/{example})" if example else ""
