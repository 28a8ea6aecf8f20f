"""Names: from ids to names that every XLSForm tool takes, and from any name to an id."""

import re
from collections.abc import Set as AbstractSet

MOST_LENGTH = 63
_RESERVED = frozenset({"meta", "data", "name", "label", "instanceid", "instancename", "start", "end", "today"})
"""Names that XLSForm tools keep for themselves, at least at the top of a form."""


def free_name(wanted: str, taken: AbstractSet[str]) -> str:
    """The name, or the name with a number after it that nothing has yet."""
    if wanted not in taken:
        return wanted
    return next(each for number in range(2, len(taken) + 3) if (each := _numbered(wanted, number)) not in taken)


def _numbered(wanted: str, number: int) -> str:
    end = f"_{number}"
    return f"{wanted[: MOST_LENGTH - len(end)]}{end}"


def sheet_name(wanted: str, taken: AbstractSet[str]) -> str:
    """A name for a spreadsheet, unlike those taken and those that tools keep for themselves."""
    return free_name(f"{wanted}_"[:MOST_LENGTH] if wanted in _RESERVED else wanted, taken)


def id_from(name: str, otherwise: str) -> str:
    """An id as near as can be to a name: lower case, digits and _; a letter first."""
    words = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")
    made = words if words[:1].isalpha() else f"{otherwise}_{words}".strip("_")
    return made[:MOST_LENGTH].rstrip("_") or otherwise


def form_id_from(name: str) -> str:
    """A form's id as near as can be to a name: lower case, digits and hyphens; a letter first."""
    return id_from(name, "form").replace("_", "-")


def option_value_from(name: str, taken: AbstractSet[str]) -> str:
    """An option's value as near as can be to a name."""
    kept = re.sub(r"[^A-Za-z0-9_.-]+", "_", name).lstrip(".-")[:MOST_LENGTH] or "option"
    return free_name(kept, taken)
