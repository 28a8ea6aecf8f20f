"""Follow-ups to protected questions that "not known yet" keeps shut."""

from collections.abc import Iterator
from dataclasses import dataclass

from engine.conditions import Condition, Leaf, leaves
from engine.definition import Definition
from engine.places import Place
from engine.proofs.circuit import Literal
from engine.proofs.domains import Domains
from engine.proofs.draft import CHILD, Draft
from engine.proofs.encoding import Encoding, Gate
from engine.proofs.reading import read_form
from engine.proofs.search import Effort, Search


@dataclass(frozen=True, slots=True)
class ClosedFollowUp:
    """A section, question or column whose condition reads a protected question, yet cannot hold while it is not known.

    Columns are named as `people.age`.
    """

    protected: str
    follow_up: str


def closed_by_not_known(definition: Definition, effort: Effort | None = None) -> tuple[ClosedFollowUp, ...]:
    """Every follow-up that can be reached, but from no "not known yet" of the protected question it follows."""
    effort = effort or Effort()
    encoding = Encoding(Draft(Domains([read_form(definition)])))
    wishes = dict(_wishes(encoding))
    search = Search(encoding.circuit)
    return tuple(
        pair
        for pair, (opens, opens_unknown) in wishes.items()
        if search.solve(opens, effort) and search.solve(opens_unknown, effort) is False
    )


def _wishes(encoding: Encoding) -> Iterator[tuple[ClosedFollowUp, tuple[list[Literal], list[Literal]]]]:
    """For each follow-up what must hold for it to open, and to open while the question is not known yet."""
    reading = encoding.reading
    conditions = {**reading.sections, **reading.questions}
    for path, question in reading.paths.items():
        rows = path.partition(".")[0]
        protected = question.protected or reading.paths[rows].protected
        if not (protected and question.not_known):
            continue
        for owner, condition in conditions.items():
            if path in _paths_read(condition, owner):
                alone = [encoding.draft.alone, *_one_row(encoding, rows)]
                opens = [_opens(encoding, gate) for gate in encoding.gates[owner]]
                unknown = [_opens(encoding, gate, path) for gate in encoding.gates[owner]]
                either = encoding.circuit.either
                yield ClosedFollowUp(path, owner), ([*alone, either(opens)], [*alone, either(unknown)])


def _opens(encoding: Encoding, gate: Gate, unknown: str | None = None) -> Literal:
    parts = [gate.outer, gate.holds]
    if unknown is not None:
        name, _, column = unknown.partition(".")
        row = gate.row if gate.row and gate.row.question == name else None
        child = CHILD if name in encoding.reading.definition.per_child else None
        place = row._replace(column=column) if row else Place(name, child, 0 if column else None, column or None)
        parts.append(encoding.logic.holds(Leaf("question", name, "not_known", True), place))
    return encoding.circuit.both(parts)


def _one_row(encoding: Encoding, rows: str) -> list[Literal]:
    """With more rows, another row than the one that is not known could open the follow-up."""
    question = encoding.reading.paths[rows]
    if not question.columns:
        return []
    place = Place(rows, CHILD if question.per_child else None)
    return [-row for row in encoding.draft.rows(encoding.form, question, place).rows[1:]]


def _paths_read(condition: Condition, owner: str) -> frozenset[str]:
    """The questions and columns a condition reads; its own row is one of its owner's."""
    rows = owner.partition(".")[0]
    found: set[str] = set()
    for leaf in leaves(condition, into_rows=False):
        if leaf.subject == "row":
            found.add(f"{rows}.{leaf.name}")
        elif leaf.subject == "question":
            found.add(leaf.name)
            if leaf.operator == "any_row":
                found |= _paths_read(leaf.operand, leaf.name)
    return frozenset(found)
