"""The boxes of a step at which something is still to do, marked as such: a step counts no more than it shows."""

from collections.abc import Container, Mapping
from dataclasses import replace
from typing import Any

from webapp.drawing.values import Control

TO_DO = "Still to do"


def marked(shown: Mapping[str, Any], left: Container[str]) -> dict[str, Any]:
    """What a page shows, each box at which something is left marked before its hint; `left` has them by name."""
    return {key: _marked(value, left) for key, value in shown.items()}


def _marked(value: Any, left: Container[str]) -> Any:
    if isinstance(value, Control):
        return replace(value, hint=". ".join(filter(None, (TO_DO, value.hint)))) if value.id in left else value
    if isinstance(value, list):
        return [_marked(each, left) for each in value]
    return tuple(_marked(each, left) for each in value) if type(value) is tuple else value
