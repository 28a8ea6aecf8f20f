"""What is wrong with a form in the words of its pages: questions by their labels, settings by their titles.

Where a form is edited as text the ids and keys that stand there are named instead.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from engine.checks import Problem
from engine.checks.base import Named, Words
from engine.editing import form_of
from engine.operators import OPERATORS
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
    "decision_without_reason": ("", "Add a question for the reason. “{key}” on its page names this decision."),
}
"""Message and mend where those of the check speak of how a form is written; "" for the check's own."""

_SETTINGS: Mapping[str, str] = {
    "show_when": "When it is asked",
    "options": "Options",
    "code_list": "What there is to choose from",
    "columns": "Questions in each row",
    "questions": "Questions",
    "sections": "Sections",
}
"""What a page calls what it sets in a way of its own."""


def in_page_words(problem: Problem, form: Form, ground: Ground) -> tuple[str, str]:
    """The message and the mend of a problem; `form` is what it was found in, whose parts can be told apart."""
    if problem.words is None:
        return problem.message, problem.mend
    naming = _Naming(form, ground, problem.pointer)
    own = zip(problem.words, ON_PAGES.get(problem.code, ("", "")), strict=True)
    message, mend = (Words(template or words.template, words.detail).said(naming.called) for words, template in own)
    return message, mend


class _Naming:
    def __init__(self, form: Form, ground: Ground, pointer: str) -> None:
        self.form, self.ground, self.pointer = form, ground, pointer

    def called(self, named: Named) -> str:
        """What people know it by; what has no other name as it is written."""
        if named.what == "type":
            return type_in_words(named)
        if named.what == "operator":
            return OPERATORS[named].words if named in OPERATORS else named
        if named.what == "key":
            return self._setting(named)
        words = self._option(named) if named.what == "option" else self._part(named.of or named)
        return words if len(words) <= LONGEST_NAME else f"{words[: LONGEST_NAME - 1]}…"

    def _part(self, name: str) -> str:
        subject = subject_of(self.form, name)
        words = subject.value.get("label", subject.value.get("title", "")) if subject else ""
        return in_language(words, LANGUAGE) or name

    def _option(self, named: Named) -> str:
        asked = form_of(self.form, self.ground.lists).find(named.of)
        choices = asked.handler.choices_of(asked) if asked else ()
        return next((in_language(each.label, LANGUAGE) for each in choices if each.value == named), str(named))

    def _setting(self, key: str) -> str:
        return dict(self._titles()).get(key) or _SETTINGS.get(key) or key.replace("_", " ")

    def _titles(self) -> Iterator[tuple[str, str]]:
        """The titles of the settings where the problem stands, an option's last where it stands in one."""
        subject = subject_of(self.form, name_at(dict(names_in(self.form)), self.pointer))
        for setting in settings_of(subject) if subject else ():
            yield setting.key, setting.title
        if "/options/" in self.pointer:
            yield from ((key, OF_AN_OPTION[key][0].capitalize()) for key in OF_AN_OPTION)
            yield from (("value", "Value"), ("label", "Option"))
