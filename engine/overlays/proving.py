"""The proof that protected questions are asked wherever the base asks them, over every draft of both forms."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from engine.checks.base import Named
from engine.definition import Question
from engine.overlays.faults import OverlayProblem
from engine.overlays.forms import Forms
from engine.overlays.protection import protected, said
from engine.overlays.state import State
from engine.overlays.tracing import behind, deciding, pointer_into
from engine.proofs import Comparison, Effort, NotDecided, Witness
from engine.question_types import in_words
from engine.text import DEFAULT_LANGUAGE, in_language

Json = Any
_MOST_SAID = 60
"""Characters of a text that are told; those that are as long as can be say nothing more."""

MESSAGES: Mapping[str, tuple[str, str]] = {
    "protected_hidden": (
        "“{path}” is protected by the base, which asks it {when}; the result does not.",
        "Let it be asked wherever the base asks it.",
    ),
    "protection_not_decided": (
        "It could not be decided whether “{path}”, which is protected by the base, is asked wherever the base asks it.",
        "Make the conditions that it depends on simpler.",
    ),
}


def asked_less(
    forms: Forms, changes: Sequence[Mapping[str, Json]], effort: Effort | None = None
) -> Iterator[OverlayProblem]:
    """Every protected question that some draft shows in the base and not in the result, with such a draft.

    What is left out altogether is not told again. The conditions of the result must name only what is there.
    """
    proof = _Proof(forms, effort or Effort())
    comparison = proof.compared(forms.result)
    for path, _ in protected(forms.base) if comparison else ():
        code, witness = proof.outcome(comparison, path)
        if code is None or _left_out(forms.result, path):
            continue
        operation = forms.operation_behind(path, partial(proof.is_so, path)) if witness else behind(forms.result, path)
        detail = {"path": Named(path), "when": _when(forms, path, witness) if witness else ""}
        pointer = pointer_into(changes, operation, path, "/show_when")
        yield said(operation, pointer, code, MESSAGES, detail)


def _left_out(result: State, path: str) -> bool:
    return any(name in result.hidden for name in (path, path.partition(".")[0]))


@dataclass(frozen=True, slots=True)
class _Proof:
    """Compares the base with what operations made of it, all within one effort."""

    forms: Forms
    effort: Effort

    def compared(self, state: State) -> Comparison | None:
        """The comparison with a state; None for one that is no form."""
        form = self.forms.read_without_closed(state)
        return None if form is None else Comparison(self.forms.base, form, self.effort)

    def outcome(self, comparison: Comparison | None, path: str) -> tuple[str | None, Witness | None]:
        """A code of `MESSAGES` with a draft that shows it, or nothing where the question is asked as often."""
        try:
            witness = comparison.shown_in_first_only(path) if comparison else None
        except NotDecided:
            return "protection_not_decided", None
        return ("protected_hidden" if witness else None), witness

    def is_so(self, path: str, state: State) -> bool:
        """Whether a state asks the question less often, as far as can be told."""
        comparison = self.compared(state)
        return comparison is None or self.outcome(comparison, path)[0] is not None


def _when(forms: Forms, path: str, witness: Witness) -> str:
    """The answers of a draft that matter to whether a question is shown, in words."""
    matters = {name for state in (forms.states[0], forms.result) for name in deciding(state.form, path)}
    base = forms.base
    said = [
        _said(base.by_id[name], value) for name, value in witness.answers.items() if name in matters & base.by_id.keys()
    ]
    children = witness.context.get("children", ())
    facts = [
        f"{fact.replace('_', ' ')}: {value}" for child in children for fact, value in child.items() if fact != "id"
    ]
    answered = " and ".join(said) or "nothing is answered"
    return f"when {answered}" + (f" (about a child with {', '.join(facts)})" if facts else "")


def _said(question: Question, value: Json) -> str:
    values = value.values() if question.per_child and isinstance(value, Mapping) else [value]
    words = ", ".join(f"“{_in_words(question, each)}”" for each in values)
    return f"“{in_language(question.label)}” is {words}"


def _in_words(question: Question, value: Json) -> str:
    if isinstance(value, str) and len(value) > _MOST_SAID:
        return f"{value[:_MOST_SAID].strip()}… ({len(value):,} characters)"
    return in_words(question, value, DEFAULT_LANGUAGE).replace("\n", "; ")
