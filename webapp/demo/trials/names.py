"""Names of people whom nobody has ever met: by number, no two alike."""

import json
from functools import cache
from pathlib import Path
from typing import Any

_FILE = Path(__file__).with_name("names.json")


@cache
def _names() -> Any:
    return json.loads(_FILE.read_text(encoding="utf-8"))


def name(kind: str, number: int) -> tuple[str, str]:
    """The given and the family name of a worker or a child by number.

    The two lists of a kind have no factor of their lengths in common, so that it takes their product to repeat one.
    """
    lists = _names()[kind]
    return lists["given"][number % len(lists["given"])], lists["family"][number % len(lists["family"])]
