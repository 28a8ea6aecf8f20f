"""Every question type, found by its file's name: a new type is one new file."""

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache

from engine.question_types.base import QuestionType

_NOT_TYPES = {"base"}


@cache
def question_types() -> Mapping[str, QuestionType]:
    """Each type by name; files whose names start with `_` are shared code, not types."""
    names = sorted(
        module.name
        for module in pkgutil.iter_modules(__path__)
        if module.name not in _NOT_TYPES and not module.name.startswith("_")
    )
    return {name: importlib.import_module(f"{__name__}.{name}").TYPE for name in names}


def question_type(name: str) -> QuestionType:
    """The type by its name; raises KeyError for a name that is not one."""
    return question_types()[name]
