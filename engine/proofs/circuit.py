"""Logic as clauses for a solver: and, or, exactly which of several, each gate made once."""

from collections.abc import Iterable, Sequence

Literal = int
"""A variable's number, or its negative for "not"; 1 is always true."""

TRUE: Literal = 1
FALSE: Literal = -1
_FEW = 6


class Circuit:
    """Clauses that grow as gates are asked for; the same gate is the same literal."""

    def __init__(self) -> None:
        """Start with the one literal that is always true."""
        self.top = TRUE
        self.clauses: list[list[Literal]] = [[TRUE]]
        self._gates: dict[tuple[Literal, ...], Literal] = {}

    def variable(self) -> Literal:
        """A new free variable."""
        self.top += 1
        return self.top

    def require(self, *literals: Literal) -> None:
        """At least one of them holds."""
        if TRUE not in literals:
            self.clauses.append([literal for literal in literals if literal != FALSE])

    def both(self, parts: Iterable[Literal]) -> Literal:
        """True when every part is; TRUE for none."""
        wanted = set(parts)
        wanted.discard(TRUE)
        if FALSE in wanted:
            return FALSE
        if len(wanted) < 2:
            return wanted.pop() if wanted else TRUE
        if any(-part in wanted for part in wanted):
            return FALSE
        key = tuple(sorted(wanted))
        gate = self._gates.get(key)
        if gate is None:
            gate = self._gates[key] = self.variable()
            self.clauses.extend([-gate, part] for part in key)
            self.clauses.append([gate, *(-part for part in key)])
        return gate

    def either(self, parts: Iterable[Literal]) -> Literal:
        """True when some part is; FALSE for none."""
        return -self.both(-part for part in parts)

    def at_most_one(self, literals: Sequence[Literal]) -> None:
        """No two of them hold together."""
        if len(literals) <= _FEW:
            for index, first in enumerate(literals):
                self.clauses.extend([-first, -second] for second in literals[index + 1 :])
            return
        rest = self.variable()
        self.at_most_one([*literals[: _FEW - 1], rest])
        self.at_most_one([*literals[_FEW - 1 :], -rest])
