"""The languages that a form can be shown in, to choose from."""

from collections.abc import Sequence
from dataclasses import dataclass

from engine.definition import Definition
from webapp.words import language_name


@dataclass(frozen=True, slots=True)
class Speech:
    """A language that a form can be shown in, by its own name; `here` says that it is."""

    code: str
    name: str
    here: bool


def languages_of(definition: Definition, language: str) -> Sequence[Speech]:
    """The languages to choose from; none where there is no choice."""
    if len(definition.languages) < 2:
        return ()
    return [Speech(code, language_name(code), code == language) for code in definition.languages]
