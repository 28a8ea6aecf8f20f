"""Two forms over the same answers: whether one shows what the other does not."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from engine.definition import Definition, Question
from engine.errors import Refusal
from engine.journey import Journey
from engine.proofs.circuit import FALSE, Literal
from engine.proofs.domains import Domains, counted_alike
from engine.proofs.draft import Draft
from engine.proofs.encoding import Encoding
from engine.proofs.family import Finder
from engine.proofs.reading import Reading, read_form
from engine.proofs.search import Effort, Search
from engine.proofs.size import too_large
from engine.proofs.survey import path_of
from engine.proofs.witness import Witness, witness

Json = Any


class NotDecided(Refusal):
    """It could not be decided whether “{path}” is asked as often as before."""

    code = "not_decided"


class Comparison:
    """A base and what was made of it, over one set of answers: those a person could give in the base.

    Questions with the same id, type and child have the same answer in both. An answer that only the base takes is
    absent in the other form; of a list of options those it does not know are left out.
    """

    def __init__(self, base: Definition, changed: Definition, effort: Effort | None = None) -> None:
        """Encode both forms; each question asked of the comparison spends of the same effort."""
        self._readings = read_form(base), read_form(changed)
        self._effort = effort or Effort()

    @cached_property
    def _finder(self) -> Finder:
        draft = Draft(Domains(self._readings))
        return Finder([Encoding(draft, 0), Encoding(draft, 1)], Search(draft.circuit))

    @cached_property
    def _beyond_measure(self) -> bool:
        return any(reading.crowded or too_large(reading) for reading in self._readings)

    def shown_in_first_only(self, path: str) -> Witness | None:
        """A draft for which the base shows a question or column and the changed form does not; None if there is none.

        Raises NotDecided where the effort runs out first.
        """
        if self._beyond_measure:
            raise NotDecided(path=path)
        base, changed = self._finder.encodings
        wish = _wish(base, changed, path)
        self._finder.search.load()
        for assumed in ([base.draft.alone], []):
            found = self._finder.find([*assumed, wish], self._effort)
            if isinstance(found, Sequence):
                return self._checked(path, witness([base, changed], found))
        if found is None or self._miscounted(path):
            raise NotDecided(path=path)
        return None

    def _miscounted(self, path: str) -> bool:
        """Whether a question hangs on rows that may be too few in the changed form for what is blank in it alone."""
        changed = self._readings[1]
        before = frozenset().union(*(reading.ancestors([path]) for reading in self._readings)) - {
            path.partition(".")[0]
        }
        fewest = [each for each in changed.definition.questions if each.settings.get("minimum_rows", 0) > 1]
        return any(
            rows.id in before and not (self._as_before(rows.id) or counted_alike(rows.id, self._readings))
            for rows in fewest
        )

    def _as_before(self, name: str) -> bool:
        """Whether a question and all it depends on are the same in both forms."""
        return _standing(self._readings[0], name) == _standing(self._readings[1], name)

    def _checked(self, path: str, found: Witness) -> Witness:
        """The witness, if evaluating both forms shows the difference too."""
        base, changed = (reading.definition for reading in self._readings)
        fitted = Witness(_fitted(changed, found.answers), found.context)
        if _shown(found.journey(base), path) <= _shown(fitted.journey(changed), path):
            raise NotDecided(path=path)
        return found


def _standing(reading: Reading, name: str) -> Sequence[object]:
    """Of a question and all that decides whether it is shown: each question, and the conditions of sections."""
    names = reading.ancestors([name])
    questions = [each for each in reading.definition.questions if each.id in names]
    sections = [(each.show_when, each.per_child) for each in reading.definition.sections if each.id in names]
    return questions, sections


def _wish(base: Encoding, changed: Encoding, path: str) -> Literal:
    """That the base shows somewhere what the changed form does not."""
    places = [place for place in base.shown if path_of(place) == path]
    both, either = base.circuit.both, base.circuit.either
    return either(both((base.shown[place], -changed.shown.get(place, FALSE))) for place in places)


def _shown(journey: Journey, path: str) -> frozenset[object]:
    return frozenset(place for place in journey.shown if path_of(place) == path)


def _fitted(form: Definition, answers: Mapping[str, Json]) -> dict[str, Json]:
    """The answers without the options that a form does not have."""
    return {name: _fit(form.by_id.get(name), answer) for name, answer in answers.items()}


def _fit(question: Question | None, answer: Json) -> Json:
    if question is None:
        return answer
    if isinstance(answer, list) and question.columns:
        columns = {column.id: column for column in question.columns}
        return [{name: _fit(columns.get(name), cell) for name, cell in row.items()} for row in answer]
    if isinstance(answer, list) and question.handler.measure == "choices":
        return [value for value in answer if any(option.value == value for option in question.options)]
    if isinstance(answer, dict) and question.per_child:
        return {child: _fit(question, own) if isinstance(own, list) else own for child, own in answer.items()}
    return answer
