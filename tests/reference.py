"""A second evaluator, written from the format's rules alone: naive, recursive, and sharing no code with the engine.

It knows the types that generated forms use. A question's answer is worked out by asking whether it is shown, which
asks after the answers its conditions name, and so back to the beginning of the form.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

Json = Any
NOTHING = object()
"""The answer of a question that has none: blank, hidden or invalid."""
UNKNOWN = object()
"""The answer "not known yet"."""


class Reference:
    """A form's JSON, one draft of answers and a context; `shown()` is what must be shown, as people write it."""

    def __init__(self, form: Json, answers: Mapping[str, Json], context: Json) -> None:
        self.form = form
        self.answers = answers
        self.today = context.get("today")
        self.children = {child["id"]: child for child in context.get("children") or [{"id": "c1"}]}
        self.questions = {q["id"]: (section, q) for section in form["sections"] for q in section["questions"]}
        self.known: dict[Any, Any] = {}

    def shown(self) -> list[str]:
        """Every place shown, in order."""
        return list(self._shown())

    def _shown(self) -> Iterator[str]:
        for section in self.form["sections"]:
            for child in self.children if section.get("per_child") else [None]:
                for question in section["questions"]:
                    yield from self._shown_of(question["id"], child)

    def _shown_of(self, name: str, child: str | None) -> Iterator[str]:
        asked_of = [child] if child or not self.for_each_child(name) else list(self.children)
        for each in asked_of:
            if self.is_shown(name, each):
                at = name if each is None else f"{name}[{each}]"
                yield at
                for index, row in enumerate(self.rows(name, each)):
                    for column in self.questions[name][1]["columns"]:
                        if self.cell_is_shown(name, each, row, column):
                            yield f"{at}[{index}].{column['id']}"

    def for_each_child(self, name: str) -> bool:
        """Whether a question is answered once for each child."""
        section, question = self.questions[name]
        return bool(section.get("per_child") or question.get("per_child"))

    def is_shown(self, name: str, child: str | None) -> bool:
        """Whether a question is shown, for one child where it is asked for each."""
        if (name, child) not in self.known:
            section, question = self.questions[name]
            of_section = child if section.get("per_child") else None
            self.known[name, child] = self.holds(section.get("show_when"), of_section) and self.holds(
                question.get("show_when"), child
            )
        return bool(self.known[name, child])

    def holds(self, condition: Json, child: str | None, inside: Any = None) -> bool:
        """Whether a condition holds; `inside` is (rows question, child, row) where it stands in a row."""
        if condition is None:
            return True
        if "all" in condition:
            return all(self.holds(part, child, inside) for part in condition["all"])
        if "any" in condition:
            return any(self.holds(part, child, inside) for part in condition["any"])
        if "not" in condition:
            return not self.holds(condition["not"], child, inside)
        return self.leaf_holds(condition, child, inside)

    def leaf_holds(self, leaf: Json, child: str | None, inside: Any) -> bool:
        """Whether one comparison holds, for any child where it is not asked for one."""
        if "row" in leaf:
            rows, of_child, row = inside
            column = next(column for column in self.questions[rows][1]["columns"] if column["id"] == leaf["row"])
            return self.compare(leaf, column, self.cell(rows, of_child, row, column), child)
        if "child" in leaf:
            facts = [self.fact(each, leaf["child"]) for each in ([child] if child else self.children)]
            return any(self.compare(leaf, None, fact, child) for fact in facts)
        name = leaf["question"]
        question = self.questions[name][1]
        of = [None] if not self.for_each_child(name) else [child] if child else list(self.children)
        if "any_row" in leaf:
            return any(
                self.holds(leaf["any_row"], child, (name, each, row))
                for each in of
                if self.answer(name, each) not in (NOTHING, UNKNOWN)
                for row in self.rows(name, each)
                if any(self.cell(name, each, row, column) is not NOTHING for column in question["columns"])
            )
        return any(self.compare(leaf, question, self.answer(name, each), child) for each in of)

    def compare(self, leaf: Json, question: Json, answer: Any, _child: str | None) -> bool:
        """One answer or fact against a literal."""
        operator, literal = next((key, leaf[key]) for key in leaf if key not in ("question", "row", "child"))
        if answer is NOTHING:
            return False
        if operator == "answered":
            return True
        if answer is UNKNOWN or operator == "not_known":
            return answer is UNKNOWN and operator == "not_known"
        if operator in ("before", "after"):
            return self.compare_dates(operator, answer, literal)
        if operator == "includes_group":
            return any(o["value"] in answer and o.get("group") == literal for o in question["options"])
        return COMPARISONS[operator](answer, literal)

    def compare_dates(self, operator: str, answer: str, literal: str) -> bool:
        """A partial date stands for its first day, a time of day counts for nothing against a day."""
        if literal == "today":
            if self.today is None:
                return False
            literal = self.today
        first, second = day(answer), day(literal)
        return first < second if operator == "before" else first > second

    def fact(self, child: str, name: str) -> Any:
        """A fact of a child, the age worked out from its birth date."""
        about = self.children[child]
        if name != "age":
            return NOTHING if about.get(name) is None else about[name]
        if about.get("unborn") or not about.get("born") or not self.today or day(about["born"]) > day(self.today):
            return NOTHING
        born, today = day(about["born"]), day(self.today)
        years = today.year - born.year
        return years if (today.month, today.day) >= (born.month, born.day) else years - 1

    def draft(self, name: str, child: str | None) -> Json:
        """What the draft holds for a question, of one child where it is asked for each."""
        value = self.answers.get(name)
        if not self.for_each_child(name):
            return value
        return value.get(child) if isinstance(value, dict) and "not_known" not in value else None

    def answer(self, name: str, child: str | None) -> Any:
        """The answer as every other part of the form may read it."""
        if ("answer", name, child) not in self.known:
            question = self.questions[name][1]
            answer: Any = self.read(question, self.draft(name, child)) if self.is_shown(name, child) else NOTHING
            if question["type"] == "rows" and answer not in (NOTHING, UNKNOWN):
                cells = [self.cell(name, child, row, column) for row in answer for column in question["columns"]]
                answer = answer if any(cell is not NOTHING for cell in cells) else NOTHING
            self.known["answer", name, child] = answer
        return self.known["answer", name, child]

    def rows(self, name: str, child: str | None) -> list[Json]:
        """The rows of the draft of a shown rows question, blank ones too; none where they cannot be read."""
        question = self.questions[name][1]
        if question["type"] != "rows" or not self.is_shown(name, child):
            return []
        read = self.read(question, self.draft(name, child))
        return read if isinstance(read, list) else []

    def cell_is_shown(self, name: str, child: str | None, row: Json, column: Json) -> bool:
        """Whether a cell of a row is asked."""
        return self.holds(column.get("show_when"), child, (name, child, row))

    def cell(self, name: str, child: str | None, row: Json, column: Json) -> Any:
        """The answer in a cell."""
        if not self.cell_is_shown(name, child, row, column):
            return NOTHING
        return self.read(column, row.get(column["id"]))

    def read(self, question: Json, value: Json) -> Any:
        """A draft's value as an answer of the question's type: NOTHING where it is blank or not one."""
        if value is None or value in ([], {}) or (isinstance(value, str) and not value.strip()):
            return NOTHING
        if isinstance(value, dict) and "not_known" in value:
            offered = question.get("not_known", question["kind"] in ("fact", "voice", "analysis"))
            well_formed = value["not_known"] is True and set(value) <= {"not_known", "doing"}
            return UNKNOWN if offered and well_formed else NOTHING
        return value if READERS[question["type"]](question, value, self.today) else NOTHING


def day(written: str) -> date:
    """The day a date stands for: the first of a month or year that is given alone."""
    return date.fromisoformat((written + "-01-01")[:10] if len(written) < 10 else written[:10])


COMPARISONS: Mapping[str, Callable[[Any, Any], bool]] = {
    "is": lambda answer, literal: answer == literal,
    "is_not": lambda answer, literal: answer != literal,
    "in": lambda answer, literal: answer in literal,
    "includes": lambda answer, literal: literal in answer,
    "includes_any": lambda answer, literal: bool(set(answer) & set(literal)),
    "more_than": lambda answer, literal: answer > literal,
    "at_least": lambda answer, literal: answer >= literal,
    "less_than": lambda answer, literal: answer < literal,
    "at_most": lambda answer, literal: answer <= literal,
}


def _values(question: Json) -> list[str]:
    return [option["value"] for option in question["options"]]


def _is_choice(question: Json, value: Json, _today: str | None) -> bool:
    return isinstance(value, str) and value in _values(question)


def _is_choices(question: Json, value: Json, _today: str | None) -> bool:
    if not isinstance(value, list) or any(not isinstance(each, str) or each not in _values(question) for each in value):
        return False
    exclusive = {option["value"] for option in question["options"] if option.get("exclusive")}
    return len(set(value)) == 1 or not exclusive & set(value)


def _is_number(question: Json, value: Json, _today: str | None) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    whole = question["type"] == "scale" or question.get("integer", False)
    most = question.get("maximum", 10 if question["type"] == "scale" else 10**15)
    return question.get("minimum", 0) <= value <= most and (not whole or value == int(value))


def _is_date(question: Json, value: Json, today: str | None) -> bool:
    if not isinstance(value, str) or not _is_written_as(question, value):
        return False
    return not (question.get("not_after") == "today" and today and day(value) > day(today))


def _is_written_as(question: Json, value: str) -> bool:
    if question.get("time"):
        return _follows(value, "%Y-%m-%dT%H:%M", 16)
    if question.get("partial") and (_follows(value, "%Y-%m", 7) or _follows(value, "%Y", 4)):
        return True
    return _follows(value, "%Y-%m-%d", 10)


def _follows(value: str, pattern: str, length: int) -> bool:
    try:
        return len(value) == length and datetime.strptime(value, pattern) is not None  # noqa: DTZ007
    except ValueError:
        return False


def _is_text(question: Json, value: Json, _today: str | None) -> bool:
    longest = question.get("max_length", 200 if question["type"] == "short_text" else 20_000)
    return isinstance(value, str) and len(value.strip()) <= longest


def _is_person(_question: Json, value: Json, _today: str | None) -> bool:
    details = {"name", "description", "relationship", "born", "role", "contact", "address"}
    if not isinstance(value, dict) or set(value) - details or any(not isinstance(each, str) for each in value.values()):
        return False
    return bool(value.get("name", "").strip() or value.get("description", "").strip())


def _are_rows(_question: Json, value: Json, _today: str | None) -> bool:
    if not isinstance(value, list) or any(not isinstance(row, dict) for row in value):
        return False
    ids = [row.get("id") for row in value]
    return all(isinstance(each, str) and each for each in ids) and len(set(ids)) == len(ids)


READERS: Mapping[str, Callable[[Json, Json, str | None], bool]] = {
    "choice": _is_choice,
    "choices": _is_choices,
    "yes_no": lambda _question, value, _today: value in ("yes", "no"),
    "number": _is_number,
    "scale": _is_number,
    "date": _is_date,
    "short_text": _is_text,
    "long_text": _is_text,
    "analysis": _is_text,
    "person": _is_person,
    "rows": _are_rows,
}
