"""Why and from when a version is published: what was sent, what is wrong with it, and the controls that ask."""

from dataclasses import dataclass
from datetime import date

from flask import request

from webapp.dates import day_in_words
from webapp.drawing.values import Control, Item
from webapp.editor.judging import Judgement

LONGEST_REASON = 2_000
PARTS = (("day", "Day", 2), ("month", "Month", 2), ("year", "Year", 4))
AT_ONCE, ON_A_DATE = "now", "date"


@dataclass(frozen=True, slots=True)
class Reasons:
    """Why it is published, why it may go over its budget, from when, and what is wrong with each: "" for nothing.

    `begins_on` is None for at once; `typed` are day, month and year as they were sent.
    """

    reason: str = ""
    budget_reason: str = ""
    no_reason: str = ""
    no_budget_reason: str = ""
    begins_on: date | None = None
    typed: tuple[str, str, str] = ("", "", "")
    on_a_date: bool = False
    wrong_day: str = ""

    @property
    def wrong(self) -> bool:
        """Whether anything is."""
        return bool(self.no_reason or self.no_budget_reason or self.wrong_day)


def reasons_sent(judgement: Judgement, today: date) -> Reasons:
    """What was written on the page before publishing, looked through."""
    reason, budget_reason = (request.form.get(name, "").strip() for name in ("reason", "budget_reason"))
    no_budget_reason = wrong_reason(budget_reason, "Say why this form may go over its budget")
    on_a_date = request.form.get("when") == ON_A_DATE
    day, month, year = (request.form.get(f"on-{name}", "").strip() for name, _, _ in PARTS)
    begins_on, wrong_day = _day((day, month, year), today) if on_a_date else (None, "")
    if not on_a_date and (day or month or year):
        wrong_day = "You wrote a day: choose “On a date”, or leave the day empty"
    return Reasons(
        reason,
        budget_reason if judgement.over_budget else "",
        wrong_reason(reason, "Say why this version is published"),
        no_budget_reason if judgement.over_budget else "",
        begins_on,
        (day, month, year),
        on_a_date,
        wrong_day,
    )


def reasons_again(asked: tuple[str, str, date | None], today: date) -> Reasons:
    """What an earlier request gave (reason, that for the budget, day), to be asked again; a day gone by is left out."""
    reason, budget_reason, day = asked
    if day is None or day <= today:
        return Reasons(reason, budget_reason)
    typed = (str(day.day), str(day.month), str(day.year))
    return Reasons(reason, budget_reason, begins_on=day, typed=typed, on_a_date=True)


def wrong_reason(reason: str, missing: str) -> str:
    """What is wrong with a reason; "" for nothing."""
    if len(reason) > LONGEST_REASON:
        return f"A reason has at most {LONGEST_REASON:,} characters; this one has {len(reason):,}"
    return "" if reason else missing


def _day(typed: tuple[str, str, str], today: date) -> tuple[date | None, str]:
    if not all(part.isascii() and part.isdecimal() and len(part) <= 4 for part in typed):
        return None, "Write the day it comes into use in numbers, such as 3 12 2026"
    day, month, year = map(int, typed)
    try:
        found = date(year, month, day)
    except ValueError:
        return None, "There is no such day: write day, month and year, such as 3 12 2026"
    if found <= today:
        return None, f"The day must be after today, {day_in_words(today)}; or choose “Now”"
    if year > today.year + 5:
        return None, "The day must be within the next five years"
    return found, ""


def controls_of(judgement: Judgement, reasons: Reasons) -> list[Control]:
    """The boxes for the reasons."""
    hint = "In a sentence or two. It stands in the list of versions for as long as there is one"
    asked = [("reason", "Why is this version published?", hint, reasons.reason, reasons.no_reason)]
    if judgement.over_budget:
        budget = ("budget_reason", "Why may it go over its budget?", "It is kept with the version")
        asked.append((*budget, reasons.budget_reason, reasons.no_budget_reason))
    return [
        Control(id=name, name=name, label=label, hint=hint, error=error, value=value, rows=3)
        for name, label, hint, value, error in asked
    ]


def when_control(reasons: Reasons) -> Control:
    """Now, or on a date."""
    items = [
        Item("when-now", AT_ONCE, "Now", checked=not reasons.on_a_date),
        Item("when-date", ON_A_DATE, "On a date", checked=reasons.on_a_date),
    ]
    return Control(id="when", name="when", label="When does it come into use?", items=items)


def day_control(reasons: Reasons) -> Control:
    """The day, for those who chose a date."""
    items = [
        Item(f"on-{name}", value, label, name=f"on-{name}", classes=f"govuk-input--width-{width}")
        for (name, label, width), value in zip(PARTS, reasons.typed, strict=True)
    ]
    hint = "If on a date: from the first minute of that day, London time. For example, 3 12 2026"
    return Control(id="on", name="on", label="Which day?", hint=hint, error=reasons.wrong_day, items=items)


def words_control(typed: str = "", wrong: str = "") -> Control:
    """The box for a second person who returns a draft."""
    hint = "Needed where you return it: what should be changed first?"
    return Control(
        id="words", name="words", label="Words to whoever sent it", hint=hint, error=wrong, value=typed, rows=3
    )
