"""The figures that the estimates of a form's cost rest on, each with where it comes from."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("parameters.json")


@cache
def parameters() -> Mapping[str, Mapping[str, Any]]:
    """The figures by what they are about, as in parameters.json; `source` says where each group comes from."""
    found: Mapping[str, Mapping[str, Any]] = json.loads(FILE.read_text(encoding="utf-8"))
    return found
