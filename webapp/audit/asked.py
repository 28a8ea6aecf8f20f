"""What is asked of the log: a name, a reference and a period as they were typed, and what is wrong with them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from engine.dates import is_date
from engine.question_types import typed_date
from webapp.clock import day_begins, day_ends
from webapp.dates import day_in_words
from webapp.drawing.values import Control, Item, Link
from webapp.store.who_looked import Sought

PARTS = ("day", "month", "year")
PERIOD = {"from": "From", "to": "To"}
WHOLE_DAY = len("2026-03-27")
LONGEST = 100


@dataclass(frozen=True, slots=True)
class Asked:
    """The boxes of the log's form by name, each "" where nothing was typed."""

    typed: Mapping[str, str]

    @property
    def sought(self) -> Sought:
        """What is looked for, once nothing is wrong."""
        first, last = self._day("from"), self._day("to")
        since, until = (day_begins(first) if first else None), (day_ends(last) if last else None)
        return Sought(self.typed["name"], self.typed["reference"], since, until)

    @property
    def problems(self) -> Mapping[str, str]:
        """What is wrong, by "from" and "to"."""
        found = {
            end: f"{called} must be a real date, such as 27 3 2026"
            for end, called in PERIOD.items()
            if self._parts(end) and self._day(end) is None
        }
        first, last = self._day("from"), self._day("to")
        return {"to": "To must be the same day as From or later"} if first and last and last < first else found

    @property
    def words(self) -> str:
        """What is looked for, such as "N-20418, from 1 March 2026"; "" for everything."""
        return ", ".join(self._words())

    @property
    def kept(self) -> list[tuple[str, str]]:
        """Name, reference, and what was typed of the period, for the pages that follow."""
        return [(name, value) for name, value in self.typed.items() if value or name in ("name", "reference")]

    def controls(self) -> dict[str, Control]:
        """The two ends of the period, to be drawn."""
        return {end: self._control(end) for end in PERIOD}

    def links(self) -> list[Link]:
        """The lines of the error summary."""
        return [Link(f"#{end}-day", message) for end, message in self.problems.items()]

    def _control(self, end: str) -> Control:
        boxes = [Item(f"{end}-{part}", self.typed[f"{end}-{part}"], part.capitalize(), name=f"{end}-{part}",
                      classes=f"govuk-input--width-{4 if part == 'year' else 2}") for part in PARTS]  # fmt: skip
        return Control(end, end, PERIOD[end], error=self.problems.get(end, ""), items=boxes)

    def _words(self) -> Iterator[str]:
        yield from filter(None, (self.typed["name"] and f"“{self.typed['name']}”", self.typed["reference"]))
        days = ((end, self._day(end)) for end in PERIOD)
        yield from (f"{end} {day_in_words(day)}" for end, day in days if day)

    def _parts(self, end: str) -> Mapping[str, str]:
        return {part: value for part in PARTS if (value := self.typed[f"{end}-{part}"])}

    def _day(self, end: str) -> date | None:
        typed = typed_date(self._parts(end))
        whole = isinstance(typed, str) and len(typed) == WHOLE_DAY and is_date(typed)
        return date.fromisoformat(str(typed)) if whole else None


BOXES = ("name", "reference", *(f"{end}-{part}" for end in PERIOD for part in PARTS))


def asked_of(form: Mapping[str, str]) -> Asked:
    """What the log's form sent; nothing for an empty one."""
    return Asked({name: form.get(name, "").replace("\0", "").strip()[:LONGEST] for name in BOXES})
