"""What is wrong with a form in the words of its pages: questions by their labels, settings by their titles.

Where a form is edited as text the ids and keys that stand there are named instead.
"""

from collections.abc import Iterator, Mapping
from functools import cached_property, partial
from typing import Any

from engine.checks import Problem
from engine.checks.base import Named, Words
from engine.editing import form_of
from engine.operators import OPERATORS
from engine.overlays.faults import OperationFault
from engine.text import in_language
from webapp.config import LANGUAGE
from webapp.editor.ground import Ground
from webapp.editor.panel.keys import settings_of, type_in_words
from webapp.editor.panel.subjects import Form, name_at, names_in, subject_of
from webapp.editor.panel.words import OF_AN_OPTION

Json = Any

LONGEST_NAME = 120

ON_PAGES: Mapping[str, tuple[str, str]] = {
    "wrong_operand": ("", "Choose an answer that can be given to it."),
    "column_outside_rows": ("", "Ask whether it is so in some row."),
    "row_outside_rows": ("", "Choose a question that does not stand in rows."),
    "missing_translation": ("", "Write it in the box marked “{language}”."),
    "not_known_closes_follow_up": (
        "",
        "Let this be asked when the answer is not known yet, too, or do not offer “not known yet” for “{name}”.",
    ),
    "no_analysis": ("", "Add a question for analytic writing, or a long text that is for analysis."),
    "duplicate_option": (
        "Two options here are kept as “{value}”, so that nobody could tell one answer from the other.",
        "Take one of them out, and add it again.",
    ),
    "wrong_operator": ("“{name}” cannot be compared like this: its answer is {answer}.", "Choose something else."),
    "decision_without_reason": ("", "Add a question for the reason. “{reason_for}” on its page names this decision."),
}
"""Message and mend where those of the check speak of how a form is written; "" for the check's own."""

_NAMING = ("name", "question", "section", "after", "container")
"""Details of an operation's refusal that may be the id of a part."""

_SETTINGS: Mapping[str, str] = {
    "show_when": "When it is asked",
    "options": "Options",
    "code_list": "What there is to choose from",
    "columns": "Questions in each row",
    "questions": "Questions",
    "sections": "Sections",
}
"""What a page calls what it sets in a way of its own."""


class PageWords:
    """What is told of one form, whose parts can be told apart; what is asked of it more than once is found once."""

    def __init__(self, form: Form, ground: Ground) -> None:
        """Keep the form with the code lists that it may name."""
        self._form = form_of(form, ground.lists)

    def of(self, problem: Problem) -> tuple[str, str]:
        """The message and the mend of a problem of the form."""
        if problem.words is None:
            return problem.message, problem.mend
        own = zip(problem.words, ON_PAGES.get(problem.code, ("", "")), strict=True)
        called = partial(self._called, problem.pointer)
        message, mend = (Words(template or words.template, words.detail).said(called) for words, template in own)
        return message, mend

    def refusal(self, fault: OperationFault) -> str:
        """Why an operation cannot be done, and how to mend that."""
        parts = {key: self._part(str(fault.detail[key])) for key in _NAMING if key in fault.detail}
        types = {"type": type_in_words(str(fault.detail["type"]))} if "type" in fault.detail else {}
        said = (type(fault).__doc__ or "").format(**{**fault.detail, **parts, **types})
        return f"{fault.detail.get('words', said)} {fault.how_to_mend}"

    def _called(self, pointer: str, named: Named) -> str:
        """What people know something by, for a problem at this place; what has no other name as it is written."""
        if named.what == "type":
            return type_in_words(named)
        if named.what == "operator":
            return OPERATORS[named].words if named in OPERATORS else named
        if named.what == "key":
            return self._setting(pointer, named)
        words = self._option(named) if named.what == "option" else self._part(named.of or named)
        return words if len(words) <= LONGEST_NAME else f"{words[: LONGEST_NAME - 1]}…"

    def _part(self, name: str) -> str:
        known = name in self._form.spots or name in self._form.sections
        return (in_language(self._form.holder(name).label, LANGUAGE) if known else "") or name

    def _option(self, named: Named) -> str:
        asked = self._form.find(named.of)
        choices = asked.handler.choices_of(asked) if asked else ()
        return next((in_language(each.label, LANGUAGE) for each in choices if each.value == named), str(named))

    def _setting(self, pointer: str, key: str) -> str:
        return dict(self._titles(pointer)).get(key) or _SETTINGS.get(key) or key.replace("_", " ")

    def _titles(self, pointer: str) -> Iterator[tuple[str, str]]:
        """The titles of the settings where a problem stands, an option's last where it stands in one."""
        subject = subject_of(self._form.json, name_at(self._names, pointer))
        for setting in settings_of(subject) if subject else ():
            yield setting.key, setting.title
        if "/options/" in pointer:
            yield from ((key, OF_AN_OPTION[key][0].capitalize()) for key in OF_AN_OPTION)
            yield from (("value", "Value"), ("label", "Option"))

    @cached_property
    def _names(self) -> Mapping[str, str]:
        return dict(names_in(self._form.json))
