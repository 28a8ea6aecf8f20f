"""What the controls of a setting are made of, and what they are made with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from werkzeug.datastructures import MultiDict

from engine.text import DEFAULT_LANGUAGE
from webapp.drawing.values import Control

Json = Any
Schema = Mapping[str, Json]
Posted = MultiDict[str, str]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A control with the name of the macro that draws it; `lang` is the language of what is written in it."""

    macro: str
    control: Control
    lang: str = DEFAULT_LANGUAGE


@dataclass(frozen=True, slots=True)
class Around:
    """What a setting is drawn among: the form's languages, and the questions it can refer to with their labels."""

    languages: Sequence[str] = (DEFAULT_LANGUAGE,)
    questions: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting by its key, with what people read and its schema.

    `wanted` must be given; `words` are those of a schema's few values where the values are not for people.
    """

    key: str
    title: str
    hint: str
    schema: Schema
    wanted: bool = False
    words: Mapping[str, str] = field(default_factory=dict)


class NotRead(ValueError):
    """What was typed for a setting is no value of its kind; the message says what is."""


def plain(value: str) -> str:
    """Typed text as it is kept: browsers send every line break as two characters."""
    return value.replace("\r\n", "\n").strip()


def control_of(setting: Setting, **more: Any) -> Control:
    """A control named for a setting, with its title and hint."""
    name = f"set-{setting.key}"
    return Control(id=name.replace(".", "-"), name=name, label=setting.title, hint=setting.hint, **more)
