"""What a draft costs beside the version in use and the budget, as rows of a table."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from engine.burden import Burden
from webapp.editor.costs import Cost
from webapp.editor.judging import Judgement
from webapp.editor.side_by_side import percent

_CLOSE = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True, slots=True)
class Figure:
    """One row: what is measured, the version in use, the draft, the most that the budget allows ("" for no limit)."""

    label: str
    before: str
    now: str
    most: str
    over: bool

    @property
    def changed(self) -> bool:
        """Whether the draft differs."""
        return self.before != self.now


def _about(minutes: float) -> str:
    return f"about{_CLOSE}{minutes:,.0f}"


_MEASURED: tuple[tuple[str, str, Callable[[float], str]], ...] = (
    ("longest_path", "Questions at most", "{:,}".format),
    ("shortest_path", "Questions at least", "{:,}".format),
    ("minutes", "Minutes, longest path", _about),
    ("questions_per_child", "Questions for each further child", "{:,}".format),
    ("minutes_per_child", "Minutes for each further child", _about),
    ("words_to_read", "Words to read", "{:,}".format),
    ("printed_pages", "Printed pages", "{:,}".format),
    ("reading_age", "Reading age", "{:,}".format),
)


def figures(before: Cost, judgement: Judgement) -> tuple[Figure, ...]:
    """The rows for a draft that can be measured; none for one that cannot."""
    if judgement.cost is None or judgement.definition is None:
        return ()
    return tuple(_rows(before.burden, judgement.cost.burden, judgement))


def difference(before: Cost, judgement: Judgement) -> str:
    """In a sentence or two, what a draft adds to the longest path or takes away, and whether its budget allows it."""
    if judgement.cost is None or judgement.definition is None:
        return ""
    was, now = before.burden, judgement.cost.burden
    changed = [
        *_more(now.longest_path - was.longest_path, "question", ""),
        *_more(round(now.minutes - was.minutes), "minute", "about "),
    ]
    first = f"This draft {' and '.join(changed)}." if changed else "This draft is as long as what is in use."
    if not judgement.definition.budget:
        return f"{first} The form has no budget."
    over = ", ".join(each.key.replace("_", " ") for each in judgement.over_budget)
    return f"{first} It is over its budget: {over}." if over else f"{first} It is within its budget."


def _more(number: int, what: str, about: str) -> Iterator[str]:
    if number:
        counted = f"{about}{abs(number)} {what}{'' if abs(number) == 1 else 's'}"
        yield f"{'adds' if number > 0 else 'takes away'} {counted}"


def _rows(before: Burden, now: Burden, judgement: Judgement) -> Iterator[Figure]:
    budget = judgement.definition.budget if judgement.definition else {}
    over = {each.key for each in judgement.over_budget}
    for key, label, words in _MEASURED:
        one, two = (_told(getattr(each, key), words) for each in (before, now))
        yield Figure(label, one, two, words(budget[key]) if key in budget else "", key in over)
        if key == "printed_pages":
            one, two = (percent(each.shares["analysis"]) for each in (before, now))
            yield Figure("Analysis, of the longest path", one, two, "", over=False)


def _told(value: float | None, words: Callable[[float], str]) -> str:
    return "too few words to tell" if value is None else words(value)
