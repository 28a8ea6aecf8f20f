"""The variables of one answer: which of its domain's values it has, or none."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from functools import lru_cache

from engine.proofs.circuit import FALSE, Circuit, Literal
from engine.proofs.domains import Domain
from engine.proofs.search import Model


class Answer(ABC):
    """One answer of the draft; `variables` are what it is free to vary in."""

    domain: Domain
    variables: Sequence[Literal]

    @abstractmethod
    def among(self, indices: Sequence[int]) -> Literal:
        """Whether the answer is one of some values, given by index in ascending order."""

    @abstractmethod
    def chosen(self, model: Model) -> Sequence[int]:
        """The values it has in a solution, by index: none, one, or several where they combine."""


class Separate(Answer):
    """A variable for each value."""

    def __init__(self, domain: Domain, circuit: Circuit, variables: Sequence[Literal] | None = None) -> None:
        """Make the variables, unless given, and keep apart the values that exclude each other."""
        self.domain = domain
        self._circuit = circuit
        self.variables = variables or [circuit.variable() for _value in domain.values]
        if variables is None:
            self._keep_apart()

    def _keep_apart(self) -> None:
        if not self.domain.many:
            self._circuit.at_most_one(self.variables)
        for index in self.domain.alone:
            for other, variable in enumerate(self.variables):
                if other != index:
                    self._circuit.require(-self.variables[index], -variable)

    def among(self, indices: Sequence[int]) -> Literal:
        """Whether the answer is, or holds, one of some values."""
        return self._circuit.either(self.variables[index] for index in indices)

    def chosen(self, model: Model) -> Sequence[int]:
        """The values whose variables are true."""
        return [index for index, variable in enumerate(self.variables) if model[variable]]


class Ordered(Answer):
    """For values in order, a variable for each: that the answer is it or a later one."""

    def __init__(self, domain: Domain, circuit: Circuit) -> None:
        """Make the variables, each implied by the next."""
        self.domain = domain
        self._circuit = circuit
        self.variables = [circuit.variable() for _value in domain.values]
        for before, after in zip(self.variables, self.variables[1:], strict=False):
            circuit.require(-after, before)

    def among(self, indices: Sequence[int]) -> Literal:
        """Whether the answer lies in one of the runs that the values make."""
        return self._circuit.either(self._within(first, last) for first, last in _runs(tuple(indices)))

    def _within(self, first: int, last: int) -> Literal:
        beyond = self.variables[last + 1] if last + 1 < len(self.variables) else FALSE
        return self._circuit.both((self.variables[first], -beyond))

    def chosen(self, model: Model) -> Sequence[int]:
        """The last value whose variable is true."""
        count = sum(model[variable] for variable in self.variables)
        return [count - 1] if count else []


@lru_cache(maxsize=4096)
def _runs(indices: tuple[int, ...]) -> Sequence[tuple[int, int]]:
    """The first and last of every run of neighbours."""
    starts = [at for at, index in enumerate(indices) if at == 0 or indices[at - 1] != index - 1]
    ends = [*starts, len(indices)][1:]
    return [(indices[start], indices[end - 1]) for start, end in zip(starts, ends, strict=True)]


def answer_in(domain: Domain, circuit: Circuit) -> Answer:
    """New variables for an answer."""
    return Ordered(domain, circuit) if domain.ordered else Separate(domain, circuit)
