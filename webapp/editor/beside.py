"""The draft as a worker sees it beside what changes it: filled so that what is looked at is asked, or with a path."""

from collections.abc import Mapping
from typing import Any

from engine.journey import Context, context_from_json
from engine.proofs import Proofs
from webapp import current
from webapp.editor.invented import ONE_CHILD, context_for
from webapp.editor.judging import Judgement
from webapp.editor.panel.subjects import Subject
from webapp.editor.preview import Preview, section_as_seen

Json = Any

PATHS = ("longest", "shortest")
"""What a preview can be filled with besides the answers that show what is looked at."""


def seen_beside(judgement: Judgement, subject: Subject, fill: str) -> Preview | None:
    """The section of a part as a worker sees it; None while the draft cannot be read as a form."""
    definition = judgement.definition
    if definition is None or judgement.cost is None:
        return None
    section = definition.sections[max(subject.section, 0)]
    answers, context = _filling(judgement.cost.proofs, subject, fill)
    return section_as_seen(definition, section.id, answers, context)


def _filling(proofs: Proofs, subject: Subject, fill: str) -> tuple[Mapping[str, Json], Context]:
    """Answers and children: those of a path, else those that show what is looked at."""
    paths = {"longest": proofs.longest_path.witness, "shortest": proofs.shortest_path.witness}
    witness = paths.get(fill) or proofs.witnesses.get(subject.name)
    if witness is None:
        return {}, context_for(ONE_CHILD, current.today())
    return witness.answers, context_from_json(witness.context)
