"""A definition in the formats of other tools: one file or folder for each format, found by its name."""

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache
from types import ModuleType


@cache
def formats() -> Mapping[str, ModuleType]:
    """Each format by its name: it has SUMMARY, SUFFIX, `write(definition)` and `read(content, code_lists)`."""
    names = sorted(each.name for each in pkgutil.iter_modules(__path__) if not each.name.startswith("_"))
    found = {name: importlib.import_module(f"{__name__}.{name}") for name in names}
    return {name: module for name, module in found.items() if hasattr(module, "write")}
