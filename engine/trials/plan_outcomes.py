"""What a trial measures, and what would be harm in it: outcomes of a closed list, as a plan names them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from engine.trials.plan_reading import Reader

Json = Any
Kind = Literal[
    "minutes",
    "quality",
    "worker_rating",
    "family_rating",
    "answer",
    "completed_within",
    "words",
    "not_known",
]
KINDS: tuple[Kind, ...] = get_args(Kind)
BETTER = ("lower", "higher")
DIRECTIONS: Mapping[str, str] = {
    "minutes": "lower",
    "quality": "higher",
    "worker_rating": "higher",
    "family_rating": "higher",
    "completed_within": "higher",
    "not_known": "lower",
}
"""Which way is better where a plan does not say: of an answer and of words it must."""

KNOWN_BEFORE = ("minutes", "completed_within", "words")
"""Outcomes of which a team can have a figure before a trial: of forms outside trials nothing else is known."""

MOST_DAYS = 3_650
"""Within how many days a form can be asked to be finished at most: ten years."""

Typed = int | float | str | None
"""A number as it was typed: text where it is none, None where nothing was typed."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is measured: a kind, with the question it reads (an answer), the days or the cap in minutes.

    `better` says which way is better: "lower", "higher" or "" where nobody said yet.
    """

    kind: str
    question: str = ""
    days: Typed = None
    cap: Typed = None
    better: str = ""

    @property
    def name(self) -> str:
        """Its name among the outcomes of a plan: the kind, and what tells it from others of its kind."""
        which = self.question if self.kind == "answer" else self.days if self.kind == "completed_within" else ""
        return f"{self.kind}:{which}" if which not in ("", None) else self.kind

    @property
    def direction(self) -> str:
        """Which way is better: as the plan says, else as its kind does; "" where neither does."""
        return self.better or DIRECTIONS.get(self.kind, "")

    @property
    def measure(self) -> str:
        """The name under which each form's measure is kept: days to completion serve every number of days."""
        return "days" if self.kind == "completed_within" else self.name

    def to_json(self) -> Json:
        """As the plan holds it, without what its kind has no use for."""
        given = {"question": self.question, "days": self.days, "cap": self.cap, "better": self.better}
        return {"kind": self.kind, **{key: value for key, value in given.items() if value not in ("", None)}}


@dataclass(frozen=True, slots=True)
class Harm:
    """What harm would be, in words; who watches it (a person's key), and the answer that points to it.

    `question` is a question's id ("" where no answer tells) and `value` the answer as text: "yes", an option's value.
    """

    words: str = ""
    watcher: str = ""
    question: str = ""
    value: str = ""

    def to_json(self) -> Json:
        """As the plan holds it."""
        return {"words": self.words, "watcher": self.watcher, "question": self.question, "value": self.value}


NO_HARM_SAID = Harm()
"""Of a plan in which nobody has said yet what harm would be."""


def outcome_read(reader: Reader | None) -> Outcome | None:
    """An outcome of its JSON, None for nothing. Raises PlanUnreadable."""
    if reader is None:
        return None
    outcome = Outcome(
        kind=reader.text("kind"),
        question=reader.text("question"),
        days=reader.typed("days"),
        cap=reader.typed("cap"),
        better=reader.text("better"),
    )
    reader.nothing_else()
    return outcome


def harm_read(reader: Reader | None) -> Harm:
    """What harm would be, of its JSON; nothing said for nothing. Raises PlanUnreadable."""
    if reader is None:
        return NO_HARM_SAID
    harm = Harm(reader.text("words"), reader.text("watcher"), reader.text("question"), reader.text("value"))
    reader.nothing_else()
    return harm
