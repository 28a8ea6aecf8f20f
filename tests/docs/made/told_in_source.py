"""Faults whose code and words stand where they are found: read from the source, since nothing lists them."""

import ast
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

MAKERS = frozenset({"Fault", "OverlayProblem", "Told", "_problem"})
"""What a fault is made with: it is given the code, the message and the mend in this order, and perhaps a place."""

_CODE = re.compile("[a-z]+(?:_[a-z]+)+|empty")


@dataclass(frozen=True, slots=True)
class Written:
    """A fault as its source tells it, details in italics, and the name of the file."""

    code: str
    message: str
    mend: str
    file: str
    warns: bool = False


def told_in(paths: Iterable[Path]) -> tuple[Written, ...]:
    """Every fault made with a literal code in some files, in the order of the text."""
    return tuple(found for path in paths for found in _told_in(path))


def _told_in(path: Path) -> Iterator[Written]:
    module = ast.parse(path.read_text(encoding="utf-8"))
    for function in ast.walk(module):
        if isinstance(function, ast.FunctionDef):
            named = [*_named(module.body), *_named(ast.walk(function))]
            for call in _calls(function):
                texts = [_text(argument, named) for argument in call.args]
                told = [text for text in texts if text and not text.startswith("/") and text != "*pointer*"]
                start = next((number for number, text in enumerate(told) if _CODE.fullmatch(text)), len(told))
                if len(told) >= start + 3:
                    code, message, mend = told[start : start + 3]
                    yield Written(code, message, mend, path.stem, "warning" in told[start + 3 :])


def _calls(function: ast.FunctionDef) -> Iterator[ast.Call]:
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MAKERS:
            yield node


def _named(nodes: Iterable[ast.AST]) -> list[tuple[int, str, ast.expr]]:
    """What is given a name in a module or a function, with its line, in the order of lines."""
    found = [
        (node.lineno, node.targets[0].id, node.value)
        for node in nodes
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
    ]
    return sorted(found, key=lambda each: each[0])


def _text(written: ast.expr, named: Sequence[tuple[int, str, ast.expr]]) -> str:
    """The words an expression stands for; of a name, those it was given last before."""
    if isinstance(written, ast.Constant):
        return str(written.value)
    if isinstance(written, ast.JoinedStr):
        return "".join(_text(part, named) if isinstance(part, ast.Constant) else _slot(part) for part in written.values)
    if isinstance(written, ast.Name):
        given = [value for line, name, value in named if name == written.id and line <= written.lineno]
        if given and isinstance(given[-1], ast.Constant | ast.JoinedStr):
            return _text(given[-1], named)
    return _slot(written)


def _slot(detail: ast.expr) -> str:
    """A detail that only a file under check can fill in, by what it is called there."""
    if isinstance(detail, ast.FormattedValue):
        return _slot(detail.value)
    if isinstance(detail, ast.Call) and isinstance(detail.func, ast.Name) and detail.func.id.startswith("_"):
        return f"*{detail.func.id.strip('_')}*"
    return f"*{(re.findall('[a-z]+', ast.unparse(detail)) or ['…'])[-1]}*"
