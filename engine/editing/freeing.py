"""Operations that take something out, or exchange an option, and free everything that depends on it."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from engine.conditions import SUBJECTS
from engine.editing.applying import Operation, edited
from engine.editing.conditions import Condition, changed, without
from engine.editing.dependents import Dependent, beside, lone_group, of_settings, parts_of, references
from engine.editing.form import NO_LISTS, AnyForm, Form, Holder, Lists, form_of
from engine.overlays.absence import Hidden, without_answer

Json = Any


def taken_out(form: AnyForm, name: str, followers: bool = False) -> tuple[Operation, ...]:
    """The operations that take out a question, column or section, so that nothing in the form names it any more.

    Conditions lose what read it, as hiding does. What could only be asked because of it is asked without that
    condition, or with `followers` is taken out too, and what can only be worked out from it goes with it. Settings
    that name it, such as the earliest date, are taken away. Raises NoSuchPlace where there is none.
    """
    known = form_of(form)
    left, found = known, list[Operation]()
    for each in _in_order(known, _with_it(known, name, followers)):
        freeing = [*_freed(left, each), _hidden(left, each)]
        found += freeing
        left = Form(edited(left.json, freeing), known.code_lists, known.day)
    return tuple(found)


def _with_it(form: Form, name: str, followers: bool) -> frozenset[str]:
    """The names of all that goes: the thing, what cannot be without it, and so on."""
    going, known = frozenset({name}), parts_of(form, name)
    while True:
        more = {each.place for each in references(form) if each.reads in known and each.place not in known}
        goes = {place for place in more if place and _cannot_stay(form, form.holder(place), known, followers)}
        if not goes:
            return going
        going, known = going | goes, known.union(*(parts_of(form, place) for place in goes))


def _cannot_stay(form: Form, holder: Holder, known: frozenset[str], followers: bool) -> bool:
    return _needs(form, holder, known) or (followers and _never_asked(holder, known))


def _needs(form: Form, holder: Holder, gone: frozenset[str]) -> bool:
    """Whether a question's type can do nothing without what is gone, as a value cannot be worked out from nothing."""
    question = form.find(holder.path) if holder.spot else None
    if question is None:
        return False
    left = _settings_left(form, holder, gone)
    needed = [key for key in left if key in question.handler.required_settings]
    return any(not left[key] or len(question.handler.takes(question)) > 1 for key in needed)


def _never_asked(holder: Holder, gone: frozenset[str]) -> bool:
    condition = holder.data.get("show_when")
    for path in sorted(gone):
        if condition is None or isinstance(condition, bool):
            break
        question, _, column = path.partition(".")
        condition = without_answer(condition, Hidden(question, column or None), holder.rows)
    return condition is False


def _in_order(form: Form, going: frozenset[str]) -> list[str]:
    """What goes from the end of the form to its beginning, what stands inside something that goes left out."""
    names = [holder.path for holder in form.holders if holder.path in going]
    inside = {part for name in names for part in parts_of(form, name) - {name}}
    return [name for name in reversed(names) if name not in inside]


def _hidden(form: Form, name: str) -> Operation:
    return {"op": "hide", "section" if name in form.sections else "question": name}


def _freed(form: Form, name: str) -> Iterator[Operation]:
    """What hiding leaves behind: conditions that could never hold, names in settings, of the form and of columns."""
    gone = parts_of(form, name)
    named = [each for each in references(form) if each.reads in gone and each.place not in gone]
    if any(each.key == "timescale" for each in named):
        kept = {key: value for key, value in form.json["timescale"].items() if key != "from"}
        yield {"op": "set_form", "settings": {"timescale": kept}}
    for place in dict.fromkeys(each.place for each in named if each.place):
        holder = form.holder(place)
        settings = {**_condition_left(holder, gone), **_names_left(form, holder, gone, named)}
        if settings:
            yield {"op": "set", "question" if holder.spot else "section": place, "settings": settings}


def _condition_left(holder: Holder, gone: frozenset[str]) -> dict[str, Json]:
    """Another condition where that of hiding could never hold: the leaves that read what is gone are dropped."""
    if not _never_asked(holder, gone):
        return {}
    return {"show_when": without(holder.data["show_when"], gone.__contains__, holder.rows)}


def _names_left(form: Form, holder: Holder, gone: frozenset[str], named: list[Dependent]) -> dict[str, Json]:
    if holder.spot is None:
        return {}
    reasons = [each for each in named if each.place == holder.path and each.key == "reason_for"]
    found: dict[str, Json] = {"reason_for": None} if reasons else {}
    return {**found, **{key: value or None for key, value in _settings_left(form, holder, gone).items()}}


def _settings_left(form: Form, holder: Holder, gone: frozenset[str]) -> dict[str, list[Json]]:
    """The settings in which a question's type names what is gone: what they list besides, nothing for a single name."""
    found: dict[str, list[Json]] = {}
    for each in of_settings(form, holder):
        if each.reads in gone:
            value = holder.data[each.key]
            listed = value if isinstance(value, list) else []
            found[each.key] = [name for name in listed if beside(form, holder, name) not in gone]
    return found


def with_option_replaced(
    form: AnyForm, path: str, value: str, by: str, code_lists: Lists = NO_LISTS
) -> tuple[Operation, ...]:
    """The operations after which conditions wait for another value of a question, and the old option is gone.

    Where no option has the new value, the old one is given it: it keeps its words and place. Options that are not the
    question's own stay. Raises NoSuchPlace where there is no such question.
    """
    known = form_of(form, code_lists)
    options = [] if "code_list" in known.asked(path).data else known.asked(path).data.get("options", [])
    old = next((option for option in options if option["value"] == value), None)
    renamed = old is not None and all(option["value"] != by for option in options)
    found: list[Operation] = []
    if old is not None and renamed:
        found.append({"op": "options", "question": path, "after": value, "add": [{**old, "value": by}]})
    exchange = Exchange(path, value, by, None if renamed else lone_group(known, path, value))
    found += _waiting_for_another(known, exchange)
    if old is not None:
        found.append({"op": "options", "question": path, "remove": [value]})
    return tuple(found)


class Exchange(NamedTuple):
    """One value of a question for another; `group` is one that no option is in once the old one is gone."""

    path: str
    old: str
    new: str
    group: str | None

    def leaf(self, leaf: Condition, path: str) -> Condition:
        """A leaf that waits for the new value where it waited for the old one."""
        if path != self.path:
            return leaf
        if self.group is not None and leaf.get("includes_group") == self.group:
            others = {key: each for key, each in leaf.items() if key != "includes_group"}
            return {**others, "includes": self.new}
        found = {key: self._operand(key, operand) for key, operand in leaf.items()}
        return leaf if found == leaf else found

    def _operand(self, key: str, operand: Json) -> Json:
        if key in (*SUBJECTS, "includes_group", "any_row"):
            return operand
        if isinstance(operand, list):
            return list(dict.fromkeys(self.new if each == self.old else each for each in operand))
        return self.new if operand == self.old else operand


def _waiting_for_another(form: Form, exchange: Exchange) -> Iterator[Operation]:
    for holder in form.holders:
        condition = holder.data.get("show_when")
        left = None if condition is None else changed(condition, exchange.leaf, holder.rows)
        if left is not condition:
            subject = "question" if holder.spot else "section"
            yield {"op": "set", subject: holder.path, "settings": {"show_when": left}}
