"""The form while operations are applied to it: its JSON, what is hidden, and which operation touched what."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from engine.overlays.absence import Hidden, without_answer
from engine.overlays.faults import HiddenQuestion, IdReserved, IdTaken, UnknownQuestion, UnknownSection, did_you_mean
from engine.overlays.places import Spot, question_at, questions, section_index, spot_of, with_question, with_section

Json = Any


@dataclass(frozen=True, slots=True)
class State:
    """One step between base and result; each operation (counted from 1) gives the next.

    `hidden` maps ids and paths no longer there to the operation that hid them; `touched` maps ids and paths to the
    operations that changed them or a condition they have.
    """

    form: Mapping[str, Json]
    operation: int = 0
    hidden: Mapping[str, int] = field(default_factory=dict)
    touched: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    def changed(self, form: Mapping[str, Json], *names: str) -> "State":
        """The state after the current operation made another form of it, touching what is named."""
        marks = {name: (*self.touched.get(name, ()), self.operation) for name in names}
        return replace(self, form=form, touched={**self.touched, **marks})

    def spot(self, path: str, key: str) -> Spot:
        """Where a question stands; raises HiddenQuestion or UnknownQuestion, naming the operation's key."""
        found = spot_of(self.form, path)
        if found is None:
            self.refuse_hidden(path, key)
            known = [name for name, _, _ in questions(self.form)]
            raise UnknownQuestion(key, did_you_mean(path, known), name=path)
        return found

    def section(self, section_id: str, key: str) -> int:
        """The position of a section; raises HiddenQuestion or UnknownSection, naming the operation's key."""
        found = section_index(self.form, section_id)
        if found is None:
            self.refuse_hidden(section_id, key)
            known = [section["id"] for section in self.form["sections"]]
            raise UnknownSection(key, did_you_mean(section_id, known), name=section_id)
        return found

    def refuse_hidden(self, name: str, key: str) -> None:
        """Raise HiddenQuestion for what an operation hid, a column of hidden rows included."""
        by = self.hidden.get(name, self.hidden.get(name.partition(".")[0]))
        if by is not None:
            raise HiddenQuestion(key, name=name, operation=by)

    def refuse_taken(self, name: str, key: str) -> None:
        """Raise IdTaken or IdReserved where something new may not have this id (for a column, this path)."""
        if name in self.hidden:
            raise IdReserved(key, name=name, operation=self.hidden[name])
        if "." in name:
            taken = spot_of(self.form, name) is not None
        else:
            taken = spot_of(self.form, name) is not None or section_index(self.form, name) is not None
        if taken:
            raise IdTaken(key, name=name)

    def refuse_unknown_names(self, names: Iterable[str], key: str) -> None:
        """Raise HiddenQuestion or UnknownQuestion for the first name that is not a question."""
        for name in names:
            self.spot(name, key)

    def reserving(self, name: str) -> "State":
        """The state in which nothing new may have this id or path."""
        return replace(self, hidden={**self.hidden, name: self.operation})

    def hide(self, path: str) -> "State":
        """Without the question, which no condition can read any more; the lists that named it name it no longer."""
        question, _, column = path.partition(".")
        gone = Hidden(question, column or None)
        hidden = self.reserving(path)
        return _with_lists_free_of(_with_conditions_free_of(hidden, gone), path)


def _with_conditions_free_of(state: State, gone: Hidden) -> State:
    for index, section in enumerate(state.form["sections"]):
        freed = _freed(section, gone, None)
        if freed is not section:
            state = state.changed(with_section(state.form, index, freed), section["id"])
    for path, spot, _ in questions(state.form):
        rows = path.partition(".")[0] if spot.column is not None else None
        found = question_at(state.form, spot)
        freed = _freed(found, gone, rows)
        if freed is not found:
            state = state.changed(with_question(state.form, spot, freed), path)
    return state


def _freed(holder: Mapping[str, Json], gone: Hidden, rows: str | None) -> Mapping[str, Json]:
    """The holder with its condition while the answer is absent; one that can never hold stays, to be reported."""
    condition = holder.get("show_when")
    left = without_answer(condition, gone, rows)
    if left is condition or left is False:
        return holder
    if left is not True:
        return {**holder, "show_when": left}
    return {key: value for key, value in holder.items() if key != "show_when"}


def _with_lists_free_of(state: State, path: str) -> State:
    form = dict(state.form)
    if path in form.get("read_first", ()):
        form["read_first"] = [name for name in form["read_first"] if name != path]
    for holder, spot, question in questions(state.form):
        rows, _, column = path.partition(".")
        beside = column if spot.column is not None and holder.partition(".")[0] == rows else ""
        freed = _unnaming(question, path, beside)
        if freed != question:
            form = with_question(form, spot, freed)
    return replace(state, form=form)


def _unnaming(question: Mapping[str, Json], path: str, beside: str) -> dict[str, Json]:
    """A question that names neither a path nor a column of it; `beside` is the column of its own rows that is gone."""
    freed = dict(question)
    if "shows" in question:
        freed["shows"] = [name for name in question["shows"] if name != path and not name.startswith(f"{path}.")]
    if question.get("reason_for") in {path, beside or path}:
        del freed["reason_for"]
    return freed
