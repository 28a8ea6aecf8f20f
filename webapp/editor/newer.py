"""An authority's changes on a newer version that ships: what becomes of each, what is to decide, and the form made."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from engine.editing import Differing, Judged, edited, form_of, rebased
from engine.editing.difference import NOT_TOLD
from engine.editing.differing import keys_given
from engine.editing.keeping import kept_as_own
from engine.editing.rebasing import Decision, Rebase
from engine.editing.subjects import is_section, subject
from engine.overlays import apply
from engine.text import in_language
from engine.versions.wording import key_in_words, value_in_words
from webapp.config import LANGUAGE
from webapp.drawing.values import Control, Item
from webapp.editor.asked.words import when

Json = Any
Posted = Mapping[str, str]

OWN = "own"
"""Decides that a question which is gone from the base is kept as one of the authority's own."""

_CHOICES: Mapping[str, str] = {
    "mine": "Keep yours",
    "base": "Take what the newer version says",
    "drop": "Leave your whole change out",
}
_GONE: Mapping[str, str] = {"drop": "Let it go", OWN: "Keep the question as one of your own"}


@dataclass(frozen=True, slots=True)
class Bases:
    """The version that the form was made from, the newer one and the form itself, as JSON."""

    old: Json
    new: Json
    own: Json


@dataclass(frozen=True, slots=True)
class Beside:
    """One thing that both changed: what it is, in the older version, in the newer one, and in the form."""

    what: str
    old: str
    new: str
    own: str


@dataclass(frozen=True, slots=True)
class Weighed:
    """A local change on the newer version: in words, what became of it, and what is to choose (None: nothing)."""

    number: int
    words: tuple[str, ...]
    judged: Judged
    beside: tuple[Beside, ...]
    note: str
    choice: Control | None

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to decide."""
        return self.choice is not None and not any(item.checked for item in self.choice.items)


def weighed(bases: Bases, overlay: Json, words: list[Any], posted: Posted, told: bool) -> list[Weighed]:
    """Every local change, with what was chosen; `told` marks what is open as an error."""
    found, offered = _rebased(bases, overlay, posted), set[str]()
    return [_weighed(bases, each, tuple(words[each.number - 1]), posted, told, offered) for each in found.judged]


def made(bases: Bases, overlay: Json, posted: Posted) -> Json:
    """The form on the newer version; only once nothing is open."""
    found = _rebased(bases, overlay, posted)
    assert found.overlay is not None
    form, _ = apply(bases.new, found.overlay)
    for name in dict.fromkeys(_keepable(bases, each) for each in found.judged if _chosen(each.number, posted) == OWN):
        kept = kept_as_own(bases.own, form, name) if name else None
        if kept and kept.operation:
            form = edited(form, [kept.operation])
    return {**form, **_beside_the_form(bases, overlay)}


def _beside_the_form(bases: Bases, overlay: Json) -> dict[str, Json]:
    """What no operation changes: whose it is, and notes where they are the authority's own."""
    kept = {key: bases.own[key] for key in NOT_TOLD if key in bases.own and bases.own[key] != bases.old.get(key)}
    return {**kept, "form": overlay["form"], "version": overlay["version"]}


def _chosen(number: int, posted: Posted) -> str:
    return posted.get(f"decide-{number}", "")


def _rebased(bases: Bases, overlay: Json, posted: Posted) -> Rebase:
    decisions: dict[int, Decision] = {}
    for number in range(1, len(overlay["changes"]) + 1):
        for decision in ("mine", "base", "drop"):
            if _chosen(number, posted) == decision:
                decisions[number] = decision
    return rebased(overlay, bases.old, bases.new, decisions)


def _keepable(bases: Bases, judged: Judged) -> str:
    """The question that is gone and could be kept, "" for none."""
    if judged.status != "obsolete" or is_section(judged.operation) or judged.operation["op"] == "hide":
        return ""
    name = subject(judged.operation)
    return name if name and kept_as_own(bases.own, bases.new, name) else ""


def _weighed(
    bases: Bases, judged: Judged, words: tuple[str, ...], posted: Posted, told: bool, offered: set[str]
) -> Weighed:
    beside = tuple(_beside(bases, judged, each) for each in judged.differing)
    if judged.status == "conflicting":
        choices: dict[str, str] = {each: _CHOICES[each] for each in judged.choices if each != _same_as_another(judged)}
        return Weighed(judged.number, words, judged, beside, "", _control(judged.number, choices, posted, told))
    name = _keepable(bases, judged)
    if not name or name in offered:
        note = "It goes as you decide above." if name else ""
        return Weighed(judged.number, words, judged, beside, note, None)
    offered.add(name)
    return Weighed(judged.number, words, judged, beside, "", _control(judged.number, _GONE, posted, told))


def _same_as_another(judged: Judged) -> str:
    """The choice that comes to the same as another one: nothing is left of a change that takes what the base says."""
    if judged.operation["op"] not in ("reword", "set", "set_form", "options"):
        return "base"
    given = keys_given(judged.operation).keys()
    return "drop" if given and given <= {each.key for each in judged.differing} else ""


def _control(number: int, choices: Mapping[str, str], posted: Posted, told: bool) -> Control:
    name, chosen = f"decide-{number}", _chosen(number, posted)
    items = [Item(f"{name}-{value}", value, label, checked=value == chosen) for value, label in choices.items()]
    error = f"Decide what becomes of change {number}" if told and chosen not in choices else ""
    return Control(id=name, name=name, label=f"What becomes of change {number}?", items=items, error=error)


def _beside(bases: Bases, judged: Judged, found: Differing) -> Beside:
    rows = subject(judged.operation).rpartition(".")[0] or None
    values = ((bases.old, found.old), (bases.new, found.new), (bases.own, found.mine))
    old, new, own = (_in_words(found.key, value, form, rows) for form, value in values)
    return Beside(_what(found.key, bases), old, new, own)


def _what(key: str, bases: Bases) -> str:
    if key in ("place", "after"):
        return "Where it stands"
    if key == "id":
        return "What has the same id"
    if key == "show_when":
        return "When it is asked"
    if key.startswith("options/"):
        parts = key.split("/")
        return f"{key_in_words(parts[2])} of the option “{parts[1]}”" if len(parts) > 2 else f"The option “{parts[1]}”"
    return key_in_words(key)


def _in_words(key: str, value: Json, form: Json, rows: str | None) -> str:
    if key == "show_when":
        return when(value, form_of(form), rows)
    if key == "place":
        return _place(value, form)
    if key == "after":
        return f"after “{_called(value, form)}”" if value else "gone"
    if key == "id" or (key.startswith("options/") and isinstance(value, Mapping)):
        words = value.get("label", value.get("title", "")) if value else ""
        return value_in_words(in_language(words, LANGUAGE), LANGUAGE)
    return value_in_words(value, LANGUAGE)


def _place(value: Mapping[str, Json], form: Json) -> str:
    container = value.get("in", value.get("to_section", value.get("to_rows", "")))
    after = f"after “{_called(value['after'], form)}”" if value.get("after") else "first"
    after = after if "after" in value else "last"
    return f"{after}, in “{_called(container, form)}”" if container else after


def _called(name: str, form: Json) -> str:
    """What people know a part of a form by; its id where the form has no such part."""
    known = form_of(form)
    found = name in known.spots or name in known.sections
    return in_language(known.holder(name).label, LANGUAGE) if found else name


def open_ones(found: list[Weighed]) -> Iterator[Weighed]:
    """What somebody still has to decide."""
    return (each for each in found if each.is_open)
