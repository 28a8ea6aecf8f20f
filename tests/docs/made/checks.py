"""Every code that a check can give, with its words and its mend, from where the checks themselves keep them."""

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import TypeVar

from engine import overlays
from engine.checks import families
from engine.checks._size import KINDS as SIZE_KINDS
from engine.checks.base import Kinds
from engine.errors import Refusal
from engine.overlays.faults import OperationFault
from engine.source import Unreadable
from tests.docs.made.told_in_source import told_in
from tests.docs.made.writing import code, paragraphs, table, with_slots
from workshop.steps import ROOT

K = TypeVar("K", bound=Refusal)
TYPES = ROOT / "engine" / "question_types"
OVERLAYS = ROOT / "engine" / "overlays"
OVERLAY_COMMAND = ROOT / "webapp" / "commands" / "overlay_problems.py"
CODE_LIST_COMMAND = ROOT / "webapp" / "commands" / "code_list_problems.py"
CASES = [
    ROOT / "webapp" / "commands" / "case_problems.py",
    *((ROOT / "engine" / "cases" / name) for name in ("shape.py", "expectations.py")),
]
TWINS_COMMAND = ROOT / "webapp" / "commands" / "twins.py"
BROKEN = ROOT / "form_definitions" / "_features" / "broken"
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


SHARED = {"_options": "any with options"}
"""By the file that several types share, which types those are."""


def faults_of_settings() -> str:
    """What a type itself finds wrong with a question's settings."""
    told = sorted(told_in(sorted(TYPES.glob("*.py"))), key=lambda each: each.code)
    rows = [
        (
            code(each.code),
            SHARED.get(each.file) or code(each.file),
            f"{each.message}.",
            f"{each.mend}.",
            _seen_in(each.code),
        )
        for each in told
    ]
    return table([HEADINGS[0], "Of type", *HEADINGS[1:]], rows)


def _marked(name: str, severity: str) -> str:
    return code(name) if severity == "error" else f"{code(name)} (warning)"


def faults_of_text() -> str:
    """Why a file cannot be read at all."""
    return table(
        HEADINGS, [(*_told(each), with_slots(each.mend), _seen_in(each.code)) for each in _classes(Unreadable)]
    )


def faults_of_overlays() -> str:
    """What can be wrong with an overlay, its operations and what it makes of its base."""
    listed = [(code(name), with_slots(message), with_slots(mend)) for name, message, mend in _listed_by_overlays()]
    operations = [(*_told(each), with_slots(each.mend)) for each in _classes(OperationFault) if _is_of_overlays(each)]
    return table(HEADINGS[:3], [*_in_source([*OVERLAYS.glob("*.py"), OVERLAY_COMMAND]), *operations, *listed])


def _listed_by_overlays() -> Iterator[tuple[str, str, str]]:
    """The code, message and mend of what modules of overlays keep in a table of their own."""
    for found in iter_modules(overlays.__path__):
        module = import_module(f"{overlays.__name__}.{found.name}")
        for name, (message, mend) in getattr(module, "MESSAGES", {}).items():
            yield name, message, mend


def faults_of_code_lists() -> str:
    """What can be wrong with a code list's file."""
    return table(HEADINGS[:3], _in_source([CODE_LIST_COMMAND]))


def faults_of_cases() -> str:
    """What can be wrong with a case's file, and with what it expects."""
    return table(HEADINGS[:3], _in_source(CASES))


def faults_of_twins() -> str:
    """What can be wrong with two forms together."""
    return table(HEADINGS[:3], _in_source([TWINS_COMMAND]))


def _in_source(paths: Iterable[Path]) -> list[tuple[str, str, str]]:
    told = dict.fromkeys(told_in(sorted(paths)))
    return [(_marked(each.code, "warning" if each.warns else "error"), each.message, each.mend) for each in told]


def _told(refusal: type[Refusal]) -> tuple[str, str]:
    return code(refusal.code), with_slots((refusal.__doc__ or "").strip())


def _is_of_overlays(fault: type[OperationFault]) -> bool:
    """Whether the check of an overlay tells it; what changes a form has faults of its own, which it does not."""
    return fault is not OperationFault and fault.__module__ == OperationFault.__module__


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
