"""The condition language: leaves that compare one answer with literals, joined by all, any and not."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from engine.dates import first_day, full_day, whole_years
from engine.operators import OPERATORS
from engine.question_types.base import NotKnown

Json = Any
Subject = Literal["question", "row", "child"]
SUBJECTS: tuple[Subject, ...] = ("question", "row", "child")
CHILD_FACTS: Mapping[str, str] = {
    "age": "number",
    "unborn": "truth",
    "disabled": "truth",
    "interpreter": "truth",
}
_NOTHING: Mapping[str, Any] = {}


@dataclass(frozen=True, slots=True)
class Leaf:
    """One comparison: the subject's name, the operator's name, its literal (`any_row`: a condition)."""

    subject: Subject
    name: str
    operator: str
    operand: Any


@dataclass(frozen=True, slots=True)
class All:
    """True when every part is; an empty one is true."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """True when some part is; an empty one is false."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """True when its part is false, so also over an absent answer."""

    part: "Condition"


Condition = Leaf | All | AnyOf | Not


@dataclass(slots=True)
class Scope:
    """What a condition can see: valid shown answers by question, one child and one row where it stands in them.

    `answers` holds canonical answers (NotKnown included); a per-child question's is a mapping by child id.
    `facts` are the facts of the child the condition is asked for, `children` those of every child.
    """

    answers: Mapping[str, Any]
    children: Mapping[str, Mapping[str, Any]]
    today: str | None
    child: str | None = None
    facts: Mapping[str, Any] | None = None
    row: Mapping[str, Any] | None = None


Test = Callable[[Scope], bool]


def parse(data: Json) -> Condition:
    """A checked JSON condition as frozen values; raises KeyError, ValueError or TypeError on anything else."""
    if "all" in data:
        return All(tuple(parse(part) for part in data["all"]))
    if "any" in data:
        return AnyOf(tuple(parse(part) for part in data["any"]))
    if "not" in data:
        return Not(parse(data["not"]))
    return _parse_leaf(data)


def _parse_leaf(data: Mapping[str, Json]) -> Leaf:
    (first, name), (operator, operand) = data.items()
    if first not in SUBJECTS:
        (first, name), (operator, operand) = (operator, operand), (first, name)
    subject = next(known for known in SUBJECTS if known == first)
    if operator == "any_row":
        return Leaf(subject, name, operator, parse(operand))
    if operator not in OPERATORS:
        raise ValueError(operator)
    return Leaf(subject, name, operator, tuple(operand) if isinstance(operand, list) else operand)


def to_json(condition: Condition) -> Json:
    """The JSON that `parse` reads back to an equal condition."""
    if isinstance(condition, All):
        return {"all": [to_json(part) for part in condition.parts]}
    if isinstance(condition, AnyOf):
        return {"any": [to_json(part) for part in condition.parts]}
    if isinstance(condition, Not):
        return {"not": to_json(condition.part)}
    operand = condition.operand
    if condition.operator == "any_row":
        operand = to_json(operand)
    return {
        condition.subject: condition.name,
        condition.operator: list(operand) if isinstance(operand, tuple) else operand,
    }


def leaves(condition: Condition | None, into_rows: bool = True) -> Iterator[Leaf]:
    """Every leaf in reading order, those inside `any_row` after the leaf that holds them unless told not to."""
    if condition is None:
        return
    if isinstance(condition, Leaf):
        yield condition
        if into_rows and condition.operator == "any_row":
            yield from leaves(condition.operand)
    elif isinstance(condition, Not):
        yield from leaves(condition.part, into_rows)
    else:
        for part in condition.parts:
            yield from leaves(part, into_rows)


def questions_read(condition: Condition | None) -> frozenset[str]:
    """The questions outside its own row that a condition reads."""
    return frozenset(leaf.name for leaf in leaves(condition) if leaf.subject == "question")


def reads_today(condition: Condition | None) -> bool:
    """Whether what the condition says depends on the date."""
    return any(_says_today(leaf) or (leaf.subject == "child" and leaf.name == "age") for leaf in leaves(condition))


def _says_today(leaf: Leaf) -> bool:
    return leaf.operand == "today" and OPERATORS[leaf.operator].operand == "date"


def resolve_groups(condition: Condition, members: Callable[[Leaf], tuple[str, ...]]) -> Condition:
    """The same condition with every option group replaced by the values in it, as `holds` and compiling need it."""
    if isinstance(condition, Not):
        return Not(resolve_groups(condition.part, members))
    if isinstance(condition, All | AnyOf):
        return type(condition)(tuple(resolve_groups(part, members) for part in condition.parts))
    if condition.operator == "includes_group":
        return replace(condition, operand=members(condition))
    if condition.operator == "any_row":
        inner = resolve_groups(condition.operand, lambda leaf: members(_of_row(leaf, condition.name)))
        return replace(condition, operand=inner)
    return condition


def _of_row(leaf: Leaf, rows: str) -> Leaf:
    return replace(leaf, name=f"{rows}.{leaf.name}") if leaf.subject == "row" else leaf


def holds(leaf: Leaf, answer: Any, today: str | None) -> bool:
    """Whether a leaf holds over one canonical answer or fact (None for an absent one); never for `any_row`."""
    if answer is None:
        return False
    if isinstance(answer, NotKnown):
        return leaf.operator in ("answered", "not_known")
    operand = today if _says_today(leaf) else leaf.operand
    return operand is not None and OPERATORS[leaf.operator].test(answer, operand)


def compile_condition(condition: Condition | None, per_child: frozenset[str], for_child: bool) -> Test | None:
    """One closure for a condition; None for no condition.

    `per_child` names the questions answered once for each child, `for_child` says that the condition is asked
    for one child: then it reads that child's answers and facts, elsewhere those of any child.
    """
    return None if condition is None else _compile(condition, per_child, for_child)


def _compile(condition: Condition, per_child: frozenset[str], for_child: bool) -> Test:
    if isinstance(condition, Leaf):
        return _compile_leaf(condition, per_child, for_child)
    if isinstance(condition, Not):
        inner = _compile(condition.part, per_child, for_child)
        return lambda scope: not inner(scope)
    parts = [_compile(part, per_child, for_child) for part in condition.parts]
    if isinstance(condition, All):
        return lambda scope: all(part(scope) for part in parts)
    return lambda scope: any(part(scope) for part in parts)


def _compile_leaf(leaf: Leaf, per_child: frozenset[str], for_child: bool) -> Test:
    one = _any_row(leaf, per_child, for_child) if leaf.operator == "any_row" else _one_answer(leaf)
    name = leaf.name
    if leaf.subject == "row":
        return lambda scope: one((scope.row or _NOTHING).get(name), scope)
    if leaf.subject == "child":
        if for_child:
            return lambda scope: one((scope.facts or _NOTHING).get(name), scope)
        return lambda scope: any(one(facts.get(name), scope) for facts in scope.children.values())
    if name not in per_child:
        return lambda scope: one(scope.answers.get(name), scope)
    if for_child:
        return lambda scope: one(scope.answers.get(name, _NOTHING).get(scope.child), scope)
    return lambda scope: any(one(answer, scope) for answer in scope.answers.get(name, _NOTHING).values())


def _one_answer(leaf: Leaf) -> Callable[[Any, Scope], bool]:
    operand, test = leaf.operand, OPERATORS[leaf.operator].test
    if leaf.operator == "answered":
        return lambda answer, scope: answer is not None
    if leaf.operator == "not_known":
        return lambda answer, scope: isinstance(answer, NotKnown)
    if _says_today(leaf):
        return lambda answer, scope: holds(leaf, answer, scope.today)
    return lambda answer, scope: answer is not None and not isinstance(answer, NotKnown) and test(answer, operand)


def _any_row(leaf: Leaf, per_child: frozenset[str], for_child: bool) -> Callable[[Any, Scope], bool]:
    inner = _compile(leaf.operand, per_child, for_child)

    def some_row(answer: Any, scope: Scope) -> bool:
        if answer is None or isinstance(answer, NotKnown):
            return False
        return any(
            inner(Scope(scope.answers, scope.children, scope.today, scope.child, scope.facts, row)) for row in answer
        )

    return some_row


def age_in_years(born: str | None, today: str | None) -> int | None:
    """Whole years from a birth date (a partial one stands for its first day) to today; None where unknown."""
    birth, now = full_day(first_day(born or "")), full_day(today)
    return None if birth is None or now is None else whole_years(birth, now)


def child_facts(child: Mapping[str, Any], today: str | None) -> dict[str, Any]:
    """The facts conditions can read about a child of the context; an unborn child has no age, unknown ones are None."""
    unborn = child.get("unborn")
    return {
        "age": None if unborn else age_in_years(child.get("born"), today),
        "unborn": unborn,
        "disabled": child.get("disabled"),
        "interpreter": child.get("interpreter"),
    }


def satisfied(condition: Condition, scope: Scope, per_child: frozenset[str], for_child: bool) -> Sequence[Leaf]:
    """The leaves that made a condition true, for telling a person why a question is asked."""
    if not _compile(condition, per_child, for_child)(scope):
        return ()
    if isinstance(condition, Leaf):
        return (condition,)
    if isinstance(condition, Not):
        return ()
    return tuple(leaf for part in condition.parts for leaf in satisfied(part, scope, per_child, for_child))
