"""What stands in a simulated form: answers enough to hand it in, their texts longer the better it was thought about."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from engine.definition import Definition
from webapp.demo.trials.wording import some

Json = Any
Answers = dict[str, Json]


@dataclass(frozen=True, slots=True)
class Writing:
    """Who writes what about whom: the child's key, the day, how well it is thought about (1 to 5), what was seen."""

    child: str
    day: date
    quality: float
    seen: str
    yes: bool
    chance: Random

    def about(self, value: Json) -> Json:
        """An answer that is asked for each child."""
        return {self.child: value}

    def text(self, kind: str, fewest: int = 1) -> str:
        """A text of a kind, by how well it is thought about."""
        return some(kind, fewest + round((self.quality - 1) / 1.5), self.chance)


def answers_to(definition: Definition, writing: Writing) -> Answers:
    """The answers to a form that trials of the demonstration are about."""
    return _FORMS[definition.form](definition, writing)


def _assessment(definition: Definition, writing: Writing) -> Answers:
    tested = "harm" in definition.by_id
    answers = _seen(writing)
    answers |= {"day": writing.about(writing.text("day")), "injury": writing.about("no")}
    if tested:
        answers |= {"harm": writing.text("harm"), "how_safe": writing.chance.randint(3, 8)}
    elif writing.quality > 3:
        answers["other_story"] = some("other_story", 1, writing.chance)
    answers["meaning"] = writing.about({"text": writing.text("danger" if tested else "meaning", 2), "evidence": []})
    answers["working"] = writing.text("safety" if tested else "working")
    outcome = writing.chance.choice(["early_help", "early_help", "cin_plan"])
    answers |= {"factors": writing.about(["3B"]), "outcome": writing.about(outcome)}
    answers["outcome_why"] = writing.about(writing.text("outcome_why"))
    answers["goals"] = [{"id": "r1", "hope": some("hope", 1, writing.chance)}]
    return answers


def _visit(definition: Definition, writing: Writing) -> Answers:
    day = writing.day.isoformat()
    answers = _seen(writing, day)
    answers |= {"visited_on": f"{day}T15:40", "contact": "in_person", "place": "home", "expected": "yes"}
    answers |= {"room": writing.about("yes" if writing.yes else "no"), "injury": writing.about("no")}
    answers |= {"saw": writing.text("saw"), "meaning": writing.text("visit_meaning", 2)}
    if "other_story" in definition.by_id and writing.quality > 3:
        answers["other_story"] = some("other_story", 1, writing.chance)
    return answers | {"manager_today": "no", "manager_why": some("manager_why", 1, writing.chance)}


def _review(definition: Definition, writing: Writing) -> Answers:
    first = next(each.id for each in definition.questions if each.id in ("safer", "drift"))
    answers: Answers = {
        "meeting": "core_group",
        "held_on": writing.day.isoformat(),
        "took_part": writing.about("before"),
    }
    answers |= {
        "child_words": writing.about(writing.text("told_before")),
        "different": writing.about(writing.text("different")),
    }
    answers |= {
        "safer": writing.about(writing.text("safer")),
        "drift": writing.text("standstill" if first == "drift" else "drift"),
    }
    answers |= {
        "group_decision": writing.about("carry_on"),
        "group_why": writing.about(some("group_why", 1, writing.chance)),
    }
    answers |= {
        "seen_every": writing.about(14),
        "seen_every_why": writing.about(some("seen_every_why", 1, writing.chance)),
    }
    return answers | {"next_on": (writing.day + timedelta(days=90)).isoformat()}


def _seen(writing: Writing, day: str = "") -> Answers:
    answers: Answers = {"seen": writing.about(writing.seen)}
    if writing.seen == "not_seen":
        answers["seen_why"] = writing.about(some("not_seen_why", 1, writing.chance))
        return answers | ({"go_back": writing.about(day)} if day else {})
    if writing.seen == "with_others":
        answers["seen_why"] = writing.about(some("seen_why", 1, writing.chance))
    return answers | {"child_words": writing.about(writing.text("child_words"))}


_FORMS: Mapping[str, Callable[[Definition, Writing], Answers]] = {
    "child-family-assessment": _assessment,
    "visit": _visit,
    "plan-review": _review,
}
