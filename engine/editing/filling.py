"""The operations by which what stands where another form has it says the same."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from engine.editing.stepping import Steps
from engine.overlays.operations import FORM_SETTINGS
from engine.overlays.places import question_at, questions, section_index, spot_of
from engine.overlays.shapes import question_words, section_words
from engine.question_types import question_types
from engine.versions.order import moved

Json = Any
Part = Mapping[str, Json]

_OPTIONS = ("options", "code_list")
_OF_OTHERS = frozenset({"id", "type", "columns", "options", "questions"})
"""Keys that no operation of words or settings changes."""
_NULLABLE = frozenset({"hint"})
"""Keys of an option that can be taken away."""


def fill(steps: Steps, own: Mapping[str, Json]) -> None:
    """Give every section and question the words, settings, options and type of the other form, then the form itself."""
    for section in own["sections"]:
        _words_and_settings(steps, {"section": section["id"]}, section, frozenset(section_words()))
    standing = {path: question for path, _, question in questions(steps.form)}
    for path, _, question in questions(own):
        if standing.get(path) != question:
            _of_question(steps, path, question)
    given = _differing(steps.form, own, FORM_SETTINGS)
    if given:
        steps.do({"op": "set_form", "settings": given})


def _differing(now: Part, own: Part, keys: Sequence[str]) -> dict[str, Json]:
    """The keys that differ with their values in the other form, null for one that it does not have."""
    return {key: own.get(key) for key in keys if now.get(key) != own.get(key)}


def _words_and_settings(steps: Steps, about: Mapping[str, str], own: Part, words: frozenset[str]) -> None:
    now = _now(steps, about)
    keys = [key for key in dict.fromkeys((*own, *now)) if key not in _OF_OTHERS]
    given = _differing(now, own, keys)
    reworded = {key: value for key, value in given.items() if key in words}
    if reworded:
        steps.do({"op": "reword", **about, **reworded})
    settings = {key: value for key, value in given.items() if key not in reworded}
    if settings:
        steps.do({"op": "set", **about, "settings": settings})


def _now(steps: Steps, about: Mapping[str, str]) -> Part:
    if "section" in about:
        index = section_index(steps.form, about["section"])
        assert index is not None
        section: Part = steps.form["sections"][index]
        return section
    spot = spot_of(steps.form, about["question"])
    return {} if spot is None else question_at(steps.form, spot)


def _of_question(steps: Steps, path: str, own: Part) -> None:
    about = {"question": path}
    now = _now(steps, about)
    if now == own:
        return
    if now["type"] != own["type"]:
        _retype(steps, path, own)
    _options(steps, path, own)
    _words_and_settings(steps, about, own, frozenset(question_words()))


def _retype(steps: Steps, path: str, own: Part) -> None:
    """Another type, with the settings that are its own: those that differ, else all of them."""
    of, now = question_types()[own["type"]], _now(steps, {"question": path})
    keys = {*of.settings, *of.required_settings, *_OPTIONS}
    needed = {key: value for key, value in own.items() if key in keys}
    differing = {key: value for key, value in needed.items() if now.get(key) != value}
    found = {"op": "retype", "question": path, "type": of.name}
    steps.do_one_of(*({**found, **({"settings": each} if each else {})} for each in (differing, needed)))


def _options(steps: Steps, path: str, own: Part) -> None:
    now = _now(steps, {"question": path})
    if now.get("options") == own.get("options"):
        return
    both = "options" in now and "options" in own and "code_list" not in now
    found = list(_option_operations(path, now["options"], own["options"])) if both else []
    if not found:
        settings = {key: own[key] for key in _OPTIONS if key in own}
        found = [{"op": "retype", "question": path, "type": own["type"], "settings": settings}]
    for operation in found:
        steps.do(operation)


@dataclass(slots=True)
class _Run:
    """Options that come after one that is there: those that stood elsewhere, then those that are new."""

    after: str | None
    moved: list[str] = field(default_factory=list)
    new: list[Part] = field(default_factory=list)

    def keys(self, last: bool) -> dict[str, Json]:
        """As the operation gives them; `last` leaves out what they come after."""
        lists = {"move": self.moved, "add": self.new}
        return {**({} if last else {"after": self.after}), **{key: each for key, each in lists.items() if each}}


def _option_operations(path: str, now: Sequence[Part], own: Sequence[Part]) -> Iterator[dict[str, Json]]:
    """One operation where one is enough; none where the options can only be given as a whole."""
    old, new = ({option["value"]: option for option in each} for each in (now, own))
    reworded = [
        {"value": value, **_differing(old[value], option, [*dict.fromkeys((*option, *old[value]))])}
        for value, option in new.items()
        if value in old and option != old[value]
    ]
    if any(each is None and key not in _NULLABLE for words in reworded for key, each in words.items()):
        return
    removed = [value for value in old if value not in new]
    lists = {"remove": removed, "reword": reworded}
    first = {key: each for key, each in lists.items() if each}
    runs = list(_runs(old, new))
    last = bool(runs) and not runs[-1].moved and runs[-1].after == _last_that_stays(old, new)
    for index, run in enumerate(runs or [_Run(None)]):
        keys = run.keys(last and run is runs[-1]) if runs else {}
        yield {"op": "options", "question": path, **(first if index == 0 else {}), **keys}


def _last_that_stays(old: Mapping[str, Part], new: Mapping[str, Part]) -> str | None:
    """The option that ends the list once those that go are gone, None where it is one that moves."""
    left = [value for value in old if value in new]
    return left[-1] if left and left[-1] not in moved(list(old), list(new)) else None


def _runs(old: Mapping[str, Part], new: Mapping[str, Part]) -> Iterator[_Run]:
    moving = moved(list(old), list(new))
    before: str | None = None
    run: _Run | None = None
    for value, option in new.items():
        if value in old and value not in moving:
            if run:
                yield run
            run = None
        elif value in old:
            if run is None or run.new:
                if run:
                    yield run
                run = _Run(before)
            run.moved.append(value)
        else:
            run = run or _Run(before)
            run.new.append(option)
        before = value
    if run:
        yield run
