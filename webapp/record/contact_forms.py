"""What is typed about a child somebody asks about, and for a new record: the boxes, and what is wrong in them."""

import re
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from wtforms import BooleanField, Form, RadioField, SelectField, StringField

from engine.question_types import Part, PartsField
from webapp.dates import day_in_words
from webapp.record.typed_dates import Span, TypedDate, about_so_old, born_problem, expected_problem
from webapp.store.children import NewChild
from webapp.store.keys import key_made_from
from webapp.store.matching import Sought
from webapp.store.particulars_history import Particulars
from webapp.store.sounds import heard

LONGEST_NAME = 100
OLDEST = 25
FACTS = {"yes": True, "no": False, "unknown": None}
"""What a fact of a child may be, as it is sent and as it is kept."""

_DATE_PARTS = tuple(Part(name, name.capitalize()) for name in ("day", "month", "year"))
_REFERENCE = re.compile(r"[A-Z0-9][A-Z0-9/.-]{0,19}")
_YES_NO = {"yes": "Yes", "no": "No", "unknown": "Not known yet"}
_BORN = {"yes": "Yes", "no": "Not yet"}
_CALLED = {
    "given_name": "Given name",
    "family_name": "Family name",
    "born": "Born",
    "dated": "Birth date or expected date",
    "disabled": "Disabled",
    "interpreter": "Interpreter",
}
_SENT = {kept: sent for sent, kept in FACTS.items()}


def _tidy(text: str | None) -> str:
    return " ".join((text or "").replace("\0", "").split())


class _ChildForm(Form):
    """The names and the date, which are asked once and stand in both forms."""

    given_name = StringField("Given name", filters=[_tidy])
    family_name = StringField("Family name", filters=[_tidy])
    born = RadioField("Has the child been born?", choices=_BORN)
    dated = PartsField(
        "Birth date, or the date the child is expected",
        parts=_DATE_PARTS,
        description="For example, 4 3 2019. A year, or a month and a year, will do",
    )

    @property
    def given(self) -> str:
        """The given name, "" where none was typed."""
        return self.given_name.data or ""

    @property
    def family(self) -> str:
        """The family name, "" where none was typed."""
        return self.family_name.data or ""

    @property
    def unborn(self) -> bool:
        """Whether the child is not yet born."""
        return bool(self.born.data == "no")

    @property
    def typed_date(self) -> TypedDate:
        """What stands in the three boxes."""
        return TypedDate(self.dated.data)

    def span(self, today: date) -> Span | None:
        """The days on which the child may have been born, or may be expected."""
        return self.typed_date.span

    def sought(self, today: date) -> Sought:
        """What was typed, as the search takes it."""
        earliest, latest = self.span(today) or (None, None)
        return Sought(self.given, self.family, self.unborn, earliest, latest)

    @property
    def looked(self) -> str:
        """The same for the same names and date: what has been looked for need not be looked for again."""
        typed = self.typed_date.iso or " ".join(each for each in self.dated.data.values() if each.strip())
        return key_made_from(self.given, self.family, str(self.unborn), typed)

    def wrong(self, today: date) -> dict[str, str]:
        """What is wrong with names and date, by the field it stands at."""
        found = {
            name: f"{self[name].label.text} must be {LONGEST_NAME} characters or fewer"
            for name in ("given_name", "family_name")
            if len(self[name].data) > LONGEST_NAME
        }
        of_date = expected_problem if self.unborn else born_problem
        problem = of_date(self.typed_date, today)
        return found | ({"dated": problem} if problem else {})


class ContactForm(_ChildForm):
    """The first page: whatever is known, so that records can be looked for."""

    about = StringField(
        "Or about how old is the child?", description="In whole years, if you do not know the date", filters=[_tidy]
    )

    def span(self, today: date) -> Span | None:
        """As typed, else from the age."""
        if self.typed_date.span is None and not self.unborn and self._years is not None:
            return about_so_old(self._years, today)
        return self.typed_date.span

    @property
    def _years(self) -> int | None:
        found = re.fullmatch(r"(?:about )?([0-9]{1,2})(?: years?)?(?: old)?", (self.about.data or "").casefold())
        return int(found[1]) if found and int(found[1]) <= OLDEST else None

    @property
    def roughly(self) -> str:
        """What is known of the date though not to the day, in words; "" for nothing."""
        if self.typed_date.day or self.unborn:
            return "" if self.typed_date.day else self.typed_date.words
        return self.typed_date.words or ("" if self._years is None else f"about {self._years} years old")

    def problems(self, today: date) -> Mapping[str, str]:
        """What keeps the search from being made, by field, in the order of the page."""
        found = self.wrong(today)
        if self.about.data and self._years is None and not self.unborn:
            found["about"] = f"Age must be a number of years from 0 to {OLDEST}, such as 5"
        return _in_order(self, self._too_little() | found)

    def _too_little(self) -> dict[str, str]:
        given, family = any(heard(self.given)), any(heard(self.family))
        if self.unborn:
            return {} if family else {"family_name": "Enter the family name, the mother’s if you know no other"}
        if not given and not family:
            return {"given_name": "Enter the child’s names, or one of them and the birth date"}
        if (given and family) or self.typed_date.day:
            return {}
        missing = "given_name" if family else "family_name"
        words = "One name alone fits too many children: enter the other name too, or the whole birth date"
        return {missing: words}


class ParticularsForm(_ChildForm):
    """What is kept of a child and may change, all of it."""

    disabled = RadioField("Is the child disabled?", choices=_YES_NO, default="unknown")
    interpreter = RadioField("Is an interpreter needed to talk with the child?", choices=_YES_NO, default="unknown")

    def problems(self, today: date) -> Mapping[str, str]:
        """What keeps it from being saved, by field, in the order of the page."""
        return _in_order(self, self._not_fit(today))

    def _not_fit(self, today: date) -> dict[str, str]:
        found = self.wrong(today)
        if not self.given and not self.unborn:
            found["given_name"] = "Enter a given name, or “Unknown”"
        if not self.family:
            found["family_name"] = "Enter a family name, or “Unknown”"
        if self.born.data not in _BORN:
            found["born"] = "Choose whether the child has been born"
        if not self.typed_date.blank and self.typed_date.day is None:
            found.setdefault("dated", "Enter the whole date, or leave it blank until it is known")
        return found

    @property
    def particulars(self) -> Particulars:
        """What is to be kept, once nothing is wrong."""
        day = self.typed_date.day
        return Particulars(
            given_name=self.given or "Baby",
            family_name=self.family,
            born=None if self.unborn else day,
            expected=day if self.unborn else None,
            unborn=self.unborn,
            disabled=FACTS.get(self.disabled.data),
            interpreter=FACTS.get(self.interpreter.data),
        )


def as_kept(kept: Particulars) -> Mapping[str, Any]:
    """What a ParticularsForm holds where nobody has typed anything else."""
    day = kept.expected if kept.unborn else kept.born
    return {
        "given_name": kept.given_name,
        "family_name": kept.family_name,
        "born": "no" if kept.unborn else "yes",
        "dated": {"day": str(day.day), "month": str(day.month), "year": str(day.year)} if day else {},
        "disabled": _SENT[kept.disabled],
        "interpreter": _SENT[kept.interpreter],
    }


def changed_in_words(was: Particulars, became: Particulars) -> list[tuple[str, str, str]]:
    """What differs, in the order of the page: what it is, as it was, as it became."""
    then, since = in_words(was), in_words(became)
    return [(_CALLED[name], then[name], since[name]) for name in _CALLED if then[name] != since[name]]


def in_words(kept: Particulars) -> Mapping[str, str]:
    """The same in words, by field."""
    day = kept.expected if kept.unborn else kept.born
    return {
        "given_name": kept.given_name,
        "family_name": kept.family_name,
        "born": _BORN["no" if kept.unborn else "yes"],
        "dated": day_in_words(day) if day else "not known yet",
        "disabled": _YES_NO[_SENT[kept.disabled]],
        "interpreter": _YES_NO[_SENT[kept.interpreter]],
    }


class ChangeForm(ParticularsForm):
    """What is kept of a child, to be changed."""

    name_mistaken = BooleanField(
        "The old name was a typing mistake",
        description="Then the child is no longer found under it. Leave it blank for a name that was once used",
    )


class RecordForm(ParticularsForm):
    """The second page: what a new record needs, and nothing more."""

    reference = StringField(
        "Reference", description="Leave it blank and one is made up", filters=[lambda text: _tidy(text).upper()]
    )
    sibling = SelectField("Is this a brother or sister of a child on your list?", default="", validate_choice=False)

    def problems(self, today: date) -> Mapping[str, str]:
        """What keeps the record from being made, by field, in the order of the page."""
        found = self._not_fit(today)
        if self.reference.data and not _REFERENCE.fullmatch(self.reference.data):
            found["reference"] = "Reference must be at most 20 letters, digits, hyphens, dots and slashes"
        return _in_order(self, found)

    def child(self) -> NewChild:
        """The child to be added, once nothing is wrong."""
        return NewChild(reference=self.reference.data or "", **asdict(self.particulars))


def _in_order(form: Form, problems: Mapping[str, str]) -> Mapping[str, str]:
    return {field.name: problems[field.name] for field in form if field.name in problems}
