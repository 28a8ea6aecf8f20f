"""The solver, asked again and again over the same clauses, within a budget of work that makes no use of a clock."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from engine.proofs.circuit import Circuit, Literal

_SLICE = 200_000


def _never() -> bool:
    return False


@dataclass(slots=True)
class Effort:
    """How much the solver may do: steps of reasoning, the same on every machine, and a deadline handed in.

    `steps` counts the values that the solver works out from others, some fifty million a second; `out_of_time` is asked
    between slices of the work.
    """

    steps: int = 150_000_000
    out_of_time: Callable[[], bool] = _never

    def share(self, part: float) -> "Effort":
        """A part of what is left, spent apart from the rest, with the same deadline."""
        return Effort(int(self.steps * part), self.out_of_time)

    @property
    def spent(self) -> bool:
        """Whether nothing more may be done."""
        return self.steps <= 0 or self.out_of_time()


class Search:
    """One solver over a circuit's clauses; answers are True, False, or None where the effort ran out."""

    def __init__(self, circuit: Circuit) -> None:
        """Load the clauses there are now; `load` takes in those made later."""
        # Importing it takes as long as proving a short form, and most commands prove nothing.
        from pysat.solvers import Minisat22

        self.circuit = circuit
        self._solver: Any = Minisat22()
        self._loaded = 0
        self._steps = 0
        self.load()

    def load(self) -> None:
        """Take in clauses that were made since."""
        self._solver.append_formula(self.circuit.clauses[self._loaded :])
        self._loaded = len(self.circuit.clauses)

    def prefer(self, literals: Iterable[Literal]) -> None:
        """Try these first wherever nothing decides otherwise."""
        self._solver.set_phases(list(literals))

    def solve(self, assumed: Sequence[Literal], effort: Effort, at_most: int | None = None) -> bool | None:
        """Whether the clauses can hold together with what is assumed; None too after `at_most` steps."""
        left = effort.steps if at_most is None else min(at_most, effort.steps)
        while left > 0 and not effort.spent:
            self._solver.prop_budget(min(_SLICE, left))
            found: bool | None = self._solver.solve_limited(assumed)
            steps = self._solver.accum_stats()["propagations"]
            effort.steps -= max(1, steps - self._steps)
            left -= max(1, steps - self._steps)
            self._steps = steps
            if found is not None:
                return found
        return None

    def model(self) -> "Model":
        """The values found by a `solve` that said True."""
        return Model(self._solver.get_model())

    def core(self) -> frozenset[Literal]:
        """Those assumed by a `solve` that said False which cannot hold together."""
        return frozenset(self._solver.get_core() or ())


class Model:
    """The value of every variable in one solution."""

    def __init__(self, values: Sequence[Literal]) -> None:
        """Take the values as the solver lists them, by variable from 1."""
        self._values = values

    def __getitem__(self, literal: Literal) -> bool:
        """Whether a literal holds; a variable the solver has not met does not."""
        index = abs(literal) - 1
        true = index < len(self._values) and self._values[index] > 0
        return true == (literal > 0)

    def of(self, variables: Iterable[Literal]) -> list[Literal]:
        """The literals of some variables that hold, of those the solver has met."""
        values, known = self._values, len(self._values)
        return [values[variable - 1] for variable in variables if variable <= known]
