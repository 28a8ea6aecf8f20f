"""Free ids and option values, readable because they are made from the words that people read."""

import re
import unicodedata
from collections.abc import Collection, Mapping
from typing import Any

from engine.editing.form import AnyForm, form_of
from engine.text import Text, in_language

Json = Any

LONGEST = 40
"""Characters of an id that is made from words; a form may have longer ones."""

_MOST = 63
OF_EVERY_ROW = "id"
"""What each row has beside its columns."""
RESERVED = "today"
"""What limits of dates and conditions call the day: a question of that id could not be told from it."""
_DROPPED = re.compile("['’‘`]")


def new_id(form: AnyForm, words: Text, rows: str | None = None) -> str:
    """A free id from words: “Was the child seen alone?” gives was_the_child_seen_alone.

    With `rows` it is free among the columns of that question, else among all questions and sections.
    """
    known = form_of(form)
    if rows is None:
        taken: Collection[str] = {RESERVED, *known.spots, *known.sections}
    else:
        taken = {
            RESERVED,
            OF_EVERY_ROW,
            *(path.partition(".")[2] for path in known.spots if path.startswith(f"{rows}.")),
        }
    return free(from_words(words, "question"), taken)


def new_value(question: Mapping[str, Json], words: Text) -> str:
    """A free value for an option of a question's JSON, from the option's words."""
    return free(from_words(words, "option"), {option["value"] for option in question.get("options", ())})


def is_made_from(name: str, words: Text, without_any: str) -> bool:
    """Whether an id or value is what would be made from words, with a number after it or without."""
    made = from_words(words, without_any)
    return name == made or re.sub("_[0-9]+$", "", name) == re.sub("_[0-9]+$", "", made)


def from_words(words: Text, without_any: str) -> str:
    """Words as an id: small letters, digits and _, cut where a word ends; something else where there are none."""
    plain = unicodedata.normalize("NFKD", _DROPPED.sub("", in_language(words))).encode("ascii", "ignore").decode()
    found = re.findall("[a-z0-9]+", plain.lower())
    if not found:
        return without_any
    if found[0][0].isdigit():
        found.insert(0, without_any)
    kept: str = found[0][:LONGEST]
    for word in found[1:]:
        if len(kept) + 1 + len(word) > LONGEST:
            break
        kept = f"{kept}_{word}"
    return kept


def free(name: str, taken: Collection[str]) -> str:
    """The name itself where nothing has it, else the first of name_2, name_3 and so on that is free."""
    if name not in taken:
        return name
    stem = re.sub("_[0-9]+$", "", name)
    number = 2
    while f"{stem[: _MOST - 1 - len(str(number))]}_{number}" in taken:
        number += 1
    return f"{stem[: _MOST - 1 - len(str(number))]}_{number}"
